import { SO_KEEPALIVE, SO_LINGER, SOL_SOCKET } from '../constants/socket.js';
import { checkBoolean, checkFunction, checkInteger, checkSignal, checkTimeout } from '../errors/argument.js';
import { SocketError, UnsupportedError } from '../errors/errors.js';
import { AF_INET, IPPROTO_TCP, TCP_KEEPIDLE, TCP_NODELAY } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { checkOptionKeys } from '../reactor/wait-options.js';
import type { AnyCore } from '../socket/core.js';
import type { Endpoint } from './endpoint.js';
import { followWeakly } from './follow.js';
import { NetLike } from './net-like.js';

/** The options of {@link Socket.toDuplex}. */
export interface DuplexOptions {
  /**
   * Whether the writable side stays open after the peer has ended its sending direction; false by default, as in
   * `node:net`.
   */
  readonly allowHalfOpen?: boolean | undefined;
  /**
   * Whether the socket stays open when the stream is destroyed, so that the program can still use it; false by
   * default.
   */
  readonly keepOpen?: boolean | undefined;
  /** The number of received bytes that are buffered before the stream stops receiving; Node’s default by default. */
  readonly readableHighWaterMark?: number | undefined;
  /** The number of bytes that are buffered for sending before `write()` returns false; Node’s default by default. */
  readonly writableHighWaterMark?: number | undefined;
  /** Destroys the stream when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

const KEYS = ['allowHalfOpen', 'keepOpen', 'readableHighWaterMark', 'writableHighWaterMark', 'signal'];

/** Checks the options of a stream before anything is created. Each is read once. */
export function checkDuplexOptions(options: DuplexOptions): DuplexOptions {
  checkOptionKeys(options, KEYS);
  const { allowHalfOpen = false, keepOpen = false, signal, ...rest } = options;
  return {
    ...rest,
    allowHalfOpen: checkBoolean(allowHalfOpen, 'options.allowHalfOpen'),
    keepOpen: checkBoolean(keepOpen, 'options.keepOpen'),
    signal: checkSignal(signal, 'options.signal'),
  };
}

/**
 * A Node stream over a connected stream socket; {@link Socket.toDuplex} creates it. It also has the methods and
 * properties of a `net.Socket`, so that `node:http`, `node:tls` and similar modules accept it.
 *
 * It receives only when its reader asks for more data. `end()` shuts down the sending direction (half-close);
 * `destroy()` closes the socket.
 */
export class SocketDuplex extends NetLike {
  /** Always false: the socket is already connected. */
  readonly connecting = false;
  /** Always false: the socket is already connected. */
  readonly pending = false;
  /** @internal */
  protected readonly core: AnyCore;
  /** @internal */
  protected readonly endpoint: Endpoint;
  readonly #keepOpen: boolean;
  readonly #unfollow: () => void;

  /**
   * @param options checked options. The `signal` is not observed here, because it could destroy a stream that is not
   *   complete.
   * @internal
   */
  constructor(endpoint: Endpoint, core: AnyCore, options: DuplexOptions) {
    const { keepOpen = false, signal: _, ...rest } = options;
    super(rest);
    this.core = core;
    this.endpoint = endpoint;
    this.#keepOpen = keepOpen;
    this.#unfollow = followWeakly(core.handle, this, destroy);
    this.open(core);
  }

  /** @internal */
  protected override onArrival(arrival: unknown): void {
    const data = this.dataOf(arrival);
    if (!this.destroyed) this.deliver(data);
    else if (this.#keepOpen && data.length > 0) this.core.handle.putBack(data);
  }

  /** Returns the data of the result of a receive call; empty at the end of the stream. @internal */
  protected dataOf(arrival: unknown): Buffer {
    return arrival as Buffer;
  }

  /** @internal */
  protected override failToReceive(error: unknown): void {
    // Closing the socket of a stream is a regular way to end the stream, and not an error.
    const isClosed = this.endpoint.closed && error instanceof SocketError && error.code === 'EBADF';
    this.destroy(isClosed ? undefined : (error as Error));
  }

  /** The number of bytes sent. */
  get bytesWritten(): number {
    return this.sentBytes;
  }

  /** @internal */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.idle.stop();
    this.#unfollow();
    if (this.#keepOpen) {
      this.transport!.release(error ?? new Error('the stream was destroyed'));
      callback(error);
      return;
    }
    try {
      this.transport!.end();
      this.endpoint.close();
      callback(error);
    } catch (failure) {
      callback(error ?? (failure as Error));
    }
  }

  /** The state of the stream: `'open'`, `'readOnly'`, `'writeOnly'` or `'closed'`. */
  get readyState(): string {
    if (this.readable) return this.writable ? 'open' : 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  }

  /**
   * Emits `'timeout'` when no data was received or sent for some time. The stream stays open; the listener can
   * destroy it.
   *
   * @param milliseconds the idle time; 0 disables the timeout
   * @param callback a listener for the next `'timeout'` event; with 0, a listener to remove
   */
  setTimeout(milliseconds: number, callback?: () => void): this {
    this.timeout = checkTimeout(milliseconds, 'milliseconds') ?? 0;
    if (!this.destroyed) this.idle.set(this.timeout);
    if (callback === undefined) return this;
    checkFunction(callback, 'callback');
    return this.timeout === 0 ? this.removeListener('timeout', callback) : this.once('timeout', callback);
  }

  /** Sets `TCP_NODELAY`. Does nothing for families other than IPv4 and IPv6. */
  setNoDelay(noDelay = true): this {
    if (this.#isInternet()) this.endpoint.setsockopt(IPPROTO_TCP, TCP_NODELAY, noDelay ? 1 : 0);
    return this;
  }

  /**
   * Sets `SO_KEEPALIVE`. Does nothing for families other than IPv4 and IPv6.
   *
   * @param initialDelay the idle time before the first probe, in milliseconds; 0, the default, keeps the current
   *   value
   */
  setKeepAlive(enable = false, initialDelay = 0): this {
    const delay = checkTimeout(initialDelay, 'initialDelay') ?? 0;
    const seconds = checkInteger(Math.floor(delay / 1000), 'initialDelay', 0, 0x7fffffff);
    if (!this.#isInternet()) return this;
    this.endpoint.setsockopt(SOL_SOCKET, SO_KEEPALIVE, enable ? 1 : 0);
    if (enable && seconds > 0) this.#setKeepAliveDelay(seconds);
    return this;
  }

  /** Keeps the system's delay if it cannot be set, as node:net does: Windows has the option since version 1709. */
  #setKeepAliveDelay(seconds: number): void {
    try {
      this.endpoint.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, seconds);
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
    }
  }

  /** Makes the connection keep the process alive while it waits. This is the default. */
  ref(): this {
    this.endpoint.ref();
    return this;
  }

  /** Lets the process exit while the connection is open. */
  unref(): this {
    this.endpoint.unref();
    return this;
  }

  /**
   * Destroys the stream and resets the connection (RST) instead of ending it in order. On a socket that is not TCP,
   * it is the same as `destroy`.
   */
  resetAndDestroy(): this {
    if (this.#isInternet())
      this.endpoint.setsockopt(SOL_SOCKET, SO_LINGER, new Uint8Array(new Int32Array([1, 0]).buffer));
    return this.destroy();
  }

  #isInternet(): boolean {
    const { family, closed } = this.endpoint;
    return !closed && (family === AF_INET || family === AF_INET6);
  }
}

function destroy(stream: SocketDuplex): void {
  stream.destroy();
}
