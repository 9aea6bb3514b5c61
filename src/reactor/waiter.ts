import type { Pausing } from './backoff.js';
import type { Lane } from './lane.js';
import { type EarlyEnd, endEarly, type Operation } from './operation.js';

/**
 * The longest timer: Node’s timers count milliseconds in 31 bits and fire immediately beyond that. A longer timeout
 * (24 days) has no timer.
 */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A call that waits in a lane: its operation, its promise, its deadline and its signal. */
export class Waiter<T> implements Pausing {
  next: Waiter<unknown> | undefined;
  previous: Waiter<unknown> | undefined;
  /** Whether the call is in its lane. */
  isWaiting = false;
  /** The deadline (`performance.now()`). A timer reports it, unless the thread is blocked. */
  deadline = Number.POSITIVE_INFINITY;
  pause = 0;
  until = 0;
  /** The progress of the operation when its last pause started. Further progress resets the pauses. */
  progress = 0;
  #timer: NodeJS.Timeout | undefined;
  #onAbort: (() => void) | undefined;

  constructor(
    readonly operation: Operation<T>,
    private readonly resolve: (value: T) => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  /**
   * Whether the call never waits for the socket. It is in the lane only until the calls before it are served, and
   * then fails if it had to wait.
   */
  get isNonblocking(): boolean {
    return this.operation.wait.timeout === 0;
  }

  /** Starts the timer and listens to the signal. */
  arm(lane: Lane, isRef: boolean): void {
    const { timeout, signal } = this.operation.wait;
    if (timeout !== null && timeout !== 0 && timeout <= LONGEST_TIMER) {
      this.deadline = performance.now() + timeout;
      const onTime = () => lane.expire(this as Waiter<unknown>);
      this.#timer = setTimeout(onTime, Math.ceil(timeout)); // Node drops the fraction, and would be early
      if (!isRef) this.#timer.unref();
    }
    if (signal !== undefined) {
      this.#onAbort = () => {
        lane.remove(this as Waiter<unknown>);
        this.end('aborted', () => signal.reason);
      };
      signal.addEventListener('abort', this.#onAbort);
    }
  }

  /** Sets whether the timer keeps the process alive. */
  setRef(isRef: boolean): void {
    if (isRef) this.#timer?.ref();
    else this.#timer?.unref();
  }

  /** Settles the promise with the result or the error for the result of `attempt`. */
  settle(result: number): void {
    this.#disarm();
    try {
      if (result >= 0) this.resolve(this.operation.finish(result));
      else this.reject(this.operation.fail(result));
    } catch (error) {
      this.reject(error);
    }
  }

  /** Ends the call before its operation is done, with a partial result or with an error. */
  end(why: EarlyEnd, error: () => unknown): void {
    this.#disarm();
    try {
      const partial = endEarly(this.operation, why);
      if (partial === undefined) this.reject(error());
      else this.resolve(partial.value);
    } catch (failure) {
      this.reject(failure);
    }
  }

  #disarm(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    if (this.#onAbort !== undefined) this.operation.wait.signal?.removeEventListener('abort', this.#onAbort);
  }
}
