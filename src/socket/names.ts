import type { AddressInput, AddressOf, FamilyName } from '../address/address.js';
import type { Peer } from '../address/driver.js';
import { decodeShared } from '../address/registry.js';
import { AddressWriter } from '../address/writer.js';
import { binding } from '../binding.js';
import { SHUT_RD, SHUT_RDWR, SHUT_WR, SOMAXCONN } from '../constants/socket.js';
import { checkInteger, invalidType, outOfRange } from '../errors/argument.js';
import { checked, SocketError, socketError } from '../errors/errors.js';
import { POLLOUT } from '../reactor/events.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { checkWait, promised } from './handle.js';
import { Connect } from './operations/connect.js';
import { adviceFor, checkedCall } from './operations/socket-operation.js';
import { TypedOptioned } from './typed-options.js';

/** Python's default: enough for bursts, and within what every system allows. */
const DEFAULT_BACKLOG = 128;

/** How many may wait to be accepted: any C `int`; less than nothing is nothing. */
export function checkBacklog(backlog: number, argument: string): number {
  return checkInteger(backlog, argument, -0x80000000, 0x7fffffff);
}

/** Names: binding, connecting, and who is at either end. */
export abstract class Named<F extends FamilyName> extends TypedOptioned<F> {
  #writer: AddressWriter<F> | undefined;

  /**
   * Gives the socket its own address. A host name is resolved synchronously; use a number where that may take long.
   *
   * @param address an address of this socket's family; port 0 lets the kernel choose
   * @throws TypeError or RangeError if it is not one
   * @throws SocketError `EADDRINUSE`, `EADDRNOTAVAIL`, `EACCES`, …
   * @throws ResolverError if the host name is not known
   * @see bind(2)
   */
  bind(address: AddressInput<F>): void {
    const bytes = this.encodeSync(address);
    const result = binding.bind(this.fd, bytes);
    if (result < 0) throw this.#bindError(result, address);
  }

  /**
   * Lets the socket accept connections.
   *
   * @param backlog how many connections may wait to be accepted; the system's limit (net.core.somaxconn) holds as
   *   well; 128 by default
   * @throws SocketError `EADDRINUSE`, `EOPNOTSUPP` (not a listening kind of socket), …
   * @see listen(2)
   */
  listen(backlog: number = Math.min(SOMAXCONN, DEFAULT_BACKLOG)): void {
    checkBacklog(backlog, 'backlog');
    checkedCall(this, binding.listen(this.fd, Math.max(0, backlog)), 'listen');
  }

  /**
   * The socket's own address.
   *
   * @throws SocketError `EBADF` if the socket is closed
   * @see getsockname(2)
   */
  getsockname(): AddressOf<F> {
    checked(binding.getsockname(this.fd), 'getsockname');
    return decodeShared(this.driver) as AddressOf<F>;
  }

  /**
   * The address of the other end.
   *
   * @throws SocketError `ENOTCONN` if there is none, `EBADF` if the socket is closed
   * @see getpeername(2)
   */
  getpeername(): AddressOf<F> {
    checkedCall(this, binding.getpeername(this.fd), 'getpeername');
    return decodeShared(this.driver) as AddressOf<F>;
  }

  /**
   * Ends one direction of a connection, or both, for everyone who holds the socket.
   *
   * @param how `SHUT_RD`, `SHUT_WR` or `SHUT_RDWR`
   * @throws RangeError if `how` is none of these
   * @throws SocketError `ENOTCONN`, or `EBADF` if the socket is closed
   * @see shutdown(2)
   */
  shutdown(how: number): void {
    if (typeof how !== 'number') throw invalidType('how', 'of type number', how);
    if (how !== SHUT_RD && how !== SHUT_WR && how !== SHUT_RDWR) {
      throw outOfRange('how', 'SHUT_RD, SHUT_WR or SHUT_RDWR', how);
    }
    checkedCall(this, binding.shutdown(this.fd, how), 'shutdown');
  }

