import type { ClientAddress, RequestServer, StreamRequest } from './request.js';

/** The method that frees what a handler has opened. Not part of the public interface. */
export const RELEASE: unique symbol = Symbol('release');

/**
 * The base class of handlers. Derive a class and define {@link handle}. The server creates an instance for each request, and
 * calls `setup()`, `handle()` and `finish()`. Each can be `async`.
 *
 * ```ts
 * class Greeter extends BaseRequestHandler<Socket<'inet'>> {
 *   async handle() {
 *     await this.request.sendAll('Hello\n');
 *   }
 * }
 * ```
 *
 * @typeParam R the type of the request: {@link StreamRequest}, or {@link DatagramRequest}
 * @typeParam A the type of the client's address
 * @typeParam S the type of the server
 */
export class BaseRequestHandler<
  R = StreamRequest,
  A = ClientAddress,
  S extends RequestServer = RequestServer,
> {
  /** The request: the connection of a stream server, or `{ data, socket }` of a datagram server. */
  readonly request: R;
  /** The address of the client. */
  readonly clientAddress: A;
  /** The server. In a worker it stands for the server of the other thread. */
  readonly server: S;

  /** Stores the arguments. Unlike in Python, it does not handle the request: the server does, so that it can be `async`. */
  constructor(request: R, clientAddress: A, server: S) {
    this.request = request;
    this.clientAddress = clientAddress;
    this.server = server;
  }

  /** Prepares {@link handle}. If it fails, the other two are not called. */
  setup(): void | Promise<void> {}

  /** Handles the request. The default does nothing. */
  handle(): void | Promise<void> {}

  /** Cleans up after {@link handle}, also if that failed. */
  finish(): void | Promise<void> {}

  /** @internal */
  [RELEASE]?(): Promise<void>;
}
