import { currentTurn } from './reactor.js';

/**
 * The work that a lane does at most per turn of the event loop before other sockets and timers are served, in calls that
 * move little data. A resolved promise continues in a microtask. Without this limit, a peer that sends faster than this
 * process receives would delay every timer and every other socket indefinitely.
 */
const PER_TURN = 256;

/**
 * The work after which a lane looks at the clock: 16 small messages, for example, or four of 64 KiB. A program that takes
 * long for each message then still serves other sockets and timers after this many.
 */
const STEP = 16;

/**
 * The time in milliseconds that is left in a turn for further messages when a lane first looks at the clock. A turn of
 * `node:net` that receives 32 times 64 KiB takes as long. A quarter of it did not make timers more exact, because the
 * collection of garbage delays them more, and made a stream at full speed a tenth slower: after a read of 256 KiB, the code of
 * the event loop is no longer in the processor's cache (docs/performance-notes.md).
 */
const SLICE = 1;

/** The work of a call of any other kind: one that accepts a connection, for example, or that fails. */
export const USUAL_WORK = 4;

/** Returns the work of a call that has moved so many bytes. */
export function workOfBytes(bytes: number): number {
  return 1 + (bytes >>> 14);
}

/**
 * Returns the work of a call that has moved so many messages. In the kernel, a message of a batch takes as long as one of
 * its own: with less work each, a flood that is received in batches delays timers by a millisecond and more.
 */
export function workOfMessages(messages: number): number {
  return 1 + messages;
}

/** The time at which the work of a turn ends (`performance.now()`), for all lanes of a thread, and the turn. */
let end = 0;
let turnOfEnd = -1;

/** The work of one lane in one turn. */
export class Budget {
  #turn = -1;
  #left = PER_TURN;
  /** The work until the next look at the clock. */
  #step = STEP;

  /** Whether more work can be done in this turn. */
  get isLeft(): boolean {
    const turn = currentTurn();
    if (turn !== this.#turn) {
      this.#turn = turn;
      this.#left = PER_TURN;
      this.#step = STEP;
    }
    return this.#left > 0 && (this.#step > 0 || this.#hasTime(turn));
  }

  #hasTime(turn: number): boolean {
    const now = performance.now();
    if (turnOfEnd !== turn) {
      turnOfEnd = turn;
      end = now + SLICE;
    }
    if (now >= end) return false;
    this.#step = STEP;
    return true;
  }

  /** Counts work that was done. */
  spend(work: number): void {
    this.#left -= work;
    this.#step -= work;
  }
}
