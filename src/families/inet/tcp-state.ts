import { lazy } from '../../constants/lazy.js';
import { checkInteger } from '../../errors/argument.js';
import * as c from './constants.js';

const NAMES =
  'ESTABLISHED SYN_SENT SYN_RECV FIN_WAIT1 FIN_WAIT2 TIME_WAIT CLOSE CLOSE_WAIT LAST_ACK LISTEN CLOSING';

const constants: Readonly<Record<string, unknown>> = c;
const names = lazy(
  () => new Map<unknown, string>(NAMES.split(' ').map(name => [constants[`TCP_${name}`], `TCP_${name}`])),
);

/**
 * Returns the name of a TCP state: `'TCP_LISTEN'` for 10.
 *
 * @param state the `state` of an entry of `listSockets()`; that of `tcp.info` is a name already
 * @returns `undefined` if there is no such state
 * @throws TypeError or RangeError naming the argument
 */
export function tcpStateName(state: number): string | undefined {
  return names().get(checkInteger(state, 'state', 0, 0xff));
}
