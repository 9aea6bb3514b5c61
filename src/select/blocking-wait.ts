import { performance } from 'node:perf_hooks';
import { isMainThread } from '../binding.js';

/**
 * How long a thread blocks at a time, in milliseconds. A worker that blocks in a system call cannot be terminated, and the
 * process cannot exit while it blocks; between two slices it can.
 */
const SLICE: number = isMainThread ? Number.POSITIVE_INFINITY : 50;

/**
 * Blocks the thread until `wait` returns something other than 0, or the time has passed.
 *
 * @param wait makes the system call, with the milliseconds to block; negative for no limit
 * @param milliseconds the longest time to block; negative for no limit
 * @returns the last result of `wait`
 */
export function waitBlocking(wait: (milliseconds: number) => number, milliseconds: number): number {
  if (SLICE === Number.POSITIVE_INFINITY) return wait(milliseconds);
  const end = milliseconds < 0 ? Number.POSITIVE_INFINITY : performance.now() + milliseconds;
  for (let left = milliseconds; ; left = Math.max(0, end - performance.now())) {
    const isLast = milliseconds >= 0 && left <= SLICE;
    const result = wait(isLast ? left : SLICE);
    if (isLast || result !== 0) return result;
  }
}
