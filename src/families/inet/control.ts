/** The control messages of IPv4. ip(7). */

import { SCM_SECURITY } from '../../constants/socket.js';
import type { Codec } from '../../layout/codec.js';
import { ipv4 } from '../../layout/ip.js';
import type { Bytes } from '../../layout/memory.js';
import { natural, range, uint32 } from '../../layout/numbers.js';
import { natural32, optional, record } from '../../layout/record.js';
import { readText } from '../../layout/text.js';
import {
  type Control,
  defineBytes,
  defineControl,
  defineReader,
  defineReceived,
  type Receivable,
  type SpaceOf,
  sendable,
} from '../../message/codec.js';
import { CMSG_SPACE } from '../../message/control.js';
import { defineErrors, type ExtendedError } from '../../message/errors.js';
import { decodeInet, type InetAddress } from './address.js';
import {
  IP_CHECKSUM,
  IP_ORIGDSTADDR,
  IP_PKTINFO,
  IP_PROTOCOL,
  IP_RECVERR,
  IP_RECVFRAGSIZE,
  IP_RECVOPTS,
  IP_RETOPTS,
  IP_TOS,
  IP_TTL,
  IPPROTO_IP,
} from './constants.js';
import { in_pktinfo, sockaddr_in } from './layout.js';
import { windows_pktinfo } from './windows-layout.js';

const MAN = 'ip(7)';
const level = IPPROTO_IP;

/** The local address and interface of a datagram. */
export interface PacketInfo {
  /**
   * The index of the interface that received the datagram. When sending, the outgoing interface; 0, the default, lets
   * the route choose.
   */
  readonly interfaceIndex: number;
  /**
   * The local address to reply from: the destination of the datagram or, if that is a multicast group, the address of
   * the interface. When sending, the source address; the default, `'0.0.0.0'`, lets the route choose. `ipi_spec_dst`.
   */
  readonly local: string;
  /**
   * The destination address in the IP header, which can be a multicast group or a broadcast address. Ignored when
   * sending. `ipi_addr`.
   */
  readonly destination: string;
}

const ANY = '0.0.0.0';

const packetInfo: Codec<PacketInfo, Partial<PacketInfo>> = record<PacketInfo, Partial<PacketInfo>>(
  in_pktinfo.size,
  {
    interfaceIndex: optional(natural32(in_pktinfo.ipi_ifindex), 0),
    local: optional(ipv4(in_pktinfo.ipi_spec_dst), ANY),
    destination: optional(ipv4(in_pktinfo.ipi_addr), ANY),
  },
);

/** Windows has one address: the destination when receiving, the source when sending. So the source is written last. */
const windowsPacketInfo: typeof packetInfo = record<PacketInfo, Partial<PacketInfo>>(windows_pktinfo.size, {
  interfaceIndex: optional(natural32(windows_pktinfo.ipi_ifindex), 0),
  destination: optional(ipv4(windows_pktinfo.ipi_addr), ANY),
  local: optional(ipv4(windows_pktinfo.ipi_addr), ANY),
});

/**
 * The local address and interface of a datagram: `{ interfaceIndex, local, destination }`. When sending, it sets the
 * source address and the outgoing interface. Send a received value unchanged to reply from the address that the request
 * was sent to.
 *
 * Enable it with `setsockopt(IPPROTO_IP, IP_PKTINFO, 1)`.
 *
 * @throws TypeError or RangeError that names the field
 * @see ip(7), IP_PKTINFO
 */
export const pktinfo: Control<PacketInfo, [info: Partial<PacketInfo>]> = defineControl(
  { name: 'IP_PKTINFO', level, type: IP_PKTINFO, man: MAN, option: 'IP_PKTINFO' },
  process.platform === 'win32' ? windowsPacketInfo : packetInfo,
);

/**
 * The time to live of a received or sent datagram, 1 to 255.
 *
 * Enable it with `setsockopt(IPPROTO_IP, IP_RECVTTL, 1)`.
 *
 * @throws TypeError or RangeError that names `IP_TTL`
 * @see ip(7), IP_TTL
 */
export const ttl: Control<number> = defineControl(
  { name: 'IP_TTL', level, type: IP_TTL, man: MAN, option: 'IP_RECVTTL' },
  range(1, 255),
);

/**
 * The type-of-service byte (DSCP and ECN) of a received or sent datagram, 0 to 255.
 *
 * Enable it with `setsockopt(IPPROTO_IP, IP_RECVTOS, 1)`. Linux delivers one byte, and accepts an int.
 *
 * @throws TypeError or RangeError that names `IP_TOS`
 * @see ip(7), IP_TOS
 */
