import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { SocketHandle } from '../net/adopt.js';
import type { AnySocket } from '../net/any-socket.js';
import { inject } from '../net/inject.js';
import type { ListenOptions } from '../net/listen.js';
import { Server, type ServerOptions } from '../net/server.js';
import type { Socket as NetSocket } from '../net/socket.js';
import { checkWaitOptions, type WaitOptions } from '../reactor/wait-options.js';
import { closedError } from './handshake.js';
import { Incoming } from './incoming.js';
import { Limit } from './limit.js';
import { checkTransport, streamOf, type TlsSocket, type TlsTransport, withTransport } from './transport.js';

/**
 * The options of {@link createTlsServer}: those of a server, as in {@link ServerOptions} of `berkeley/net`, and those of
 * `tls.createServer()`: `cert`, `key`, `ca`, `requestCert`, `SNICallback`, `ALPNProtocols`, `handshakeTimeout`, ….
 */
export interface TlsServerOptions extends Omit<tls.TlsOptions, keyof ServerOptions>, ServerOptions {}

/** The options of {@link TlsServer.upgrade}. */
export type UpgradeOptions = WaitOptions;

/** The parts of a {@link TlsServer} that concern its connections. */
interface OverSockets {
  /**
   * Listens, with the arguments of {@link Server.listen}: `listen(options)`, `listen(port?, host?, backlog?)`,
   * `listen(path, backlog?)` or `listen(handle, backlog?)`, with an optional listener for `'listening'` at the end.
   */
  listen(port?: number | string | null, host?: string, backlog?: number, listener?: () => void): this;
  /** Listens on a port and a host. */
  listen(port?: number | string | null, host?: string, listener?: () => void): this;
  /** Listens on a port of every interface, with a backlog. */
  listen(port?: number | string | null, backlog?: number, listener?: () => void): this;
  /** Listens on a port of every interface, or on a path. */
  listen(port?: number | string | null, listener?: () => void): this;
  /** Listens on a port that the kernel chooses. */
  listen(listener: () => void): this;
  /** Listens with the given options, or on a listening Socket. */
  listen(options: ListenOptions | SocketHandle, listener?: () => void): this;
  /** Listens on a listening Socket or descriptor. */
  listen(handle: SocketHandle | { readonly fd: number }, backlog?: number, listener?: () => void): this;
  /** Returns the address that the server listens on: see {@link Server.address}. */
  address(): object | string | null;
  /** Counts the connections, including those whose handshake is not done. */
  getConnections(callback: (error: Error | null, count: number) => void): this;
  /** Whether the server listens. */
  readonly listening: boolean;
  /** The listening Socket of `berkeley`, for its options and addresses; `undefined` if the server does not listen. */
  readonly handle: AnySocket | undefined;
  /** The number of connections from which on new ones are closed, with a `'drop'` event. No limit by default. */
  maxConnections: number | undefined;
  /**
   * Iterates over the connections whose handshake is done. It ends when the server is closed, and rejects with its
   * `'error'`. If there are listeners for `'secureConnection'`, they get the connections instead. Connections that are not
   * taken wait for the next loop, and are closed when the server is.
   *
   * ```ts
   * for await (const socket of server.connections()) socket.end(`hello ${socket.remoteAddress}\n`);
   * ```
   */
  connections(): AsyncGenerator<TlsSocket, void, void>;
  /**
   * Does the handshake on a connection that was accepted elsewhere, or that has started without TLS (STARTTLS). Bytes that
   * were received and not read belong to the handshake. The server needs not listen.
   *
   * @param connection the connection, which belongs to the result, also if the call fails
   * @returns the connection, which is not passed to listeners for `'secureConnection'`
   * @throws Error with Node’s codes if the handshake fails; the connection is closed
   * @throws TimeoutError if the timeout has passed
   */
  upgrade(connection: TlsTransport, options?: UpgradeOptions): Promise<TlsSocket>;
  /** Stops to listen. The server is closed when all connections are: it then emits `'close'`. */
  close(callback?: (error?: Error) => void): this;
  /** Makes the server keep the process alive. This is the default. */
  ref(): this;
  /** Lets the process exit while the server listens. */
  unref(): this;
  /** Closes the server, and waits until all connections are closed. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A server for TLS over TCP, Unix sockets, or any other family with stream sockets: a `tls.Server` whose sockets are those of
 * `berkeley`. It has the events of `tls.Server`. A connection whose handshake fails is closed after `'tlsClientError'`.
 *
 * @see {@link https://nodejs.org/api/tls.html#class-tlsserver}
 */
export interface TlsServer extends Omit<tls.Server, keyof OverSockets>, OverSockets {}

/** A `tls.Server` without the methods that have other types here. */
const Base = tls.Server as unknown as new (options: tls.TlsOptions) => EventEmitter;

class SecureServer extends Base implements OverSockets {
  readonly #transport: TransportServer;
  readonly #incoming = new Incoming();

