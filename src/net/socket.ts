import type { BlockList } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { SO_LINGER, SOL_SOCKET } from '../constants/socket.js';
import { checkSignal, outOfRange } from '../errors/argument.js';
import { SocketError } from '../errors/errors.js';
import { LONGEST_TIMER } from '../reactor/alarm.js';
import type { Operation } from '../reactor/operation.js';
import { PROMISE } from '../socket/call.js';
import type { AnyCore } from '../socket/core.js';
import { receiveInto } from '../socket/receive.js';
import { coreOf } from '../socket/socket.js';
import { guarded } from '../streams/guarded.js';
import { NetLike } from '../streams/net-like.js';
import { lengthOf, type Piece } from '../streams/pieces.js';
import type { Callback } from '../streams/transport.js';
import { isConnected, type SocketHandle, socketOfDescriptor, socketOfHandle } from './adopt.js';
import type { AnySocket } from './any-socket.js';
import { type Normalized, normalize } from './arguments.js';
import { checkInitialOptions, hasInitialOptions, type InitialOptions, type Setup } from './birth.js';
import { publish } from './channels.js';
import { Connecting } from './connecting.js';
import {
  applyKeepAlive,
  applyNoDelay,
  applyTypeOfService,
  isTcp,
  type KeepAliveOptions,
  readTypeOfService,
} from './connection-options.js';
import { callError, checkInt32, checkType, netError, wrongValue } from './errors.js';
import type { Server } from './server.js';
import { type ConnectOptions, checkTarget } from './target.js';

/** Memory for received data, and a function that gets it: the `onread` option. */
export interface OnReadOptions {
  /** The memory, or a function that returns it before each receive call. */
  readonly buffer: Uint8Array | (() => Uint8Array);
  /** Is called with the number of received bytes and the memory. `false` pauses the socket. */
  callback(bytes: number, buffer: Uint8Array): boolean;
}

/** The options of {@link Socket}. */
export interface SocketOptions extends InitialOptions {
  /** Whether the sending direction stays open when the peer has ended its own; false by default. */
  readonly allowHalfOpen?: boolean | undefined;
  /** The descriptor of an existing stream socket. */
  readonly fd?: number | undefined;
  /** An existing socket: a Socket of `berkeley` or a {@link BoundSocket}. The new object owns it. */
  readonly handle?: SocketHandle | undefined;
  /** Whether to send keepalive probes: see {@link Socket.setKeepAlive}. */
  readonly keepAlive?: boolean | undefined;
  /** The idle time before the first keepalive probe, in milliseconds. */
  readonly keepAliveInitialDelay?: number | undefined;
  /** Whether to disable Nagle’s algorithm: see {@link Socket.setNoDelay}. */
  readonly noDelay?: boolean | undefined;
  /** Receives into memory of the program instead of new buffers. The stream then has no `'data'` events. */
  readonly onread?: OnReadOptions | undefined;
  /** Whether data can be received; true by default. */
  readonly readable?: boolean | undefined;
  /** Whether data can be sent; true by default. */
  readonly writable?: boolean | undefined;
  /** Destroys the socket when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Addresses to which no connection is made. */
  readonly blockList?: BlockList | undefined;
  /** The type of service of sent packets: see {@link Socket.setTypeOfService}. */
  readonly typeOfService?: number | undefined;
  /** The number of received bytes that are buffered before the socket stops receiving. */
  readonly readableHighWaterMark?: number | undefined;
  /** The number of bytes that are buffered for sending before `write()` returns false. */
  readonly writableHighWaterMark?: number | undefined;
}

/** The options of a socket that a server creates. */
interface AcceptedOptions extends SocketOptions {
  readonly pauseOnCreate?: boolean;
  /** Is called once, when the socket is destroyed. */
  readonly onDestroy?: () => void;
}

/**
 * A TCP or Unix connection, or one of any other family with stream sockets, with the interface of a `net.Socket`. It can
 * be created without a connection, and connected later.
 *
 * @see {@link https://nodejs.org/api/net.html#class-netsocket}
 */
