/**
 * The control-message row: one value with a message's level and type. It creates, finds and decodes the message.
 *
 * To add a control message, write its row. Call the row to create a message, `ttl(64)`, and use its methods to read
 * one, `ttl.find(message.control)`. If the kernel delivers a message in another layout than it accepts, the row has a
 * codec for each direction.
 */
import { checkInteger } from '../errors/argument.js';
import type { Reader, Writer } from '../layout/codec.js';
import { type Bytes, toBuffer, toBytes } from '../layout/memory.js';
import { CMSG_SPACE, type ControlInput, type ControlMessage } from './control.js';
import { registerRow } from './rows.js';

/** The properties of a control message except its type. */
export interface ControlFacts {
  /** The C name, which errors contain: `'IP_TTL'`. */
  readonly name: string;
  /** The level: `SOL_SOCKET`, `IPPROTO_IP`, … */
  readonly level: number;
  /** The number of the message. */
  readonly type: number;
  /** Other numbers with which the same message is delivered. */
  readonly also?: readonly number[] | undefined;
  /** The manual page: `'ip(7)'`. */
  readonly man: string;
  /** The first Linux version that has it. If absent, every version that Node.js supports has it. */
  readonly since?: string | undefined;
  /**
   * The option that makes the kernel deliver it: `'IP_RECVTTL'`. If absent, it is delivered automatically, or never.
   */
  readonly option?: string | undefined;
}

/** Returns the space for a message of `length` elements, including padding. */
export type SpaceOf = (length: number) => number;

/**
 * A control message that can be received.
 *
 * `Space` is a number if the message has a fixed size, otherwise a function of the number of elements
 * ({@link SpaceOf}).
 */
export interface Receivable<T, Space = number> extends ControlFacts {
  /** The space that it takes in `control`, in bytes, including padding: see {@link spaceFor}. */
  readonly space: Space;
  /** Returns whether a control message is of this kind. */
  matches(item: ControlInput): boolean;
  /**
   * Returns the value of a control message; `undefined` if it is of another kind or too short. It never throws because
   * of the bytes.
   */
  decode(item: ControlInput): T | undefined;
  /** Returns the value of the first control message of this kind; `undefined` if there is none. */
  find(control: readonly ControlInput[]): T | undefined;
  /** Returns the values of all control messages of this kind. */
  all(control: readonly ControlInput[]): T[];
}

/**
 * A control message that can be received and sent. Calling the row checks the value and creates the message.
 *
 * An invalid value is a `TypeError` or `RangeError` that names the field.
 */
export type Control<T, Values extends unknown[] = [value: T], Space = number> = Receivable<T, Space> &
  ((...values: Values) => ControlMessage);

/**
 * Returns a row for a control message that is only received.
 *
 * @param decode decodes its data, which can be any bytes; returns `undefined` if they are invalid
 */
export function defineReader<T, Space>(
  facts: ControlFacts,
  space: Space,
  decode: (data: Buffer) => T | undefined,
): Receivable<T, Space> {
  const { level, type, also = [] } = facts;
  const matches = (item: ControlInput) =>
    item.level === level && (item.type === type || also.includes(item.type));
  const read = (item: ControlInput) => (matches(item) ? decode(toBuffer(item.data, 'data')) : undefined);
  const all = (control: readonly ControlInput[]) => control.map(read).filter(value => value !== undefined);
  const find = (control: readonly ControlInput[]) => {
    for (const item of control) {
      const value = read(item);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const row = Object.freeze({ ...facts, space, matches, decode: read, find, all });
  registerRow(row);
  return row;
}

/**
 * Returns a row for a control message of fixed size that is only received.
 *
 * @param least the minimum number of bytes; all if absent
 */
export function defineReceived<T>(
  facts: ControlFacts,
  { size, decode }: Reader<T>,
  least: number = size,
): Receivable<T> {
  return defineReader(facts, CMSG_SPACE(size), data => (data.length < least ? undefined : decode(data)));
}

/** Returns a row for a control message of fixed size that is received and sent in the same layout. */
export function defineControl<T, V = T>(
  facts: ControlFacts,
  codec: Reader<T> & Writer<V>,
): Control<T, [value: V]> {
  return sendable(defineReceived(facts, codec), codec);
}

/** Returns a row for bytes with their own structure, at most `most` of them. */
export function defineBytes(facts: ControlFacts, most: number): Control<Buffer, [bytes: Bytes], SpaceOf> {
  const row = defineReader(facts, CMSG_SPACE, data => data);
  return sendable(row, {
    encode(value: Bytes, argument) {
      const bytes = toBytes(value, argument);
      checkInteger(bytes.length, `${argument}.length`, 0, most);
      return bytes;
    },
  });
}

/** Returns a row that can also be sent, in the layout of `writer`. */
export function sendable<Row extends ControlFacts, V>(
  row: Row,
  writer: Writer<V>,
): Row & ((value: V) => ControlMessage) {
  return callable(row, (value: V) => controlMessage(row, writer.encode(value, row.name)));
}

/** Returns a control message of a row. */
export function controlMessage({ level, type }: ControlFacts, data: Uint8Array): ControlMessage {
  return Object.freeze({ level, type, data: toBuffer(data, 'data') });
}

/** Makes a row callable. */
export function callable<Row extends ControlFacts, Values extends unknown[]>(
  row: Row,
  make: (...values: Values) => ControlMessage,
): Row & ((...values: Values) => ControlMessage) {
  // Object.assign would fail: the `name` of a function can be redefined but not assigned.
  const call = Object.defineProperties(make, Object.getOwnPropertyDescriptors(row));
  return Object.freeze(call) as Row & ((...values: Values) => ControlMessage);
}

/**
 * Returns the space for all of these control messages together, in bytes: for `control` of `recvmsg`.
 *
 * ```ts
 * await socket.recvmsg(1500, { control: spaceFor(pktinfo, ttl, timestampns) });
 * await socket.recvmsg(1, { control: spaceFor(rights.space(3), credentials) });
 * ```
 *
 * @param parts rows; for a message without a fixed size, the result of the row's `space` function
 * @see cmsg(3), CMSG_SPACE
 */
export function spaceFor(...parts: readonly (number | { readonly space: number })[]): number {
  return parts.reduce<number>((sum, part) => sum + (typeof part === 'number' ? part : part.space), 0);
}
