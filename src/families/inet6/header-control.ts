/**
 * The control messages for extension headers of IPv6 and for the next hop: RFC 3542. A header is bytes in wire format,
 * from the next-header field to the end; its length is a multiple of 8. Sending options needs CAP_NET_RAW.
 */
import type { Bytes } from '../../layout/memory.js';
import { type Control, defineBytes, defineReceived, type SpaceOf, sendable } from '../../message/codec.js';
import { IPPROTO_IPV6 } from '../inet/constants.js';
import { decodeInet6, encodeInet6, type Inet6Address, type Inet6AddressInput } from './address.js';
import { IPV6_DSTOPTS, IPV6_HOPOPTS, IPV6_NEXTHOP, IPV6_RTHDR, IPV6_RTHDRDSTOPTS } from './constants.js';
import { sockaddr_in6 } from './layout.js';

/** A control message that contains an extension header. */
export type HeaderControl = Control<Buffer, [header: Bytes], SpaceOf>;

/** The maximum size of an extension header, in bytes: a length field of 255 (RFC 8200 section 4.3). */
const LONGEST = 2048;

function defineHeader(name: string, type: number, option?: string): HeaderControl {
  return defineBytes({ name, level: IPPROTO_IPV6, type, man: 'ipv6(7)', option }, LONGEST);
}

/**
 * The hop-by-hop options header. `hopOptions.space(64)` returns the space for a header of 64 bytes.
 *
 * Enable it with `setsockopt(IPPROTO_IPV6, IPV6_RECVHOPOPTS, 1)`.
 *
 * @throws TypeError or RangeError that names `IPV6_HOPOPTS`
 * @see RFC 3542 section 8
 */
export const hopOptions: HeaderControl = defineHeader('IPV6_HOPOPTS', IPV6_HOPOPTS, 'IPV6_RECVHOPOPTS');

/**
 * The destination options header.
 *
 * Enable it with `setsockopt(IPPROTO_IPV6, IPV6_RECVDSTOPTS, 1)`.
 *
 * @throws TypeError or RangeError that names `IPV6_DSTOPTS`
 * @see RFC 3542 section 9
 */
export const destinationOptions: HeaderControl = defineHeader(
  'IPV6_DSTOPTS',
  IPV6_DSTOPTS,
  'IPV6_RECVDSTOPTS',
);

/**
 * The destination options header before a routing header, for the nodes on the path. Send only. When received, it is a
 * {@link destinationOptions}.
 *
 * @throws TypeError or RangeError that names `IPV6_RTHDRDSTOPTS`
 * @see RFC 3542 section 9
 */
export const routingDestinationOptions: HeaderControl = defineHeader('IPV6_RTHDRDSTOPTS', IPV6_RTHDRDSTOPTS);

/**
 * The routing header.
 *
 * Enable it with `setsockopt(IPPROTO_IPV6, IPV6_RECVRTHDR, 1)`.
 *
 * @throws TypeError or RangeError that names `IPV6_RTHDR`
 * @see RFC 3542 section 7
 */
export const routingHeader: HeaderControl = defineHeader('IPV6_RTHDR', IPV6_RTHDR, 'IPV6_RECVRTHDR');

/**
 * The numeric address of the router that one packet is sent to first. Send only. Linux defines the name, but returns
 * `EINVAL` for the message.
 *
 * @throws TypeError or RangeError that names the field of the address
 * @see RFC 3542 section 6.4
 */
export const nextHop: Control<Inet6Address, [router: Inet6AddressInput]> = sendable(
  defineReceived(
    { name: 'IPV6_NEXTHOP', level: IPPROTO_IPV6, type: IPV6_NEXTHOP, man: 'ipv6(7)' },
    { size: sockaddr_in6.size, decode: bytes => decodeInet6(bytes, bytes.length)! },
  ),
  { encode: address => encodeInet6(address) },
);
