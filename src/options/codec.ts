/**
 * Between the value of an option and its bytes. A codec says its type in words too, for error messages and for the
 * reference tables.
 */
import { littleEndian } from '../address/byte-order.js';
import { checkInteger, invalidType, invalidValue, outOfRange } from '../errors/argument.js';

/** How one type of value is laid out. `Get` is what reading gives, `Set` what setting takes. */
export interface Codec<Get, Set = Get> {
  /** The type in words: `'boolean'`, `'{ seconds } | null'`. */
  readonly type: string;
  /** The room to read it, in bytes. */
  readonly size: number;
  /** The fewest bytes that make sense when read; `size` where absent. A kernel of another age may answer less. */
  readonly least?: number;
  /** Checks a value and lays it out; mistakes name `argument`. */
  encode(value: Set, argument: string): Uint8Array;
  /** Reads the bytes that the kernel returned. */
  decode(bytes: Buffer): Get;
}

const INT = 4;

function numberCodec(type: string, least: number, most: number): Codec<number> {
  return {
    type,
    size: INT,
    // Some options answer with one byte where an int was asked for (IP_MULTICAST_TTL on other systems).
    least: 1,
    encode(value, argument) {
      const bytes = new Uint8Array(INT);
      const view = new DataView(bytes.buffer);
      view.setInt32(0, checkInteger(value, argument, least, most) | 0, littleEndian);
      return bytes;
    },
    decode: bytes => readNumber(bytes, least < 0),
  };
}

function readNumber(bytes: Buffer, signed: boolean): number {
  if (bytes.length < INT) return bytes[0]!;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return signed ? view.getInt32(0, littleEndian) : view.getUint32(0, littleEndian);
}

/** A C `int`. */
export const int: Codec<number> = numberCodec('integer', -0x80000000, 0x7fffffff);

/** A C `int` that is never negative. */
export const natural: Codec<number> = numberCodec('integer, 0 or more', 0, 0x7fffffff);

/** A 32-bit unsigned number: masks and marks. */
export const uint32: Codec<number> = numberCodec('integer, 32 bits unsigned', 0, 0xffffffff);

/** An integer within limits, in a C `int`. */
export function range(least: number, most: number): Codec<number> {
  return numberCodec(`integer, ${least} to ${most}`, least, most);
}

/** A C `int` that is 0 or 1. */
export const boolean: Codec<boolean> = {
  type: 'boolean',
  size: INT,
  least: 1,
  encode(value, argument) {
    if (typeof value !== 'boolean') throw invalidType(argument, 'of type boolean', value);
    return int.encode(value ? 1 : 0, argument);
  },
  decode: bytes => readNumber(bytes, true) !== 0,
};

/** A 64-bit unsigned number, as a bigint. */
export const uint64: Codec<bigint> = {
  type: 'bigint, 64 bits unsigned',
  size: 8,
  encode(value, argument) {
    if (typeof value !== 'bigint') throw invalidType(argument, 'of type bigint', value);
    if (value < 0n || value > 0xffffffffffffffffn) throw outOfRange(argument, '>= 0 and < 2n ** 64n', value);
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, value, littleEndian);
    return bytes;
  },
  decode: bytes => new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, littleEndian),
};

/** A name in at most `size` bytes, ended by a NUL where there is room. */
export function text(size: number): Codec<string> {
  return {
    type: `string, at most ${size - 1} bytes`,
    size,
    least: 0,
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

/** Bytes as they are. */
export function bytes(size: number): Codec<Buffer, Uint8Array> {
  return {
    type: `bytes, at most ${size}`,
    size,
    least: 0,
    encode(value, argument) {
      if (!(value instanceof Uint8Array)) throw invalidType(argument, 'an instance of Uint8Array', value);
      return value;
    },
    decode: value => value,
  };
}
