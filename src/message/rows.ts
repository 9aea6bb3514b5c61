/** The registered control messages, by level and type, for logs that show names. */
import { type ControlInput, checkItems } from './control.js';

/** The properties of a row that logs need. */
interface Row {
  readonly name: string;
  readonly level: number;
  readonly type: number;
  readonly also?: readonly number[] | undefined;
  decode(item: ControlInput): unknown;
}

/** By level, then by type. Text of both as one key would convert whatever a program has put there to a string. */
const levels = new Map<number, Map<number, Row>>();

/** Registers a row. Called once for each. */
export function registerRow(row: Row): void {
  const rows = levels.get(row.level) ?? new Map<number, Row>();
  levels.set(row.level, rows);
  for (const type of [row.type, ...(row.also ?? [])]) rows.set(type, row);
}

/** A control message with its C name and value. */
export interface NamedControl {
  /** The C name. */
  readonly name: string;
  /** The value. */
  readonly value: unknown;
}

/**
 * Formats control messages for logs: name and value if they are registered, otherwise unchanged.
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
    const row = levels.get(item.level)?.get(item.type);
    const value = row?.decode(item);
    return row === undefined || value === undefined ? item : { name: row.name, value };
  });
}
