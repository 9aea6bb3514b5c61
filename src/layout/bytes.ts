/** Codecs for bytes, and for lists of elements of the same size. */
import { checkArray, checkInteger, invalidValue } from '../errors/argument.js';
import { type Codec, checkCodec } from './codec.js';
import { checkUint8Array } from './memory.js';

/** Checks that a value is a Uint8Array of at most `most` bytes. */
export function checkBytes(value: unknown, argument: string, most: number): Uint8Array {
  const bytes = checkUint8Array(value, argument);
  if (bytes.length > most)
    throw invalidValue(argument, `must not be longer than ${most} bytes`, bytes.length);
  return bytes;
}

/** A codec for plain bytes, at most `size` of them. */
export function bytes(size: number): Codec<Buffer, Uint8Array> {
  checkInteger(size, 'size', 0, 0x7fffffff);
  return {
    type: `bytes, at most ${size}`,
    size,
    fits: length => length <= size,
    encode: (value, argument) => checkBytes(value, argument, size),
    decode: value => value,
  };
}

/** A codec for a list of elements of the same size, with initial space for `usual` elements. */
export function list<Get, Set = Get>(
  element: Codec<Get, Set>,
  usual: number,
): Codec<readonly Get[], readonly Set[]> {
  checkCodec(element, 'element', 'encode', 'decode');
  checkInteger(usual, 'usual', 0, 0xffff);
  return {
    type: `array of ${element.type}`,
    size: element.size * usual,
    fits: length => length % element.size === 0,
    encode(value, argument) {
      checkArray(value, argument);
      return Buffer.concat(Array.from(value, (item, i) => element.encode(item, `${argument}[${i}]`)));
    },
    decode: bytes =>
      Object.freeze(
        Array.from({ length: bytes.length / element.size }, (_, i) =>
          element.decode(bytes.subarray(i * element.size, (i + 1) * element.size)),
        ),
      ),
  };
}
