/**
 * Items that say their own length, one after the other: netlink messages, attributes and next hops, control messages. A row
 * of {@link ItemLayout} says how those of one kind are laid out; numbers are in the byte order of this machine.
 */
import { littleEndian } from './view.js';

/** How items of one kind are laid out. */
export interface ItemLayout {
  /** How many bytes stand before the value. */
  readonly header: number;
  /** Where the header has the length of the item, itself included. */
  readonly length: number;
  /** How many bytes the length has. */
  readonly lengthSize: 2 | 4 | 8;
  /** Items begin at multiples of this. */
  readonly align: number;
}

/** The next multiple of `step`, or `offset` where it is one. */
export function alignUp(offset: number, step: number): number {
  return Math.ceil(offset / step) * step;
}

/** The length that the item at `at` claims. */
function readLength(view: DataView, at: number, { length, lengthSize }: ItemLayout): number {
  if (lengthSize === 2) return view.getUint16(at + length, littleEndian);
  if (lengthSize === 4) return view.getUint32(at + length, littleEndian);
  return Number(view.getBigUint64(at + length, littleEndian));
}

/** Writes the length of the item at `at`, whose value has `size` bytes. */
export function writeLength(view: DataView, at: number, layout: ItemLayout, size: number): void {
  const { header, length, lengthSize } = layout;
  if (lengthSize === 2) view.setUint16(at + length, header + size, littleEndian);
  else if (lengthSize === 4) view.setUint32(at + length, header + size, littleEndian);
  else view.setBigUint64(at + length, BigInt(header + size), littleEndian);
}

/**
 * Visits the items in `view`, whatever its bytes are: nothing past its end is read.
 *
 * @param visit is told where an item begins, and the length that it claims, header included: more than there is, where
 *   its end was cut off. Such an item is the last.
 */
export function visitItems(
  view: DataView,
  layout: ItemLayout,
  visit: (at: number, length: number) => void,
): void {
  for (let at = 0; at + layout.header <= view.byteLength; ) {
    const length = readLength(view, at, layout);
    if (length < layout.header) return;
    visit(at, length);
    at += alignUp(length, layout.align);
  }
}

/** The same, without an item whose end was cut off. */
export function visitWholeItems(
  view: DataView,
  layout: ItemLayout,
  visit: (at: number, length: number) => void,
): void {
  visitItems(view, layout, (at, length) => {
    if (at + length <= view.byteLength) visit(at, length);
  });
}
