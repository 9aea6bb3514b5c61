/** Errors that a send call reports for an earlier datagram. */
import { binding } from '../binding.js';
import { SOCK_DGRAM, SOCK_RAW } from '../constants/socket.js';
import {
  ECONNREFUSED,
  EHOSTDOWN,
  EHOSTUNREACH,
  EMSGSIZE,
  ENETUNREACH,
  ENONET,
  ENOPROTOOPT,
  EPROTO,
} from '../errors/errno-numbers.js';
import { AF_INET, IP_RECVERR, IPPROTO_IP, IPPROTO_IPV6 } from '../families/inet/constants.js';
import { AF_INET6, IPV6_RECVERR } from '../families/inet6/constants.js';
import type { AnyCore } from './core.js';

/**
 * Errors that the kernel reports for an earlier datagram, from ICMP messages: net/ipv4/icmp.c, icmp_err_convert. It
 * reports them before it sends the new data (net/core/sock.c, sock_error).
 */
const earlierErrors: ReadonlySet<number> = new Set([
  ECONNREFUSED,
  EHOSTUNREACH,
  ENETUNREACH,
  EHOSTDOWN,
  ENONET,
  ENOPROTOOPT,
  EPROTO,
  EMSGSIZE, // a router asks for smaller packets; so does a datagram that is too large, and fails again
]);

/**
 * Returns whether a send to an address has failed with the error of an earlier datagram, possibly to another receiver.
 * Then nothing was sent, and the kernel has cleared the error by reporting it, so the call sends again, once.
 */
export function isEarlierError(core: AnyCore, result: number): boolean {
  if (!earlierErrors.has(result) || (core.type !== SOCK_DGRAM && core.type !== SOCK_RAW)) return false;
  return result !== EMSGSIZE || !queuesErrors(core);
}

/**
 * Returns whether the kernel also queues errors of the socket. It does so for each datagram that is itself too long, so a
 * second attempt would queue a second error (net/ipv4/ip_output.c, ip_local_error).
 */
function queuesErrors({ fd, family }: AnyCore): boolean {
  const value = new Uint8Array(4);
  if (family === AF_INET) binding.getsockopt(fd, IPPROTO_IP, IP_RECVERR, value);
  else if (family === AF_INET6) binding.getsockopt(fd, IPPROTO_IPV6, IPV6_RECVERR, value);
  return value.some(byte => byte !== 0);
}

/**
 * Calls `send`, and calls it once more after the error of an earlier datagram. On a connected socket (`sockaddr` is
 * `null`) the error concerns the same peer, so it is returned.
 */
export function exceptEarlierErrors(core: AnyCore, sockaddr: Uint8Array | null, send: () => number): number {
  const result = send();
  return result < 0 && sockaddr !== null && isEarlierError(core, result) ? send() : result;
}
