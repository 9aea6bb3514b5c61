/** The control messages of IPv6: RFC 3542, and what Linux has beside. ipv6(7). */

import { checkInteger } from '../../errors/argument.js';
import type { Codec } from '../../layout/codec.js';
import { ipv6 } from '../../layout/ip.js';
import { boolean, natural, range } from '../../layout/numbers.js';
import { type Field, natural32, optional, record, single } from '../../layout/record.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import {
  type Control,
  defineControl,
  defineReader,
  defineReceived,
  type Receivable,
} from '../../message/codec.js';
import { CMSG_SPACE } from '../../message/control.js';
import { defineErrors, type ExtendedError } from '../../message/errors.js';
import { IPPROTO_IPV6 } from '../inet/constants.js';
import { decodeInet6, type Inet6Address } from './address.js';
import {
  IPV6_DONTFRAG,
  IPV6_FLOWINFO,
  IPV6_HOPLIMIT,
  IPV6_ORIGDSTADDR,
  IPV6_PATHMTU,
  IPV6_PKTINFO,
  IPV6_RECVERR,
  IPV6_RECVFRAGSIZE,
  IPV6_TCLASS,
} from './constants.js';
import { in6_pktinfo, ip6_mtuinfo, sockaddr_in6 } from './layout.js';

const MAN = 'ipv6(7)';
const level = IPPROTO_IPV6;

/** Which local address and interface a datagram has to do with. */
export interface PacketInfo6 {
  /** The interface it came by, by index. To send: the one it shall leave by; 0, the default, lets the route say. */
  readonly interfaceIndex: number;
  /**
   * Where it was sent to: a local address, or a group. To send: the source address, which is no group; the default,
   * `'::'`, lets the route say. `ipi6_addr`.
   */
  readonly local: string;
}

const packetInfo: Codec<PacketInfo6, Partial<PacketInfo6>> = record<PacketInfo6, Partial<PacketInfo6>>(
  in6_pktinfo.size,
  {
    interfaceIndex: optional(natural32(in6_pktinfo.ipi6_ifindex), 0),
    local: optional(ipv6(in6_pktinfo.ipi6_addr), '::'),
  },
);

/**
 * Which local address and interface a datagram came to: `{ interfaceIndex, local }`. Sent, it chooses those that one
 * leaves from: what was received may be sent as it is, to answer from the address that was asked (unless it is a group).
 *
 * Switched on with `setsockopt(IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)`.
 *
 * @throws TypeError or RangeError naming the field
 * @see RFC 3542 section 6.1 and 6.2
 */
export const pktinfo6: Control<PacketInfo6, [info: Partial<PacketInfo6>]> = defineControl(
  { name: 'IPV6_PKTINFO', level, type: IPV6_PKTINFO, man: MAN, option: 'IPV6_RECVPKTINFO' },
  packetInfo,
);

/**
 * The hop limit: of a datagram received, or of the one sent, 0 to 255; -1 is the route's own.
 *
 * Switched on with `setsockopt(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1)`.
 *
 * @throws TypeError or RangeError naming `IPV6_HOPLIMIT`
 * @see RFC 3542 section 6.3
 */
export const hoplimit: Control<number> = defineControl(
  { name: 'IPV6_HOPLIMIT', level, type: IPV6_HOPLIMIT, man: MAN, option: 'IPV6_RECVHOPLIMIT' },
  range(-1, 255),
);

/**
 * The traffic class, DSCP and ECN, of a datagram received, or of the one sent: 0 to 255. (-1, the default of RFC 3542, is
 * not taken: newer kernels send it as 255.)
 *
 * Switched on with `setsockopt(IPPROTO_IPV6, IPV6_RECVTCLASS, 1)`.
 *
 * @throws TypeError or RangeError naming `IPV6_TCLASS`
 * @see RFC 3542 section 6.5
 */
export const tclass: Control<number> = defineControl(
  { name: 'IPV6_TCLASS', level, type: IPV6_TCLASS, man: MAN, option: 'IPV6_RECVTCLASS' },
  range(0, 255),
);

/**
 * An error with its whole story: {@link ExtendedError}. It comes with the items of the error queue (`MSG_ERRQUEUE`), which
 * `Socket.recvError` and `readErrorQueue` read.
 *
 * Switched on with `setsockopt(IPPROTO_IPV6, IPV6_RECVERR, 1)`.
 *
 * @see ipv6(7), IPV6_RECVERR
 */
