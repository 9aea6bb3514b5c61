/**
 * Where receives land before anyone knows how much arrives.
 *
 * A waiting receive owns no memory: thousands may wait for years. One scratch buffer serves the whole thread; what
 * arrived is copied out at its true size into Node's pooled memory, or, when it fills most of the scratch, the scratch
 * itself is handed over and a new one made, so that bulk transfers are not copied at all.
 */
import { MSG_TRUNC } from '../constants/socket.js';

const SIZE = 65536;

let scratch = Buffer.allocUnsafeSlow(SIZE);
let view = scratch;

/** Memory for a receive of up to `size` bytes, good until the next call. */
export function scratchOf(size: number, flags = 0): Buffer {
  // TCP throws the bytes away then, and writes nothing (tcp(7)): what stood here before is not the caller's to see.
  if (flags & MSG_TRUNC) return Buffer.alloc(size);
  if (size > SIZE) return Buffer.allocUnsafeSlow(size);
  if (view.length !== size) view = scratch.subarray(0, size);
  return view;
}

/** The first `length` bytes of what `scratchOf` returned, as the caller's own. */
export function takeFrom(memory: Buffer, length: number): Buffer {
  if (length > memory.length / 2 && length > SIZE / 2) {
    if (memory.buffer === scratch.buffer) {
      scratch = Buffer.allocUnsafeSlow(SIZE);
      view = scratch;
    }
    return memory.subarray(0, length);
  }
  const own = Buffer.allocUnsafe(length);
  memory.copy(own, 0, 0, length);
  return own;
}
