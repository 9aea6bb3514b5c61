/**
 * Repeated attempts where no event tells when to repeat them.
 *
 * poll(2) asks only the sender's memory, and not whether the receiver's queue is full: so it is for Unix datagrams that
 * are not for the connected peer (net/unix/af_unix.c, unix_dgram_poll), and for netlink messages to another process. The
 * send returns EAGAIN, and no event tells when that changes. Such a call is attempted again after 1, 2, 4, … 32 ms.
 */
import { EAGAIN } from '../errors/codes.js';
import { FULL, type Operation } from './operation.js';

/** Makes an attempt; `FULL` when there is space in the sender's memory, and so none in the receiver's. */
export function attempt(operation: Operation<unknown>, sender: { readonly isWritable: boolean }): number {
  const result = operation.attempt();
  if (result !== EAGAIN || operation.needsSpace !== true || !sender.isWritable) return result;
  const again = operation.attempt(); // space might have become free between the two calls
  return again === EAGAIN ? FULL : again;
}

/** The first and the longest pause, in milliseconds. A wait ends at most as long again after it could have ended. */
const FIRST = 1;
const LONGEST = 32;

/** The pause after a pause that was in vain: twice as long. Milliseconds; 0: there was none yet. */
export function longerPause(pause: number): number {
  return pause === 0 ? FIRST : Math.min(2 * pause, LONGEST);
}

/** A call that is repeated after pauses. */
export interface Pausing {
  /** The last pause, in milliseconds; 0: there was none yet. */
  pause: number;
  /** When the pause ends (`performance.now()`); 0 outside of a pause. */
  until: number;
}

/** One timer for the pauses of many calls. */
export class Backoff {
  #timer: NodeJS.Timeout | undefined;
  #until = 0;

  constructor(private readonly onEnd: () => void) {}

  /** Whether any call pauses. */
  get isActive(): boolean {
    return this.#timer !== undefined;
  }

  /** Starts the next pause of a call. */
  start(call: Pausing): void {
    call.pause = longerPause(call.pause);
    call.until = performance.now() + call.pause;
    this.resume(call);
  }

  /** Makes sure that the end of a pause is noticed. */
  resume({ until }: Pausing): void {
    if (this.#timer !== undefined && this.#until <= until) return;
    clearTimeout(this.#timer);
    this.#until = until;
    const end = () => {
      this.#timer = undefined;
      this.onEnd();
    };
    this.#timer = setTimeout(end, Math.max(1, until - performance.now()));
    // The waiting call itself keeps the process alive, where it should.
    this.#timer.unref();
  }

  /** Stops the timer. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
