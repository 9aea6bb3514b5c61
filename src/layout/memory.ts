/** The memory of what callers pass as bytes. */
import { isAnyArrayBuffer, isUint8Array } from 'node:util/types';
import { invalidState, invalidType } from '../errors/argument.js';

/** Bytes to be read from: any view or buffer, or a string, which counts as UTF-8. */
export type Bytes = ArrayBufferView | ArrayBufferLike | string;

/** Memory to be written to. */
export type WritableBytes = ArrayBufferView | ArrayBufferLike;

const EXPECTED = 'a string, or an instance of Buffer, TypedArray, DataView or ArrayBuffer';

/** The bytes of any of these, without copying (a string is encoded as UTF-8). */
export function toBytes(data: Bytes, argument: string): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  return toWritable(data, argument, EXPECTED);
}

/** The same as a Buffer, without copying. */
export function toBuffer(data: Bytes, argument: string): Buffer {
  const bytes = toBytes(data, argument);
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** The memory of any of these, without copying. */
export function toWritable(
  data: WritableBytes,
  argument: string,
  expected = 'an instance of Buffer, TypedArray, DataView or ArrayBuffer',
): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (isAnyArrayBuffer(data)) return new Uint8Array(data);
  throw invalidType(argument, expected, data);
}

/**
 * Refuses memory that was transferred away, or shrank, while an operation waited for it: to the kernel it would be an
 * empty buffer, and a read of nothing looks like the end of the stream.
 */
export function checkLength(bytes: Uint8Array, length: number, argument: string): void {
  if (bytes.length !== length) {
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
