/**
 * Berkeley sockets for JavaScript. This module contains only the exports of `berkeley`.
 *
 * @packageDocumentation
 */

export type {
  AddressInput,
  AddressOf,
  FamilyName,
  SocketAddress,
  UnknownAddress,
} from './address/address.js';
export { htonl, htons, inet_aton, inet_ntoa, inet_ntop, inet_pton, ntohl, ntohs } from './address/ip.js';
export { familyName, typeName } from './address/labels.js';
export type { NetAddress, NetAddressOrNone } from './address/net-address.js';
export { formatAddress, parseAddress } from './address/registry.js';
export type {
  Family,
  OptionLevel,
  OptionName,
  Protocol,
  ProtocolLevel,
  ShutdownHow,
  SocketType,
  SolLevel,
} from './constants/kinds.js';
export { protocolName } from './constants/protocol-names.js';
export * from './constants/root.js';
export {
  BlockingError,
  BrokenPipeError,
  ConnectionAbortedError,
  ConnectionError,
  ConnectionRefusedError,
  ConnectionResetError,
  InterruptedError,
  PermissionError,
  SocketError,
  TimeoutError,
  UnsupportedError,
} from './errors/errors.js';
export { isTimeout } from './errors/timeout.js';
export * from './families/index.js';
export { tcpStateName } from './families/inet/tcp-state.js';
export { type BorrowableSocket, BorrowedSocket, borrow, type NodeFamily } from './internet/borrow.js';
export { hasDualStack, hasIpv6 } from './internet/capabilities.js';
export {
  type ConnectionAddress,
  type ConnectionOptions,
  createConnection,
  createConnectionSync,
  type InternetSocket,
  type SourceAddress,
  type SyncConnectionOptions,
} from './internet/create-connection.js';
export {
  createServer,
  type FamilyOfHost,
  type ServerAddress,
  type ServerOptions,
  type UnixServerOptions,
} from './internet/create-server.js';
export { fromNodeSocket } from './internet/from-node-socket.js';
export { sctp_peeloff } from './internet/sctp-peeloff.js';
export { type InternetChecksumOptions, internetChecksum, type PseudoHeader } from './layout/checksum.js';
export { formatHardwareAddress, parseHardwareAddress } from './layout/hardware-address.js';
export type { Bytes, WritableBytes } from './layout/memory.js';
export { MessageBatch } from './message/batch.js';
export type { BatchOptions, MessageExtras } from './message/batch-options.js';
export { CMSG_LEN, CMSG_SPACE, type ControlInput, type ControlMessage } from './message/control.js';
export type { Descriptor } from './message/descriptors.js';
export type { Message, MessageInput, MessageInto, ReceivedFds } from './message/message.js';
export type { SyncWaitOptions, WaitOptions } from './reactor/wait-options.js';
export {
  type AddressHints,
  type AddressInfo,
  type GetaddrinfoOptions,
  getaddrinfo,
  getaddrinfoSync,
} from './resolver/getaddrinfo.js';
export { getfqdn, getfqdnSync } from './resolver/getfqdn.js';
export { gethostbyaddr, gethostbyaddrSync } from './resolver/gethostbyaddr.js';
export {
  gethostbyname,
  gethostbynameEx,
  gethostbynameExSync,
  gethostbynameSync,
} from './resolver/gethostbyname.js';
export {
  type GetnameinfoOptions,
  getnameinfo,
  getnameinfoSync,
  type NameInfo,
  type NumericAddress,
  type SyncGetnameinfoOptions,
} from './resolver/getnameinfo.js';
export type { HostEntry } from './resolver/host-entry.js';
export { gethostname, sethostname } from './resolver/hostname.js';
export { type InterfaceName, if_indextoname, if_nameindex, if_nametoindex } from './resolver/interfaces.js';
export { ResolverError } from './resolver/resolver-error.js';
export { getprotobyname, getservbyname, getservbyport } from './resolver/services.js';
export type { CallOptions, SyncCallOptions } from './socket/call.js';
export type { ChunkOptions } from './socket/chunks.js';
export type { UnspecifiedAddress } from './socket/connect.js';
export type { AddressedOptions, SyncAddressedOptions } from './socket/descriptors.js';
export { close, fromfd, fromshare, socketpair } from './socket/functions.js';
export type { Datagram, DatagramsOptions, NamedFamily, PeerOf } from './socket/iterate.js';
export type { MessageOptions, SyncMessageOptions } from './socket/message.js';
export type { Received, ReceivedInto, SenderOf } from './socket/received.js';
export type { ReceivedSegments, SegmentsOptions, SyncSegmentsOptions } from './socket/segments.js';
export type { SendfileOptions, SyncSendfileOptions } from './socket/sendfile.js';
export {
  type Accepted,
  type Adoption,
  type DuplexOf,
  getDefaultTimeout,
  isFamily,
  Socket,
  setDefaultTimeout,
} from './socket/socket.js';
export type { IoctlValue, KeepaliveValues } from './socket/windows.js';
export type { ZeroCopyCompletion, ZeroCopySend } from './socket/zero-copy.js';
export { type DuplexOptions, SocketDuplex } from './streams/duplex.js';
export { BinaryFile } from './streams/files/binary-file.js';
export type { EncodingErrors, TextEncoding } from './streams/files/encoding.js';
export type { BinaryFileOptions, TextFileOptions } from './streams/files/makefile.js';
export type { BinaryMode, TextMode } from './streams/files/mode.js';
export type { Newline } from './streams/files/newlines.js';
export {
  type ReadlineOptions,
  type ReadOptions,
  SocketFile,
  type SyncReadlineOptions,
  type SyncReadOptions,
} from './streams/files/socket-file.js';
export { TextFile } from './streams/files/text-file.js';
export type { NodeSocketOptions } from './streams/to-node-socket.js';
export { UnixDuplex } from './streams/unix-duplex.js';
export type { WebStreams } from './streams/web.js';
