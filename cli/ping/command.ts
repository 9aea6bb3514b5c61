/** `berkeley ping`: ICMP echo. */
import type { Command } from 'commander';
import type { Run } from '../context.js';
import type { FamilyChoice } from '../target.js';
import { integer, seconds } from '../values.js';

export interface PingOptions extends FamilyChoice {
  readonly count?: number;
  readonly interval: number;
  readonly wait: number;
  readonly size: number;
  readonly ttl?: number;
  readonly interface?: string;
  readonly quiet?: true;
  readonly json?: true;
}

export function addPing(program: Command, run: Run): void {
  program
    .command('ping')
    .description('send ICMP echo requests and print the replies')
    .argument('<host>', 'a name or an address')
    .option('-c, --count <n>', 'stop after this number of requests', integer(1, 1e9))
    .addOption(seconds('-i, --interval <seconds>', 'the time between requests', 1))
    .addOption(seconds('-W, --wait <seconds>', 'wait this long for replies after the last request', 2))
    .option('-s, --size <bytes>', 'the size of the data', integer(0, 65499), 56)
    .option('-t, --ttl <n>', 'the TTL, or the hop limit of IPv6', integer(1, 255))
    .option('-I, --interface <name>', 'send from this interface')
    .option('-4, --ipv4', 'use IPv4')
    .option('-6, --ipv6', 'use IPv6')
    .option('-q, --quiet', 'print only the summary')
    .option('--json', 'print one JSON object per line')
    .addHelpText('after', '\nExit code: 0 if a reply came, 1 if none came.')
    .action((host: string, options: PingOptions, command: Command) =>
      run(command, async context => (await import('../commands.js')).ping(host, options, context)),
    );
}
