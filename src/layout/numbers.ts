/** Codecs for values that are a number or a boolean. */
import { checkBoolean, checkInteger, invalidType, outOfRange } from '../errors/argument.js';
import type { Codec } from './codec.js';
import { littleEndian, viewOf } from './view.js';

const INT = 4;

interface Limits {
  readonly least: number;
  readonly most: number;
  /** An additional value outside the limits: -1, "the system's setting". */
  readonly also?: number;
}

function numberCodec(type: string, { least, most, also }: Limits): Codec<number> {
  const isSigned = least < 0 || (also ?? 0) < 0;
  return {
    type,
    size: INT,
    // Other systems return one byte instead of an int for some options (IP_MULTICAST_TTL).
    fits: length => length === INT || length === 1,
    encode(value, argument) {
      const bytes = new Uint8Array(INT);
      const number = value === also ? value : checkInteger(value, argument, least, most);
      viewOf(bytes).setInt32(0, number, littleEndian);
      return bytes;
    },
    decode: bytes => readNumber(bytes, isSigned),
  };
}

function readNumber(bytes: Buffer, signed: boolean): number {
  if (bytes.length < INT) return bytes[0]!;
  return signed ? viewOf(bytes).getInt32(0, littleEndian) : viewOf(bytes).getUint32(0, littleEndian);
}

/** A codec for a C `int`. */
export const int: Codec<number> = numberCodec('integer', { least: -0x80000000, most: 0x7fffffff });

/** A codec for a C `int` that is never negative. */
export const natural: Codec<number> = numberCodec('integer, 0 or more', { least: 0, most: 0x7fffffff });

/** A codec for a 32-bit unsigned number, such as a mask or mark. */
export const uint32: Codec<number> = numberCodec('integer, 32 bits unsigned', { least: 0, most: 0xffffffff });

function checkLimits(least: number, most: number): void {
  checkInteger(least, 'least', -0x80000000, 0xffffffff);
  checkInteger(most, 'most', least, 0xffffffff);
}

/** Returns a codec for an integer within limits, in a C `int`. */
export function range(least: number, most: number): Codec<number> {
  checkLimits(least, most);
  return numberCodec(`integer, ${least} to ${most}`, { least, most });
}

/** Returns a codec for an integer within limits, or -1 for the system's setting. */
export function rangeOrDefault(least: number, most: number): Codec<number> {
  checkLimits(least, most);
  return numberCodec(`integer, ${least} to ${most}; -1: the system’s setting`, { least, most, also: -1 });
}

/** Returns a codec for an unsigned number of one or two bytes. */
export function short(size: 1 | 2): Codec<number> {
  checkInteger(size, 'size', 1, 2);
  const most = 2 ** (8 * size) - 1;
  return {
    type: `integer, 0 to ${most}`,
    size,
    encode(value, argument) {
      const bytes = new Uint8Array(size);
      const number = checkInteger(value, argument, 0, most);
      if (size === 1) bytes[0] = number;
      else viewOf(bytes).setUint16(0, number, littleEndian);
      return bytes;
    },
    decode: bytes => (size === 1 ? bytes[0]! : viewOf(bytes).getUint16(0, littleEndian)),
  };
}

/** A codec for a C `int` that is 0 or 1. */
export const boolean: Codec<boolean> = {
  type: 'boolean',
  size: INT,
  fits: int.fits!,
  encode: (value, argument) => int.encode(checkBoolean(value, argument) ? 1 : 0, argument),
  decode: bytes => readNumber(bytes, true) !== 0,
};

/** Checks that a value is an unsigned bigint of 64 bits. */
export function checkUint64(value: unknown, argument: string): bigint {
  if (typeof value !== 'bigint') throw invalidType(argument, 'of type bigint', value);
  if (value < 0n || value > 0xffffffffffffffffn) throw outOfRange(argument, '>= 0 and < 2n ** 64n', value);
  return value;
}

/** A codec for a 64-bit unsigned number that is an identifier, as a bigint. */
export const uint64: Codec<bigint> = {
  type: 'bigint, 64 bits unsigned',
  size: 8,
  encode(value, argument) {
    const bytes = new Uint8Array(8);
    viewOf(bytes).setBigUint64(0, checkUint64(value, argument), littleEndian);
    return bytes;
  },
  decode: bytes => viewOf(bytes).getBigUint64(0, littleEndian),
};

/**
 * A codec for a 64-bit amount, as a number. Amounts beyond 2 ** 53 do not occur, and would lose only their last digits.
 */
export const amount: Codec<number> = {
  type: 'integer, 0 or more, 64 bits',
  size: 8,
  encode: (value, argument) =>
    uint64.encode(BigInt(checkInteger(value, argument, 0, Number.MAX_SAFE_INTEGER)), argument),
  decode: bytes => Number(uint64.decode(bytes)),
};

const UNLIMITED = 0xffffffffffffffffn;

/** A codec for a rate of 64 bits, in bytes per second. `Infinity` means no limit. */
export const rate: Codec<number> = {
  type: 'bytes per second; Infinity: no limit',
  size: 8,
  encode: (value, argument) =>
    value === Number.POSITIVE_INFINITY ? uint64.encode(UNLIMITED, argument) : amount.encode(value, argument),
  decode: bytes => toRate(uint64.decode(bytes)),
};

/** Converts a rate of the kernel, which is all ones for no limit. */
export function toRate(value: bigint): number {
  return value === UNLIMITED ? Number.POSITIVE_INFINITY : Number(value);
}
