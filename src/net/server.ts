import dns from 'node:dns';
import { EventEmitter, on } from 'node:events';
import { unlink } from 'node:fs';
import type { BlockList } from 'node:net';
import { getDefaultHighWaterMark } from 'node:stream';
import { readNetAddress } from '../address/net-address.js';
import { wrongType } from '../errors/node-errors.js';
import type { SocketHandle } from './adopt.js';
import type { AnySocket } from './any-socket.js';
import { normalize } from './arguments.js';
import { checkInitialOptions, type InitialOptions, type Setup } from './birth.js';
import { publish } from './channels.js';
import { isShared, listenInPrimary } from './cluster.js';
import { checkType, netError } from './errors.js';
import { checkListen, type HostPlace, type ListenOptions, type ListenPlan, openListener } from './listen.js';
import { acceptFrom, type Listener, type ListenerEvents } from './listener.js';
import { Socket, type SocketOptions } from './socket.js';

/**
 * The options of {@link createServer}. The initial options (`options`, `bindToDevice`, `mark`) are set on each accepted
 * connection; those of the listening socket are options of {@link Server.listen}.
 */
export interface ServerOptions extends InitialOptions {
  /** Whether connections can send after the peer has ended its sending direction; false by default. */
  readonly allowHalfOpen?: boolean | undefined;
  /** Whether connections start paused, so that nothing is received before `resume()`; false by default. */
  readonly pauseOnConnect?: boolean | undefined;
  /** Whether connections have Nagle’s algorithm disabled: see {@link Socket.setNoDelay}. */
  readonly noDelay?: boolean | undefined;
  /** Whether connections send keepalive probes: see {@link Socket.setKeepAlive}. */
  readonly keepAlive?: boolean | undefined;
  /** The idle time before the first keepalive probe, in milliseconds. */
  readonly keepAliveInitialDelay?: number | undefined;
  /** The number of bytes that connections buffer in each direction; Node’s default by default. */
  readonly highWaterMark?: number | undefined;
  /** Addresses whose connections are closed immediately. */
  readonly blockList?: BlockList | undefined;
}

/** The addresses of a connection that was dropped: the argument of the `'drop'` event. */
export interface DropArgument {
  /** The local address. */
  readonly localAddress?: string | undefined;
  /** The local port. */
  readonly localPort?: number | undefined;
  /** `'IPv4'` or `'IPv6'`. */
  readonly localFamily?: string | undefined;
  /** The address of the peer. */
  readonly remoteAddress?: string | undefined;
  /** The port of the peer. */
  readonly remotePort?: number | undefined;
  /** `'IPv4'` or `'IPv6'`. */
  readonly remoteFamily?: string | undefined;
}

/** A listener for the `'connection'` event of a {@link Server}. */
export type ConnectionListener = (socket: Socket) => void;

/**
 * A server for TCP, Unix sockets, or any other family with stream sockets, with the interface of a `net.Server`.
 *
 * @see {@link https://nodejs.org/api/net.html#class-netserver}
 */
export class Server extends EventEmitter {
  /** See {@link ServerOptions.allowHalfOpen}. */
  allowHalfOpen: boolean;
  /** See {@link ServerOptions.pauseOnConnect}. */
  pauseOnConnect: boolean;
  /** See {@link ServerOptions.noDelay}. */
  noDelay: boolean;
  /** See {@link ServerOptions.keepAlive}. */
  keepAlive: boolean;
  /** The idle time before the first keepalive probe of a connection, in seconds. */
  keepAliveInitialDelay: number;
  /** See {@link ServerOptions.highWaterMark}. */
  highWaterMark: number;
  /** The number of connections from which on new ones are closed, with a `'drop'` event. No limit by default. */
  maxConnections: number | undefined;
  /** Accepted for compatibility: connections above the maximum are always closed. */
  dropMaxConnection: boolean | undefined;

