/** Limits the time of each question. */
import { setTimeout as sleep } from 'node:timers/promises';
import { endChildren } from './children.js';

/** The time limit of a question, or of a part of it. */
export interface Clock {
  /** The remaining seconds. */
  left(): number;
  /** Whether measuring must stop. The result is what has been measured so far. */
  readonly isOver: boolean;
}

/** Starts a clock of `seconds`. */
export function startClock(seconds: number): Clock {
  const end = performance.now() + seconds * 1000;
  return {
    left: () => (end - performance.now()) / 1000,
    get isOver() {
      return performance.now() >= end;
    },
  };
}

/** Seconds that a question has after its limit to finish its round. */
const PATIENCE = 20;

/**
 * Runs `body` with a clock of `seconds`. If it has not returned soon after that (a server or client hangs),
 * it fails, and its programs are killed.
 */
export async function within<T>(
  seconds: number,
  body: (clock: Clock) => Promise<T>,
  patience = PATIENCE,
): Promise<T> {
  const done = new AbortController();
  try {
    return await Promise.race([body(startClock(seconds)), expire(seconds + patience, done.signal)]);
  } finally {
    done.abort();
    endChildren();
  }
}

async function expire(seconds: number, signal: AbortSignal): Promise<never> {
  await sleep(seconds * 1000, undefined, { signal });
  throw new Error(`no result within ${seconds.toFixed(1)} s`);
}
