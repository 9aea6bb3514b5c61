/** Prints outcomes as tables of text. */
import type { Outcome, Standing } from './outcome.js';
import { verdicts } from './target.js';

/** The header of a figure's column, and the number of its decimals. */
const heads: Readonly<Record<string, readonly [head: string, digits: number]>> = {
  rate: ['rate', 2],
  cpu: ['CPU', 2],
  low: ['from', 2],
  high: ['to', 2],
  overhead: ['overhead', 2],
  p50: ['p50 µs', 1],
  p99: ['p99 µs', 1],
  resident: ['KiB', 2],
  heap: ['heap KiB', 2],
  nanoseconds: ['ns', 0],
  milliseconds: ['ms', 1],
  megabytes: ['MB', 1],
  delay: ['p99 delay ms', 2],
  bytes: ['bytes', 1],
  scavenges: ['scavenges/million', 0],
  before: ['base', 2],
  ratio: ['now/base', 3],
  rateRatio: ['rate now/base', 3],
};

/** The table as rows of cells. The first row is the header. */
export function rows({ columns, contestants }: Outcome): string[][] {
  const head = ['', ...columns.map(column => heads[column]?.[0] ?? column), 'target'];
  return [head, ...contestants.map(each => row(each, columns, contestants))];
}

function row(standing: Standing, columns: readonly string[], all: readonly Standing[]): string[] {
  const cells = columns.map(column => number(standing.figures[column], heads[column]?.[1] ?? 2));
  return [standing.name, ...cells, remarks(standing, all)];
}

function number(value: number | null | undefined, digits: number): string {
  return typeof value === 'number' && Number.isFinite(value) ? value.toFixed(digits) : '–';
}

/** The targets, whether they are met, and what went wrong. */
function remarks(standing: Standing, all: readonly Standing[]): string {
  const words = { true: ': met', false: ': missed', null: '' };
  const targets = verdicts(standing, all).map(({ target, met }) => target + words[`${met}`]);
  const lost = standing.lost > 0 ? [`lost ${standing.lost}`] : [];
  const failure = standing.failure === undefined ? [] : [standing.failure];
  return [...targets, ...lost, ...failure].join('; ');
}

/**
 * Formats an outcome: a note and a table. The first and last columns are left-aligned, the others
 * right-aligned.
 */
export function format(outcome: Outcome): string {
  const cells = rows(outcome);
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map(each => each[column]!.length)));
  const lines = cells.map(each =>
    each
      .map((cell, column) => pad(cell, column, widths))
      .join('  ')
      .trimEnd(),
  );
  return [outcome.note, ...lines].map(line => `  ${line}`).join('\n');
}

function pad(cell: string, column: number, widths: readonly number[]): string {
  const isText = column === 0 || column === widths.length - 1;
  return isText ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
}