  constructor(options: TlsServerOptions, listener: ((socket: TlsSocket) => void) | undefined) {
    const transport = new TransportServer(options);
    super({ ...options, noDelay: false, keepAlive: false } as tls.TlsOptions); // they are options of the transport
    this.#transport = transport;
    transport.tickets = this as unknown as tls.Server;
    if (listener !== undefined) this.on('secureConnection', listener);
    for (const event of ['listening', 'close', 'drop'])
      transport.on(event, (...args) => void this.emit(event, ...args));
    transport.on('close', () => this.#incoming.end());
    transport.on('error', error => this.#fail(error));
    transport.on('connection', stream => this.#secure(stream));
  }

  /** Reports an error to the loops or listeners. It is an uncaught exception if there are none. */
  #fail(error: unknown): void {
    const isHandled = this.#incoming.fail(error);
    if (!isHandled || this.listenerCount('error') > 0) this.emit('error', error);
  }

  /** Starts the handshake of an accepted connection. */
  #secure(stream: Duplex): void {
    endWith(stream);
    inject(this, stream, (event, args, forward) => {
      if (event === 'secureConnection') this.#prepare(args[0] as tls.TLSSocket, stream);
      const isHandled = forward(event, ...args);
      if (event === 'tlsClientError') destroyLater(args[1] as tls.TLSSocket, stream);
      if (event === 'secureConnection' && !isHandled) this.#keep(args[0] as TlsSocket);
      return isHandled;
    });
  }

  #keep(socket: TlsSocket): void {
    this.#incoming.add(socket);
    if (!this.listening) this.#incoming.destroyUnwanted();
  }

  #prepare(secure: tls.TLSSocket, stream: Duplex): TlsSocket {
    stream.off('end', destroyThis);
    secure.allowHalfOpen = this.#transport.allowHalfOpen;
    (secure as { server?: unknown }).server = this;
    return withTransport(secure, stream);
  }

  async upgrade(connection: TlsTransport, options?: UpgradeOptions): Promise<TlsSocket> {
    const convert = checkTransport(connection, 'connection');
    const limit = new Limit(checkWaitOptions(options), 'accept', {});
    const stream = convert();
    try {
      return await this.#upgraded(stream, limit.stop);
    } catch (error) {
      stream.on('error', () => {}); // of the connection that is being closed
      stream.destroy();
      throw error;
    } finally {
      limit.end();
    }
  }

