/** What the scripts of the errors tests begin with. */
import { host, of, type Step } from './sockets-script.js';

/** Arguments of `socket`. */
export const UDP = ['AF_INET', 'SOCK_DGRAM'] as const;
/** `listening`, and `at`, its address. */
export const listener: readonly Step[] = [
  ['listening = socket'],
  ['listening.bind', host('127.0.0.1')],
  ['listening.listen', 1],
  ['at = listening.getsockname'],
];
/** A connection: `client` and `server`. */
export const connection: readonly Step[] = [
  ...listener,
  ['client = socket'],
  ['client.connect', of('at')],
  ['server = listening.accept'],
];
/** `nowhere`, an address that nobody listens at. */
export const nobody: readonly Step[] = [
  ['taken = socket'],
  ['taken.bind', host('127.0.0.1')],
  ['nowhere = taken.getsockname'],
];
/** The same within the machine. */
export const pair: readonly Step[] = [['client, server = socketpair']];
