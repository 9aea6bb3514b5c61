import { Alarm } from './alarm.js';
import type { Pausing } from './backoff.js';
import type { Lane } from './lane.js';
import { type EarlyEnd, endEarly, type Operation } from './operation.js';

/** A function that receives the outcome of an operation. */
export type Outcome<T, V> = (value: V, operation: Operation<T>) => void;

/**
 * A call that waits in a lane: its operation, its deadline and its signal. When it has ended, it can wait again: a loop
 * makes one object for all its steps.
 */
export abstract class Waiter<T> implements Pausing {
  next: Waiter<unknown> | undefined;
  previous: Waiter<unknown> | undefined;
  /** Whether the call is in its lane. */
  isWaiting = false;
  pause = 0;
  until = 0;
  /** The progress of the operation when its last pause started. Further progress resets the pauses. */
  progress = 0;
  #alarm: Alarm | undefined;
  #onAbort: (() => void) | undefined;

  constructor(readonly operation: Operation<T>) {}

  /** Receives the result. It must not throw. */
  abstract resolve(value: T): void;

  /**
   * Receives the error. It must not throw, and must not run code of the program: it is also called while the descriptor is
   * being closed.
   */
  abstract reject(error: unknown): void;

  /** Prepares another wait: the pauses of an earlier one do not count. */
  reset(): void {
    this.pause = 0;
    this.until = 0;
    this.progress = 0;
    this.next = undefined;
  }

  /**
   * Whether the call never waits for the socket. It is in the lane only until the calls before it are served, and
   * then fails if it had to wait.
   */
  get isNonblocking(): boolean {
    return this.operation.wait.timeout === 0;
  }

  /** The deadline (`performance.now()`), which a timer reports unless the thread is blocked; `Infinity` without one. */
  get deadline(): number {
    return this.#alarm === undefined ? Number.POSITIVE_INFINITY : this.#alarm.time;
  }

  /** Starts the timer and listens to the signal. */
  arm(lane: Lane, isRef: boolean): void {
    const { timeout, signal } = this.operation.wait;
    if (timeout !== null && timeout !== 0) this.#limit(lane, timeout, isRef);
    if (signal !== undefined) this.#listen(lane, signal);
  }

  #limit(lane: Lane, timeout: number, isRef: boolean): void {
    this.#alarm = new Alarm(performance.now() + timeout, () => lane.expire(this as Waiter<unknown>), isRef);
  }

  #listen(lane: Lane, signal: AbortSignal): void {
    this.#onAbort = () => {
      lane.remove(this as Waiter<unknown>);
      this.end('aborted', () => signal.reason);
    };
    signal.addEventListener('abort', this.#onAbort);
  }

  /** Sets whether the timer keeps the process alive. */
  setRef(isRef: boolean): void {
    this.#alarm?.setRef(isRef);
  }

  /** Settles the promise with the result of the operation for a result of `attempt`. */
  settle(result: number): void {
    this.#disarm();
    try {
      this.resolve(this.operation.finish(result));
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

/** A call whose outcome two functions receive: those of a promise, or others. */
export class CallWaiter<T> extends Waiter<T> {
  readonly #resolve: Outcome<T, T>;
  readonly #reject: Outcome<T, unknown>;

  /**
   * @param resolve receives the result, and the operation, so that one function can serve many operations
   * @param reject receives the error, and the operation
   */
  constructor(operation: Operation<T>, resolve: Outcome<T, T>, reject: Outcome<T, unknown>) {
    super(operation);
    this.#resolve = resolve;
    this.#reject = reject;
  }

  override resolve(value: T): void {
    this.#resolve(value, this.operation);
  }

  override reject(error: unknown): void {
    this.#reject(error, this.operation);
  }
}
