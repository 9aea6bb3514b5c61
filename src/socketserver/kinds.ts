/** The kinds of servers: one row per class, and one per transport. */
import type { Family, SocketType } from '../constants/kinds.js';
import { SHUT_RDWR, SHUT_WR, SOCK_DGRAM, SOCK_STREAM } from '../constants/socket.js';
import { invalidValue } from '../errors/argument.js';
import { SocketError } from '../errors/errors.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { AF_UNIX } from '../families/unix/constants.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { lostConnection } from '../socket/iterate.js';
import { Socket } from '../socket/socket.js';
import type {
  ClientAddress,
  DatagramRequest,
  ReceivedRequest,
  ServerFamily,
  StreamRequest,
} from './request.js';

type ServerSocket = Socket<ServerFamily>;

/** What a worker gets of a request: a descriptor that it duplicates, and the datagram if there is one. */
export interface Handover {
  readonly socket: ServerSocket;
  readonly data?: Uint8Array<ArrayBuffer> | undefined;
}

/** What differs between connections and datagrams. */
export interface Transport<R> {
  readonly type: number;
  readonly listens: boolean;
  /** Whether running requests use the server's socket, which is then closed after them. */
  readonly sharesSocket: boolean;
  readonly syscall: string;
  /** Returns whether an error of the system call concerns one request. */
  isLost(code: string): boolean;
  receive(socket: ServerSocket, size: number, wait: WaitOptions): Promise<ReceivedRequest<ServerFamily, R>>;
  /** Ends a request that was handled: the client receives what was sent, and the end of the stream. */
  shutdown(request: R): void;
  /** Frees the descriptor of a request. */
  close(request: R): void;
  /** Ends a request that is still being handled. */
  abort(request: R): void;
  handover(request: R): Handover;
}

/** Shuts a connection down. The client might have ended it already. */
function shutDown(connection: StreamRequest, how: typeof SHUT_WR | typeof SHUT_RDWR): void {
  if (connection.closed) return;
  try {
    connection.shutdown(how);
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
  }
}

/** Ends a connection: the client receives what was sent, and the end of the stream. */
export function endConnection(connection: StreamRequest): void {
  shutDown(connection, SHUT_WR);
  connection.close();
}

const stream: Transport<StreamRequest> = {
  type: SOCK_STREAM,
  listens: true,
  sharesSocket: false,
  syscall: 'accept',
  isLost: code => lostConnection.has(code),
  async receive(server, _, wait) {
    const { socket, address } = await server.accept(wait);
    return [socket, address];
  },
  shutdown: connection => shutDown(connection, SHUT_WR),
  close: connection => connection.close(),
  abort: connection => shutDown(connection, SHUT_RDWR),
  handover: connection => ({ socket: connection }),
};

/** A receive call reports the ICMP error of an earlier reply (ip(7), and WSAECONNRESET on Windows). */
const earlierReply: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EPROTO',
]);

const datagram: Transport<DatagramRequest> = {
  type: SOCK_DGRAM,
  listens: false,
  sharesSocket: true,
  syscall: 'recvfrom',
  isLost: code => earlierReply.has(code),
  async receive(socket, size, wait) {
    const { data, address } = await socket.recvfrom(size, wait);
    return [{ data, socket }, address as ClientAddress];
  },
  shutdown() {},
  close() {},
  abort() {},
  // A copy of exactly the datagram: structured cloning would copy all memory that the view belongs to.
  handover: ({ socket, data }) => ({ socket, data: new Uint8Array(data) }),
};

/** A class of servers. */
export interface Kind<R> {
  readonly name: string;
  readonly transport: Transport<R>;
  /** The families that its sockets can have. The first is the default. */
  readonly families: readonly number[];
  /** Whether SO_REUSEADDR is set by default. For datagrams, it would let two servers share a port. */
  readonly reuseAddress: boolean;
}

/** A class of servers, whatever its requests are. */
// biome-ignore lint/suspicious/noExplicitAny: the types of requests differ
export type AnyKind = Kind<any>;

const internet = [AF_INET, AF_INET6] as readonly number[];
const unix = [AF_UNIX] as readonly number[];

/** On Windows, SO_REUSEADDR lets two servers share a port, and restarted servers do not need it. */
const isReusable = process.platform !== 'win32';

export const tcp: Kind<StreamRequest> = {
  name: 'TCPServer',
  transport: stream,
  families: internet,
  reuseAddress: isReusable,
};

export const udp: Kind<DatagramRequest> = {
  name: 'UDPServer',
  transport: datagram,
  families: internet,
  reuseAddress: false,
};

export const unixStream: Kind<StreamRequest> = {
  name: 'UnixStreamServer',
  transport: stream,
  families: unix,
  reuseAddress: false,
};

export const unixDatagram: Kind<DatagramRequest> = {
  name: 'UnixDatagramServer',
  transport: datagram,
  families: unix,
  reuseAddress: false,
};

/** Opens the socket of a server, or takes over an existing one. */
export function openSocket(kind: AnyKind, address: object, family: number | undefined): ServerSocket {
  if (address instanceof Socket) return checkSocket(kind, address as ServerSocket);
  const { families, transport } = kind;
  const isInet6 = families.includes(AF_INET6) && hasInet6(address);
  const chosen = family ?? (isInet6 ? AF_INET6 : families[0]!);
  return new Socket(chosen as unknown as Family<ServerFamily>, transport.type as SocketType);
}

/** Whether an address is of IPv6. The rest of it is checked when the socket is bound. */
function hasInet6({ family, host }: { readonly family?: unknown; readonly host?: unknown }): boolean {
  if (family !== undefined) return family === 'inet6';
  return typeof host === 'string' && host.includes(':');
}

function checkSocket({ name, families, transport }: AnyKind, socket: ServerSocket): ServerSocket {
  if (socket.type === transport.type && families.includes(socket.family as number)) return socket;
  throw invalidValue('address', `must be a socket of a kind that ${name} serves`, socket);
}
