/**
 * Repeats attempts when no event reports when a repetition can succeed.
 *
 * For some sockets, poll(2) checks only the sender’s memory and not the receiver’s queue: Unix datagrams to a
 * receiver that is not the connected peer (net/unix/af_unix.c, unix_dgram_poll), and netlink messages to another
 * process. If the receiver’s queue is full, the send call returns EAGAIN, and no event reports when that changes.
 * Such a call is attempted again after 1, 2, 4, … 32 ms.
 */
import { EAGAIN } from '../errors/codes.js';
import { FULL, type Operation } from './operation.js';

/** Makes an attempt. Returns `FULL` if the sender’s memory has space, so that the receiver’s queue must be full. */
export function attempt(operation: Operation<unknown>, sender: { readonly isWritable: boolean }): number {
  const result = operation.attempt();
  if (result !== EAGAIN || operation.needsSpace !== true || !sender.isWritable) return result;
  const again = operation.attempt(); // space might have become free between the two calls
  return again === EAGAIN ? FULL : again;
}

/**
 * The first and the longest pause, in milliseconds. A wait ends at most one pause after the call could have
 * succeeded.
 */
const FIRST = 1;
const LONGEST = 32;

/** Returns the pause after a failed attempt, in milliseconds: twice the last one. The first pause follows 0. */
export function longerPause(pause: number): number {
  return pause === 0 ? FIRST : Math.min(2 * pause, LONGEST);
}

/** A call that is repeated after pauses. */
export interface Pausing {
  /** The last pause in milliseconds; 0 before the first. */
  pause: number;
  /** The time at which the pause ends (`performance.now()`); 0 outside of a pause. */
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

  /** Schedules the timer for the end of a pause that has already started. */
  resume({ until }: Pausing): void {
    if (this.#timer !== undefined && this.#until <= until) return;
    clearTimeout(this.#timer);
    this.#until = until;
    const end = () => {
      this.#timer = undefined;
      this.onEnd();
    };
    this.#timer = setTimeout(end, Math.max(1, until - performance.now()));
    // The waiting call itself determines whether the process stays alive.
    this.#timer.unref();
  }

  /** Stops the timer. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
