import { Duplex, type DuplexOptions as NodeDuplexOptions } from 'node:stream';
import { type NetAddressOrNone, NOWHERE, readNetAddress } from '../address/net-address.js';
import { SO_KEEPALIVE, SO_LINGER, SOL_SOCKET } from '../constants/socket.js';
import { checkFunction, checkInteger, checkTimeout } from '../errors/argument.js';
import { UnsupportedError } from '../errors/errors.js';
import { AF_INET, IPPROTO_TCP, TCP_KEEPIDLE, TCP_NODELAY } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import type { Endpoint } from './endpoint.js';
import { IdleTimer } from './idle.js';

/**
 * The methods and properties of a `net.Socket` that a stream does not have, as `node:http`, `node:tls` and similar
 * modules expect them.
 */
export abstract class NetLike extends Duplex {
  /** Always false: the socket is already connected. */
  readonly connecting = false;
  /** Always false: the socket is already connected. */
  readonly pending = false;
  /** The number of bytes received. */
  bytesRead = 0;
  /** The number of bytes sent. */
  bytesWritten = 0;
  /** The timeout of {@link setTimeout}, in milliseconds. */
  timeout: number | undefined;
  /** @internal */
  protected readonly idle = new IdleTimer(() => this.emit('timeout'));
  readonly #endpoint: Endpoint;
  #local: NetAddressOrNone | undefined;
  #remote: NetAddressOrNone | undefined;

  /** @internal */
  protected constructor(endpoint: Endpoint, options: NodeDuplexOptions) {
    super(options);
    this.#endpoint = endpoint;
  }

  /**
   * Returns the local address: `address`, `family` (`'IPv4'` or `'IPv6'`) and `port`; empty for families other than
   * IPv4 and IPv6.
   */
  address(): NetAddressOrNone {
    if (this.#local === undefined || this.#local === NOWHERE)
      this.#local = readNetAddress(() => this.#endpoint.getsockname());
    return this.#local;
  }

  #peer(): NetAddressOrNone {
    if (this.#remote === undefined || this.#remote === NOWHERE)
      this.#remote = readNetAddress(() => this.#endpoint.getpeername());
    return this.#remote;
  }

  /** The local address; `undefined` for families other than IPv4 and IPv6. */
  get localAddress(): string | undefined {
    return this.address().address;
  }

  /** The local port; `undefined` if there is no local address. */
  get localPort(): number | undefined {
    return this.address().port;
  }

  /** `'IPv4'` or `'IPv6'`; `undefined` if there is no local address. */
  get localFamily(): string | undefined {
    return this.address().family;
  }

  /**
   * The address of the peer; `undefined` for families other than IPv4 and IPv6, and if it was first read after the
   * connection had ended.
   */
  get remoteAddress(): string | undefined {
    return this.#peer().address;
  }

  /** The port of the peer; `undefined` if there is no address. */
  get remotePort(): number | undefined {
    return this.#peer().port;
  }

  /** `'IPv4'` or `'IPv6'`; `undefined` if there is no address of the peer. */
  get remoteFamily(): string | undefined {
    return this.#peer().family;
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
    if (this.#isInternet()) this.#endpoint.setsockopt(IPPROTO_TCP, TCP_NODELAY, noDelay ? 1 : 0);
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
    this.#endpoint.setsockopt(SOL_SOCKET, SO_KEEPALIVE, enable ? 1 : 0);
    if (enable && seconds > 0) this.#setKeepAliveDelay(seconds);
    return this;
  }

  /** Keeps the system's delay if it cannot be set, as node:net does: Windows has the option since version 1709. */
  #setKeepAliveDelay(seconds: number): void {
    try {
      this.#endpoint.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, seconds);
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
    }
  }

  /** Makes the connection keep the process alive while it waits. This is the default. */
  ref(): this {
    this.#endpoint.ref();
    return this;
  }

  /** Lets the process exit while the connection is open. */
  unref(): this {
    this.#endpoint.unref();
    return this;
  }

  /** Ends the stream, and destroys it when all written data is sent. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  /**
   * Destroys the stream and resets the connection (RST) instead of ending it in order. On a socket that is not TCP,
   * it is the same as `destroy`.
   */
  resetAndDestroy(): this {
    if (this.#isInternet())
      this.#endpoint.setsockopt(SOL_SOCKET, SO_LINGER, new Uint8Array(new Int32Array([1, 0]).buffer));
    return this.destroy();
  }

  #isInternet(): boolean {
    const { family, closed } = this.#endpoint;
    return !closed && (family === AF_INET || family === AF_INET6);
  }
}
