import { currentTurn } from './reactor.js';

/**
 * How much work one lane does in one turn of the event loop before everything else has its turn. A promise that is
 * already resolved continues as a microtask, so a peer that sends faster than we receive would otherwise keep every timer
 * and every other socket waiting indefinitely.
 */
const PER_TURN = 64;

/** The work of one turn. A result counts as 1 or more: large buffers and batches of messages count for what they hold. */
export class Budget {
  #turn = -1;
  #left = PER_TURN;

  /** Whether there is any left in this turn. */
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
