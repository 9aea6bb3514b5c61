/** Converts the memory that callers pass to plain views whose length the caller cannot change. */
import { isAnyArrayBuffer, isUint8Array } from 'node:util/types';
import { invalidState, invalidType, invalidValue } from '../errors/argument.js';

/** Bytes to read from: any view or buffer, or a string, which is encoded as UTF-8. */
export type Bytes = ArrayBufferView | ArrayBufferLike | string;

/** Memory to write to. */
export type WritableBytes = ArrayBufferView | ArrayBufferLike;

/**
 * Returns a method or getter as a function of its object. It ignores properties of the object itself with the same
 * name.
 */
function intrinsic<T>(method: (...rest: never[]) => unknown): (self: unknown, ...rest: unknown[]) => T {
  return Function.prototype.call.bind(method) as (self: unknown, ...rest: unknown[]) => T;
}

function getter<T>(prototype: object, name: PropertyKey): (self: unknown) => T {
  return intrinsic(Object.getOwnPropertyDescriptor(prototype, name)!.get!);
}

/** The position of a view, from the engine's getters. They throw a `TypeError` for objects of another kind. */
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

// These are taken when the module is loaded. They work for objects of every realm.
const typedArrayPrototype: object = Object.getPrototypeOf(Uint8Array.prototype);
const typedArray = positionIn(typedArrayPrototype);
const dataView = positionIn(DataView.prototype);
const typedArrayName = getter<string | undefined>(typedArrayPrototype, Symbol.toStringTag);
const indexOf = intrinsic<number>(Uint8Array.prototype.indexOf);
/** Returns the length of a typed array in bytes, also if the object has a `length` of its own. */
const byteLength: (bytes: unknown) => number = typedArray.byteLength;

export { byteLength as lengthOf };

const { getPrototypeOf, hasOwn } = Object;
const { isView } = ArrayBuffer;
const uint8Array: object = Uint8Array.prototype;
const nodeBuffer: object = Buffer.prototype;

const MEMORY = 'an instance of Buffer, TypedArray, DataView or ArrayBuffer';
const EXPECTED = `a string, or ${MEMORY}`;

/**
 * Returns the bytes of the data without copying. A string is encoded as UTF-8. See {@link toWritable}.
 *
 * @throws TypeError if the data has another type, or its memory was transferred
 */
export function toBytes(data: Bytes, argument: string): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  return toWritable(data, argument, EXPECTED);
}

/** Returns the bytes of {@link toBytes} as a Buffer, without copying. */
export function toBuffer(data: Bytes, argument: string): Buffer {
  return bufferOf(toBytes(data, argument));
}

/** Returns the bytes of an argument to parse as a Buffer, without copying. A string is refused. */
export function inputBytes(data: WritableBytes, argument: string): Buffer {
  return bufferOf(toWritable(data, argument));
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * Returns the memory of an object of any realm, without copying. The result is the object itself if it is an ordinary
 * Buffer or Uint8Array, otherwise a new view: a subclass or an object with its own `length` could return any number as
 * its length, and another one each time.
 *
 * @throws TypeError if the object has another type, or its memory was transferred
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

/**
 * Returns the memory of an object, as {@link toWritable} does, but any Uint8Array as it is. This is faster. Its
 * properties must not be used: {@link lengthOf} returns its length, and {@link restOf} a part of it.
 */
export function memoryOf(data: WritableBytes, argument: string): Uint8Array {
  if (isUint8(data) && byteLength(data) > 0) return data;
  return toWritable(data, argument);
}

/** Returns the bytes of {@link toBytes} in the form that {@link memoryOf} returns. */
export function bytesOf(data: Bytes, argument: string): Uint8Array {
  if (isUint8(data) && byteLength(data) > 0) return data;
  return toBytes(data, argument);
}

function isUint8(data: unknown): data is Uint8Array {
  return typedArrayName(data) === 'Uint8Array';
}

/** Returns a view of the bytes from a position on. */
export function restOf(bytes: Uint8Array, from: number): Uint8Array {
  const { buffer, byteOffset } = typedArray;
  return new Uint8Array(buffer(bytes), byteOffset(bytes) + from, byteLength(bytes) - from);
}

function viewOf(data: ArrayBufferView): Uint8Array {
  const isTypedArray = typedArrayName(data) !== undefined;
  const position = isTypedArray ? typedArray : dataView;
  const length = position.byteLength(data);
  // This throws if the array is detached or beyond the end of its buffer, where its length is 0 too.
  if (isTypedArray && length === 0) indexOf(data, 0);
  return new Uint8Array(position.buffer(data), position.byteOffset(data), length);
}

/**
 * Creates a view. If the engine throws, the error is replaced, because its `TypeError` does not contain the argument's
 * name.
 */
function present(view: () => Uint8Array, data: WritableBytes, argument: string): Uint8Array {
  try {
    return view();
  } catch {
    // Only the kind is shown: util.inspect throws for a detached DataView.
    const kind = isView(data) ? (typedArrayName(data) ?? 'DataView') : 'ArrayBuffer';
    throw invalidValue(argument, 'must not be detached or beyond the end of its buffer', kind);
  }
}

/**
 * Throws if memory was transferred or resized while an operation waited. The kernel would treat it as an empty buffer,
 * and a read into an empty buffer looks like the end of the stream.
 */
export function checkLength(bytes: Uint8Array, length: number, argument: string): void {
  if (byteLength(bytes) !== length) {
    throw invalidState(
      `The "${argument}" buffer was detached or resized while the call waited for the socket`,
    );
  }
}

/** Throws if any of several buffers was transferred or resized; see {@link checkLength}. */
export function checkLengths(
  buffers: readonly Uint8Array[],
  lengths: readonly number[],
  argument: string,
): void {
  for (let i = 0; i < buffers.length; i++) checkLength(buffers[i]!, lengths[i]!, argument);
}

/**
 * Returns a Uint8Array or Buffer of any realm, as {@link toWritable} does. It refuses other values.
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
