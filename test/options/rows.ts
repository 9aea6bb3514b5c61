/** The rows of `berkeley/options`, by group. */

import type { OptionRow } from 'berkeley/options';
import * as options from 'berkeley/options';

function isRow(value: unknown): value is OptionRow {
  return typeof value === 'object' && value !== null && 'access' in value && 'option' in value;
}

/** The groups that have rows, and their rows by name. */
export const groups: readonly (readonly [string, readonly (readonly [string, OptionRow])[]])[] =
  Object.entries(options)
    .map(
      ([name, members]) =>
        [
          name,
          Object.entries(members).filter((entry): entry is [string, OptionRow] => isRow(entry[1])),
        ] as const,
    )
    .filter(([, rows]) => rows.length > 0);

/** Numbers below this are placeholders for constants that the platform lacks. */
const LOWEST = -0xffff;

/** Whether this platform has the option. */
export function isHere(row: OptionRow): boolean {
  return row.option > LOWEST && row.level > LOWEST;
}
