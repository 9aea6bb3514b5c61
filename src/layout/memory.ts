/** What callers pass as memory, as plain views whose length the caller cannot change. */
import { isAnyArrayBuffer, isUint8Array } from 'node:util/types';
import { invalidState, invalidType, invalidValue } from '../errors/argument.js';

/** Bytes to be read from: any view or buffer, or a string, which counts as UTF-8. */
export type Bytes = ArrayBufferView | ArrayBufferLike | string;

/** Memory to be written to. */
export type WritableBytes = ArrayBufferView | ArrayBufferLike;

/** A method or getter as a function of its object: what the object itself has under that name is not looked at. */
function intrinsic<T>(method: (...rest: never[]) => unknown): (self: unknown, ...rest: unknown[]) => T {
  return Function.prototype.call.bind(method) as (self: unknown, ...rest: unknown[]) => T;
}

function getter<T>(prototype: object, name: PropertyKey): (self: unknown) => T {
  return intrinsic(Object.getOwnPropertyDescriptor(prototype, name)!.get!);
}

/** The position of a view, as the engine knows it. Throws a `TypeError` for objects of another kind. */
interface Position {
  readonly buffer: (view: unknown) => ArrayBufferLike;
  readonly byteOffset: (view: unknown) => number;
  readonly byteLength: (view: unknown) => number;
}

function positionIn(prototype: object): Position {
  return {
    buffer: getter(prototype, 'buffer'),
    byteOffset: getter(prototype, 'byteOffset'),
    byteLength: getter(prototype, 'byteLength'),
  };
}

// Taken when the module is loaded. They work for objects of every realm.
const typedArrayPrototype: object = Object.getPrototypeOf(Uint8Array.prototype);
const typedArray = positionIn(typedArrayPrototype);
const dataView = positionIn(DataView.prototype);
const typedArrayName = getter<string | undefined>(typedArrayPrototype, Symbol.toStringTag);
const indexOf = intrinsic<number>(Uint8Array.prototype.indexOf);
const { byteLength } = typedArray;
const { getPrototypeOf, hasOwn } = Object;
const { isView } = ArrayBuffer;
const uint8Array: object = Uint8Array.prototype;
const nodeBuffer: object = Buffer.prototype;

const MEMORY = 'an instance of Buffer, TypedArray, DataView or ArrayBuffer';
const EXPECTED = `a string, or ${MEMORY}`;

/**
 * The bytes of any of these, without copying (a string is encoded as UTF-8). {@link toWritable}
 *
 * @throws TypeError if it is none of these, or its memory was transferred away
 */
export function toBytes(data: Bytes, argument: string): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  return toWritable(data, argument, EXPECTED);
}

/** The same as a Buffer, without copying. */
export function toBuffer(data: Bytes, argument: string): Buffer {
  const bytes = toBytes(data, argument);
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * The memory of any of these, without copying, from any realm. The result is the object itself if it is an ordinary
 * Buffer or Uint8Array, else a view of ours: a subclass or an object with a `length` of its own can give any number as
 * its length, and each time another one.
 *
 * @throws TypeError if it is none of these, or its memory was transferred away
 */
export function toWritable(data: WritableBytes, argument: string, expected = MEMORY): Uint8Array {
  if (isView(data)) {
    const prototype = getPrototypeOf(data);
    const isOrdinary = (prototype === nodeBuffer || prototype === uint8Array) && !hasOwn(data, 'length');
    if (isOrdinary && byteLength(data) > 0) return data as Uint8Array;
    return present(() => viewOf(data), data, argument);
  }
  if (isAnyArrayBuffer(data)) return present(() => new Uint8Array(data), data, argument);
  throw invalidType(argument, expected, data);
}

function viewOf(data: ArrayBufferView): Uint8Array {
  const isTypedArray = typedArrayName(data) !== undefined;
  const position = isTypedArray ? typedArray : dataView;
  const length = position.byteLength(data);
  // This throws if the array is detached or beyond the end of its buffer, where its length is 0 too.
  if (isTypedArray && length === 0) indexOf(data, 0);
  return new Uint8Array(position.buffer(data), position.byteOffset(data), length);
}

/** Makes a view. Where the engine throws, its `TypeError` does not name the argument, so ours takes its place. */
function present(view: () => Uint8Array, data: WritableBytes, argument: string): Uint8Array {
  try {
    return view();
  } catch {
    // Its kind alone: util.inspect throws for a DataView that is detached.
    const kind = isView(data) ? (typedArrayName(data) ?? 'DataView') : 'ArrayBuffer';
    throw invalidValue(argument, 'must not be detached or beyond the end of its buffer', kind);
  }
}

/**
 * Rejects memory that was transferred away, or shrank, while an operation waited for it: to the kernel it would be an
 * empty buffer, and a read into an empty buffer looks like the end of the stream.
 */
export function checkLength(bytes: Uint8Array, length: number, argument: string): void {
  if (byteLength(bytes) !== length) {
    throw invalidState(
      `The "${argument}" buffer was detached or resized while the call waited for the socket`,
    );
  }
}

/**
 * Returns a Uint8Array or Buffer of any realm, as {@link toWritable} does; refuses everything else.
 *
 * @throws TypeError naming `argument`
 */
export function checkUint8Array(
  value: unknown,
  argument: string,
  expected = 'an instance of Uint8Array',
): Uint8Array {
  if (!isUint8Array(value)) throw invalidType(argument, expected, value);
  return toWritable(value, argument, expected);
}
