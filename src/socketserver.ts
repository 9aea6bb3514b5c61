/**
 * Entry point `berkeley/socketserver`: servers for TCP, UDP and Unix sockets, and classes that handle their requests. It has
 * what Python's `socketserver` has; requests run concurrently in the event loop, or in threads.
 *
 * ```ts
 * import { StreamRequestHandler, TCPServer } from 'berkeley/socketserver';
 *
 * class Upper extends StreamRequestHandler {
 *   async handle() {
 *     for await (const line of this.rfile) await this.wfile.write(line.toString().toUpperCase());
 *   }
 * }
 *
 * await using server = new TCPServer({ host: '127.0.0.1', port: 9999 }, Upper);
 * await server.serveForever();
 * ```
 *
 * @packageDocumentation
 */

export { BaseRequestHandler } from './socketserver/base-request-handler.js';
export { BaseServer, type ServerTarget } from './socketserver/base-server.js';
export { DatagramRequestHandler } from './socketserver/datagram-request-handler.js';
export { handleRequests } from './socketserver/handle-requests.js';
export type {
  RequestHandler,
  RequestHandlerClass,
  RequestHandlerFunction,
} from './socketserver/handler.js';
export type {
  DatagramServerOptions,
  ServeForeverOptions,
  ServerCloseOptions,
  ServerOptions,
  StreamServerOptions,
} from './socketserver/options.js';
export type {
  ClientAddress,
  DatagramRequest,
  ReceivedRequest,
  RequestServer,
  ServerFamily,
  StreamRequest,
} from './socketserver/request.js';
export type { RequestReader, RequestWriter } from './socketserver/request-files.js';
export {
  type InternetFamily,
  TCPServer,
  UDPServer,
  UnixDatagramServer,
  UnixStreamServer,
} from './socketserver/servers.js';
export { StreamRequestHandler } from './socketserver/stream-request-handler.js';
