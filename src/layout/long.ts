/** Signed integers whose size differs between systems: C's `long`, and the parts of a time. */
import { littleEndian } from './view.js';

/** Reads an integer of `size` bytes, 4 or 8. */
export function readLong(view: DataView, offset: number, size: number): bigint {
  return size === 8 ? view.getBigInt64(offset, littleEndian) : BigInt(view.getInt32(offset, littleEndian));
}

/** Writes an integer of `size` bytes, 4 or 8. One that is too large for them becomes the largest that they can hold. */
export function writeLong(view: DataView, offset: number, size: number, value: bigint): void {
  // Without the limit, a time of a billion years would be negative, which the kernel takes for no time at all.
  if (size === 8) view.setBigInt64(offset, value > INT64_MAX ? INT64_MAX : value, littleEndian);
  else view.setInt32(offset, value > INT32_MAX ? Number(INT32_MAX) : Number(value), littleEndian);
}

const INT32_MAX = 0x7fffffffn;
const INT64_MAX = 0x7fffffff_ffffffffn;
