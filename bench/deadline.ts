/** Limits the time of each question, and of the run. */
import { setTimeout as sleep } from 'node:timers/promises';
import { endChildren } from './children.js';

/** The time of a question, or of a part of it. */
export interface Clock {
  /** The remaining seconds. */
  left(): number;
  /** Whether measuring must stop. The result is what has been measured so far. */
  readonly isOver: boolean;
  /** Whether the run must end, so that nothing new can start, not even a first round. */
  readonly isOut: boolean;
  /** A part of this time that starts now. */
  part(seconds: number): Clock;
}

/** The seconds before the end of a run in which nothing new starts, so that what has started can end. */
const RESERVE = 2.5;

/**
 * Starts a clock.
 *
 * @param seconds the time that may be used
 * @param limit the seconds until the run must end
 * @param ended aborted when the question has been given up
 */
export function startClock(
  seconds: number,
  limit: number = Number.POSITIVE_INFINITY,
  ended?: AbortSignal,
): Clock {
  const start = performance.now();
  const left = (of: number) => of - (performance.now() - start) / 1000;
  return {
    left: () => left(seconds),
    get isOver() {
      return left(seconds) <= 0;
    },
    get isOut() {
      return ended?.aborted === true || left(limit) <= RESERVE;
    },
    part: share => startClock(share, left(limit), ended),
  };
}

/** What ends a question that hangs. */
interface Limits {
  /** The seconds after its time in which it must end; 20 by default. */
  readonly patience?: number;
  /** The seconds in which the run must end. */
  readonly limit?: number;
}

/** The run must end before a question was answered. */
export class OutOfTime extends Error {}

/** Seconds that a question has after its time to finish its first round. */
const PATIENCE = 20;

/**
 * Runs `body` with a clock. If it has not returned soon after its time (a server or client hangs), or when the run must
 * end, it fails, and its programs are killed.
 */
export async function within<T>(
  seconds: number,
  body: (clock: Clock) => Promise<T>,
  { patience = PATIENCE, limit = Number.POSITIVE_INFINITY }: Limits = {},
): Promise<T> {
  const done = new AbortController();
  const isLast = limit < seconds + patience;
  const last = Math.max(isLast ? limit : seconds + patience, 0);
  const error = new (isLast ? OutOfTime : Error)(`no result within ${last.toFixed(1)} s`);
  try {
    return await Promise.race([
      body(startClock(seconds, limit, done.signal)),
      expire(last, error, done.signal),
    ]);
  } finally {
    done.abort();
    endChildren();
  }
}

async function expire(seconds: number, error: Error, signal: AbortSignal): Promise<never> {
  await sleep(seconds * 1000, undefined, { signal });
  throw error;
}
