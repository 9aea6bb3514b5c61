/** Codecs of times: struct timeval and struct timespec. */
import { timespec, timeval } from '../constants/layout.js';
import { checkTimeout, outOfRange } from '../errors/argument.js';
import type { Codec, Reader } from './codec.js';
import { readLong, writeLong } from './long.js';
import { viewOf } from './view.js';

const SECOND = 1_000_000_000n;
const MICROSECOND = 1_000n;

/** Reads the struct timeval at the beginning, in nanoseconds. */
function readTimeval(bytes: Uint8Array): bigint {
  const view = viewOf(bytes);
  const seconds = readLong(view, timeval.tv_sec, timeval.tv_sec_size);
  return seconds * SECOND + readLong(view, timeval.tv_usec, timeval.tv_usec_size) * MICROSECOND;
}

/** Reads a struct timeval as nanoseconds, in whole microseconds. */
export const timevalReader: Reader<bigint> = {
  size: timeval.size,
  decode: readTimeval,
};

/** Reads the struct timespec at `offset`, in nanoseconds. */
export function readTimespec(bytes: Uint8Array, offset: number): bigint {
  const view = viewOf(bytes);
  const seconds = readLong(view, offset + timespec.tv_sec, timespec.tv_sec_size);
  return seconds * SECOND + readLong(view, offset + timespec.tv_nsec, timespec.tv_nsec_size);
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
    // Rounding up would turn 2.007 ms, of which a double is a little more, into 2008 µs.
    const microseconds = limit === null ? 0n : BigInt(Math.max(1, Math.round(limit * 1000)));
    const bytes = new Uint8Array(timeval.size);
    const view = viewOf(bytes);
    writeLong(view, timeval.tv_sec, timeval.tv_sec_size, microseconds / 1_000_000n);
    writeLong(view, timeval.tv_usec, timeval.tv_usec_size, microseconds % 1_000_000n);
    return bytes;
  },
  decode(bytes) {
    const limit = readTimeval(bytes);
    return limit === 0n ? null : Number(limit / MICROSECOND) / 1000;
  },
};