export class Socket extends NetLike {
  /** Whether {@link connect} was called and the connection is not established yet. */
  connecting = false;
  /** The server that has accepted this connection; `null` for other connections. */
  server: Server | null = null;
  /** The addresses that were tried, as `host:port`, if the host has several; the last one is the connected one. */
  autoSelectFamilyAttemptedAddresses: string[] | undefined;

  readonly #setUp: Setup;
  readonly #blockList: BlockList | undefined;
  readonly #onread: OnReadOptions | undefined;
  /** The socket; `undefined` before it is connected and after it is closed. */
  #socket: AnySocket | undefined;
  #connecting: Connecting | undefined;
  /** Whether this object has a connection or tries to get one: from `connect()` until it is destroyed. */
  #isOpen = false;
  /** The calls that wait for the connection, with what they do if it is not established. */
  #waiting: { readonly run: () => void; readonly fail?: () => void }[] = [];
  /** The memory that `onread` receives into. */
  #into: Uint8Array | undefined;
  #isReset = false;
  #peerHasEnded = false;
  #isUnref = false;
  /** The data that is written as soon as there is a connection. */
  #unsent: readonly Piece[] = [];
  #onDestroy: (() => void) | undefined;
  #noDelay: boolean;
  #keepAlive: KeepAliveOptions;
  #typeOfService: number | undefined;

  /** @param options the options, or the descriptor of an existing socket */
  constructor(options: SocketOptions | number = {}) {
    const given = (typeof options === 'number' ? { fd: options } : { ...options }) as AcceptedOptions;
    checkModes(given as Record<string, unknown>);
    const { allowHalfOpen, readable, writable, readableHighWaterMark, writableHighWaterMark } = given;
    const { onread, keepAlive, noDelay, typeOfService, keepAliveInitialDelay: delay = 0 } = given;
    checkType(delay, 'options.keepAliveInitialDelay', 'number');
    const setUp = checkInitialOptions(given);
    super({
      ...{ allowHalfOpen: Boolean(allowHalfOpen), emitClose: false, autoDestroy: true },
      ...(readable !== undefined && { readable }),
      ...(writable !== undefined && { writable }),
      ...(readableHighWaterMark !== undefined && { readableHighWaterMark }),
      ...(writableHighWaterMark !== undefined && { writableHighWaterMark }),
    });
    this.#setUp = setUp;
    this.#blockList = given.blockList;
    this.#onread = onread;
    this.#onDestroy = given.onDestroy;
    this.#noDelay = Boolean(noDelay);
    this.#keepAlive = { enable: Boolean(keepAlive), initialDelay: Math.max(0, delay) };
    if (typeOfService !== undefined) this.setTypeOfService(typeOfService);
    this.on('end', () => {
      this.#peerHasEnded = true;
    });
    if (given.handle !== undefined) this.#adopt(socketOfHandle(given.handle), given);
    else if (given.fd !== undefined) this.#adopt(socketOfDescriptor(given.fd), given);
    this.#follow(given.signal);
  }

