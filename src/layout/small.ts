/**
 * Few bytes, without the engine's runtime: a DataView, a part of a typed array and a typed array with memory of its own each
 * cost as much as a system call, and their memory is allocated outside of the heap when C reads it.
 */
import { littleEndian } from './view.js';

/** The number of bytes up to which a loop is faster than `set` and `fill`. */
const FEW = 64;

/** Returns zeroed memory. It can be a part of Node's pool, as that of `Buffer.from` can. */
export function zeroed(size: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(size);
  if (size > FEW) bytes.fill(0);
  else for (let i = 0; i < size; i++) bytes[i] = 0;
  return bytes;
}

/** Copies all bytes of `from` to `to`, from the position `at` on. */
export function copy(from: Uint8Array, to: Uint8Array, at: number): void {
  const { length } = from;
  if (length > FEW) to.set(from, at);
  else for (let i = 0; i < length; i++) to[at + i] = from[i]!;
}

/** Returns a copy of the bytes from `start` to `end`. */
export function copyOf(bytes: Uint8Array, start: number, end: number): Buffer {
  const size = Math.max(end - start, 0);
  if (size > FEW) return Buffer.from(bytes.subarray(start, end));
  const result = Buffer.allocUnsafe(size);
  for (let i = 0; i < size; i++) result[i] = bytes[start + i]!;
  return result;
}

const [B0, B1, B2, B3] = littleEndian ? ([0, 1, 2, 3] as const) : ([3, 2, 1, 0] as const);

/** Writes a C `int`. */
export function writeInt(bytes: Uint8Array, at: number, value: number): void {
  bytes[at + B0] = value;
  bytes[at + B1] = value >> 8;
  bytes[at + B2] = value >> 16;
  bytes[at + B3] = value >> 24;
}

/** Reads a C `int`. */
export function readInt(bytes: Uint8Array, at: number): number {
  return bytes[at + B0]! | (bytes[at + B1]! << 8) | (bytes[at + B2]! << 16) | (bytes[at + B3]! << 24);
}
