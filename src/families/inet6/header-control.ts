/**
 * The control messages that are extension headers of IPv6, or choose where a packet goes first: RFC 3542. The headers are
 * bytes as on the wire, from the next-header field on, their length a multiple of 8. Sending options needs CAP_NET_RAW.
 */
import type { Bytes } from '../../layout/memory.js';
import { type Control, defineBytes, defineReceived, type SpaceOf, sendable } from '../../message/codec.js';
import { IPPROTO_IPV6 } from '../inet/constants.js';
import { decodeInet6, encodeInet6, type Inet6Address, type Inet6AddressInput } from './address.js';
import { IPV6_DSTOPTS, IPV6_HOPOPTS, IPV6_NEXTHOP, IPV6_RTHDR, IPV6_RTHDRDSTOPTS } from './constants.js';
import { sockaddr_in6 } from './layout.js';

/** A header row. */
export type HeaderControl = Control<Buffer, [header: Bytes], SpaceOf>;

/** The longest extension header, in bytes: a length field of 255 (RFC 8200 section 4.3). */
const LONGEST = 2048;

function defineHeader(name: string, type: number, option?: string): HeaderControl {
  return defineBytes({ name, level: IPPROTO_IPV6, type, man: 'ipv6(7)', option }, LONGEST);
}

/**
 * The hop-by-hop options, a header. `hopOptions.space(64)` has space for one of 64 bytes.
 *
 * Switched on with `setsockopt(IPPROTO_IPV6, IPV6_RECVHOPOPTS, 1)`.
 *
 * @throws TypeError or RangeError naming `IPV6_HOPOPTS`
 * @see RFC 3542 section 8
 */
export const hopOptions: HeaderControl = defineHeader('IPV6_HOPOPTS', IPV6_HOPOPTS, 'IPV6_RECVHOPOPTS');

/**
 * The destination options, a header.
 *
 * Switched on with `setsockopt(IPPROTO_IPV6, IPV6_RECVDSTOPTS, 1)`.
 *
 * @throws TypeError or RangeError naming `IPV6_DSTOPTS`
 * @see RFC 3542 section 9
 */
export const destinationOptions: HeaderControl = defineHeader(
  'IPV6_DSTOPTS',
  IPV6_DSTOPTS,
  'IPV6_RECVDSTOPTS',
);

/**
 * The destination options that stand before a routing header, for the hosts on the way. Sent only; received, they come as
 * {@link destinationOptions}.
 *
 * @throws TypeError or RangeError naming `IPV6_RTHDRDSTOPTS`
 * @see RFC 3542 section 9
 */
export const routingDestinationOptions: HeaderControl = defineHeader('IPV6_RTHDRDSTOPTS', IPV6_RTHDRDSTOPTS);

/**
 * The routing header.
 *
 * Switched on with `setsockopt(IPPROTO_IPV6, IPV6_RECVRTHDR, 1)`.
 *
 * @throws TypeError or RangeError naming `IPV6_RTHDR`
 * @see RFC 3542 section 7
 */
export const routingHeader: HeaderControl = defineHeader('IPV6_RTHDR', IPV6_RTHDR, 'IPV6_RECVRTHDR');

/**
 * The router that the one packet sent goes to first: a numeric address. Sent only. Linux knows the name and refuses the
 * message (`EINVAL`); for other systems.
 *
 * @throws TypeError or RangeError naming the address's field
 * @see RFC 3542 section 6.4
 */
export const nextHop: Control<Inet6Address, [router: Inet6AddressInput]> = sendable(
  defineReceived(
    { name: 'IPV6_NEXTHOP', level: IPPROTO_IPV6, type: IPV6_NEXTHOP, man: 'ipv6(7)' },
    { size: sockaddr_in6.size, decode: bytes => decodeInet6(bytes, bytes.length)! },
  ),
  { encode: encodeInet6 },
);
