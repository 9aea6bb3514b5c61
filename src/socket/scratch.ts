/**
 * Memory that receives write to before anyone knows how much arrives.
 *
 * A waiting receive owns no memory: thousands can wait for a long time. Each thread has one scratch buffer for sizes up to
 * 64 KiB and one for larger sizes, which grows. What has arrived is copied out at its true size; when it fills a scratch
 * buffer exactly, the buffer itself is handed over and a new one made, so that bulk transfers are not copied.
 */
import { MSG_TRUNC } from '../constants/socket.js';

const SMALL = 65536;
/** The most that one call receives into our memory; a stream gives the rest to the next call. */
const LARGEST = 1 << 23;

let small = Buffer.allocUnsafeSlow(SMALL);
let large: Buffer | undefined;
let view = small;

/**
 * Returns memory for a receive of up to `size` bytes, valid until the next call.
 *
 * @param isStream whether a receive can return less than was asked for, so that a huge `size` needs no such memory
 */
export function scratchOf(size: number, flags: number, isStream: boolean): Buffer {
  // TCP discards the bytes then and writes nothing (tcp(7)): the old content of the scratch must not be returned.
  if (flags & MSG_TRUNC) return Buffer.alloc(size);
  if (size <= SMALL) {
    if (view.length !== size || view.buffer !== small.buffer) view = small.subarray(0, size);
    return view;
  }
  if (size > LARGEST && !isStream) return Buffer.allocUnsafeSlow(size);
  const wanted = Math.min(size, LARGEST);
  if (large === undefined || large.length < wanted) large = Buffer.allocUnsafeSlow(wanted);
  return large.length === wanted ? large : large.subarray(0, wanted);
}

/** Returns the first `length` bytes of what `scratchOf` returned, as memory of the caller's own. */
export function takeFrom(memory: Buffer, length: number): Buffer {
  if (length === memory.buffer.byteLength) {
    if (memory.buffer === small.buffer) {
      small = Buffer.allocUnsafeSlow(SMALL);
      view = small;
    } else if (memory.buffer === large?.buffer) large = undefined;
    return memory;
  }
  const own = Buffer.allocUnsafe(length);
  memory.copy(own, 0, 0, length);
  return own;
}
