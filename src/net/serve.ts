import type { EventEmitter } from 'node:events';
import type { TLSSocket } from 'node:tls';
import {
  checkFunction,
  checkObject,
  checkSignal,
  checkTimeout,
  invalidValue,
  isInstance,
} from '../errors/argument.js';
import { checkOptionKeys } from '../reactor/wait-options.js';
import { Socket } from '../socket/socket.js';
import { hasNodeSocket, isNodeSocketFamily } from '../streams/to-node-socket.js';
import { acceptAll } from './accepting.js';
import type { AnySocket } from './any-socket.js';
import { type InjectableServer, inject } from './inject.js';
import { keepAddresses } from './keep-addresses.js';

/** A server that accepts connections as `'connection'` events: of `node:http`, `node:https`, `node:http2` or `node:tls`. */
export type ConnectionServer = Pick<EventEmitter, 'emit' | 'on' | 'off'>;

/** What {@link serve} uses of a server, if it exists. */
interface HttpServer extends ConnectionServer {
  /** Whether connections can send after the peer has ended, as HTTP requires. */
  readonly allowHalfOpen?: unknown;
  closeIdleConnections?(): void;
  /** TLS servers have it: those of `node:tls`, `node:https` and `http2.createSecureServer()`. */
  addContext?: unknown;
}

/** The options of {@link serve}. */
export interface ServeOptions {
  /**
   * What the server gets: `'node'` for a `net.Socket`, or `'duplex'` for the stream of {@link Socket.toDuplex}. By default
   * `'node'`, and `'duplex'` for families that Node.js does not have, on Windows, and on Bun and Deno. The addresses are
   * known over TLS with both; those of an `http2` session that is not secure only with `'node'`.
   */
  readonly as?: 'node' | 'duplex' | undefined;
  /** Stops accepting when it is aborted, as {@link Serving.close}. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of {@link Serving.close}. */
export interface DrainOptions {
  /** The time after which the remaining connections are destroyed, in milliseconds; no limit by default. */
  readonly timeout?: number | null | undefined;
}

/** A connection of the server. */
interface Connection {
  once(event: 'close', listener: () => void): unknown;
  destroy(): unknown;
}

/** A response of `node:http`. */
interface Response {
  shouldKeepAlive: boolean;
  readonly headersSent: boolean;
  once(event: 'close', listener: () => void): unknown;
}

/** A session of `node:http2`. */
interface Session {
  close(): void;
  once(event: 'close', listener: () => void): unknown;
}

/** The connections that {@link serve} passes to a server. */
export class Serving {
  readonly #listener: AnySocket;
  readonly #server: HttpServer;
  readonly #isNode: boolean;
  readonly #connections = new Set<Connection>();
  readonly #responses = new Set<Response>();
  readonly #sessions = new Set<Session>();
  #isClosing = false;
  #resolve: () => void = () => {};
  readonly #drained = new Promise<void>(resolve => {
    this.#resolve = resolve;
  });

  /** @internal */
  constructor(listener: AnySocket, server: ConnectionServer, isNode: boolean) {
    this.#listener = listener;
    this.#server = server;
    this.#isNode = isNode;
    server.on('request', this.#onRequest);
    server.on('session', this.#onSession);
    void acceptAll(
      listener,
      socket => this.#add(socket),
      error => void server.emit('error', error),
    );
  }

  /** The number of open connections. */
  get connections(): number {
    return this.#connections.size;
  }

  #add(socket: AnySocket): void {
    const options = { allowHalfOpen: this.#server.allowHalfOpen === true };
    const stream: Connection = this.#isNode ? socket.toNodeSocket(options) : socket.toDuplex(options);
    this.#connections.add(stream);
    stream.once('close', () => {
      this.#connections.delete(stream);
      this.#finishIfDrained();
    });
    this.#pass(stream);
  }

  #pass(stream: Connection): void {
    const server = this.#server;
    if (this.#isNode || typeof server.addContext !== 'function') {
      server.emit('connection', stream);
      return;
    }
    inject(server as HttpServer & InjectableServer, stream, (event, args, forward) => {
      if (event === 'secureConnection') keepAddresses(args[0] as TLSSocket, stream);
      return forward(event, ...args);
    });
  }

  readonly #onRequest = (_: unknown, response: Response): void => {
    this.#responses.add(response);
    if (this.#isClosing) response.shouldKeepAlive = false;
    response.once('close', () => {
      this.#responses.delete(response);
      // The connection becomes idle only after this event.
      if (this.#isClosing) setImmediate(() => this.#server.closeIdleConnections?.());
    });
  };

  readonly #onSession = (session: Session): void => {
    this.#sessions.add(session);
    session.once('close', () => this.#sessions.delete(session));
    if (this.#isClosing) session.close();
  };

  /**
   * Stops accepting, closes idle connections, and waits until the others are done: HTTP responses are sent with
   * `Connection: close`, HTTP/2 sessions end when their streams have. The listener is closed.
   */
  async close(options: DrainOptions = {}): Promise<void> {
    checkOptionKeys(options, ['timeout']);
    const { timeout = null } = options;
    const limit = checkTimeout(timeout, 'options.timeout');
    this.#stop();
    const timer = limit === null ? undefined : setTimeout(() => this.#destroyAll(), limit);
    await this.#drained;
    clearTimeout(timer);
  }

  #stop(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#listener.close();
    for (const response of this.#responses) if (!response.headersSent) response.shouldKeepAlive = false;
    for (const session of this.#sessions) session.close();
    this.#server.closeIdleConnections?.();
    this.#finishIfDrained();
  }

  #destroyAll(): void {
    for (const connection of this.#connections) connection.destroy();
  }

  #finishIfDrained(): void {
    if (!this.#isClosing || this.#connections.size > 0) return;
    this.#server.off('request', this.#onRequest);
    this.#server.off('session', this.#onSession);
    this.#resolve();
  }

  /** Closes as {@link close} without a limit, at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * Passes the connections of a listening socket to a server of Node.js, counts them, and drains them at the end. The
 * listener can be of any family, and can have any options.
 *
 * ```ts
 * const listener = createServer({ host: '::', port: 8080 }, { dualStack: true, family: AF_INET6 });
 * await using serving = serve(listener, http.createServer(handler));
 * ```
 *
 * @param listener a listening stream socket, which is then owned by the result
 * @param server a server of `node:http`, `node:https`, `node:http2` or `node:tls`, which does not listen itself
 * @throws TypeError for invalid arguments
 */
export function serve(listener: AnySocket, server: ConnectionServer, options: ServeOptions = {}): Serving {
  if (!isInstance(listener, Socket)) throw invalidValue('listener', 'must be a Socket', listener);
  const emitter = checkObject(server, 'server') as ConnectionServer;
  for (const name of ['emit', 'on', 'off'] as const) checkFunction(emitter[name], `server.${name}`);
  checkOptionKeys(options, ['as', 'signal']);
  const { as = isNodeSocketFamily(listener.family) ? 'node' : 'duplex', signal } = options;
  checkSignal(signal, 'options.signal');
  if (as !== 'node' && as !== 'duplex') throw invalidValue('options.as', "must be 'node' or 'duplex'", as);
  if (as === 'node' && !hasNodeSocket(listener.family))
    throw invalidValue('options.as', "must be 'duplex' for this family and platform", as);
  const serving = new Serving(listener as AnySocket, emitter, as === 'node');
  const stop = (): void => void serving.close();
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', stop, { once: true });
  return serving;
}
