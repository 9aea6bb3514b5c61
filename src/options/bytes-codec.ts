/** Codecs of values that have no one length: text, bytes, lists. */
import { invalidType, invalidValue } from '../errors/argument.js';
import type { Codec } from './codec.js';

/** A name in fewer than `size` bytes, ended by a NUL where there is room. */
export function text(size: number): Codec<string> {
  return {
    type: `string, at most ${size - 1} bytes`,
    size,
    fits: length => length <= size,
    encode(value, argument) {
      if (typeof value !== 'string') throw invalidType(argument, 'of type string', value);
      const bytes = Buffer.from(value, 'utf8');
      if (bytes.includes(0)) throw invalidValue(argument, 'must not contain a NUL character', value);
      if (bytes.length >= size)
        throw invalidValue(argument, `must not be longer than ${size - 1} bytes`, value);
      return Buffer.concat([bytes, Buffer.alloc(1)]);
    },
    decode(bytes) {
      const end = bytes.indexOf(0);
      return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
    },
  };
}

/** Text of any length, of which `size` bytes are usual. */
export function longText(size: number): Codec<string> {
  return { ...text(size), type: 'string', fits: () => true };
}

/** Bytes as they are, at most `size` of them. */
export function bytes(size: number): Codec<Buffer, Uint8Array> {
  return {
    type: `bytes, at most ${size}`,
    size,
    fits: length => length <= size,
    encode(value, argument) {
      if (!(value instanceof Uint8Array)) throw invalidType(argument, 'an instance of Uint8Array', value);
      if (value.length > size)
        throw invalidValue(argument, `must not be longer than ${size} bytes`, value.length);
      return value;
    },
    decode: value => value,
  };
}

/** Elements of one size, one after the other; room for `usual` of them to begin with. */
export function list<Get, Set = Get>(
  element: Codec<Get, Set>,
  usual: number,
): Codec<readonly Get[], readonly Set[]> {
  return {
    type: `array of ${element.type}`,
    size: element.size * usual,
    fits: length => length % element.size === 0,
    encode(value, argument) {
      if (!Array.isArray(value)) throw invalidType(argument, 'an instance of Array', value);
      return Buffer.concat(value.map((item, i) => element.encode(item, `${argument}[${i}]`)));
    },
    decode: bytes =>
      Object.freeze(
        Array.from({ length: bytes.length / element.size }, (_, i) =>
          element.decode(bytes.subarray(i * element.size, (i + 1) * element.size)),
        ),
      ),
  };
}
