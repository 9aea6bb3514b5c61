/**
 * Typed control messages ("ancillary data"), and the error queue. This module contains only the exports of
 * `berkeley/control`.
 *
 * ```ts
 * import { pktinfo, rights, spaceFor, ttl } from 'berkeley/control';
 *
 * await socket.sendmsg({ data, address, control: [ttl(1)] });
 * const message = await socket.recvmsg(1500, { control: spaceFor(pktinfo, ttl) });
 * const info = pktinfo.find(message.control); // { interfaceIndex, local, destination } | undefined
 * ```
 *
 * @packageDocumentation
 */

export { voicePacketStatus } from './families/bluetooth/control.js';
export { canRawError, j1939DestAddr, j1939DestName, j1939Error, j1939Prio } from './families/can/control.js';
export {
  type J1939Announcement,
  type J1939Progress,
  type J1939Stage,
  j1939Progress,
} from './families/can/j1939-progress.js';
export {
  checksum,
  fragmentSize,
  ipError,
  ipOptions,
  ipProtocol,
  ipReturnOptions,
  ipSecurity,
  originalDestination,
  type PacketInfo,
  pktinfo,
  tos,
  ttl,
} from './families/inet/control.js';
export {
  type MessageReliability,
  type NextInfo,
  type ReceiveInfo,
  type SendReceiveInfo,
  sctpAuthinfo,
  sctpDstaddrv4,
  sctpDstaddrv6,
  sctpInit,
  sctpNxtinfo,
  sctpPrinfo,
  sctpRcvinfo,
  sctpSndinfo,
  sctpSndrcv,
} from './families/inet/sctp-control.js';
export * from './families/inet/sctp-notifications.js';
export { dccpPriority, tcpInq } from './families/inet/transport-control.js';
export {
  dontfrag,
  flowinfo,
  fragmentSize6,
  hoplimit,
  ipv6Error,
  originalDestination6,
  type PacketInfo6,
  type PathMtu,
  pathMtu,
  pktinfo6,
  tclass,
} from './families/inet6/control.js';
export {
  destinationOptions,
  type HeaderControl,
  hopOptions,
  nextHop,
  routingDestinationOptions,
  routingHeader,
} from './families/inet6/header-control.js';
export { netlinkGroup, netlinkNamespace } from './families/netlink/control.js';
export { auxdata, type PacketAuxdata, packetError, type VlanTag } from './families/packet/control.js';
export { rdsCongestion } from './families/rds/control.js';
export {
  type TipcDestination,
  type TipcReturned,
  tipcDestination,
  tipcReturned,
  tipcReturnedData,
} from './families/tipc/control.js';
export { credentials, inq, pidfd, rights } from './families/unix/control.js';
export type { Credentials } from './families/unix/credentials.js';
export type { Reader, Writer } from './layout/codec.js';
export { mark, priority, rxqOverflow, security, wifiStatus } from './message/any-socket.js';
export {
  type Control,
  type ControlFacts,
  defineBytes,
  defineControl,
  defineReader,
  defineReceived,
  type Receivable,
  type SpaceOf,
  sendable,
  spaceFor,
} from './message/codec.js';
export { parseControl } from './message/control.js';
export type { QueuedError } from './message/error-queue.js';
export {
  defineErrors,
  type ErrorOrigin,
  type ExtendedError,
  type ZerocopyCompletion,
  zerocopyCompletion,
} from './message/errors.js';
export { describeControl, type NamedControl } from './message/rows.js';
export {
  type TimestampedPacket,
  type Timestamps,
  timestamp,
  timestampId,
  timestamping,
  timestampingPktinfo,
  timestampingStats,
  timestampns,
  toDate,
  toMilliseconds,
  txtime,
} from './message/timestamps.js';
export { gro, segment } from './message/udp-control.js';
export { readErrorQueue } from './socket/functions.js';
