/**
 * Functions for sent unicast packets, over IPv4 and IPv6. For multicast packets, see `multicast`.
 *
 * ```ts
 * import { unicast } from 'berkeley/options';
 *
 * unicast.setHops(socket, 1); // only to the next router
 * ```
 */
import { checkInteger } from '../errors/argument.js';
import { AF_INET } from '../families/inet/constants.js';
import * as ip from './ip/index.js';
import { checkSocket, type IpSocket, setIpv4 } from './ip-socket.js';
import * as ipv6 from './ipv6/index.js';
import type { OptionOwner } from './option.js';

/**
 * Sets the maximum number of hops of sent unicast packets: the TTL in IPv4 (`ip.ttl`), and the hop limit in IPv6
 * (`ipv6.unicastHops`). On Linux, this also applies to IPv4 packets of an IPv6 socket.
 *
 * @param hops 1 to 255; -1 for the default of the system or the route
 * @throws TypeError or RangeError naming the argument
 */
export function setHops(socket: IpSocket, hops: number): void {
  checkSocket(socket);
  if (hops !== -1) checkInteger(hops, 'hops', 1, 255);
  if (socket.family !== AF_INET) (socket as OptionOwner<'inet6'>).setOption(ipv6.unicastHops, hops);
  setIpv4(socket, ip.ttl, hops);
}

/** Returns the maximum number of hops of sent unicast packets. See {@link setHops}. */
export function hops(socket: IpSocket): number {
  checkSocket(socket);
  return socket.family === AF_INET
    ? (socket as OptionOwner<'inet'>).getOption(ip.ttl)
    : (socket as OptionOwner<'inet6'>).getOption(ipv6.unicastHops);
}
