/**
 * The control-message row: one value with a message's level and type. It creates, finds and decodes the message.
 *
 * To add a control message, write its row. Call the row to create a message, `ttl(64)`, and use its methods to read
 * one, `ttl.find(message.control)`. If the kernel delivers a message in another layout than it accepts, the row has a
 * codec for each direction.
 */
import {
  checkArray,
  checkFunction,
  checkInteger,
  checkObject,
  checkText,
  invalidType,
} from '../errors/argument.js';
import { checkCodec, type Reader, type Writer } from '../layout/codec.js';
import { type Bytes, toBuffer, toBytes } from '../layout/memory.js';
import { CMSG_SPACE, type ControlInput, type ControlMessage, checkItems } from './control.js';
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

/** Checks what a row says of its message. */
function checkFacts(facts: ControlFacts): ControlFacts & { readonly also: readonly number[] } {
  const { name, level, type, also = [] } = checkObject(facts, 'facts') as ControlFacts;
  checkText(name, 'facts.name');
  for (const [key, value] of Object.entries({ level, type }))
    checkInteger(value, `facts.${key}`, Number.MIN_SAFE_INTEGER, 0x7fffffff); // an absent constant is far below 0
  for (const [i, other] of checkArray(also, 'facts.also').entries())
    checkInteger(other, `facts.also[${i}]`, Number.MIN_SAFE_INTEGER, 0x7fffffff);
  return { ...facts, also };
}

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
  const { level, type, also } = checkFacts(facts);
  const isOurs = (item: ControlInput) =>
    item.level === level && (item.type === type || also.includes(item.type));
  const matches = (item: ControlInput) => isOurs(checkObject(item, 'item') as ControlInput);
  const read = (item: ControlInput) => (matches(item) ? decode(toBuffer(item.data, 'item.data')) : undefined);
  const all = (control: readonly ControlInput[]) => {
    checkItems(control, 'control');
    return control.map(read).filter(value => value !== undefined);
  };
  const find = (control: readonly ControlInput[]) => {
    checkItems(control, 'control');
    for (const item of control) {
      const value = read(item);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  checkFunction(decode, 'decode');
  const row = Object.freeze({ ...facts, space, matches, decode: read, find, all });
  registerRow(row);
  return row;
}

/**
 * Returns a row for a control message of fixed size that is only received.
 *
 * @param least the minimum number of bytes; all if absent
 */
export function defineReceived<T>(facts: ControlFacts, codec: Reader<T>, least?: number): Receivable<T> {
  checkCodec(codec, 'codec', 'decode');
  const { size } = codec;
  const fewest = least === undefined ? size : checkInteger(least, 'least', 0, size);
  return defineReader(facts, CMSG_SPACE(size), data =>
    data.length < fewest ? undefined : codec.decode(data),
  );
}

/** Returns a row for a control message of fixed size that is received and sent in the same layout. */
export function defineControl<T, V = T>(
  facts: ControlFacts,
  codec: Reader<T> & Writer<V>,
): Control<T, [value: V]> {
  checkCodec(codec, 'codec', 'encode', 'decode');
  return sendable(defineReceived(facts, codec), codec);
}

/** Returns a row for bytes with their own structure, at most `most` of them. */
export function defineBytes(facts: ControlFacts, most: number): Control<Buffer, [bytes: Bytes], SpaceOf> {
  checkInteger(most, 'most', 0, 0x7fffffff);
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
  checkObject(row, 'row');
  checkCodec(writer, 'writer', 'encode');
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
  return parts.reduce<number>((sum, part, i) => sum + spaceOf(part, `parts[${i}]`), 0);
}

function spaceOf(part: unknown, argument: string): number {
  if (typeof part === 'number') return checkInteger(part, argument, 0, 0x7fffffff);
  const isRow = typeof part === 'function' || (typeof part === 'object' && part !== null);
  if (!isRow) throw invalidType(argument, 'of type number or a row', part);
  const { space } = (typeof part === 'function' ? part : checkObject(part, argument)) as { space?: unknown };
  return checkInteger(space, `${argument}.space`, 0, 0x7fffffff);
}
