import { ETIMEDOUT } from '../errors/codes.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import type { Lane } from './lane.js';
import { type Operation, refusal } from './operation.js';
import type { Pausing } from './pauses.js';

/** Node's timers count in 31 bits and fire at once beyond: 24 days are no limit. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** One call that waits in a lane: its operation, its promise, and what may end it early. */
export class Waiter<T> implements Pausing {
  next: Waiter<unknown> | undefined;
  previous: Waiter<unknown> | undefined;
  /** Whether it stands in its lane. */
  waits = false;
  pause = 0;
  until = 0;
  #timer: NodeJS.Timeout | undefined;
  #signal: AbortSignal | undefined;
  #onAbort: (() => void) | undefined;

  constructor(
    readonly operation: Operation<T>,
    private readonly resolve: (value: T) => void,
    private readonly reject: (error: unknown) => void,
    /** May not wait: it stands in the lane only for its turn, and is refused when the lane has to wait. */
    readonly once: boolean,
  ) {}

  /** Starts the clock and listens to the signal; either takes the waiter out of its lane. */
  arm(lane: Lane, { signal, timeout }: WaitOptions, ref: boolean): void {
    if (!this.once && timeout !== undefined && timeout !== null && timeout <= LONGEST_TIMER) {
      const onTime = () => lane.expire(this as Waiter<unknown>);
      this.#timer = setTimeout(onTime, Math.ceil(timeout)); // Node drops the fraction, and would be early
      if (!ref) this.#timer.unref();
    }
    if (signal !== undefined) {
      this.#signal = signal;
      this.#onAbort = () => {
        this.operation.abandon?.();
        lane.remove(this as Waiter<unknown>);
        this.settleWith(signal.reason);
      };
      signal.addEventListener('abort', this.#onAbort);
    }
  }

  /** The number that the operation returned becomes the promise's result or error. */
  settle(result: number): void {
    this.#disarm();
    try {
      if (result >= 0) this.resolve(this.operation.finish(result));
      else this.reject(refusal(this.operation, result));
    } catch (error) {
      this.reject(error);
    }
  }

  /** Rejects with an error that is not the operation's own: an abort, a closed socket, a thrown mistake. */
  settleWith(error: unknown): void {
    this.#disarm();
    this.reject(error);
  }

  /** The time is over: what came so far, or the error. */
  timeOut(): void {
    this.#disarm();
    const partial = this.operation.partial?.();
    if (partial === undefined) this.reject(this.operation.fail(ETIMEDOUT));
    else this.resolve(partial);
  }

  #disarm(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    if (this.#onAbort !== undefined) this.#signal?.removeEventListener('abort', this.#onAbort);
  }
}
