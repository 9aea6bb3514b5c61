/** Signed integers whose size differs between systems: C's `long`, and the parts of a time. */
import { littleEndian } from './view.js';

/** Reads an integer of `size` bytes, 4 or 8. */
export function readLong(view: DataView, offset: number, size: number): bigint {
  return size === 8 ? view.getBigInt64(offset, littleEndian) : BigInt(view.getInt32(offset, littleEndian));
}

/** Writes an integer of `size` bytes, 4 or 8. One that 4 bytes cannot hold becomes the largest that they can. */
export function writeLong(view: DataView, offset: number, size: number, value: bigint): void {
  if (size === 8) view.setBigInt64(offset, value, littleEndian);
  else view.setInt32(offset, value > INT_MAX ? Number(INT_MAX) : Number(value), littleEndian);
}

const INT_MAX = 0x7fffffffn;
