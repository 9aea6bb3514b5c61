/** Views of memory, and the byte order of this machine. */

/** Whether this machine is little-endian, as an argument for DataView methods. */
export const littleEndian: boolean = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Converts a 16-bit number between host and network byte order, in either direction. */
export function swap16(value: number): number {
  return littleEndian ? (value >> 8) | ((value & 0xff) << 8) : value;
}

/** Converts a 32-bit number between host and network byte order, in either direction. */
export function swap32(value: number): number {
  if (!littleEndian) return value;
  return ((value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0;
}

/**
 * Returns a DataView of the same memory.
 *
 * @param length the number of bytes of the view; all if absent
 */
export function viewOf(bytes: Uint8Array, length: number = bytes.length): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}

/** Returns the bytes of a DataView. */
export function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