export const ipv6Error: Receivable<ExtendedError> = defineErrors(
  { name: 'IPV6_RECVERR', level, type: IPV6_RECVERR, man: MAN, option: 'IPV6_RECVERR' },
  sockaddr_in6.size,
);

/**
 * Where a datagram that a firewall redirected (TPROXY) was going.
 *
 * Switched on with `setsockopt(IPPROTO_IPV6, IPV6_RECVORIGDSTADDR, 1)`.
 *
 * @see ip(7), IP_RECVORIGDSTADDR
 */
export const originalDestination6: Receivable<Inet6Address> = defineReader(
  { name: 'IPV6_ORIGDSTADDR', level, type: IPV6_ORIGDSTADDR, man: MAN, option: 'IPV6_RECVORIGDSTADDR' },
  CMSG_SPACE(sockaddr_in6.size),
  data => decodeInet6(data, data.length),
);

/**
 * The size of the largest fragment that a datagram came in, header included, in bytes.
 *
 * Switched on with `setsockopt(IPPROTO_IPV6, IPV6_RECVFRAGSIZE, 1)`, since Linux 4.13; it comes with fragmented ones alone.
 *
 * @see ipv6(7)
 */
export const fragmentSize6: Receivable<number> = defineReceived(
  {
    name: 'IPV6_RECVFRAGSIZE',
    level,
    type: IPV6_RECVFRAGSIZE,
    man: MAN,
    since: '4.13',
    option: 'IPV6_RECVFRAGSIZE',
  },
  natural,
);

/** What is known of the path to a destination. */
export interface PathMtu {
  /** The destination. */
  readonly address: Inet6Address;
  /** The longest packet that gets there whole, in bytes. */
  readonly mtu: number;
}

/**
 * The path's MTU, when a datagram was too long for it: `{ address, mtu }`, with a message that has no data.
 *
 * Switched on with `setsockopt(IPPROTO_IPV6, IPV6_RECVPATHMTU, 1)`.
 *
 * @see RFC 3542 section 11.3
 */
export const pathMtu: Receivable<PathMtu> = defineReceived(
  { name: 'IPV6_PATHMTU', level, type: IPV6_PATHMTU, man: MAN, option: 'IPV6_RECVPATHMTU' },
  {
    size: ip6_mtuinfo.size,
    decode: bytes =>
      Object.freeze({
        // There is always an address: the size is that of the whole structure.
        address: decodeInet6(bytes.subarray(ip6_mtuinfo.ip6m_addr), sockaddr_in6.size)!,
        mtu: viewOf(bytes).getUint32(ip6_mtuinfo.ip6m_mtu, littleEndian),
      }),
  },
);

/**
 * Whether the one datagram sent must not be cut to fit the path: too long a one fails with `EMSGSIZE`. Sent only.
 *
 * @throws TypeError naming `IPV6_DONTFRAG`
 * @see RFC 3542 section 11.2
 */
export const dontfrag: Control<boolean> = defineControl(
  { name: 'IPV6_DONTFRAG', level, type: IPV6_DONTFRAG, man: MAN },
  boolean,
);

/** A 32-bit number in network order, of which 28 bits may be set. */
const flowinfoField: Field<number> = {
  offset: 0,
  size: 4,
  read: view => view.getUint32(0),
  write: (view, value, argument) => view.setUint32(0, checkInteger(value, argument, 0, 0xfffffff)),
};

/**
 * The traffic class (8 bits) and flow label (20 bits) of a datagram received, or of the one sent.
 *
 * Switched on with `setsockopt(IPPROTO_IPV6, IPV6_FLOWINFO, 1)`. Sending a label takes a lease on it (IPV6_FLOWLABEL_MGR).
 *
 * @throws TypeError or RangeError naming `IPV6_FLOWINFO`
 * @see ipv6(7)
 */
export const flowinfo: Control<number> = defineControl(
  { name: 'IPV6_FLOWINFO', level, type: IPV6_FLOWINFO, man: MAN, option: 'IPV6_FLOWINFO' },
  single('integer, 28 bits', flowinfoField),
);
