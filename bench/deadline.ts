/** Gives each question its time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { endChildren } from './children.js';

/** The time that a question, or a part of it, has. */
export interface Clock {
  /** Seconds that are left. */
  left(): number;
  /** Whether measuring must stop: what has been measured is the result. */
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

/** Seconds after its time in which a question must finish its round. */
const PATIENCE = 20;

/**
 * Runs `body` with a clock of `seconds`. A body that has not returned soon after that (a server or client hangs) fails,
 * and its programs are killed.
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
