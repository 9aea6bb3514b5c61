/** Prints outcomes as tables of text. */
import type { Answered, Figures, Judged } from './outcome.js';

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
  delay: ['timer p99 ms', 2],
  other: ['other socket p99 ms', 2],
  lookup: ['look-up p50 ms', 2],
  lookup99: ['look-up p99 ms', 2],
  hundred: ['100', 2],
  thousand: ['1,000', 2],
  most: ['10,000', 2],
  figureNow: ['now', 2],
  bytes: ['bytes', 1],
  scavenges: ['scavenges', 0],
  before: ['base', 2],
  ratio: ['now/base', 3],
  rateRatio: ['rate now/base', 3],
};

/** The header of a figure's column. */
export function headOf(figure: string): string {
  return heads[figure]?.[0] ?? figure;
}

/** The table as rows of cells. The first row is the header. */
export function rows({ columns, contestants }: Pick<Answered, 'columns' | 'contestants'>): string[][] {
  const head = ['', ...columns.map(headOf), 'target'];
  return [head, ...contestants.map(each => row(each, columns))];
}

function row(contestant: Judged, columns: readonly string[]): string[] {
  const cells = columns.map(column => cell(contestant.figures, column));
  return [contestant.name, ...cells, remarks(contestant)];
}

/** A figure with its usual number of decimals. */
export function cell(figures: Figures, figure: string): string {
  return number(figures[figure], heads[figure]?.[1] ?? 2);
}

export function number(value: number | null | undefined, digits: number): string {
  return typeof value === 'number' && Number.isFinite(value) ? value.toFixed(digits) : '–';
}

/** The targets, whether they are met, and what went wrong. */
function remarks({ targets, lost, failure, absent }: Judged): string {
  const words = { true: ': met', false: ': missed', null: '' };
  const judged = targets.map(({ target, met }) => target + words[`${met}`]);
  const losses = lost > 0 ? [`lost ${lost}`] : [];
  return [...judged, ...losses, failure, absent].filter(text => text !== undefined).join('; ');
}

/** Formats an answer: a note and a table. */
export function format(answer: Answered): string {
  return [answer.note, ...align(rows(answer))].map(line => `  ${line}`).join('\n');
}

/** Lines of aligned cells. The first and last columns are left-aligned, the others right-aligned. */
export function align(cells: readonly string[][]): string[] {
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map(each => each[column]!.length)));
  return cells.map(each =>
    each
      .map((text, column) => pad(text, column, widths))
      .join('  ')
      .trimEnd(),
  );
}

function pad(cell: string, column: number, widths: readonly number[]): string {
  const isText = column === 0 || column === widths.length - 1;
  return isText ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
}
