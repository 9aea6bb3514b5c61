/**
 * Sends several messages of one size from one piece of memory with one sendmmsg(2) call, without copying them. All have
 * the same destination and the same control data.
 *
 * A sendmsg(2) call for each message costs half as much again as the kernel's work for a message of 64 segments.
 */
import { binding } from '../binding.js';

/** The maximum number of messages per call. */
export const PARTS = 16;

const NAME_SIZE = binding.batchNameSize;

/** A row of `bk_batch_row` in native/core/platform.h: length, length of the name, length of the control data, flags, full length. */
const COLUMNS = 5;

const names = new Uint8Array(PARTS * NAME_SIZE);
const rows = new Int32Array(PARTS * COLUMNS);
const rowBytes = new Uint8Array(rows.buffer);
let controls = new Uint8Array(0);
/** What the memory above contains. The bytes of both never change. */
let lastName: Uint8Array | null | undefined;
let lastControl: Uint8Array | undefined;

/** Returns whether {@link sendParts} can send to an address. */
export function fitsParts(name: Uint8Array | null): boolean {
  return name === null || name.length <= NAME_SIZE;
}

/**
 * Sends the first `count` parts of `data`, each of `size` bytes. Returns the number of messages that were sent, or
 * -errno.
 */
export function sendParts(
  fd: number,
  data: Uint8Array,
  size: number,
  count: number,
  control: Uint8Array,
  flags: number,
  name: Uint8Array | null,
): number {
  if (name !== lastName || control !== lastControl) prepare(name, control);
  // The kernel overwrites the lengths with the numbers of bytes that it has sent, which are the same.
  for (let i = 0; i < count; i++) rows[i * COLUMNS] = size;
  return binding.sendmmsg!(fd, data, names, controls, rowBytes, size, control.length, 0, count, flags);
}

function prepare(name: Uint8Array | null, control: Uint8Array): void {
  if (controls.length !== control.length * PARTS) controls = new Uint8Array(control.length * PARTS);
  for (let i = 0; i < PARTS; i++) {
    if (name !== null) names.set(name, i * NAME_SIZE);
    controls.set(control, i * control.length);
    rows.set([0, name === null ? 0 : name.length, control.length, 0], i * COLUMNS);
  }
  lastName = name;
  lastControl = control;
}
