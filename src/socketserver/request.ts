import type { AddressOf } from '../address/address.js';
import type { PeerOf } from '../socket/iterate.js';
import type { Socket } from '../socket/socket.js';

/** The address families that the servers have. */
export type ServerFamily = 'inet' | 'inet6' | 'unix';

/** The request of a stream server: the accepted connection. */
export type StreamRequest<F extends ServerFamily = ServerFamily> = Socket<F>;

/** The request of a datagram server. */
export interface DatagramRequest<F extends ServerFamily = ServerFamily> {
  /** The received datagram. */
  readonly data: Buffer;
  /** The socket of the server, for the reply. */
  readonly socket: Socket<F>;
}

/** The address of a client. For Unix sockets it can be `null` or unnamed, because clients need no name. */
export type ClientAddress<F extends ServerFamily = ServerFamily> = PeerOf<F>;

/** A received request, and the address of its client. */
export type ReceivedRequest<F extends ServerFamily, R> = readonly [
  request: R,
  clientAddress: ClientAddress<F>,
];

/**
 * The server of a request, as its handler sees it: the server itself, or in a worker an object that stands for the server of
 * the other thread.
 */
export interface RequestServer {
  /** The address of the server. */
  readonly serverAddress: AddressOf<ServerFamily>;
  /** Ends `serveForever()`; see {@link BaseServer.shutdown}. */
  shutdown(): Promise<void>;
}
