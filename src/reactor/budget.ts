import { currentTurn } from './reactor.js';

/**
 * The work that a lane does per turn of the event loop before other sockets and timers are served. A resolved promise
 * continues in a microtask. Without this limit, a peer that sends faster than this process receives would delay every
 * timer and every other socket indefinitely.
 */
const PER_TURN = 64;

/**
 * The work of one turn. A result counts as 1 or more: large buffers and batches of messages count according to their
 * size.
 */
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
