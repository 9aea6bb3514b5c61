import type { Figures } from './outcome.js';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function mean(a: number, b: number): number {
  return (a + b) / 2;
}

/** The median of each figure. A figure that a round lacks has none. */
export function medians(rounds: readonly Figures[]): Record<string, number | null> {
  const names = Object.keys(rounds[0] ?? {});
  return Object.fromEntries(names.map(name => [name, medianOf(rounds, name)]));
}

function medianOf(rounds: readonly Figures[], name: string): number | null {
  const values = rounds.map(round => round[name]).filter(value => typeof value === 'number');
  return values.length === 0 ? null : median(values);
}
