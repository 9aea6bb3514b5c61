/** The four servers. Their differences are rows of kinds.ts. */
import { BaseServer, type ServerTarget } from './base-server.js';
import type { RequestHandler } from './handler.js';
import { tcp, udp, unixDatagram, unixStream } from './kinds.js';
import type { DatagramServerOptions, StreamServerOptions } from './options.js';
import type { DatagramRequest, StreamRequest } from './request.js';

/** The families of TCP and UDP servers. */
export type InternetFamily = 'inet' | 'inet6';

/**
 * A TCP server. Each connection is a request.
 *
 * ```ts
 * await using server = new TCPServer({ host: '127.0.0.1', port: 7 }, async connection => {
 *   for await (const chunk of connection.chunks()) await connection.sendAll(chunk);
 * });
 * await server.serveForever();
 * ```
 *
 * With the URL of a module instead of a handler, threads handle the requests: see {@link handleRequests}.
 */
export class TCPServer extends BaseServer<InternetFamily, StreamRequest<InternetFamily>> {
  /**
   * Opens the socket, binds it and listens.
   *
   * @param address the address, or a socket that listens. An address with a `:` in its host is of IPv6. A host name is
   *   resolved in this thread.
   * @param handler a class, a function, or the URL of a module that calls {@link handleRequests}
   * @param options see {@link StreamServerOptions}
   * @throws TypeError or RangeError naming the argument
   * @throws SocketError `EADDRINUSE`, `EACCES`, …; nothing stays open
   */
  constructor(
    address: ServerTarget<InternetFamily>,
    handler: RequestHandler<InternetFamily, StreamRequest<InternetFamily>> | URL,
    options: StreamServerOptions<InternetFamily> = {},
  ) {
    super(tcp, address, handler, options);
  }
}

/**
 * A UDP server. Each datagram is a request: `{ data, socket }`.
 *
 * ```ts
 * await using server = new UDPServer({ host: '127.0.0.1', port: 7 }, ({ data, socket }, client) =>
 *   socket.sendto(data, client),
 * );
 * await server.serveForever();
 * ```
 */
export class UDPServer extends BaseServer<InternetFamily, DatagramRequest<InternetFamily>> {
  /**
   * Opens the socket and binds it.
   *
   * @param address the address, or a socket that is bound
   * @param handler a class, a function, or the URL of a module that calls {@link handleRequests}
   * @param options see {@link DatagramServerOptions}
   * @throws as {@link TCPServer}
   */
  constructor(
    address: ServerTarget<InternetFamily>,
    handler: RequestHandler<InternetFamily, DatagramRequest<InternetFamily>> | URL,
    options: DatagramServerOptions<InternetFamily> = {},
  ) {
    super(udp, address, handler, options);
  }
}

/** A server of connections over a Unix socket: {@link TCPServer} for a path or an abstract name. */
export class UnixStreamServer extends BaseServer<'unix', StreamRequest<'unix'>> {
  /**
   * Opens the socket, binds it and listens.
   *
   * @param address `{ path }`, `{ abstract }`, or a socket that listens, such as that of `createServer({ path }, { unlink:
   *   'stale' })`
   * @param handler a class, a function, or the URL of a module that calls {@link handleRequests}
   * @param options see {@link StreamServerOptions}
   * @throws as {@link TCPServer}
   */
  constructor(
    address: ServerTarget<'unix'>,
    handler: RequestHandler<'unix', StreamRequest<'unix'>> | URL,
    options: StreamServerOptions<'unix'> = {},
  ) {
    super(unixStream, address, handler, options);
  }
}

/** A server of datagrams over a Unix socket. A client must bind its socket to get a reply. */
export class UnixDatagramServer extends BaseServer<'unix', DatagramRequest<'unix'>> {
  /**
   * Opens the socket and binds it.
   *
   * @param address `{ path }`, `{ abstract }`, or a socket that is bound
   * @param handler a class, a function, or the URL of a module that calls {@link handleRequests}
   * @param options see {@link DatagramServerOptions}
   * @throws as {@link TCPServer}
   */
  constructor(
    address: ServerTarget<'unix'>,
    handler: RequestHandler<'unix', DatagramRequest<'unix'>> | URL,
    options: DatagramServerOptions<'unix'> = {},
  ) {
    super(unixDatagram, address, handler, options);
  }
}
