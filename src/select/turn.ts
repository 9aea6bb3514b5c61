/** A limit for results per turn of the event loop: results that are already there must not delay timers. */
import { currentTurn, defer } from '../reactor/reactor.js';

const LIMIT = 64;

let turn = -1;
let count = 0;

/** Returns whether another result can be delivered in this turn, and counts it. */
export function mayAnswer(): boolean {
  const now = currentTurn();
  if (now !== turn) {
    turn = now;
    count = 0;
  }
  return count++ < LIMIT;
}

/** Waits for the next turn of the event loop. */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => defer({ wake: resolve }));
}
