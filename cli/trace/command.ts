/** `berkeley trace`: the routers on the way to a host. */
import type { Command } from 'commander';
import type { Run } from '../context.js';
import type { FamilyChoice } from '../target.js';
import { integer, port, seconds } from '../values.js';

export interface TraceOptions extends FamilyChoice {
  readonly maxHops: number;
  readonly firstHop: number;
  readonly queries: number;
  readonly wait: number;
  readonly port: number;
  readonly size: number;
  readonly interface?: string;
  readonly numeric?: true;
  readonly json?: true;
}

export function addTrace(program: Command, run: Run): void {
  program
    .command('trace')
    .description('print the routers on the way to a host; needs no privilege')
    .argument('<host>', 'a name or an address')
    .option('-m, --max-hops <n>', 'stop after this number of hops', integer(1, 255), 30)
    .option('-f, --first-hop <n>', 'begin with this hop', integer(1, 255), 1)
    .option('-Q, --queries <n>', 'the number of probes per hop', integer(1, 10), 3)
    .addOption(seconds('-w, --wait <seconds>', 'wait this long for an answer', 1))
    .option('-p, --port <port>', 'the first UDP port; every probe has the next one', port, 33434)
    .option('-s, --size <bytes>', 'the size of the data', integer(0, 65000), 32)
    .option('-I, --interface <name>', 'send from this interface')
    .option('-n, --numeric', 'do not look up the names of addresses')
    .option('-4, --ipv4', 'use IPv4')
    .option('-6, --ipv6', 'use IPv6')
    .option('--json', 'print one JSON object per line')
    .addHelpText('after', '\nExit code: 0 if the host was reached, otherwise 1.')
    .action((host: string, options: TraceOptions, command: Command) =>
      run(command, async context => (await import('../commands.js')).trace(host, options, context)),
    );
}
