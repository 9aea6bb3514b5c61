/** The work of `berkeley monitor`. */
import { type RouteEvent, type RouteEventKind, watchRoutes } from 'berkeley/netlink';
import type { Context } from '../context.js';
import { DONE } from '../exit-code.js';
import type { Output } from '../output.js';
import type { MonitorOptions } from './command.js';
import { formatEvent } from './format.js';

/** Runs `berkeley monitor`. */
export async function monitor(
  chosen: readonly RouteEventKind[],
  options: MonitorOptions,
  { output, signal }: Context,
): Promise<number> {
  await using events = watchRoutes({ kinds: chosen });
  signal.addEventListener('abort', () => void events.return());
  const print = options.json ? printJson : printText;
  for await (const event of events) print(event, options, output);
  return DONE;
}

function printJson(event: RouteEvent, { timestamp }: MonitorOptions, output: Output): void {
  output.json(timestamp ? { time: new Date().toISOString(), ...event } : event);
}

function printText(event: RouteEvent, { timestamp }: MonitorOptions, output: Output): void {
  const time = timestamp ? `${new Date().toISOString()} ` : '';
  const removed = event.kind !== 'lost' && event.removed ? 'deleted ' : '';
  output.line(`${time}${output.paint('title', `[${event.kind}]`)} ${removed}${formatEvent(event)}`);
}
