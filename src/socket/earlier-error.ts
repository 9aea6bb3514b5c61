/** Errors that a send call reports for an earlier datagram. */
import { SOCK_DGRAM, SOCK_RAW } from '../constants/socket.js';
import { errnoNumber } from '../errors/codes.js';
import type { AnyCore } from './core.js';

/**
 * Errors that the kernel reports for an earlier datagram, from ICMP messages: net/ipv4/icmp.c, icmp_err_convert. It
 * reports them before it sends the new data (net/core/sock.c, sock_error).
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
 * Returns whether a send call to an address has failed with the error of an earlier datagram, which can have had
 * another receiver. The new datagram was not sent, and the kernel has cleared the error, so the caller sends the
 * datagram again, once.
 */
export function isEarlierError(core: AnyCore, result: number): boolean {
  return earlierErrors.has(result) && (core.type === SOCK_DGRAM || core.type === SOCK_RAW);
}

/**
 * Calls `send`, and calls it once more after the error of an earlier datagram. On a connected socket (`sockaddr` is
 * `null`) the error concerns the same peer, so it is returned.
 */
export function exceptEarlierErrors(core: AnyCore, sockaddr: Uint8Array | null, send: () => number): number {
  const result = send();
  return result < 0 && sockaddr !== null && isEarlierError(core, result) ? send() : result;
}
