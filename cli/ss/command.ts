/** `berkeley ss`: the sockets of this network namespace. */
import { type Command, Option } from 'commander';
import type { Run } from '../context.js';
import { port } from '../values.js';

/** The options of `berkeley ss`. Their letters are those of ss(8). */
export interface SsOptions {
  readonly tcp?: true;
  readonly udp?: true;
  readonly unix?: true;
  readonly listening?: true;
  readonly all?: true;
  readonly processes?: true;
  readonly state?: string;
  readonly port?: number;
  readonly ipv4?: true;
  readonly ipv6?: true;
  readonly json?: true;
}

const states = [
  'established',
  'syn-sent',
  'syn-recv',
  'fin-wait-1',
  'fin-wait-2',
  'time-wait',
  'close-wait',
  'last-ack',
  'listen',
  'closing',
];

export function addSs(program: Command, run: Run): void {
  program
    .command('ss')
    .description('list the sockets of this machine: connections, or servers with -l')
    .option('-t, --tcp', 'TCP')
    .option('-u, --udp', 'UDP')
    .option('-x, --unix', 'Unix sockets')
    .option('-l, --listening', 'servers only')
    .option('-a, --all', 'servers and connections')
    .option('-p, --processes', 'with the processes that have the socket open')
    .addOption(new Option('--state <state>', 'sockets in this state').choices(states))
    .option('--port <port>', 'sockets with this local or remote port', port)
    .option('-4, --ipv4', 'IPv4 only')
    .option('-6, --ipv6', 'IPv6 only')
    .option('--json', 'print one JSON object per line')
    .action((options: SsOptions, command: Command) =>
      run(command, async context => (await import('../commands.js')).ss(options, context)),
    );
}