  /**
   * Connects to `address`: for a stream, makes the connection; for datagrams, sets where they go and come from.
   * A host name is resolved off this thread; with any other address the system call is made at once, so that what is
   * sent next goes there. After a failure close the socket: POSIX leaves its state open.
   *
   * @throws SocketError `ECONNREFUSED`, `ENETUNREACH`, `ETIMEDOUT`, …, with `address` and `port`
   * @throws ResolverError if the host name is not known
   * @see connect(2)
   */
  connect(address: AddressInput<F>, wait?: WaitOptions): Promise<void> {
    return promised(() => {
      const waits = checkWait(wait).timeout !== 0;
      return this.withAddress(address, wait, (bytes, left) =>
        this.#driveConnect(this.#connect(address, bytes, waits, true), left),
      );
    });
  }

  /** {@link connect}, in this thread, in the mode that {@link timeout} says. */
  connectSync(address: AddressInput<F>): void {
    const bytes = this.encodeSync(address);
    this.driveSync(POLLOUT, this.#connect(address, bytes, this.timeout !== 0, false));
  }

  /**
   * {@link connect}, with the system's errors returned and not thrown.
   *
   * @returns 0, or the (positive) number that C's `errno` would have; `ETIMEDOUT` when the time was over
   * @throws ResolverError if the host name is not known, TypeError if the address is none of this family
   */
  async connectEx(address: AddressInput<F>, wait?: WaitOptions): Promise<number> {
    try {
      await this.connect(address, wait);
      return 0;
    } catch (error) {
      return connectErrno(error);
    }
  }

  /** {@link connectEx}, in this thread, in the mode that {@link timeout} says: `EINPROGRESS` when it may not wait. */
  connectExSync(address: AddressInput<F>): number {
    try {
      this.connectSync(address);
      return 0;
    } catch (error) {
      return connectErrno(error);
    }
  }

  #bindError(errno: number, address: AddressInput<F>): SocketError {
    const hint = adviceFor(this, 'bind', errno, address);
    return socketError(errno, { syscall: 'bind', ...this.driver.describe(address), hint });
  }

  #connect(address: AddressInput<F>, bytes: Uint8Array, waits: boolean, nonblocking: boolean): Connect {
    const { driver } = this;
    const peer = (): Peer => driver.describe(address);
    const twice = driver.connectsTwice?.(this.type) ?? false;
    return new Connect(this, bytes, peer, { address, waits, nonblocking, twice });
  }

  async #driveConnect(operation: Connect, wait: WaitOptions): Promise<void> {
    try {
      await this.drive(this.waitable.output, operation, wait);
    } finally {
      if (!this.closed) this.restoreMode();
    }
  }

  /** The `sockaddr` of an address; `undefined` when its host name has to be resolved first. @internal */
  protected encodeResolved(address: AddressInput<F>): Uint8Array | undefined {
    this.#writer ??= new AddressWriter<F>(this.driver);
    return this.#writer.write(address);
  }

  /** The `sockaddr` of an address, its host name resolved in this thread. @internal */
  protected encodeSync(address: AddressInput<F>): Uint8Array {
    return this.encodeResolved(address) ?? this.driver.encode(this.driver.resolveSync!(address));
  }

  /**
   * Makes a call with the `sockaddr` of an address: at once where there is nothing to resolve, else when the host name
   * is resolved, and with the time that is left then.
   * @internal
   */
  protected withAddress<T>(
    address: AddressInput<F>,
    wait: WaitOptions | undefined,
    call: (bytes: Uint8Array, wait: WaitOptions) => Promise<T>,
  ): Promise<T> {
    const checkedWait = checkWait(wait);
    const resolved = this.encodeResolved(address);
    if (resolved !== undefined) return call(resolved, checkedWait);
    const started = performance.now();
    return this.#encode(address, checkedWait).then(bytes => call(bytes, remaining(checkedWait, started)));
  }

  /** The `sockaddr` of an address, its host name resolved off this thread. */
  async #encode(address: AddressInput<F>, wait: WaitOptions): Promise<Uint8Array> {
    const { driver } = this;
    return driver.encode(driver.resolve === undefined ? address : await driver.resolve(address, wait));
  }
}

function remaining(wait: WaitOptions, started: number): WaitOptions {
  if (!wait.timeout) return wait;
  return { ...wait, timeout: Math.max(1, wait.timeout - (performance.now() - started)) };
}

function connectErrno(error: unknown): number {
  if (error instanceof SocketError && error.syscall === 'connect') return -error.errno;
  throw error;
}
