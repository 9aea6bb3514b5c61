import { unlinkSync } from 'node:fs';
import { isIP } from 'node:net';
import { readNetAddress } from '../address/net-address.js';
import { SocketError } from '../errors/errors.js';
import { checkPort } from '../errors/node-errors.js';
import type { AnySocket } from './any-socket.js';
import { checkInitialOptions, type InitialOptions } from './birth.js';
import { callError, invalidIp, netError, wrongValue } from './errors.js';
import { bindServer, type Place } from './place.js';

/** The options of {@link BoundSocket}. */
export interface BoundSocketOptions extends InitialOptions {
  /** A numeric address; `'0.0.0.0'`, or `'::'` with `ipv6Only`, by default. */
  readonly host?: string | undefined;
  /** The port; 0, the default, lets the kernel choose. */
  readonly port?: number | undefined;
  /** Whether an IPv6 socket refuses IPv4; false by default. */
  readonly ipv6Only?: boolean | undefined;
  /** Sets `SO_REUSEPORT`; false by default. */
  readonly reusePort?: boolean | undefined;
  /** The path of a Unix socket, instead of a host and port. */
  readonly path?: string | undefined;
}

const TCP_ONLY = ['host', 'port', 'ipv6Only', 'reusePort'] as const;

/**
 * A socket that is bound and neither listens nor is connected. {@link Server.listen} and the `handle` option of
 * {@link Socket} take it over. Until then it reserves its address.
 *
 * @see {@link https://nodejs.org/api/net.html#class-netboundsocket} Node.js 24.19 and 26.4 have this class, too.
 */
export class BoundSocket {
  readonly #place: Place;
  #socket: AnySocket | undefined;
  #isClosed = false;

  /**
   * Binds the socket.
   *
   * @throws SocketError `EADDRINUSE`, `EACCES`, …
   */
  constructor(options: BoundSocketOptions = {}) {
    this.#place = checkPlace(options);
    const setUp = checkInitialOptions(options);
    try {
      this.#socket = bindServer(this.#place, setUp);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      throw callError(error.errno, 'bind', this.#place);
    }
  }

  #open(): AnySocket {
    if (this.#socket === undefined) throw netError('ERR_SOCKET_HANDLE_ADOPTED');
    return this.#socket;
  }

  /** Whether the socket is a Unix socket. */
  get isPipe(): boolean {
    return this.#place.path !== undefined;
  }

  /** Returns the local address: `address`, `family` and `port`, or the path of a Unix socket. */
  address(): object | string {
    const socket = this.#open();
    return this.#place.path ?? readNetAddress(() => socket.getsockname());
  }

  /** Returns the file descriptor, which this object still owns. */
  fd(): number {
    return this.#open().fd;
  }

  /** Passes the socket on to a new owner. @internal */
  adopt(): AnySocket {
    const socket = this.#open();
    this.#socket = undefined;
    return socket;
  }

  /** Closes the socket, and removes its path. */
  close(): void {
    if (this.#isClosed) return;
    this.#open().close();
    this.#isClosed = true;
    this.#socket = undefined;
    const { path } = this.#place;
    if (path !== undefined && !path.startsWith('\0')) unlinkSync(path);
  }

  /** Closes the socket, unless it was taken over. */
  [Symbol.dispose](): void {
    if (this.#socket !== undefined) this.close();
  }
}

function checkPlace(options: BoundSocketOptions): Place {
  const { host, port = 0, ipv6Only = false, reusePort = false, path } = options;
  if (path !== undefined) {
    for (const name of TCP_ONLY)
      if (options[name] !== undefined) throw wrongValue('options', options, `must not have path and ${name}`);
    return { path, address: path };
  }
  const address = host ?? (ipv6Only ? '::' : '0.0.0.0');
  const version = isIP(address);
  if (version === 0) throw invalidIp(address);
  return {
    address,
    port: checkPort(port, 'options.port', true),
    version: version as 4 | 6,
    ipv6Only,
    reusePort,
  };
}