  readonly #blockList: BlockList | undefined;
  readonly #setUp: Setup;
  #listener: Listener | undefined;
  #path: string | undefined;
  #isUnref = false;
  #connections = 0;
  readonly #onDestroy = (): void => {
    this.#connections--;
    this.#closeIfDrained();
  };
  /** Changes with each `listen` and `close`, so that an earlier lookup has no effect. */
  #generation = 0;

  /** @param options the options; a function is the listener */
  constructor(options?: ServerOptions | ConnectionListener | null, listener?: ConnectionListener) {
    super();
    const isListener = typeof options === 'function';
    if (!isListener && options != null && typeof options !== 'object')
      throw wrongType('options', 'of type object', options);
    const given: ServerOptions = isListener ? {} : { ...options };
    const onConnection = isListener ? options : listener;
    if (typeof onConnection === 'function') this.on('connection', onConnection);
    const { keepAliveInitialDelay: delay, highWaterMark: mark } = given;
    if (delay !== undefined) checkType(delay, 'options.keepAliveInitialDelay', 'number');
    if (mark !== undefined) checkType(mark, 'options.highWaterMark', 'number');
    this.allowHalfOpen = given.allowHalfOpen || false;
    this.pauseOnConnect = Boolean(given.pauseOnConnect);
    this.noDelay = Boolean(given.noDelay);
    this.keepAlive = Boolean(given.keepAlive);
    this.keepAliveInitialDelay = Math.trunc(Math.max(0, delay ?? 0) / 1000);
    this.highWaterMark = mark === undefined || mark < 0 ? getDefaultHighWaterMark(false) : mark;
    this.#blockList = given.blockList;
    this.#setUp = checkInitialOptions(given);
  }

  // ---- Listening ----

  /**
   * Listens: `listen(options)`, `listen(port?, host?, backlog?)`, `listen(path, backlog?)` or `listen(handle, backlog?)`,
   * with an optional listener for `'listening'` at the end. Errors are emitted as `'error'`.
   *
   * @throws TypeError or RangeError for invalid arguments
   * @throws Error `ERR_SERVER_ALREADY_LISTEN` if the server listens already
   */
  listen(port?: number | string | null, host?: string, backlog?: number, listener?: () => void): this;
  listen(port?: number | string | null, host?: string, listener?: () => void): this;
  listen(port?: number | string | null, backlog?: number, listener?: () => void): this;
  listen(port?: number | string | null, listener?: () => void): this;
  listen(listener: () => void): this;
  listen(options: ListenOptions | SocketHandle, listener?: () => void): this;
  listen(handle: SocketHandle | { readonly fd: number }, backlog?: number, listener?: () => void): this;
  listen(...args: unknown[]): this {
    const normalized = normalize(args);
    if (this.#listener !== undefined) throw netError('ERR_SERVER_ALREADY_LISTEN');
    const { listener } = normalized;
    if (listener !== undefined) this.once('listening', listener as () => void);
    const plan = checkListen(args, normalized);
    const generation = ++this.#generation;
    this.#follow(plan.signal);
    if (typeof plan.on === 'object' && 'host' in plan.on) this.#lookUp(plan.on, plan, generation);
    else this.#open(plan.on, plan);
    return this;
  }

  #follow(signal: AbortSignal | undefined): void {
    if (signal === undefined) return;
    const close = (): void => void this.close();
    if (signal.aborted) {
      process.nextTick(close);
      return;
    }
    signal.addEventListener('abort', close, { once: true });
    this.once('close', () => signal.removeEventListener('abort', close));
  }

  #lookUp(place: HostPlace, plan: ListenPlan, generation: number): void {
    dns.lookup(place.host, (error, address, family) => {
      if (generation !== this.#generation) return;
      if (error) this.emit('error', error);
      else this.#open({ ...place, address, version: family as 4 | 6 }, plan);
    });
  }

  #open(on: Exclude<ListenPlan['on'], HostPlace>, plan: ListenPlan): void {
    if (isShared({ ...plan, on })) {
      this.#share(on, plan);
      return;
    }
    try {
      const path = typeof on === 'object' && 'path' in on ? on.path : undefined;
      this.#opened(acceptFrom(openListener(on, plan), path, this.#events));
      this.#path = path;
    } catch (error) {
      process.nextTick(() => this.emit('error', error));
    }
  }

  /** Lets the primary process of a cluster listen. */
  #share(on: Exclude<ListenPlan['on'], HostPlace>, plan: ListenPlan): void {
    const generation = this.#generation;
    listenInPrimary(this, on, plan, this.#events, (error, listener) => {
      if (generation !== this.#generation) listener?.close();
      else if (error !== undefined) this.emit('error', error);
      else this.#opened(listener!);
    });
  }

  readonly #events: ListenerEvents = {
    onSocket: socket => this.#accepted(socket),
    onError: error => void this.emit('error', error),
  };

  #opened(listener: Listener): void {
    this.#listener = listener;
    if (this.#isUnref) listener.unref();
    process.nextTick(() => {
      if (this.#listener === listener) this.emit('listening');
    });
  }

  /** Whether the server listens. */
  get listening(): boolean {
    return this.#listener !== undefined;
  }

  /**
   * The listening Socket of `berkeley`, for its options and addresses; `undefined` if the server does not listen, and in a
   * worker of a cluster whose primary process accepts the connections. `node:net` does not have this property.
   */
  get handle(): AnySocket | undefined {
    return this.#listener?.socket;
  }

  /**
   * Returns the address that the server listens on: `address`, `family` and `port`, the path of a Unix server, or the
   * address of another family; `null` if it does not listen.
   */
  address(): object | string | null {
    return this.#listener === undefined ? null : this.#listener.address();
  }

  // ---- Connections ----

  #accepted(handle: AnySocket): void {
    if (this.#isBlocked(handle)) {
      handle.close();
      return;
    }
    if (this.maxConnections !== undefined && this.#connections >= this.maxConnections) {
      const argument = dropArgument(handle);
      handle.close();
      this.emit('drop', argument);
      return;
    }
    this.#setUp(handle);
    const socket = this.socketOf(handle, this.#onDestroy);
    this.#connections++;
    socket.server = this as Server;
    this.emit('connection', socket);
    publish('net.server.socket', socket);
  }

  /** Returns the stream of an accepted connection, which calls `onDestroy` once. @internal */
  protected socketOf(handle: AnySocket, onDestroy: () => void): Socket {
    const { allowHalfOpen, pauseOnConnect, highWaterMark } = this;
    const socket = new Socket({
      ...{ handle, allowHalfOpen, pauseOnCreate: pauseOnConnect, onDestroy },
      ...{ readableHighWaterMark: highWaterMark, writableHighWaterMark: highWaterMark },
    } as SocketOptions);
    return this.configured(socket);
  }

  /** Sets the options of {@link noDelay} and {@link keepAlive} on a connection. @internal */
  protected configured<S extends Pick<Socket, 'setNoDelay' | 'setKeepAlive'>>(socket: S): S {
    if (this.noDelay) socket.setNoDelay();
    if (this.keepAlive) socket.setKeepAlive(true, this.keepAliveInitialDelay * 1000);
    return socket;
  }

  #isBlocked(handle: AnySocket): boolean {
    const list = this.#blockList;
    if (list === undefined) return false;
    const { address, family } = readNetAddress(() => handle.getpeername());
    return address !== undefined && list.check(address, family === 'IPv6' ? 'ipv6' : 'ipv4');
  }

  /**
   * Counts the connections.
   *
   * @param callback is called with `null` and the number
   */
  getConnections(callback: (error: Error | null, count: number) => void): this {
    process.nextTick(callback, null, this.#connections);
    return this;
  }

  /** Iterates over the connections. It ends when the server is closed, and rejects with its `'error'`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Socket, void, void> {
    const events = on(this, 'connection', { close: ['close'] } as object);
    for await (const [socket] of events) yield socket as Socket;
  }

  // ---- Closing ----

  /**
   * Stops to accept connections. The server is closed when all connections are: it then emits `'close'`.
   *
   * @param callback is called then; with an error if the server does not listen
   */
  close(callback?: (error?: Error) => void): this {
    this.#generation++;
    const listener = this.#listener;
    if (typeof callback === 'function') {
      if (listener === undefined) this.once('close', () => callback(netError('ERR_SERVER_NOT_RUNNING')));
      else this.once('close', () => callback());
    }
    if (listener !== undefined) this.#stop(listener);
    this.#closeIfDrained();
    return this;
  }

  #stop(listener: Listener): void {
    this.#listener = undefined;
    listener.close();
    const path = this.#path;
    this.#path = undefined;
    if (path !== undefined && !path.startsWith('\0')) unlink(path, () => {}); // it might be gone already
  }

  #closeIfDrained(): void {
    if (this.#listener !== undefined || this.#connections > 0) return;
    process.nextTick(() => this.emit('close'));
  }

  /** Closes the server, and waits until all connections are closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#listener === undefined) return;
    await new Promise<void>(resolve => {
      this.close(() => resolve());
    });
  }

  /** Makes the server keep the process alive. This is the default. */
  ref(): this {
    this.#isUnref = false;
    this.#listener?.ref();
    return this;
  }

  /** Lets the process exit while the server listens. */
  unref(): this {
    this.#isUnref = true;
    this.#listener?.unref();
    return this;
  }

  /** Handles a listener whose promise was rejected (`captureRejections`). @internal */
  override [EventEmitter.captureRejectionSymbol](
    error: Error,
    event: string | symbol,
    ...args: unknown[]
  ): void {
    if (event === 'connection') (args[0] as Socket).destroy(error);
    else this.emit('error', error);
  }
}

function dropArgument(handle: AnySocket): DropArgument | undefined {
  const local = readNetAddress(() => handle.getsockname());
  if (local.address === undefined) return undefined;
  const remote = readNetAddress(() => handle.getpeername());
  return {
    ...{ localAddress: local.address, localPort: local.port, localFamily: local.family },
    ...{ remoteAddress: remote.address, remotePort: remote.port, remoteFamily: remote.family },
  };
}

/**
 * Creates a {@link Server}.
 *
 * @param options the options, or the listener
 * @param listener a listener for `'connection'`
 * @see {@link https://nodejs.org/api/net.html#netcreateserveroptions-connectionlistener}
 */
export function createServer(
  options?: ServerOptions | ConnectionListener | null,
  listener?: ConnectionListener,
): Server {
  return new Server(options, listener);
}
