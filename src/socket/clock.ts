/** The time that a Sync call waits: its own deadline, and the limits that the kernel has for the socket. */
import { binding, isMainThread } from '../binding.js';
import { SO_RCVTIMEO, SO_SNDTIMEO, SOL_SOCKET } from '../constants/socket.js';
import { checked } from '../errors/errors.js';
import { milliseconds as timeout } from '../layout/time.js';
import { longerPause } from '../reactor/backoff.js';
import { type EventMask, POLLERR, POLLHUP, POLLIN, POLLOUT, POLLRDHUP } from '../reactor/events.js';
import type { EarlyEnd, Operation } from '../reactor/operation.js';
import type { Call } from './call.js';
import type { AnyCore } from './core.js';

/** The longest single wait in a worker, in milliseconds. A worker can be terminated only while JavaScript runs in it. */
const SLICE = 50;

/** Returns the duration of the next wait: one slice in a worker, and not beyond the deadline of an earlier call. */
function sliceOf(left: number, until: number): number {
  const limit = left < 0 ? Number.POSITIVE_INFINITY : left;
  const longest = isMainThread ? Number.POSITIVE_INFINITY : SLICE;
  const rest = until === Number.POSITIVE_INFINITY ? until : Math.max(0, until - performance.now());
  const slice = Math.min(limit, longest, rest);
  return slice === Number.POSITIVE_INFINITY ? -1 : slice;
}

/** The deadline of one Sync call, and the ways to wait. */
export class Clock {
  readonly limit: number;
  readonly #deadline: number;
  readonly #started: number;
  readonly #core: AnyCore;
  readonly #operation: Operation<unknown>;
  #kernelDeadline: number | undefined;
  #pause = 0;
  #progress = 0;
  #wasWoken = false;
  /** The reason for which the call ends when the wait is over. */
  why: EarlyEnd = 'refused';

  constructor(core: AnyCore, operation: Operation<unknown>) {
    const { timeout } = operation.wait;
    this.limit = timeout ?? Number.POSITIVE_INFINITY;
    const now = timeout || core.mightTimeOutInKernel ? performance.now() : Number.NaN;
    this.#started = now;
    this.#deadline = timeout ? now + timeout : Number.POSITIVE_INFINITY;
    this.#core = core;
    this.#operation = operation;
  }

  /**
   * Waits until the next attempt. Returns false if the time is over.
   *
   * @param isFull whether no event reports when the attempt can succeed
   * @param until the deadline of an earlier call that must be served first
   */
  wait(isFull: boolean, until: number = Number.POSITIVE_INFINITY): boolean {
    const { direction, waitsFor } = this.#operation;
    const deadline =
      waitsFor === undefined ? Math.min(this.#deadline, this.#limitOfKernel()) : this.#deadline;
    const left = deadline === Number.POSITIVE_INFINITY ? -1 : Math.max(0, deadline - performance.now());
    if (left === 0) {
      this.why = this.#deadline <= deadline ? 'deadline' : 'refused';
      return false;
    }
    const slice = sliceOf(left, until);
    if (isFull) this.#sleep(slice);
    else if (waitsFor === undefined) this.#poll(this.#core.fd, direction, slice);
    else this.#poll(waitsFor, POLLIN, slice);
    return true;
  }

  #sleep(left: number): void {
    const { progress = 0 } = this.#operation;
    this.#pause = longerPause(progress === this.#progress ? this.#pause : 0);
    this.#progress = progress;
    binding.wait(-1, 0, left < 0 ? this.#pause : Math.min(this.#pause, left));
  }

  /**
   * Waits with poll(2). poll also returns for errors and hang-ups that the call does not wait for (an unread error queue,
   * SO_ERROR), and returns immediately as long as they last. If it returns twice and the attempt in between transferred
   * nothing, the thread sleeps before the next attempt.
   */
  #poll(fd: number, direction: EventMask, left: number): void {
    const { progress = 0 } = this.#operation;
    const wanted = direction === POLLERR ? 0 : direction === POLLIN ? POLLIN | POLLRDHUP : direction;
    const events = checked(binding.wait(fd, wanted, left), 'poll');
    if (fd === this.#core.fd && events & (POLLRDHUP | POLLHUP)) this.#core.handle.mightHaveEnded = true;
    const wasInVain = this.#wasWoken && progress === this.#progress;
    this.#wasWoken = events !== 0;
    if (events !== 0 && wasInVain) this.#sleep(left);
    else this.#progress = progress;
    if (events === 0) this.#pause = 0;
  }

  /**
   * Returns the deadline of the kernel. A blocking file descriptor has SO_RCVTIMEO and SO_SNDTIMEO (socket(7)). `EAGAIN`
   * from it means that this limit has passed, or that another owner of the open file has set O_NONBLOCK temporarily. Only
   * the time tells them apart.
   */
  #limitOfKernel(): number {
    if (this.#core.timeout !== null || this.#operation.wait.timeout !== null) return Number.POSITIVE_INFINITY;
    if (this.#kernelDeadline === undefined) {
      const limit = kernelLimit(this.#core.fd, this.#operation.direction);
      this.#kernelDeadline = limit === Number.POSITIVE_INFINITY ? limit : this.#startOfWait() + limit;
    }
    return this.#kernelDeadline;
  }

  /**
   * Returns the time at which the wait that the kernel limits started. It is not recorded if no limit was expected, but
   * another owner of the socket can have set one. Then the wait is over if the system call itself has waited.
   */
  #startOfWait(): number {
    if (!Number.isNaN(this.#started)) return this.#started;
    this.#core.mightTimeOutInKernel = true;
    const hasWaited =
      (this.#operation.wait as Partial<Call>).added === 0 && binding.getNonblocking(this.#core.fd) === 0;
    return hasWaited ? Number.NEGATIVE_INFINITY : performance.now();
  }
}

/** Returns SO_RCVTIMEO or SO_SNDTIMEO in milliseconds; `Infinity` if it is not set. */
function kernelLimit(fd: number, direction: EventMask): number {
  if (direction !== POLLIN && direction !== POLLOUT) return Number.POSITIVE_INFINITY;
  const value = Buffer.alloc(timeout.size);
  const name = direction === POLLIN ? SO_RCVTIMEO : SO_SNDTIMEO;
  const result = binding.getsockopt(fd, SOL_SOCKET, name, value);
  return (result < value.length ? null : timeout.decode(value)) ?? Number.POSITIVE_INFINITY;
}
