/** A table of text: the first row is its head, the first column is flush left, and so is the last. */
export interface Table {
  /** What the numbers are relative to, in a line above the table. */
  readonly note: string;
  readonly rows: readonly (readonly string[])[];
}

export function format({ note, rows }: Table): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)));
  const lines = rows.map(row =>
    row
      .map((cell, column) => pad(cell, column, widths))
      .join('  ')
      .trimEnd(),
  );
  return [note, ...lines].map(line => `  ${line}`).join('\n');
}

function pad(cell: string, column: number, widths: readonly number[]): string {
  const isText = column === 0 || column === widths.length - 1;
  return isText ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
}

export function ratio(value: number): string {
  return value.toFixed(2);
}
