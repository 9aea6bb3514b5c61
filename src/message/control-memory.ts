/**
 * Memory for the control messages of a receive call, valid until the next call of this thread. A call that waits owns none,
 * as with data (socket/scratch.ts): new memory for each call, and a view of it, would cost more than the system call.
 */
import { viewOf } from '../layout/view.js';

/** A larger size gets memory of its own. */
const MOST = 65536;
const FIRST = 1024;

/** Memory for control messages, and a view of the same bytes. */
export interface ControlMemory {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

let memory = new Uint8Array(FIRST);
/** The last part of it. Programs mostly use one size. */
let last: ControlMemory = withView(memory);

function withView(bytes: Uint8Array): ControlMemory {
  return { bytes, view: viewOf(bytes) };
}

/** Returns exactly `size` bytes: the kernel cuts off what does not fit (`MSG_CTRUNC`). */
export function controlMemory(size: number): ControlMemory {
  if (size === last.bytes.length) return last;
  if (size > MOST) return withView(new Uint8Array(size));
  if (size > memory.length) memory = new Uint8Array(MOST);
  last = withView(memory.subarray(0, size));
  return last;
}
