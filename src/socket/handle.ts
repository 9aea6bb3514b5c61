import type { FamilyName } from '../address/address.js';
import type { FamilyDriver } from '../address/driver.js';
import { driverOf } from '../address/registry.js';
import { binding } from '../binding.js';
import type { Family } from '../constants/constant.js';
import { checkBoolean, checkObject, checkSignal, checkTimeout } from '../errors/argument.js';
import { EBADF } from '../errors/codes.js';
import { checked, SocketError, withHint } from '../errors/errors.js';
import type { Lane } from '../reactor/lane.js';
import type { Operation } from '../reactor/operation.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { Waitable } from '../reactor/waitable.js';
import { adoptForCollection, forgetCollection } from './collection.js';

const NO_WAIT: WaitOptions = Object.freeze({});

/** Checks the last argument of a promise call. */
export function checkWait(wait: WaitOptions | undefined): WaitOptions {
  if (wait === undefined) return NO_WAIT;
  checkObject(wait, 'options');
  checkSignal(wait.signal, 'options.signal');
  if (wait.timeout !== undefined) checkTimeout(wait.timeout, 'options.timeout');
  return wait;
}

/** Runs `body`, turning what it throws into a rejection: a promise call never throws. */
export function promised<T>(body: () => Promise<T>): Promise<T> {
  try {
    return body();
  } catch (error) {
    return Promise.reject(error);
  }
}

/**
 * The descriptor of a socket and its life: what it is, and how it ends. The first layer of `Socket`; each layer above
 * adds one subject, in a file of its own.
 */
export abstract class Handle<F extends FamilyName> {
  /** The address family that the socket was made with: an `AF_` constant. */
  readonly family: Family<F>;
  /** The socket type: a `SOCK_` constant, without `SOCK_NONBLOCK` and `SOCK_CLOEXEC`. */
  readonly type: number;
  /** The protocol that the socket was made with; 0 is the family's default. */
  readonly protocol: number;
  /** @internal */
  readonly waitable: Waitable;
  /** @internal */
  readonly driver: FamilyDriver<F>;

  /** @internal */
  protected constructor(fd: number, family: Family<F>, type: number, protocol: number) {
    this.family = family;
    this.type = type;
    this.protocol = protocol;
    this.driver = driverOf(family) as unknown as FamilyDriver<F>;
    this.waitable = new Waitable(fd);
    this.waitable.input.exact = this.driver.shortReadMeansDrained?.(type, protocol) ?? false;
    adoptForCollection(this, this.waitable);
  }

  /** The descriptor, a small number; -1 once the socket is closed or detached. */
  get fd(): number {
    return this.waitable.fd;
  }

  /** Whether the socket is closed or detached. */
  get closed(): boolean {
    return this.waitable.fd < 0;
  }

  /**
   * Closes the socket; calls that wait on it are rejected with `EBADF`. Closing twice does nothing.
   *
   * To end a connection in good time call {@link shutdown} first: other descriptors may still refer to it.
   *
   * @throws SocketError if close(2) reports one, such as `EIO`; the descriptor is gone all the same
   * @see close(2)
   */
  close(): void {
    forgetCollection(this.waitable);
    checked(this.waitable.close(closedWhileWaiting), 'close');
  }

  /**
   * Gives up the descriptor without closing it, in the mode that {@link timeout} says; calls that wait are rejected
   * with `EBADF`.
   *
   * @returns the descriptor, which is now the caller's to close; -1 if the socket was closed before
   */
  detach(): number {
    forgetCollection(this.waitable);
    return this.waitable.retire(closedWhileWaiting);
  }

  /** Closes the socket at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Closes the socket at the end of an `await using` block. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  /** Lets waiting promise calls keep the process alive; they do from the start. */
  ref(): this {
    this.waitable.isRef = true;
    return this;
  }

  /** Lets the process end although promise calls wait on this socket. */
  unref(): this {
    this.waitable.isRef = false;
    return this;
  }

  /**
   * Whether child processes inherit the descriptor; not unless {@link setInheritable} said so.
   *
   * @throws SocketError `EBADF` if the socket is closed
   * @see fcntl(2), FD_CLOEXEC
   */
  getInheritable(): boolean {
    return checked(binding.getInheritable(this.fd), 'fcntl') === 1;
  }

  /**
   * Sets whether child processes inherit the descriptor.
   *
   * @throws SocketError `EBADF` if the socket is closed
   * @see fcntl(2), FD_CLOEXEC
   */
  setInheritable(inheritable: boolean): void {
    checkBoolean(inheritable, 'inheritable');
    checked(binding.setInheritable(this.fd, inheritable ? 1 : 0), 'fcntl');
  }

  /** Waits in `lane` for an operation of the promise face. @internal */
  protected drive<T>(lane: Lane, operation: Operation<T>, wait: WaitOptions | undefined): Promise<T> {
    const checkedWait = checkWait(wait);
    if (this.closed) return Promise.reject(operation.fail(EBADF));
    return lane.run(operation, checkedWait);
  }
}

/** What the waiters of a socket that is closed are told: the code of every use after close, and why. */
function closedWhileWaiting(operation: Operation<unknown>): Error {
  const error = operation.fail(EBADF);
  if (!(error instanceof SocketError)) return error;
  return withHint(error, 'the socket was closed while the call waited');
}
