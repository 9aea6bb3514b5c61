import { Duplex, type DuplexOptions as NodeDuplexOptions } from 'node:stream';
import { SO_KEEPALIVE, SO_LINGER, SOL_SOCKET } from '../constants/socket.js';
import { checkFunction, checkTimeout } from '../errors/argument.js';
import { AF_INET, IPPROTO_TCP, TCP_KEEPIDLE, TCP_NODELAY } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import type { Endpoint } from './endpoint.js';
import { IdleTimer } from './idle.js';

/** One end of a connection as `node:net` puts it. */
export interface NetAddress {
  /** The host, in numbers. */
  readonly address: string;
  /** As Node writes it. */
  readonly family: 'IPv4' | 'IPv6';
  /** The port. */
  readonly port: number;
}

type Names = NetAddress | Record<string, never>;

const NOWHERE: Names = Object.freeze({});

/** The address that `read` gives; nothing where it has no host and port, or can no longer be asked for. */
function ask(read: () => object): Names {
  try {
    const { family, host, port } = read() as { family: string; host?: string; port?: number };
    if (host === undefined || port === undefined) return NOWHERE;
    return { address: host, family: family === 'inet6' ? 'IPv6' : 'IPv4', port };
  } catch {
    return NOWHERE;
  }
}

/** What a `net.Socket` has beside being a stream, as servers of `node:http`, `node:tls` and their like expect it. */
export abstract class NetLike extends Duplex {
  /** False: the socket was connected before. */
  readonly connecting = false;
  /** False: the socket was connected before. */
  readonly pending = false;
  /** How many bytes were received. */
  bytesRead = 0;
  /** How many bytes were sent. */
  bytesWritten = 0;
  /** What {@link setTimeout} was told, in milliseconds. */
  timeout: number | undefined;
  /** @internal */
  protected readonly idle = new IdleTimer(() => this.emit('timeout'));
  readonly #endpoint: Endpoint;
  #local: Names | undefined;
  #remote: Names | undefined;

  /** @internal */
  protected constructor(endpoint: Endpoint, options: NodeDuplexOptions) {
    super(options);
    this.#endpoint = endpoint;
  }

  /** This end: `address`, `family` (`'IPv4'` or `'IPv6'`) and `port`; empty for other families. */
  address(): Names {
    if (this.#local === undefined || this.#local === NOWHERE)
      this.#local = ask(() => this.#endpoint.getsockname());
    return this.#local;
  }

  #peer(): Names {
    if (this.#remote === undefined || this.#remote === NOWHERE)
      this.#remote = ask(() => this.#endpoint.getpeername());
    return this.#remote;
  }

  /** This end's address; `undefined` for other families than the Internet's. */
  get localAddress(): string | undefined {
    return this.address().address;
  }

  /** This end’s port; `undefined` as the address is. */
  get localPort(): number | undefined {
    return this.address().port;
  }

  /** `'IPv4'` or `'IPv6'`; `undefined` as the address is. */
  get localFamily(): string | undefined {
    return this.address().family;
  }

  /** The peer's address; `undefined` for other families than the Internet's, or if it was first asked for too late. */
  get remoteAddress(): string | undefined {
    return this.#peer().address;
  }

  /** The peer’s port; `undefined` as its address is. */
  get remotePort(): number | undefined {
    return this.#peer().port;
  }

  /** `'IPv4'` or `'IPv6'`; `undefined` as the peer’s address is. */
  get remoteFamily(): string | undefined {
    return this.#peer().family;
  }

  /** `'open'`, `'readOnly'`, `'writeOnly'` or `'closed'`. */
  get readyState(): string {
    if (this.readable) return this.writable ? 'open' : 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  }

  /**
   * Emits `'timeout'` when nothing was received or sent for so long; closing is the listener's business.
   *
   * @param milliseconds 0 for never
   * @param callback a listener for the next `'timeout'`; with 0, one to be removed
   */
  setTimeout(milliseconds: number, callback?: () => void): this {
    this.timeout = checkTimeout(milliseconds, 'milliseconds') ?? 0;
    if (!this.destroyed) this.idle.set(this.timeout);
    if (callback === undefined) return this;
    checkFunction(callback, 'callback');
    return this.timeout === 0 ? this.removeListener('timeout', callback) : this.once('timeout', callback);
  }

  /** Sets `TCP_NODELAY`; nothing for other families than the Internet's. */
  setNoDelay(noDelay = true): this {
    if (this.#isInternet()) this.#endpoint.setsockopt(IPPROTO_TCP, TCP_NODELAY, noDelay ? 1 : 0);
    return this;
  }

  /**
   * Sets `SO_KEEPALIVE`; nothing for other families than the Internet's.
   *
   * @param initialDelay milliseconds without a sign of life before the first probe; 0, the default, leaves it as it is
   */
  setKeepAlive(enable = false, initialDelay = 0): this {
    if (!this.#isInternet()) return this;
    this.#endpoint.setsockopt(SOL_SOCKET, SO_KEEPALIVE, enable ? 1 : 0);
    const seconds = Math.floor(initialDelay / 1000);
    if (enable && seconds > 0) this.#endpoint.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, seconds);
    return this;
  }

  /** Lets the connection keep the process alive while it waits; it does from the start. */
  ref(): this {
    this.#endpoint.ref();
    return this;
  }

  /** Lets the process end although the connection is open. */
  unref(): this {
    this.#endpoint.unref();
    return this;
  }

  /** Ends the stream, and destroys it when all that was written is sent. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  /** Destroys the stream with a reset (RST) in place of an orderly end; as `destroy` where there is no TCP. */
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
