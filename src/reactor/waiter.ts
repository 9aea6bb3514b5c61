import { Alarm } from './alarm.js';
import type { Pausing } from './backoff.js';
import type { Lane } from './lane.js';
import { type EarlyEnd, endEarly, type Operation } from './operation.js';

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
  #alarm: Alarm | undefined;
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
    if (timeout !== null && timeout !== 0) {
      this.deadline = performance.now() + timeout;
      this.#alarm = new Alarm(this.deadline, () => lane.expire(this as Waiter<unknown>), isRef);
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
    this.#alarm?.setRef(isRef);
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
    this.#alarm?.clear();
    if (this.#onAbort !== undefined) this.operation.wait.signal?.removeEventListener('abort', this.#onAbort);
  }
}
