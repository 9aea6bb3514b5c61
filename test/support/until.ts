/** Waits for what comes true by itself, however busy the machine is. */
import { setTimeout as delay } from 'node:timers/promises';

/** No test waits that long, unless what it waits for never happens. */
const LONGEST = 20_000;

/** Waits until `holds` returns true. After the longest time it returns as well: the assertion behind it tells what is missing. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + LONGEST;
  while (!(await holds()) && performance.now() < end) await delay(5);
}
