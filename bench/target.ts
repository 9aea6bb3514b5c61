/** The design's targets, and whether they are met. */
import type { Figures, Judged, Outcome, Standing } from './outcome.js';
import { median } from './statistics.js';

/** A limit for a figure. Missing it is not an error. */
export interface Target {
  readonly figure: string;
  readonly atMost?: number;
  readonly atLeast?: number;
  /** The contestant whose figure the limit is relative to. By default the figure itself is limited. */
  readonly of?: string;
}

/** A target in words, and what a run has measured. */
export interface Verdict {
  readonly figure: string;
  readonly target: string;
  /** The median of the rounds, as a ratio if the target is relative to another contestant; `null` if unknown. */
  readonly value: number | null;
  /** The lowest and the highest round. */
  readonly low: number | null;
  readonly high: number | null;
  /** `null` if this run cannot tell. */
  readonly met: boolean | null;
}

/** Compares all contestants of a question with their targets. */
export function judge(outcome: Outcome): Judged[] {
  return outcome.contestants.map(({ targets = [], ...standing }) => ({
    ...standing,
    targets: targets.map(target => verdict(target, standing, outcome.contestants)),
  }));
}

function verdict(target: Target, standing: Standing, all: readonly Standing[]): Verdict {
  const { figure, atMost, atLeast, of } = target;
  const other = of === undefined ? undefined : all.find(each => each.name === of);
  const values =
    of === undefined
      ? standing.rounds.map(round => round[figure])
      : standing.rounds.map((round, i) => quotient(round[figure], other?.rounds[i]?.[figure]));
  const known = values.filter(value => typeof value === 'number');
  const value = known.length === 0 ? null : median(known);
  return {
    figure,
    target: describe(target),
    value,
    low: value === null ? null : Math.min(...known),
    high: value === null ? null : Math.max(...known),
    met: value === null ? null : atMost === undefined ? value >= atLeast! : value <= atMost,
  };
}

function quotient(own: Figures[string] | undefined, other: Figures[string] | undefined): number | null {
  return typeof own === 'number' && typeof other === 'number' && other !== 0 ? own / other : null;
}

function describe({ figure, atMost, atLeast, of }: Target): string {
  const limit = atMost ?? atLeast;
  const scale = of === undefined ? `${limit}` : limit === 1 ? of : `${limit} × ${of}`;
  return `${figure} ${atMost === undefined ? '≥' : '≤'} ${scale}`;
}
