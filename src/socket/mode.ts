import type { FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import { checkBoolean, checkTimeout } from '../errors/argument.js';
import { EAGAIN, EBADF, ETIMEDOUT } from '../errors/codes.js';
import { checked } from '../errors/errors.js';
import { POLLERR, type POLLIN, type POLLOUT, POLLPRI } from '../reactor/events.js';
import { FULL, type Operation, refusal, YIELD } from '../reactor/operation.js';
import { longerPause } from '../reactor/pauses.js';
import { Handle } from './handle.js';

let defaultTimeout: number | null = null;

/**
 * The {@link Socket.timeout} that new sockets start with: `null` (blocking) unless {@link setDefaultTimeout} said
 * otherwise. Milliseconds.
 */
export function getDefaultTimeout(): number | null {
  return defaultTimeout;
}

/**
 * Sets the {@link Socket.timeout} that new sockets start with, in this thread.
 *
 * @param timeout `null` blocking, 0 non-blocking, more: milliseconds
 * @throws TypeError or RangeError if `timeout` is anything else
 */
export function setDefaultTimeout(timeout: number | null): void {
  defaultTimeout = checkTimeout(timeout, 'timeout');
}

/** The direction that an operation waits for; `POLLERR` is the error queue, `POLLPRI` the urgent byte. */
export type Direction = typeof POLLIN | typeof POLLOUT | typeof POLLERR | typeof POLLPRI;

/** How long to sleep where poll(2) would not: milliseconds. */
const PAUSE = 10;

/** The three modes of the Sync face. */
export abstract class Moded<F extends FamilyName> extends Handle<F> {
  #timeout: number | null = null;

  /**
   * How the Sync calls wait, in milliseconds: `null` until done (blocking mode), 0 not at all (non-blocking mode:
   * they fail with `EAGAIN`), more: that long in all for each call, however often the kernel wakes us (timeout mode:
   * they fail with `ETIMEDOUT`). Promise calls take their own limit in their last argument.
   *
   * As the specification has it, the descriptor is `O_NONBLOCK` unless this is `null`.
   *
   * @throws TypeError or RangeError if it is set to anything else
   * @throws SocketError `EBADF` if it is set on a closed socket
   */
  get timeout(): number | null {
    return this.#timeout;
  }

  /** Sets the mode; see the reading side. */
  set timeout(timeout: number | null) {
    const wanted = checkTimeout(timeout, 'timeout');
    checked(binding.setNonblocking(this.fd, wanted === null ? 0 : 1), 'fcntl');
    this.#timeout = wanted;
  }

  /** Whether {@link timeout} is anything but 0. */
  getBlocking(): boolean {
    return this.#timeout !== 0;
  }

  /** `setBlocking(true)` is `timeout = null`, `setBlocking(false)` is `timeout = 0`. */
  setBlocking(blocking: boolean): void {
    this.timeout = checkBoolean(blocking, 'blocking') ? null : 0;
  }

  /**
   * Gives up the descriptor without closing it, in the mode that {@link timeout} says; calls that wait are rejected
   * with `EBADF`.
   *
   * @returns the descriptor, which is now the caller's to close; -1 if the socket was closed before
   */
  override detach(): number {
    // A promise accept or connect may have left it O_NONBLOCK; whoever gets it next would be surprised.
    if (!this.closed) this.restoreMode();
    return super.detach();
  }

  /**
   * Sets whether child processes inherit the descriptor; those that do find it in the mode that {@link timeout} says.
   *
   * @throws SocketError `EBADF` if the socket is closed
   * @see fcntl(2), FD_CLOEXEC
   */
  override setInheritable(inheritable: boolean): void {
    super.setInheritable(inheritable);
    if (inheritable) this.lend();
  }

  /** Called before the descriptor is given to someone else: it becomes what the mode says. @internal */
  lend(): void {
    this.restoreMode();
  }

  /** Starts in this mode; `isNonblocking` says what the descriptor was born as. @internal */
  protected startMode(timeout: number | null, isNonblocking: boolean): void {
    this.#timeout = timeout;
    if ((timeout !== null) !== isNonblocking) this.restoreMode();
  }

  /** Makes the descriptor what the mode says. @internal */
  protected restoreMode(): void {
    binding.setNonblocking(this.fd, this.#timeout === null ? 0 : 1);
  }

  /**
   * Drives an operation in the calling thread. In blocking mode the descriptor blocks, so this is one system call; in
   * the other modes, and where something else left the descriptor non-blocking, it waits with poll(2).
   * @internal
   */
  protected driveSync<T>(direction: Direction, operation: Operation<T>): T {
    if (this.closed) throw operation.fail(EBADF);
    const timeout = this.#timeout;
    const deadline = timeout === null ? Number.POSITIVE_INFINITY : performance.now() + timeout;
    for (let pause = 0; ; ) {
      const result = operation.attempt();
      if (result >= 0) return operation.finish(result);
      if (result === YIELD) continue;
      if (result !== EAGAIN && result !== FULL) throw refusal(operation, result);
      if (timeout === 0 || operation.once || this.#gaveUp(direction, operation)) throw operation.fail(EAGAIN);
      const isFull = result === FULL || (operation.needsRoom === true && this.waitable.hasRoom);
      pause = isFull ? longerPause(pause) : 0;
      if (!this.#wait(direction, pause, deadline)) {
        const partial = operation.partial?.();
        if (partial === undefined) throw operation.fail(ETIMEDOUT);
        return partial;
      }
    }
  }

  /**
   * Whether `EAGAIN` is the kernel's last word: a descriptor that blocks says it only when a limit of its own has passed,
   * SO_RCVTIMEO or SO_SNDTIMEO (socket(7)). For errors and the urgent byte the kernel never waits, so we do.
   */
  #gaveUp(direction: Direction, { goesOn }: Operation<unknown>): boolean {
    if (this.#timeout !== null || goesOn || direction === POLLERR || direction === POLLPRI) return false;
    return binding.getNonblocking(this.fd) === 0;
  }

  /** Waits until the descriptor may be ready; false when the deadline has passed. */
  #wait(direction: Direction, pause: number, deadline: number): boolean {
    const left = deadline === Number.POSITIVE_INFINITY ? -1 : Math.max(0, deadline - performance.now());
    if (left === 0) return false;
    if (pause > 0) {
      binding.wait(-1, 0, left < 0 ? pause : Math.min(pause, left));
      return true;
    }
    // A hang-up or an unread SO_ERROR keeps poll(2) from waiting for an error queue that is empty.
    if (direction === POLLERR && checked(binding.wait(this.fd, POLLERR, 0), 'poll') !== 0) {
      binding.wait(-1, 0, left < 0 ? PAUSE : Math.min(PAUSE, left));
      return true;
    }
    return checked(binding.wait(this.fd, direction, left), 'poll') !== 0;
  }
}
