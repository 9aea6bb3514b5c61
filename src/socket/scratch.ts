/**
 * Buffers for receive calls whose result size is not known in advance.
 *
 * A waiting receive call has no buffer: thousands of calls can wait for a long time. Each thread has one scratch
 * buffer for sizes up to 64 KiB and one for larger sizes, which grows. Received data is copied out of it. If the data
 * fills a scratch buffer exactly, the caller gets the buffer itself and a new one is created, so bulk transfers are
 * not copied.
 */
import { MSG_TRUNC } from '../constants/socket.js';

const SMALL = 65536;
/** The maximum number of bytes per call. On a stream, the next call receives the rest. */
const LARGEST = 1 << 23;

let small = Buffer.allocUnsafeSlow(SMALL);
let large: Buffer | undefined;
// The parts that were returned last. They are compared instead of their buffers: V8 reads `buffer` of a typed array by a
// call to its runtime, which costs as much as a short copy.
let view = small;
let largeView: Buffer | undefined;

/**
 * Returns memory for a receive call of up to `size` bytes, valid until the next call.
 *
 * @param isStream whether a receive call can return less than requested, so that a huge `size` needs no such memory
 */
export function scratchOf(size: number, flags: number, isStream: boolean): Buffer {
  // With this flag TCP discards the bytes and writes nothing (tcp(7)). The old content of the scratch buffer must not
  // be returned.
  if (flags & MSG_TRUNC) return Buffer.alloc(size);
  if (size <= SMALL) {
    if (view.length !== size) view = size === SMALL ? small : small.subarray(0, size);
    return view;
  }
  if (size > LARGEST && !isStream) return Buffer.allocUnsafeSlow(size);
  const wanted = Math.min(size, LARGEST);
  if (large === undefined || large.length < wanted) large = Buffer.allocUnsafeSlow(wanted);
  largeView = large.length === wanted ? large : large.subarray(0, wanted);
  return largeView;
}

/** The last part that was copied out of the small buffer: successive datagrams often have the same length. */
let part = small;

function partOf(memory: Buffer, length: number): Buffer {
  if (memory !== view) return memory.subarray(0, length);
  if (part.length !== length) part = small.subarray(0, length);
  return part;
}

/** Returns the first `length` bytes of a buffer from `scratchOf`, in memory that belongs to the caller. */
export function takeFrom(memory: Buffer, length: number): Buffer {
  if (length === memory.length && release(memory)) return memory;
  const own = Buffer.allocUnsafe(length);
  own.set(partOf(memory, length));
  return own;
}

/** Makes memory the caller's, unless it is a part of a scratch buffer: then it is still needed, and the result is false. */
function release(memory: Buffer): boolean {
  if (memory === small) {
    small = Buffer.allocUnsafeSlow(SMALL);
    view = small;
    part = small;
  } else if (memory === large) {
    large = undefined;
    largeView = undefined;
  } else if (memory === view || memory === largeView) return false;
  else return memory.buffer !== small.buffer && memory.buffer !== large?.buffer;
  return true;
}
