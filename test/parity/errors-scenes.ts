/** The first steps of the scripts in the errors tests. */
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
/** `nowhere`, an address without a listener. */
export const nobody: readonly Step[] = [
  ['taken = socket'],
  ['taken.bind', host('127.0.0.1')],
  ['nowhere = taken.getsockname'],
];
/** The same with Unix sockets. */
export const pair: readonly Step[] = [['client, server = socketpair']];
