/** The control messages that this process has a row for, by level and type: for logs, which want to name what they see. */
import { type ControlInput, checkItems } from './control.js';

/** What a log has to know of a row. */
interface Row {
  readonly name: string;
  readonly level: number;
  readonly type: number;
  readonly also?: readonly number[] | undefined;
  decode(item: ControlInput): unknown;
}

const rows = new Map<string, Row>();

function key(level: number, type: number): string {
  return `${level}:${type}`;
}

/** Adds a row. Called once for each. */
export function registerRow(row: Row): void {
  for (const type of [row.type, ...(row.also ?? [])]) rows.set(key(row.level, type), row);
}

/** A control message by its C name, and what it says. */
export interface NamedControl {
  /** Its C name. */
  readonly name: string;
  /** What it says. */
  readonly value: unknown;
}

/**
 * Control messages as a log would show them: name and value of those that have a row, the others as they came.
 *
 * ```ts
 * console.log(describeControl(message.control)); // [ { name: 'IP_TTL', value: 64 }, { level: 284, type: 7, data: … } ]
 * ```
 */
export function describeControl<Item extends ControlInput>(
  control: readonly Item[],
): (NamedControl | Item)[] {
  checkItems(control, 'control');
  return control.map(item => {
    const row = rows.get(key(item.level, item.type));
    const value = row?.decode(item);
    return row === undefined || value === undefined ? item : { name: row.name, value };
  });
}
