/** The connection under a TLSSocket, as a stream of Node.js. */
import { type Socket as NodeSocket, Socket as NodeSocketClass } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { SOCK_STREAM } from '../constants/socket.js';
import { invalidType, invalidValue, isInstance } from '../errors/argument.js';
import { type BorrowedSocket, borrow } from '../internet/borrow.js';
import { isConnected } from '../net/adopt.js';
import type { AnySocket } from '../net/any-socket.js';
import { keepAddresses } from '../net/keep-addresses.js';
import { Socket as NetSocket } from '../net/socket.js';
import { Socket } from '../socket/socket.js';
import { isNodeSocketFamily } from '../streams/to-node-socket.js';

/** What is known about the connection under a {@link TlsSocket}: its options and addresses. */
// biome-ignore lint/suspicious/noExplicitAny: a TLS connection can have any family with stream sockets
type AnyBorrowed = BorrowedSocket<any>;
export type TransportHandle = Pick<
  AnyBorrowed,
  | 'family'
  | 'type'
  | 'protocol'
  | 'fd'
  | 'getsockname'
  | 'getpeername'
  | 'getsockopt'
  | 'setsockopt'
  | 'getOption'
  | 'setOption'
>;

/** A TLS connection: a `tls.TLSSocket`, and the socket under it. */
export type TlsSocket = TLSSocket & {
  /**
   * The socket under this connection, for its options and addresses; `undefined` after it is closed, and if its descriptor
   * is not accessible. TLS receives, sends and closes.
   */
  readonly handle: TransportHandle | undefined;
};

/**
 * A connection for TLS: a Socket of `berkeley`, a `Socket` of `berkeley/net`, a `net.Socket`, or any other stream in both
 * directions.
 */
export type TlsTransport = AnySocket | NetSocket | NodeSocket | Duplex;

/**
 * Converts a socket to a stream. Node.js encrypts a `net.Socket` without calling JavaScript for each record, so it gets the
 * descriptor where it can take it over. A TLSSocket is half-open if the stream is. During the handshake it must not be: the
 * end of the connection is the end of the handshake.
 *
 * The stream of any other socket stays half-open: TLS sends its last record after the peer has ended the connection.
 */
export function streamOf(socket: AnySocket): NodeSocket | NetSocket {
  return isNodeSocketFamily(socket.family)
    ? socket.toNodeSocket({ allowHalfOpen: false })
    : new NetSocket({ handle: socket, allowHalfOpen: true });
}

/**
 * Converts the connection that a program passes.
 *
 * @throws TypeError if it is none
 */
export function checkTransport(value: unknown, argument: string): () => Duplex {
  if (isInstance(value, Socket)) {
    const socket = value as AnySocket;
    if (socket.type !== SOCK_STREAM || !isConnected(socket))
      throw invalidValue(argument, 'must be a connected socket of type SOCK_STREAM', socket.type);
    return () => streamOf(socket);
  }
  const stream = value as Partial<Duplex> | null;
  if (typeof stream?.write !== 'function' || typeof stream.read !== 'function')
    throw invalidType(argument, 'a connected Socket or a stream.Duplex', value);
  return () => {
    stream.allowHalfOpen = !(stream instanceof NodeSocketClass); // see streamOf
    return stream as Duplex;
  };
}

/** Adds the addresses and the handle to a TLSSocket. */
export function withTransport(secure: TLSSocket, stream: object): TlsSocket {
  const isNative = stream instanceof NodeSocketClass;
  if (isNative)
    void secure.remoteAddress; // is read while the connection is open, so that it is known afterwards
  else keepAddresses(secure, stream);
  const borrowed = isNative ? borrowedFrom(stream) : undefined;
  const get = (): TransportHandle | undefined =>
    secure.destroyed ? undefined : (borrowed ?? (stream as Partial<NetSocket>).handle);
  return Object.defineProperty(secure, 'handle', { configurable: true, get }) as TlsSocket;
}

/** Returns `undefined` where the descriptor of a `net.Socket` is not accessible: on Windows, and on Bun and Deno. */
function borrowedFrom(socket: NodeSocket): TransportHandle | undefined {
  try {
    return borrow(socket) as TransportHandle;
  } catch {
    return undefined;
  }
}