export const tos: Control<number> = sendable(
  defineReceived(
    { name: 'IP_TOS', level, type: IP_TOS, man: MAN, option: 'IP_RECVTOS' },
    { size: 1, decode: bytes => bytes[0]! },
  ),
  range(0, 255),
);

/**
 * An error from the error queue (`MSG_ERRQUEUE`): {@link ExtendedError}. `Socket.recvError` and `readErrorQueue` read
 * it.
 *
 * Enable it with `setsockopt(IPPROTO_IP, IP_RECVERR, 1)`.
 *
 * @see ip(7), IP_RECVERR
 */
export const ipError: Receivable<ExtendedError> = defineErrors(
  { name: 'IP_RECVERR', level, type: IP_RECVERR, man: MAN, option: 'IP_RECVERR' },
  sockaddr_in.size,
);

/**
 * The original destination of a datagram that a firewall redirected (TPROXY).
 *
 * Enable it with `setsockopt(IPPROTO_IP, IP_RECVORIGDSTADDR, 1)`.
 *
 * @see ip(7), IP_RECVORIGDSTADDR
 */
export const originalDestination: Receivable<InetAddress> = defineReader(
  { name: 'IP_ORIGDSTADDR', level, type: IP_ORIGDSTADDR, man: MAN, option: 'IP_RECVORIGDSTADDR' },
  CMSG_SPACE(sockaddr_in.size),
  data => decodeInet(data, data.length),
);

/**
 * The size of the largest received fragment of a datagram, including the header, in bytes.
 *
 * Enable it with `setsockopt(IPPROTO_IP, IP_RECVFRAGSIZE, 1)`, since Linux 4.13. Only fragmented datagrams have it.
 *
 * @see ip(7)
 */
export const fragmentSize: Receivable<number> = defineReceived(
  {
    name: 'IP_RECVFRAGSIZE',
    level,
    type: IP_RECVFRAGSIZE,
    man: MAN,
    since: '4.13',
    option: 'IP_RECVFRAGSIZE',
  },
  natural,
);

/** The maximum size of the options in an IPv4 header, in bytes: RFC 791. */
const LONGEST_OPTIONS = 40;

/**
 * The options in the IPv4 header of a datagram, as bytes. `ipOptions.space(40)` returns the space for the maximum.
 *
 * Enable it with `setsockopt(IPPROTO_IP, IP_RECVOPTS, 1)`.
 *
 * @see ip(7), IP_RECVOPTS
 */
export const ipOptions: Receivable<Buffer, SpaceOf> = defineReader(
  { name: 'IP_RECVOPTS', level, type: IP_RECVOPTS, man: MAN, option: 'IP_RECVOPTS' },
  CMSG_SPACE,
  data => data,
);

/**
 * The options in the IPv4 header of a datagram, reversed for a reply. When sending, the options of one datagram.
 *
 * Enable it with `setsockopt(IPPROTO_IP, IP_RETOPTS, 1)`.
 *
 * @throws TypeError or RangeError that names `IP_RETOPTS` if there are more than 40 bytes
 * @see ip(7), IP_RETOPTS
 */
export const ipReturnOptions: Control<Buffer, [bytes: Bytes], SpaceOf> = defineBytes(
  { name: 'IP_RETOPTS', level, type: IP_RETOPTS, man: MAN, option: 'IP_RETOPTS' },
  LONGEST_OPTIONS,
);

/**
 * The checksum that the kernel computed over the data of a datagram, 32 bits. UDP only.
 *
 * Enable it with `setsockopt(IPPROTO_IP, IP_CHECKSUM, 1)`.
 *
 * @see ip(7)
 */
export const checksum: Receivable<number> = defineReceived(
  { name: 'IP_CHECKSUM', level, type: IP_CHECKSUM, man: MAN, option: 'IP_CHECKSUM' },
  uint32,
);

/**
 * The protocol of one packet to send, 1 to 255, on a raw socket with `IPPROTO_RAW`. Send only, since Linux 6.4.
 *
 * @throws TypeError or RangeError that names `IP_PROTOCOL`
 * @see ip(7), raw(7)
 */
export const ipProtocol: Control<number> = defineControl(
  { name: 'IP_PROTOCOL', level, type: IP_PROTOCOL, man: MAN, since: '6.4' },
  range(1, 255),
);

/**
 * The security context of the sender, for packets that IPsec or NetLabel labels.
 *
 * Enable it with `setsockopt(IPPROTO_IP, IP_PASSSEC, 1)`.
 *
 * @see ip(7), IP_PASSSEC
 */
export const ipSecurity: Receivable<string, SpaceOf> = defineReader(
  { name: 'SCM_SECURITY', level, type: SCM_SECURITY, man: MAN, option: 'IP_PASSSEC' },
  CMSG_SPACE,
  data => readText(data),
);
