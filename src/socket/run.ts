/**
 * Running operations: as a promise, in the lane of the socket, or in the calling thread. Each method of `Socket` is one
 * line over one of these functions and the function that builds its operation.
 */
import { isMainThread } from 'node:worker_threads';
import { binding } from '../binding.js';
import { SO_RCVTIMEO, SO_SNDTIMEO, SOL_SOCKET } from '../constants/socket.js';
import { rememberCaller, withCaller } from '../errors/caller.js';
import { EAGAIN } from '../errors/codes.js';
import { checked } from '../errors/errors.js';
import { checkArgumentCount } from '../errors/options.js';
import { milliseconds as timeout } from '../layout/time.js';
import { longerPause } from '../reactor/backoff.js';
import { type EventMask, POLLERR, POLLHUP, POLLIN, POLLOUT, POLLRDHUP } from '../reactor/events.js';
import { type EarlyEnd, endEarly, FULL, type Operation, YIELD } from '../reactor/operation.js';
import { type Call, type Form, PROMISE, SYNC } from './call.js';
import type { AnyCore } from './core.js';

/** What an error says of the call that got too many arguments. */
const CALL = 'this call: flags, timeout and signal go into one last argument';

/** Runs a promise call with one required argument. `count` is how many arguments it was given. */
export function run<C extends AnyCore, A, O, T>(
  core: C,
  build: (core: C, form: Form, argument: A, options: O) => Operation<T>,
  argument: A,
  options: O,
  count: number,
): Promise<T> {
  try {
    checkArgumentCount(count, 2, CALL);
    return started(core, build(core, PROMISE, argument, options));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Runs a promise call with two required arguments. */
export function run2<C extends AnyCore, A, B, O, T>(
  core: C,
  build: (core: C, form: Form, first: A, second: B, options: O) => Operation<T>,
  first: A,
  second: B,
  options: O,
  count: number,
): Promise<T> {
  try {
    checkArgumentCount(count, 3, CALL);
    return started(core, build(core, PROMISE, first, second, options));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Runs a promise call without a required argument. */
export function run0<C extends AnyCore, O, T>(
  core: C,
  build: (core: C, form: Form, options: O) => Operation<T>,
  options: O,
  count: number,
): Promise<T> {
  try {
    checkArgumentCount(count, 1, CALL);
    return started(core, build(core, PROMISE, options));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Runs a Sync call with one required argument. */
export function runSync<C extends AnyCore, A, O, T>(
  core: C,
  build: (core: C, form: Form, argument: A, options: O) => Operation<T>,
  argument: A,
  options: O,
  count: number,
): T {
  checkArgumentCount(count, 2, CALL);
  return block(core, build(core, SYNC, argument, options));
}

/** Runs a Sync call with two required arguments. */
export function runSync2<C extends AnyCore, A, B, O, T>(
  core: C,
  build: (core: C, form: Form, first: A, second: B, options: O) => Operation<T>,
  first: A,
  second: B,
  options: O,
  count: number,
): T {
  checkArgumentCount(count, 3, CALL);
  return block(core, build(core, SYNC, first, second, options));
}

/** Runs a Sync call without a required argument. */
export function runSync0<C extends AnyCore, O, T>(
  core: C,
  build: (core: C, form: Form, options: O) => Operation<T>,
  options: O,
  count: number,
): T {
  checkArgumentCount(count, 1, CALL);
  return block(core, build(core, SYNC, options));
}

/** Runs an operation in its lane. */
function started<T>(core: AnyCore, operation: Operation<T>): Promise<T> {
  const caller = rememberCaller();
  const promise = core.handle.run(operation);
  if (caller === undefined) return promise;
  return promise.catch(error => {
    throw withCaller(error, caller);
  });
}

/** Runs an operation in its lane; for the parts of the package that build their own operations. */
export function drive<T>(core: AnyCore, operation: Operation<T>): Promise<T> {
  try {
    return core.handle.run(operation);
  } catch (error) {
    return Promise.reject(error);
  }
}

/**
 * Runs an operation in the calling thread. On a descriptor that blocks this is one system call; otherwise, and where
 * something else has left the descriptor non-blocking, it waits with poll(2) until the call's one deadline.
 */
export function block<T>(core: AnyCore, operation: Operation<T>): T {
  const { handle } = core;
  if (handle.fd < 0) {
    endEarly(operation, 'failed'); // it might hold a batch
    throw operation.closed(false);
  }
  const clock = new Clock(core, operation);
  // Calls do not overtake each other, whichever form they have: the data of one must not land inside another's.
  if (handle.isBusy(operation.direction) && !servedEarlierCalls(core, operation, clock))
    return ended(operation, clock);
  for (;;) {
    const result = attemptOnce(operation);
    if (result >= 0) return operation.finish(result);
    if (result === YIELD) continue;
    if (result !== EAGAIN && result !== FULL) {
      endEarly(operation, 'failed');
      throw operation.fail(result);
    }
    const isFull = result === FULL || (operation.needsSpace === true && handle.isWritable);
    if (operation.wait.timeout === 0 || !clock.wait(isFull)) return ended(operation, clock);
  }
}

function attemptOnce(operation: Operation<unknown>): number {
  try {
    return operation.attempt();
  } catch (error) {
    endEarly(operation, 'failed');
    throw error;
  }
}

/** The wait is over: what came by then is the result, or the call fails. */
function ended<T>(operation: Operation<T>, { why, limit }: Clock): T {
  const partial = endEarly(operation, why);
  if (partial !== undefined) return partial.value;
  throw why === 'refused' ? operation.fail(EAGAIN) : operation.expired(limit);
}

/** Serves the promise calls that wait in the same direction; false when the wait is over before all are done. */
function servedEarlierCalls(core: AnyCore, operation: Operation<unknown>, clock: Clock): boolean {
  const lane = core.handle.laneOf(operation.direction);
  while (!lane.canPass(operation)) {
    const needed = lane.serve();
    if (needed === 'idle' || lane.canPass(operation)) return true;
    if (operation.wait.timeout === 0) return false;
    if (!clock.wait(needed === 'space', lane.deadline)) return false;
  }
  return true;
}

/** The longest wait in one piece in a worker: a worker is terminated only while JavaScript runs in it. Milliseconds. */
const SLICE = 50;
/** How long to wait now: in a worker in slices, and not beyond the deadline of an earlier call. */
function sliceOf(left: number, until: number): number {
  const limit = left < 0 ? Number.POSITIVE_INFINITY : left;
  const longest = isMainThread ? Number.POSITIVE_INFINITY : SLICE;
  const rest = until === Number.POSITIVE_INFINITY ? until : Math.max(0, until - performance.now());
  const slice = Math.min(limit, longest, rest);
  return slice === Number.POSITIVE_INFINITY ? -1 : slice;
}

/** The deadline of one Sync call, and the ways to wait for it. */
class Clock {
  readonly limit: number;
  readonly #deadline: number;
  readonly #started: number;
  readonly #core: AnyCore;
  readonly #operation: Operation<unknown>;
  #kernelDeadline: number | undefined;
  #pause = 0;
  #progress = 0;
  #wasWoken = false;
  /** How the call ends when the wait is over. */
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
   * Waits until another attempt makes sense; false when the time is over.
   *
   * @param isFull whether no event tells when that is
   * @param until when to stop waiting all the same: an earlier call that has to be served first has this deadline
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
   * poll(2) also returns for errors and hang-ups that the call does not wait for (an unread error queue, SO_ERROR), and
   * does so at once for as long as they hold. When it has returned twice and the attempt in between brought nothing, the
   * thread sleeps before the next.
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
   * A descriptor that blocks has limits of its own, SO_RCVTIMEO and SO_SNDTIMEO (socket(7)). `EAGAIN` from it means that
   * the limit has passed, or that another owner of the open file has set O_NONBLOCK for a moment: the clock tells which.
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
   * When the wait started that the kernel limits. Without a reason to expect a limit it was not noted; whoever has the
   * socket open as well can have set one. Then the wait is over if the system call itself has waited.
   */
  #startOfWait(): number {
    if (!Number.isNaN(this.#started)) return this.#started;
    this.#core.mightTimeOutInKernel = true;
    const hasWaited =
      (this.#operation.wait as Partial<Call>).added === 0 && binding.getNonblocking(this.#core.fd) === 0;
    return hasWaited ? Number.NEGATIVE_INFINITY : performance.now();
  }
}

/** SO_RCVTIMEO or SO_SNDTIMEO in milliseconds; `Infinity` where it is not set. */
function kernelLimit(fd: number, direction: EventMask): number {
  if (direction !== POLLIN && direction !== POLLOUT) return Number.POSITIVE_INFINITY;
  const value = Buffer.alloc(timeout.size);
  const name = direction === POLLIN ? SO_RCVTIMEO : SO_SNDTIMEO;
  const result = binding.getsockopt(fd, SOL_SOCKET, name, value);
  return (result < value.length ? null : timeout.decode(value)) ?? Number.POSITIVE_INFINITY;
}
