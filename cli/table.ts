/** Columns of text. */

/**
 * Aligns rows in columns. Columns of numbers are aligned to the right.
 *
 * @param rows the cells; the last cell of a row is not padded
 * @param right the indexes of the columns that are aligned to the right
 */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows.map(row =>
    row
      .map((cell, at) => (right.includes(at) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd(),
  );
}
