import type { Pausing } from './backoff.js';
import type { Lane } from './lane.js';
import { type EarlyEnd, endEarly, type Operation } from './operation.js';

/** Node's timers count milliseconds in 31 bits and fire at once beyond: 24 days are no limit. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** One call that waits in a lane: its operation, its promise, and what can end it early. */
export class Waiter<T> implements Pausing {
  next: Waiter<unknown> | undefined;
  previous: Waiter<unknown> | undefined;
  /** Whether it is in its lane. */
  isWaiting = false;
  /** When its limit has passed (`performance.now()`). The timer tells, unless the thread is blocked. */
  deadline = Number.POSITIVE_INFINITY;
  pause = 0;
  until = 0;
  /** What the operation had done when its last pause started: progress resets the pauses. */
  progress = 0;
  #timer: NodeJS.Timeout | undefined;
  #onAbort: (() => void) | undefined;

  constructor(
    readonly operation: Operation<T>,
    private readonly resolve: (value: T) => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  /** Whether it never waits for the socket: it is in the lane only until its turn, and is refused if it had to wait. */
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

  /** Lets the timer keep the process alive, or not. */
  setRef(isRef: boolean): void {
    if (isRef) this.#timer?.ref();
    else this.#timer?.unref();
  }

  /** The number that the operation returned becomes the promise's result or error. */
  settle(result: number): void {
    this.#disarm();
    try {
      if (result >= 0) this.resolve(this.operation.finish(result));
      else this.reject(this.operation.fail(result));
    } catch (error) {
      this.reject(error);
    }
  }

  /** Ends the call before its operation is done: with what it has received, or with an error. */
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
