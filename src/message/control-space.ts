/**
 * Memory for the control messages of a receive call, valid until the next call of this thread. A call that waits owns none,
 * as with data (socket/scratch.ts): new memory for each call, and a view of it, would cost more than the system call.
 */
import { viewOf } from '../layout/view.js';

/** A larger size gets memory of its own. */
const MOST = 65536;
const FIRST = 1024;

/** Space for control messages, and a view of the same bytes. */
export interface ControlSpace {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

let memory = new Uint8Array(FIRST);
/** The last space. Programs mostly use one size. */
let last: ControlSpace = spaceOf(memory);

function spaceOf(bytes: Uint8Array): ControlSpace {
  return { bytes, view: viewOf(bytes) };
}

/** Returns space of exactly `size` bytes: the kernel cuts off what does not fit (`MSG_CTRUNC`). */
export function controlSpace(size: number): ControlSpace {
  if (size === last.bytes.length) return last;
  if (size > MOST) return spaceOf(new Uint8Array(size));
  if (size > memory.length) memory = new Uint8Array(MOST);
  last = spaceOf(memory.subarray(0, size));
  return last;
}
