import { currentTurn } from './reactor.js';

/**
 * The work that a lane does per turn of the event loop before other sockets and timers are served, in calls that move
 * little data. A resolved promise continues in a microtask. Without this limit, a peer that sends faster than this process
 * receives would delay every timer and every other socket indefinitely.
 *
 * It is a third of a millisecond: a turn costs as much as several calls, which are to be few of many.
 */
const PER_TURN = 256;

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

/** The work of one turn. */
export class Budget {
  #turn = -1;
  #left = PER_TURN;

  /** Whether more work can be done in this turn. */
  get isLeft(): boolean {
    const turn = currentTurn();
    if (turn !== this.#turn) {
      this.#turn = turn;
      this.#left = PER_TURN;
    }
    return this.#left > 0;
  }

  /** Counts work that was done. */
  spend(work: number): void {
    this.#left -= work;
  }
}
