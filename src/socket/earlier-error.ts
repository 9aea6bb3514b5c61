/** Errors of datagrams that were sent before. */
import { SOCK_DGRAM, SOCK_RAW } from '../constants/socket.js';
import { errnoNumber } from '../errors/codes.js';
import type { AnyCore } from './core.js';

/**
 * Errors that the kernel reports for a datagram that was sent before, from ICMP messages: net/ipv4/icmp.c,
 * icmp_err_convert. It reports them before it sends anything (net/core/sock.c, sock_error).
 */
const codes = [
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENONET',
  'ENOPROTOOPT',
  'EPROTO',
  'EMSGSIZE', // a router asks for smaller packets; so does a datagram that is too large, and fails again
];

const earlierErrors = new Set(codes.map(numberOf));
earlierErrors.delete(0);

function numberOf(code: string): number {
  try {
    return errnoNumber(code);
  } catch {
    return 0; // this platform does not have it
  }
}

/**
 * Returns whether a send to an address has failed with the error of an earlier datagram, perhaps to another receiver. It
 * must neither be told as this one's nor cost this one: nothing was sent yet, and the kernel has forgotten the error by
 * reporting it, so the caller sends again, once.
 */
export function isEarlierError(core: AnyCore, result: number): boolean {
  return earlierErrors.has(result) && (core.type === SOCK_DGRAM || core.type === SOCK_RAW);
}

/** Calls `send`, and once more after the error of an earlier datagram. On a connected socket (`null`) it is the peer's. */
export function exceptEarlierErrors(core: AnyCore, sockaddr: Uint8Array | null, send: () => number): number {
  const result = send();
  return result < 0 && sockaddr !== null && isEarlierError(core, result) ? send() : result;
}
