/**
 * The buffers that `chunks({ lend: true })` lends, one per step of each loop. A buffer that is given back is lent again,
 * so a fast stream is received into memory that is in the processor's cache, and no garbage is made.
 */

/** The number of bytes that are kept for later loans. All sockets that become ready together need a buffer each. */
const KEPT = 16_777_216;

const free: Buffer[] = [];
let kept = 0;

/** Returns a buffer of at least `size` bytes. */
export function borrow(size: number): Buffer {
  for (let buffer = free.pop(); buffer !== undefined; buffer = free.pop()) {
    kept -= buffer.length;
    if (buffer.length >= size) return buffer;
  }
  return Buffer.allocUnsafeSlow(size);
}

/** Gives back a buffer. A program can have transferred its memory to another thread: then it has no bytes. */
export function giveBack(buffer: Buffer): void {
  if (buffer.length === 0 || kept + buffer.length > KEPT) return;
  kept += buffer.length;
  free.push(buffer);
}
