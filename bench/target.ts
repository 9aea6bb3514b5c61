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

/** A target in words, and whether a run meets it. */
export interface Verdict {
  readonly target: string;
  /** `null` if this run cannot tell. */
  readonly met: boolean | null;
}

/** Compares a contestant with its targets. `all` are the contestants of the question. */
export function verdicts(standing: Standing, all: readonly Standing[]): Verdict[] {
  return (standing.targets ?? []).map(target => ({
    target: describe(target),
    met: isMet(target, standing, all),
  }));
}

function describe({ figure, atMost, atLeast, of }: Target): string {
  const limit = atMost ?? atLeast;
  const scale = of === undefined ? `${limit}` : limit === 1 ? of : `${limit} × ${of}`;
  return `${figure} ${atMost === undefined ? '≥' : '≤'} ${scale}`;
}

function isMet(
  { figure, atMost, atLeast, of }: Target,
  { figures }: Standing,
  all: readonly Standing[],
): boolean | null {
  const own = figures[figure];
  const scale = of === undefined ? 1 : all.find(each => each.name === of)?.figures[figure];
  if (typeof own !== 'number' || typeof scale !== 'number') return null;
  return atMost === undefined ? own >= atLeast! * scale : own <= atMost * scale;
}
