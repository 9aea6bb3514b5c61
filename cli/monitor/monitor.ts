/** The work of `berkeley monitor`. */
import { listLinks, type RouteEvent, type RouteEventKind, watchRoutes } from 'berkeley/netlink';
import type { Context } from '../context.js';
import { DONE } from '../exit-code.js';
import type { Output } from '../output.js';
import type { MonitorOptions } from './command.js';
import { formatEvent } from './format.js';
import { LinkNames } from './link-names.js';

/** Runs `berkeley monitor`. */
export async function monitor(
  chosen: readonly RouteEventKind[],
  options: MonitorOptions,
  { output, signal }: Context,
): Promise<number> {
  await using events = watchRoutes({ kinds: chosen });
  signal.addEventListener('abort', () => void events.return());
  const names = new LinkNames(await listLinks());
  for await (const event of events) {
    if (event.kind === 'link') names.add(event.link);
    if (options.json) printJson(event, options, output);
    else printText(event, names, options, output);
  }
  return DONE;
}

function printJson(event: RouteEvent, { timestamp }: MonitorOptions, output: Output): void {
  output.json(timestamp ? { time: new Date().toISOString(), ...event } : event);
}

function printText(event: RouteEvent, names: LinkNames, { timestamp }: MonitorOptions, output: Output): void {
  const time = timestamp ? `${new Date().toISOString()} ` : '';
  const removed = event.removed ? 'deleted ' : '';
  output.line(`${time}${output.paint('title', `[${event.kind}]`)} ${removed}${formatEvent(event, names)}`);
}