  #upgraded(stream: Duplex, stop: AbortSignal): Promise<TlsSocket> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => reject(stop.reason);
      if (stop.aborted) onAbort();
      else stop.addEventListener('abort', onAbort, { once: true });
      if (stop.aborted) return;
      stream.once('close', () => setImmediate(reject, closedError()));
      endWith(stream);
      inject(this, stream, (event, args, forward) => {
        if (event === 'secureConnection') resolve(this.#prepare(args[0] as tls.TLSSocket, stream));
        else if (event === 'tlsClientError') reject(refusal(args[0] as Error, args[1] as tls.TLSSocket));
        else return forward(event, ...args);
        return true;
      });
    });
  }

  connections(): AsyncGenerator<TlsSocket, void, void> {
    return this.#incoming.sockets();
  }

  listen(...args: unknown[]): this {
    this.#incoming.open();
    (this.#transport.listen as (...all: unknown[]) => unknown)(...args);
    return this;
  }

  address(): object | string | null {
    return this.#transport.address();
  }

  get listening(): boolean {
    return this.#transport.listening;
  }

  get handle(): AnySocket | undefined {
    return this.#transport.handle;
  }

  get maxConnections(): number | undefined {
    return this.#transport.maxConnections;
  }

  set maxConnections(value: number | undefined) {
    this.#transport.maxConnections = value;
  }

  getConnections(callback: (error: Error | null, count: number) => void): this {
    this.#transport.getConnections(callback);
    return this;
  }

  close(callback?: (error?: Error) => void): this {
    this.#transport.close(callback);
    this.#incoming.destroyUnwanted();
    return this;
  }

  ref(): this {
    this.#transport.ref();
    return this;
  }

  unref(): this {
    this.#transport.unref();
    return this;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#incoming.destroyUnwanted();
    return this.#transport[Symbol.asyncDispose]();
  }
}

/** What `tls.Server` of Node.js shares: workers of both kinds can listen on one port. */
interface ClusterData {
  readonly ticketKeys: string;
}

/** Accepts connections, and makes them streams for TLS. */
class TransportServer extends Server {
  /** The server whose ticket keys the workers of a cluster share. */
  tickets!: Pick<tls.Server, 'getTicketKeys' | 'setTicketKeys'>;

  /**
   * Returns what a worker of a cluster sends to the primary process, which keeps that of the first worker and sends it to all:
   * see `_getServer` in lib/internal/cluster/child.js of Node.js.
   *
   * @internal
   */
  _getServerData(): ClusterData {
    return { ticketKeys: this.tickets.getTicketKeys().toString('hex') };
  }

  /** Takes what the primary process has kept. @internal */
  _setServerData(data: ClusterData | undefined): void {
    if (data !== undefined) this.tickets.setTicketKeys(Buffer.from(data.ticketKeys, 'hex'));
  }

  protected override socketOf(handle: AnySocket, onDestroy: () => void): NetSocket {
    const stream = this.configured(streamOf(handle) as NetSocket);
    stream.once('close', onDestroy);
    return stream;
  }
}

/** Closes a connection that the peer ends during the handshake: {@link streamOf} has made it half-open. */
function endWith(stream: Duplex): void {
  stream.once('end', destroyThis);
}

function destroyThis(this: Duplex): void {
  this.destroy();
}

/** Closes a connection whose handshake has failed, after the listeners have seen it. Node.js leaves that to them. */
function destroyLater(secure: tls.TLSSocket, stream: Duplex): void {
  process.nextTick(() => {
    secure.destroy();
    stream.destroy();
  });
}

/** Returns the error of a failed handshake. If the certificate of the client is not valid, Node.js only closes the connection. */
function refusal(error: Error, { authorizationError }: tls.TLSSocket): Error {
  if (!authorizationError) return error;
  const code = String(authorizationError);
  return Object.assign(new Error(`the certificate of the client is not valid: ${code}`), { code });
}

/**
 * Creates a server for TLS. It listens when `listen()` is called, which takes the options of `berkeley/net`.
 *
 * ```ts
 * const server = createTlsServer({ cert, key }).listen({ port: 8443, host: '127.0.0.1' });
 * for await (const socket of server.connections()) socket.end(`hello ${socket.remoteAddress}\n`);
 * ```
 *
 * @param options the options; the initial options (`options`, `bindToDevice`, `mark`) are set on each accepted connection
 * @param listener a listener for `'secureConnection'`, with the connection whose handshake is done
 * @throws TypeError or RangeError for invalid arguments
 * @throws Error if `cert` or `key` is not valid
 */
export function createTlsServer(
  options: TlsServerOptions,
  listener?: (socket: TlsSocket) => void,
): TlsServer {
  return new SecureServer(options, listener) as unknown as TlsServer;
}
