/** The control messages of IPv6: RFC 3542, and those of Linux. ipv6(7). */

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

/** The local address and interface of a datagram. */
export interface PacketInfo6 {
  /**
   * The index of the interface that received the datagram. When sending, the outgoing interface; 0, the default, lets
   * the route choose.
   */
  readonly interfaceIndex: number;
  /**
   * The destination of the datagram: a local address or a multicast group. When sending, the source address, which
   * cannot be a multicast group; the default, `'::'`, lets the route choose. `ipi6_addr`.
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
 * The local address and interface of a datagram: `{ interfaceIndex, local }`. When sending, it sets the source address
 * and the outgoing interface. Send a received value unchanged to reply from the address that the request was sent to,
 * unless that is a multicast group.
 *
 * Enable it with `setsockopt(IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)`.
 *
 * @throws TypeError or RangeError that names the field
 * @see RFC 3542 section 6.1 and 6.2
 */
export const pktinfo6: Control<PacketInfo6, [info: Partial<PacketInfo6>]> = defineControl(
  { name: 'IPV6_PKTINFO', level, type: IPV6_PKTINFO, man: MAN, option: 'IPV6_RECVPKTINFO' },
  packetInfo,
);

/**
 * The hop limit of a received or sent datagram, 0 to 255. When sending, -1 uses the hop limit of the route.
 *
 * Enable it with `setsockopt(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1)`.
 *
 * @throws TypeError or RangeError that names `IPV6_HOPLIMIT`
 * @see RFC 3542 section 6.3
 */
export const hoplimit: Control<number> = defineControl(
  { name: 'IPV6_HOPLIMIT', level, type: IPV6_HOPLIMIT, man: MAN, option: 'IPV6_RECVHOPLIMIT' },
  range(-1, 255),
);

/**
 * The traffic class (DSCP and ECN) of a received or sent datagram, 0 to 255. The default of RFC 3542, -1, is refused:
 * newer kernels send it as 255.
 *
 * Enable it with `setsockopt(IPPROTO_IPV6, IPV6_RECVTCLASS, 1)`.
 *
 * @throws TypeError or RangeError that names `IPV6_TCLASS`
 * @see RFC 3542 section 6.5
 */
export const tclass: Control<number> = defineControl(
  { name: 'IPV6_TCLASS', level, type: IPV6_TCLASS, man: MAN, option: 'IPV6_RECVTCLASS' },
  range(0, 255),
);

/**
 * An error from the error queue (`MSG_ERRQUEUE`): {@link ExtendedError}. `Socket.recvError` and `readErrorQueue` read
 * it.
 *
 * Enable it with `setsockopt(IPPROTO_IPV6, IPV6_RECVERR, 1)`.
 *
 * @see ipv6(7), IPV6_RECVERR
 */
export const ipv6Error: Receivable<ExtendedError> = defineErrors(
  { name: 'IPV6_RECVERR', level, type: IPV6_RECVERR, man: MAN, option: 'IPV6_RECVERR' },
  sockaddr_in6.size,
);

/**
 * The original destination of a datagram that a firewall redirected (TPROXY).
 *
 * Enable it with `setsockopt(IPPROTO_IPV6, IPV6_RECVORIGDSTADDR, 1)`.
 *
 * @see ip(7), IP_RECVORIGDSTADDR
 */
export const originalDestination6: Receivable<Inet6Address> = defineReader(
  { name: 'IPV6_ORIGDSTADDR', level, type: IPV6_ORIGDSTADDR, man: MAN, option: 'IPV6_RECVORIGDSTADDR' },
  CMSG_SPACE(sockaddr_in6.size),
  data => decodeInet6(data, data.length),
);

/**
 * The size of the largest received fragment of a datagram, including the header, in bytes.
 *
 * Enable it with `setsockopt(IPPROTO_IPV6, IPV6_RECVFRAGSIZE, 1)`, since Linux 4.13. Only fragmented datagrams have it.
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

/** The MTU of a path. */
export interface PathMtu {
  /** The destination. */
  readonly address: Inet6Address;
  /** The maximum size of a packet that reaches the destination without fragmentation, in bytes. */
  readonly mtu: number;
}

/**
 * The path MTU after a datagram was too long: `{ address, mtu }`. The message has no data.
 *
 * Enable it with `setsockopt(IPPROTO_IPV6, IPV6_RECVPATHMTU, 1)`.
 *
 * @see RFC 3542 section 11.3
 */
export const pathMtu: Receivable<PathMtu> = defineReceived(
  { name: 'IPV6_PATHMTU', level, type: IPV6_PATHMTU, man: MAN, option: 'IPV6_RECVPATHMTU' },
  {
    size: ip6_mtuinfo.size,
    decode: bytes =>
      Object.freeze({
        // The address is always present, because the size is that of the complete structure.
        address: decodeInet6(bytes.subarray(ip6_mtuinfo.ip6m_addr), sockaddr_in6.size)!,
        mtu: viewOf(bytes).getUint32(ip6_mtuinfo.ip6m_mtu, littleEndian),
      }),
  },
);

/**
 * Whether to forbid fragmentation of one sent datagram. If it exceeds the path MTU, the send fails with `EMSGSIZE`.
 * Send only.
 *
 * @throws TypeError that names `IPV6_DONTFRAG`
 * @see RFC 3542 section 11.2
 */
export const dontfrag: Control<boolean> = defineControl(
  { name: 'IPV6_DONTFRAG', level, type: IPV6_DONTFRAG, man: MAN },
  boolean,
);

/** A 28-bit number in a 32-bit field in network byte order. */
const flowinfoField: Field<number> = {
  offset: 0,
  size: 4,
  read: view => view.getUint32(0),
  write: (view, value, argument) => view.setUint32(0, checkInteger(value, argument, 0, 0xfffffff)),
};

/**
 * The traffic class (8 bits) and flow label (20 bits) of a received or sent datagram.
 *
 * Enable it with `setsockopt(IPPROTO_IPV6, IPV6_FLOWINFO, 1)`. To send a label, lease it first (IPV6_FLOWLABEL_MGR).
 *
 * @throws TypeError or RangeError that names `IPV6_FLOWINFO`
 * @see ipv6(7)
 */
export const flowinfo: Control<number> = defineControl(
  { name: 'IPV6_FLOWINFO', level, type: IPV6_FLOWINFO, man: MAN, option: 'IPV6_FLOWINFO' },
  single('integer, 28 bits', flowinfoField),
);