  #follow(signal: unknown): void {
    if (signal === undefined || signal === null) return;
    try {
      addAbortSignal(checkSignal(signal, 'signal')!, this);
    } catch (error) {
      this.#socket?.close();
      throw error;
    }
  }

  #adopt(socket: AnySocket, { readable, pauseOnCreate, onDestroy }: AcceptedOptions): void {
    this.#socket = socket;
    this.#isOpen = true;
    this.open(coreOf(socket));
    const isAccepted = onDestroy !== undefined;
    if (!isAccepted && !isConnected(socket)) return;
    if (pauseOnCreate) this.pause();
    else if (readable !== false) this.read(0);
  }

  // ---- Connecting ----

  /**
   * Connects: `connect(options)`, `connect(port, host?)` or `connect(path)`, with an optional listener for `'connect'` at
   * the end. Errors are emitted as `'error'`. It can be called again after `'close'`.
   *
   * @throws TypeError or RangeError for invalid arguments
   */
  connect(options: ConnectOptions, listener?: () => void): this;
  connect(port: number | string, host: string, listener?: () => void): this;
  connect(port: number | string, listener?: () => void): this;
  connect(...args: unknown[]): this {
    return this.connectTo(normalize(args));
  }

  /** Connects with arguments that are already in one form. @internal */
  connectTo({ options, listener }: Normalized): this {
    if (listener !== undefined) this.once('connect', listener as () => void);
    const target = checkTarget(options);
    const setUp = hasInitialOptions(options) ? checkInitialOptions(options as InitialOptions) : this.#setUp;
    this.#reopen();
    this.connecting = true;
    this.#isOpen = true;
    this.idle.touch();
    const connecting = new Connecting(target, {
      emitSafely: (event, ...rest) => void guarded(() => this.emit(event, ...rest)),
      onAddresses: attempted => {
        this.autoSelectFamilyAttemptedAddresses = attempted;
      },
      onActivity: () => this.idle.touch(),
      setUp: socket => this.#prepare(socket, setUp),
      bound: this.#socket,
      blockList: this.#blockList ?? (options.blockList as BlockList | undefined),
    });
    this.#connecting = connecting;
    this.#start(connecting);
    return this;
  }

  #start(connecting: Connecting): void {
    try {
      // As in Node.js, the result is delivered in a later turn, so that listeners can be added until then.
      connecting.start().then(
        socket => setImmediate(() => this.#connected(connecting, socket)),
        error => setImmediate(() => this.#connecting === connecting && this.destroy(error)),
      );
    } catch (error) {
      this.#connecting = undefined;
      this.connecting = false;
      this.#isOpen = this.#socket !== undefined;
      throw error;
    }
  }

  /** Prepares a destroyed socket for another connection. */
  #reopen(): void {
    if (!this.#isOpen) (this as unknown as { _undestroy(): void })._undestroy();
    this.forgetAddresses();
    this.#peerHasEnded = false;
  }

  #prepare(socket: AnySocket, setUp: Setup): void {
    setUp(socket);
    if (this.#isUnref) socket.unref();
    if (this.#typeOfService !== undefined) applyTypeOfService(socket, this.#typeOfService);
  }

  #connected(connecting: Connecting, socket: AnySocket): void {
    if (this.#connecting !== connecting) {
      socket.close();
      return;
    }
    this.#socket = socket;
    this.open(coreOf(socket));
    this.forgetAddresses(); // a bound socket had an address before
    this.#connecting = undefined;
    this.connecting = false;
    this.idle.touch();
    if (this.#noDelay) applyNoDelay(socket, true);
    if (this.#keepAlive.enable) applyKeepAlive(socket, this.#keepAlive);
    if (this.#isUnref) socket.unref();
    const waiting = this.#waiting.splice(0);
    guarded(() => void this.emit('connect'));
    guarded(() => void this.emit('ready'));
    for (const { run } of waiting) run();
    // As in Node.js, no data is delivered in the turn of 'connect', so that listeners can be added until its end.
    setImmediate(() => {
      if (this.#socket === socket && !this.isPaused()) this.read(0);
    });
  }

  /** Runs a function when the socket is connected, or `fail` if it is closed before. */
  #whenConnected(run: () => void, fail?: () => void): void {
    this.#waiting.push({ run, ...(fail && { fail }) });
  }

  /** Whether there is no connection yet: it is being established, or {@link connect} was not called. */
  get pending(): boolean {
    return !this.#isOpen || this.connecting;
  }

  /** The state: `'opening'`, `'open'`, `'readOnly'`, `'writeOnly'` or `'closed'`. */
  get readyState(): 'opening' | 'open' | 'readOnly' | 'writeOnly' | 'closed' {
    if (this.connecting) return 'opening';
    if (this.readable) return this.writable ? 'open' : 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  }

  /**
   * The Socket of `berkeley` under this connection, for its options and addresses; `undefined` while there is no
   * connection. This object receives, sends and closes. `node:net` does not have this property.
   */
  get handle(): AnySocket | undefined {
    return this.#socket;
  }

  // ---- Receiving ----

  /** @internal */
  protected override get endpoint(): AnySocket | undefined {
    return this.#socket;
  }

  /** @internal */
  protected override errorOf(error: unknown, syscall: string): Error {
    return error instanceof SocketError ? callError(error.errno, syscall) : (error as Error);
  }

  /** @internal */
  override _read(): void {
    if (this.#socket !== undefined && !this.connecting) super._read();
    else this.#whenConnected(() => void setImmediate(() => this._read()));
  }

  /** @internal */
  protected override nextReceive(core: AnyCore): Operation<unknown> {
    const onread = this.#onread;
    if (onread === undefined) return super.nextReceive(core);
    this.#into = typeof onread.buffer === 'function' ? onread.buffer() : onread.buffer;
    return receiveInto(core, PROMISE, this.#into, undefined);
  }

  /** @internal */
  protected override onArrival(arrival: unknown): void {
    if (this.#onread === undefined) super.onArrival(arrival);
    else if (!this.destroyed) this.#filled(this.#onread, arrival as number);
  }

  /** @internal */
  protected override deliver(data: Buffer): void {
    super.deliver(data);
    if (data.length === 0) this.read(0); // emits 'end', although nobody reads
  }

  #filled(onread: OnReadOptions, count: number): void {
    if (count === 0) {
      this.deliver(NOTHING);
      return;
    }
    this.received(count);
    let result: boolean | undefined;
    guarded(() => {
      result = onread.callback(count, this.#into!);
    });
    if (result !== false) this.#resumeInto();
  }

  /** Stops receiving; with `onread` immediately. */
  override pause(): this {
    if (this.#onread !== undefined) this.transport?.stopReceiving();
    return super.pause();
  }

  /** Continues to receive. */
  override resume(): this {
    this.#resumeInto();
    return super.resume();
  }

  /** Reads received data; with `onread`, continues to receive. */
  // biome-ignore lint/suspicious/noExplicitAny: the type of Readable.read
  override read(size?: number): any {
    this.#resumeInto();
    return super.read(size);
  }

  #resumeInto(): void {
    if (this.#onread !== undefined && this.#socket !== undefined && !this.connecting) super._read();
  }

  // ---- Sending ----

  /** Writes data, as `Writable.write()`. After the peer has ended the connection, it fails with `EPIPE`. */
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of Writable.write
  override write(chunk: any, encoding?: any, callback?: any): boolean {
    if (!this.#peerHasEnded || this.allowHalfOpen || !this.writableEnded)
      return super.write(chunk, encoding, callback);
    const error = netError('EPIPE');
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') process.nextTick(done, error);
    this.destroy(error);
    return false;
  }

  /** @internal */
  override _write(chunk: Buffer | string, encoding: BufferEncoding, callback: Callback): void {
    if (this.#canSend([{ chunk, encoding }], callback)) super._write(chunk, encoding, callback);
  }

  /** @internal */
  override _writev(pieces: Piece[], callback: Callback): void {
    if (this.#canSend(pieces, callback)) super._writev(pieces, callback);
  }

  /** Returns whether data can be sent now. If not, it is sent when there is a connection, or the write fails. */
  #canSend(pieces: Piece[], callback: Callback): boolean {
    if (this.connecting) {
      this.#unsent = pieces;
      const fail = () => callback(netError('ERR_SOCKET_CLOSED_BEFORE_CONNECTION'));
      this.#whenConnected(() => this.#sendUnsent(callback), fail);
      return false;
    }
    if (this.#socket === undefined) callback(netError('ERR_SOCKET_CLOSED'));
    else this.idle.touch();
    return this.#socket !== undefined;
  }

  #sendUnsent(callback: Callback): void {
    const pieces = this.#unsent as Piece[];
    this.#unsent = [];
    this._writev(pieces, callback);
  }

  /** @internal */
  override _final(callback: Callback): void {
    if (this.pending) this.#whenConnected(() => this._final(callback));
    else super._final(callback);
  }

  /** The number of bytes sent, including those that are buffered. */
  get bytesWritten(): number {
    const buffered = (this as unknown as { readonly writableBuffer?: readonly Piece[] }).writableBuffer ?? [];
    const waiting = [...this.#unsent, ...buffered].reduce((sum, piece) => sum + lengthOf(piece), 0);
    return this.sentBytes + (this.transport?.unsent ?? 0) + waiting;
  }

  /**
   * The number of bytes that are buffered for sending.
   *
   * @deprecated use `writableLength`
   */
  get bufferSize(): number | undefined {
    return this.#isOpen ? this.writableLength : undefined;
  }

  // ---- Closing ----

  /** @internal */
  override _destroy(error: Error | null, callback: Callback): void {
    this.connecting = false;
    this.idle.stop();
    this.#connecting?.cancel();
    this.#connecting = undefined;
    const wasOpen = this.#isOpen;
    this.#unsent = [];
    this.#isOpen = false;
    const failure = this.#closeSocket();
    const waiting = this.#waiting.splice(0);
    callback(error ?? failure);
    for (const { fail } of waiting) fail?.();
    this.#onDestroy?.();
    this.#onDestroy = undefined;
    // As in Node.js, 'close' comes after 'error', and after the events that are already due.
    if (wasOpen) setImmediate(() => this.#closed(error !== null));
    else process.nextTick(() => this.#closed());
  }

  #closed(...hadError: [boolean?]): void {
    this.emit('close', ...hadError);
  }

  /** Closes the socket. Returns the error of close(2), if any. */
  #closeSocket(): Error | null {
    const socket = this.#socket;
    this.#socket = undefined;
    this.transport?.end();
    this.transport = undefined;
    if (socket === undefined) return null;
    try {
      if (this.#isReset) socket.setsockopt(SOL_SOCKET, SO_LINGER, LINGER_ZERO);
      this.#isReset = false;
      socket.close();
      return null;
    } catch (failure) {
      return failure as Error;
    }
  }

  /**
   * Resets the connection (RST) and destroys the socket. While it is connecting, this happens when it is connected.
   *
   * @throws TypeError `ERR_INVALID_HANDLE_TYPE` if it is not a TCP connection
   */
  resetAndDestroy(): this {
    if (!this.#isOpen) return this.destroy(netError('ERR_SOCKET_CLOSED'));
    if (this.connecting) {
      this.once('connect', () => this.resetAndDestroy());
      return this;
    }
    if (!isTcp(this.#socket!)) throw netError('ERR_INVALID_HANDLE_TYPE');
    this.#isReset = true;
    return this.destroy();
  }

  // ---- Options ----

  /**
   * Emits `'timeout'` when no data was received or sent for some time. The socket stays open.
   *
   * @param milliseconds the idle time; 0 disables the timeout
   * @param callback a listener for the next `'timeout'` event; with 0, a listener to remove
   */
  setTimeout(milliseconds: number, callback?: () => void): this {
    if (this.destroyed) return this;
    this.timeout = milliseconds;
    checkType(milliseconds, 'msecs', 'number');
    if (!(milliseconds >= 0 && Number.isFinite(milliseconds)))
      throw outOfRange('msecs', 'a non-negative finite number', milliseconds);
    if (milliseconds > LONGEST_TIMER) warnOverflow(milliseconds);
    this.idle.set(milliseconds);
    if (callback === undefined) return this;
    checkType(callback, 'callback', 'function');
    return milliseconds === 0 ? this.removeListener('timeout', callback) : this.once('timeout', callback);
  }

  /** Disables or enables Nagle’s algorithm: `TCP_NODELAY`. Other connections than TCP ignore it. */
  setNoDelay(noDelay = true): this {
    this.#noDelay = Boolean(noDelay);
    if (this.#socket !== undefined) applyNoDelay(this.#socket, this.#noDelay);
    return this;
  }

  /**
   * Enables or disables keepalive probes: `SO_KEEPALIVE`. With an initial delay it also sets the time between probes, and
   * their number. Other connections than TCP ignore it.
   *
   * @param enable whether to send probes, or an object with all parameters
   * @param initialDelay the idle time before the first probe, in milliseconds; 0 keeps the current value
   * @param interval the time between probes, in milliseconds; 1000 by default
   * @param count the number of unanswered probes after which the connection fails; 10 by default
   */
  setKeepAlive(
    enable: boolean | KeepAliveOptions = false,
    initialDelay?: number,
    interval?: number,
    count?: number,
  ): this {
    this.#keepAlive =
      typeof enable === 'object' && enable !== null
        ? enable
        : { enable: Boolean(enable), initialDelay, interval, count };
    if (this.#socket !== undefined) applyKeepAlive(this.#socket, this.#keepAlive);
    return this;
  }

  /**
   * Sets the type of service of sent IPv4 packets, or the traffic class of IPv6 packets.
   *
   * @param value 0 to 255
   */
  setTypeOfService(value: number): this {
    this.#typeOfService = checkInt32(value, 'tos', 0, 255);
    if (this.#socket !== undefined) applyTypeOfService(this.#socket, value);
    return this;
  }

  /** Returns the type of service of sent IPv4 packets, or the traffic class of IPv6 packets. */
  getTypeOfService(): number {
    return this.#socket === undefined ? (this.#typeOfService ?? 0) : readTypeOfService(this.#socket);
  }

  /** Makes the connection keep the process alive while it waits. This is the default. */
  ref(): this {
    this.#isUnref = false;
    this.#socket?.ref();
    return this;
  }

  /** Lets the process exit while the connection waits. */
  unref(): this {
    this.#isUnref = true;
    this.#socket?.unref();
    return this;
  }
}

/** struct linger { 1, 0 }: close(2) resets the connection (socket(7)). */
const LINGER_ZERO = new Uint8Array(new Int32Array([1, 0]).buffer);

/** The end of the stream. */
const NOTHING = Buffer.alloc(0);

function checkModes(options: Readonly<Record<string, unknown>>): void {
  for (const name of ['objectMode', 'readableObjectMode', 'writableObjectMode'])
    if (options[name]) throw wrongValue(`options.${name}`, options[name], 'is not supported');
}

function warnOverflow(milliseconds: number): void {
  process.emitWarning(
    `${milliseconds} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${LONGEST_TIMER}.`,
    'TimeoutOverflowWarning',
  );
}

/** The options of {@link connect}. */
export interface ConnectionOptions extends SocketOptions, ConnectOptions {
  /** The idle time after which `'timeout'` is emitted, in milliseconds: see {@link Socket.setTimeout}. */
  readonly timeout?: number | undefined;
}

/**
 * Creates a {@link Socket} and connects it: `connect(options)`, `connect(port, host?)` or `connect(path)`, with an
 * optional listener for `'connect'` at the end.
 *
 * @throws TypeError or RangeError for invalid arguments
 * @see {@link https://nodejs.org/api/net.html#netcreateconnection}
 */
export function connect(options: ConnectionOptions, listener?: () => void): Socket;
export function connect(port: number | string, host: string, listener?: () => void): Socket;
export function connect(port: number | string, listener?: () => void): Socket;
export function connect(...args: unknown[]): Socket {
  const normalized = normalize(args);
  const socket = new Socket(normalized.options as SocketOptions);
  publish('net.client.socket', socket);
  const { timeout } = normalized.options;
  if (timeout) socket.setTimeout(timeout as number);
  return socket.connectTo(normalized);
}
