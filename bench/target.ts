/** The design's targets, and whether they are met. */
import type { Standing } from './outcome.js';

/** A limit for a figure. Missing it is not an error. */
export interface Target {
  readonly figure: string;
  readonly atMost?: number;
  readonly atLeast?: number;
  /** The contestant whose figure the limit is relative to. By default the figure itself is limited. */
  readonly of?: string;
}

/** The target in words. */
export function describe({ figure, atMost, atLeast, of }: Target): string {
  const limit = atMost ?? atLeast;
  return `${figure} ${atMost === undefined ? '≥' : '≤'} ${limit}${of === undefined ? '' : ` × ${of}`}`;
}

/** Whether a contestant meets its target; `undefined` if this run cannot determine it. */
export function isMet({ target, figures }: Standing, all: readonly Standing[]): boolean | undefined {
  if (target === undefined) return undefined;
  const own = figures[target.figure];
  const scale =
    target.of === undefined ? 1 : all.find(each => each.name === target.of)?.figures[target.figure];
  if (typeof own !== 'number' || typeof scale !== 'number') return undefined;
  return target.atMost === undefined ? own >= target.atLeast! * scale : own <= target.atMost * scale;
}
