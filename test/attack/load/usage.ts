/** What a process uses, and whether that grows. */
import { setImmediate as turn } from 'node:timers/promises';
import { collectGarbage, countDescriptors } from '../../support/descriptors.js';

export interface Usage {
  /** Resident memory in bytes. */
  readonly rss: number;
  /** The heap of JavaScript and the buffers beside it, in bytes, after garbage collection. */
  readonly heap: number;
  readonly descriptors: number;
}

/** Collects garbage, and returns what this process uses. */
export async function usage(): Promise<Usage> {
  for (let i = 0; i < 4; i++) {
    collectGarbage();
    await turn(); // finalizers run between turns
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external, descriptors: countDescriptors() };
}

/** A straight line through samples, by the least squares. */
export interface Line {
  /** The growth from the first sample to the last. */
  readonly growth: number;
  /** The standard error of `growth`. */
  readonly error: number;
}

export function lineThrough(samples: readonly (readonly [x: number, y: number])[]): Line {
  const count = samples.length;
  if (count < 3) throw new RangeError(`a line needs three samples, and there are ${count}`);
  const meanOf = (k: 0 | 1) => samples.reduce((sum, sample) => sum + sample[k], 0) / count;
  const [x0, y0] = [meanOf(0), meanOf(1)];
  const spread = samples.reduce((sum, [x]) => sum + (x - x0) ** 2, 0);
  const slope = samples.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0) / spread;
  const rest = samples.reduce((sum, [x, y]) => sum + (y - y0 - slope * (x - x0)) ** 2, 0);
  const length = samples.at(-1)![0] - samples[0]![0];
  return { growth: slope * length, error: Math.sqrt(rest / (count - 2) / spread) * length };
}

export const MIB = 2 ** 20;
