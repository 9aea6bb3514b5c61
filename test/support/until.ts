/** Waits for what comes true by itself, however busy the machine is. */
import { setTimeout as delay } from 'node:timers/promises';

/** No test waits that long, not even in an emulated machine, unless what it waits for never happens. */
export const LONGEST = 30_000;

/**
 * Repeats `holds` until it returns a true value, and returns its last value. After the longest time it returns as well: the
 * assertion behind it tells what is missing.
 */
export async function until<T>(holds: () => T | Promise<T>): Promise<T> {
  const end = performance.now() + LONGEST;
  for (;;) {
    const result = await holds();
    if (result || performance.now() > end) return result;
    await delay(20);
  }
}
