/**
 * The control-message row: one value that carries a message's level and type, makes it, and finds and reads it.
 *
 * A row is all that a person writes to add a control message. It is called to send one, `ttl(64)`, and asked to read one,
 * `ttl.find(message.control)`; what the kernel delivers in another layout than it takes has a codec for each direction.
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

/** What a row says of a control message beside its type. */
export interface ControlFacts {
  /** Its C name, which mistakes in its value are told by: `'IP_TTL'`. */
  readonly name: string;
  /** The level it is at: `SOL_SOCKET`, `IPPROTO_IP`, … */
  readonly level: number;
  /** Its number. */
  readonly type: number;
  /** Other numbers that the same message is delivered under. */
  readonly also?: readonly number[] | undefined;
  /** The manual page: `'ip(7)'`. */
  readonly man: string;
  /** The first Linux that has it; where absent, every one that Node.js runs on does. */
  readonly since?: string | undefined;
  /** The option that makes the kernel deliver it: `'IP_RECVTTL'`; where absent, it comes by itself, or never. */
  readonly option?: string | undefined;
}

/** The space for a message of `length` elements, padding included. */
export type SpaceOf = (length: number) => number;

/**
 * A control message that can be received.
 *
 * `Space` is a number where the message has one size, else a function from how many elements it has ({@link SpaceOf}).
 */
export interface Receivable<T, Space = number> extends ControlFacts {
  /** The space that it takes in `control`, in bytes, padding included: see {@link spaceFor}. */
  readonly space: Space;
  /** Whether a control message is one of these. */
  matches(item: ControlInput): boolean;
  /** What a control message says; `undefined` if it is another, or too short. Bytes never make it throw. */
  decode(item: ControlInput): T | undefined;
  /** What the first of these in a message says; `undefined` if there is none. */
  find(control: readonly ControlInput[]): T | undefined;
  /** What each of these in a message says. */
  all(control: readonly ControlInput[]): T[];
}

/**
 * A control message that can be received, and sent: calling the row checks the value and makes the message.
 *
 * A mistake in the value is a `TypeError` or `RangeError` that names the field.
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
 * A row for a control message that is only received.
 *
 * @param decode reads its data, which may be any bytes: `undefined` where they make no sense
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
 * A row for a control message of one size that is only received.
 *
 * @param least the fewest bytes that make sense; all, where absent
 */
export function defineReceived<T>(facts: ControlFacts, codec: Reader<T>, least?: number): Receivable<T> {
  checkCodec(codec, 'codec', 'decode');
  const { size } = codec;
  const fewest = least === undefined ? size : checkInteger(least, 'least', 0, size);
  return defineReader(facts, CMSG_SPACE(size), data =>
    data.length < fewest ? undefined : codec.decode(data),
  );
}

/** A row for a control message of one size, received and sent in one layout. */
export function defineControl<T, V = T>(
  facts: ControlFacts,
  codec: Reader<T> & Writer<V>,
): Control<T, [value: V]> {
  checkCodec(codec, 'codec', 'encode', 'decode');
  return sendable(defineReceived(facts, codec), codec);
}

/** A row for bytes that have a structure of their own, at most `most` of them. */
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

/** A row that is also sent, as `writer` lays it out. */
export function sendable<Row extends ControlFacts, V>(
  row: Row,
  writer: Writer<V>,
): Row & ((value: V) => ControlMessage) {
  checkObject(row, 'row');
  checkCodec(writer, 'writer', 'encode');
  return callable(row, (value: V) => controlMessage(row, writer.encode(value, row.name)));
}

/** A control message of a row. */
export function controlMessage({ level, type }: ControlFacts, data: Uint8Array): ControlMessage {
  return Object.freeze({ level, type, data: toBuffer(data, 'data') });
}

/** Lets a row be called. */
export function callable<Row extends ControlFacts, Values extends unknown[]>(
  row: Row,
  make: (...values: Values) => ControlMessage,
): Row & ((...values: Values) => ControlMessage) {
  // Assigning would not do: the `name` of a function can be redefined, but not assigned to.
  const call = Object.defineProperties(make, Object.getOwnPropertyDescriptors(row));
  return Object.freeze(call) as Row & ((...values: Values) => ControlMessage);
}

/**
 * The space that all of these control messages take at once, in bytes: for `control` of `recvmsg`.
 *
 * ```ts
 * await socket.recvmsg(1500, { control: spaceFor(pktinfo, ttl, timestampns) });
 * await socket.recvmsg(1, { control: spaceFor(rights.space(3), credentials) });
 * ```
 *
 * @param parts rows; where a message has no one size, what the row's `space` function gives
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
