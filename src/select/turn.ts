/** A share of each turn of the event loop: answers that are there at once must not keep timers from running. */
import { currentTurn, defer } from '../reactor/reactor.js';

const SHARE = 64;

let turn = -1;
let given = 0;

/** Whether another answer may be given in this turn. */
export function mayGive(): boolean {
  const now = currentTurn();
  if (now !== turn) {
    turn = now;
    given = 0;
  }
  return given++ < SHARE;
}

/** The next turn, when everyone else had theirs. */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => defer({ wake: resolve }));
}
