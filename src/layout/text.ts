/** Text in memory of fixed size: names that end with a NUL or fill their field. */
import { checkInteger, checkText, invalidValue } from '../errors/argument.js';
import type { Codec } from './codec.js';

/** Reads the text from `start` to the first NUL, or to `end`. */
export function readText(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  const field = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.max(0, end - start));
  const stop = field.indexOf(0);
  return field.toString('utf8', 0, stop < 0 ? field.length : stop);
}

/** Returns the bytes of a name without a NUL. Throws if they are not fewer than `size`. */
export function nameBytes(value: unknown, argument: string, size: number): Buffer {
  const bytes = Buffer.from(checkText(value, argument), 'utf8');
  if (bytes.length >= size) throw invalidValue(argument, `must not be longer than ${size - 1} bytes`, value);
  return bytes;
}

/** Returns a codec for a name of fewer than `size` bytes, which ends with a NUL if there is space. */
export function text(size: number): Codec<string> {
  checkInteger(size, 'size', 1, 0x7fffffff);
  return {
    type: `string, at most ${size - 1} bytes`,
    size,
    fits: length => length <= size,
    encode: (value, argument) => Buffer.concat([nameBytes(value, argument, size), Buffer.alloc(1)]),
    decode: bytes => readText(bytes),
  };
}

/** Returns a codec for text of any length, with initial space for `size` bytes. */
export function longText(size: number): Codec<string> {
  return { ...text(size), type: 'string', fits: () => true };
}
