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

/** Which local address and interface a datagram has to do with. */
export interface PacketInfo {
  /** The interface it came by, by index. To send: the one it shall leave by; 0, the default, lets the route say. */
  readonly interfaceIndex: number;
  /**
   * The local address to answer from: where it was sent to or, had it been sent to a group, the interface's own. To send:
   * the source address; the default, `'0.0.0.0'`, lets the route say. `ipi_spec_dst`.
   */
  readonly local: string;
  /** Where it was sent to, as its header has it: it may be a group or a broadcast. Ignored when sending. `ipi_addr`. */
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
 * Which local address and interface a datagram came to: `{ interfaceIndex, local, destination }`. Sent, it chooses those
 * that one leaves from: what was received may be sent as it is, to answer from the address that was asked.
 *
 * Switched on with `setsockopt(IPPROTO_IP, IP_PKTINFO, 1)`.
 *
 * @throws TypeError or RangeError naming the field
 * @see ip(7), IP_PKTINFO
 */
export const pktinfo: Control<PacketInfo, [info: Partial<PacketInfo>]> = defineControl(
  { name: 'IP_PKTINFO', level, type: IP_PKTINFO, man: MAN, option: 'IP_PKTINFO' },
  process.platform === 'win32' ? windowsPacketInfo : packetInfo,
);

/**
 * The time to live: of a datagram received, or of the one sent, 1 to 255.
 *
 * Switched on with `setsockopt(IPPROTO_IP, IP_RECVTTL, 1)`.
 *
 * @throws TypeError or RangeError naming `IP_TTL`
 * @see ip(7), IP_TTL
 */
export const ttl: Control<number> = defineControl(
  { name: 'IP_TTL', level, type: IP_TTL, man: MAN, option: 'IP_RECVTTL' },
  range(1, 255),
);

/**
 * The type-of-service byte, DSCP and ECN, of a datagram received, or of the one sent: 0 to 255.
 *
 * Switched on with `setsockopt(IPPROTO_IP, IP_RECVTOS, 1)`. Linux delivers one byte, and takes an int.
 *
 * @throws TypeError or RangeError naming `IP_TOS`
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
 * An error with its whole story: {@link ExtendedError}. It comes with the items of the error queue (`MSG_ERRQUEUE`), which
 * `Socket.recvError` and `readErrorQueue` read.
 *
 * Switched on with `setsockopt(IPPROTO_IP, IP_RECVERR, 1)`.
 *
 * @see ip(7), IP_RECVERR
 */
export const ipError: Receivable<ExtendedError> = defineErrors(
  { name: 'IP_RECVERR', level, type: IP_RECVERR, man: MAN, option: 'IP_RECVERR' },
  sockaddr_in.size,
);

/**
 * Where a datagram that a firewall redirected (TPROXY) was going.
 *
 * Switched on with `setsockopt(IPPROTO_IP, IP_RECVORIGDSTADDR, 1)`.
 *
 * @see ip(7), IP_RECVORIGDSTADDR
 */
export const originalDestination: Receivable<InetAddress> = defineReader(
  { name: 'IP_ORIGDSTADDR', level, type: IP_ORIGDSTADDR, man: MAN, option: 'IP_RECVORIGDSTADDR' },
  CMSG_SPACE(sockaddr_in.size),
  data => decodeInet(data, data.length),
);

/**
 * The size of the largest fragment that a datagram came in, header included, in bytes.
 *
 * Switched on with `setsockopt(IPPROTO_IP, IP_RECVFRAGSIZE, 1)`, since Linux 4.13; it comes with fragmented ones alone.
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

/** The longest options that an IPv4 header can have, in bytes: RFC 791. */
const LONGEST_OPTIONS = 40;

/**
 * The options of a datagram's IPv4 header, as bytes. `ipOptions.space(40)` has space for all that a header can hold.
 *
 * Switched on with `setsockopt(IPPROTO_IP, IP_RECVOPTS, 1)`.
 *
 * @see ip(7), IP_RECVOPTS
 */
export const ipOptions: Receivable<Buffer, SpaceOf> = defineReader(
  { name: 'IP_RECVOPTS', level, type: IP_RECVOPTS, man: MAN, option: 'IP_RECVOPTS' },
  CMSG_SPACE,
  data => data,
);

/**
 * The options of a datagram's IPv4 header, turned round to be the answer's; sent, the options of the one datagram.
 *
 * Switched on with `setsockopt(IPPROTO_IP, IP_RETOPTS, 1)`.
 *
 * @throws TypeError or RangeError naming `IP_RETOPTS`: at most 40 bytes
 * @see ip(7), IP_RETOPTS
 */
export const ipReturnOptions: Control<Buffer, [bytes: Bytes], SpaceOf> = defineBytes(
  { name: 'IP_RETOPTS', level, type: IP_RETOPTS, man: MAN, option: 'IP_RETOPTS' },
  LONGEST_OPTIONS,
);

/**
 * The checksum over a datagram's data as the kernel has it, 32 bits; UDP alone.
 *
 * Switched on with `setsockopt(IPPROTO_IP, IP_CHECKSUM, 1)`.
 *
 * @see ip(7)
 */
export const checksum: Receivable<number> = defineReceived(
  { name: 'IP_CHECKSUM', level, type: IP_CHECKSUM, man: MAN, option: 'IP_CHECKSUM' },
  uint32,
);

/**
 * The protocol of the one packet sent, 1 to 255, on a raw socket that was made with `IPPROTO_RAW`. Sent only, since
 * Linux 6.4.
 *
 * @throws TypeError or RangeError naming `IP_PROTOCOL`
 * @see ip(7), raw(7)
 */
export const ipProtocol: Control<number> = defineControl(
  { name: 'IP_PROTOCOL', level, type: IP_PROTOCOL, man: MAN, since: '6.4' },
  range(1, 255),
);

/**
 * The sender's security context, of packets that IPsec or NetLabel label.
 *
 * Switched on with `setsockopt(IPPROTO_IP, IP_PASSSEC, 1)`.
 *
 * @see ip(7), IP_PASSSEC
 */
export const ipSecurity: Receivable<string, SpaceOf> = defineReader(
  { name: 'SCM_SECURITY', level, type: SCM_SECURITY, man: MAN, option: 'IP_PASSSEC' },
  CMSG_SPACE,
  data => readText(data),
);
