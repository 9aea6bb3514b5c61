/** `berkeley monitor`: changes of links, addresses, routes and neighbours, as they happen. */

import type { RouteEventKind } from 'berkeley/netlink';
import { Argument, type Command } from 'commander';
import type { Run } from '../context.js';

export interface MonitorOptions {
  readonly json?: true;
  readonly timestamp?: true;
}

const kinds: readonly RouteEventKind[] = ['link', 'address', 'route', 'neighbour'];

export function addMonitor(program: Command, run: Run): void {
  program
    .command('monitor')
    .description('print changes of links, addresses, routes and neighbours until Ctrl-C')
    .addArgument(new Argument('[kinds...]', 'what to watch; everything by default').choices(kinds))
    .option('--json', 'print one JSON object per line')
    .option('-t, --timestamp', 'begin each line with the time')
    .action((chosen: RouteEventKind[], options: MonitorOptions, command: Command) =>
      run(command, async context => {
        const { monitor } = await import('../commands.js');
        return monitor(chosen.length === 0 ? kinds : chosen, options, context);
      }),
    );
}
