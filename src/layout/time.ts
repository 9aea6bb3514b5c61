/** Codecs of times: struct timeval and struct timespec, with 64-bit seconds and fractions. */
import { timespec, timeval } from '../constants/layout.js';
import { checkTimeout, outOfRange } from '../errors/argument.js';
import type { Codec, Reader } from './codec.js';
import { littleEndian, viewOf } from './view.js';

const SECOND = 1_000_000_000n;

/** Reads seconds and a fraction at two offsets, in nanoseconds. `unit` is the unit of the fraction, in nanoseconds. */
function readTime(bytes: Uint8Array, seconds: number, fraction: number, unit: bigint): bigint {
  const view = viewOf(bytes);
  return view.getBigInt64(seconds, littleEndian) * SECOND + view.getBigInt64(fraction, littleEndian) * unit;
}

/** Reads a struct timeval as nanoseconds, in whole microseconds. */
export const timevalReader: Reader<bigint> = {
  size: timeval.size,
  decode: bytes => readTime(bytes, timeval.tv_sec, timeval.tv_usec, 1000n),
};

/** Reads the struct timespec at `offset`, in nanoseconds. */
export function readTimespec(bytes: Uint8Array, offset: number): bigint {
  return readTime(bytes, offset + timespec.tv_sec, offset + timespec.tv_nsec, 1n);
}

/** Reads a struct timespec as nanoseconds. */
export const timespecReader: Reader<bigint> = {
  size: timespec.size,
  decode: bytes => readTimespec(bytes, 0),
};

/**
 * A codec for a struct timeval in milliseconds. The kernel uses 0 for no limit, which is `null` here. A small limit
 * must not be rounded down to 0.
 */
export const milliseconds: Codec<number | null> = {
  type: 'milliseconds | null',
  size: timeval.size,
  encode(value, argument) {
    const limit = checkTimeout(value, argument);
    if (limit === 0) throw outOfRange(argument, '> 0 (milliseconds), or null for no limit', value);
    const microseconds = BigInt(Math.ceil((limit ?? 0) * 1000));
    const bytes = new Uint8Array(timeval.size);
    viewOf(bytes).setBigInt64(timeval.tv_sec, microseconds / 1_000_000n, littleEndian);
    viewOf(bytes).setBigInt64(timeval.tv_usec, microseconds % 1_000_000n, littleEndian);
    return bytes;
  },
  decode(bytes) {
    const view = viewOf(bytes);
    const seconds = Number(view.getBigInt64(timeval.tv_sec, littleEndian));
    const total = seconds * 1000 + Number(view.getBigInt64(timeval.tv_usec, littleEndian)) / 1000;
    return total === 0 ? null : total;
  },
};
