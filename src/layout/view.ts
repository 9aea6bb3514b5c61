/** Views of memory, and the byte order of this machine. */

/** Whether this machine keeps numbers with the least byte first, as DataView wants to be told. */
export const littleEndian: boolean = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A 16-bit number between the byte order of this machine and network byte order, either way. */
export function swap16(value: number): number {
  return littleEndian ? (value >> 8) | ((value & 0xff) << 8) : value;
}

/** A 32-bit number between the byte order of this machine and network byte order, either way. */
export function swap32(value: number): number {
  if (!littleEndian) return value;
  return ((value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0;
}

/**
 * A view of the same bytes, for numbers of more than one.
 *
 * @param length how many of the bytes belong to it; all, where absent
 */
export function viewOf(bytes: Uint8Array, length: number = bytes.length): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}

/** The bytes that a view is of. */
export function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
