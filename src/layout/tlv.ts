/**
 * Lists of items that contain their own length: netlink messages, attributes and next hops, control messages. An
 * {@link ItemLayout} describes the format of one kind. Numbers are in host byte order.
 */
import { littleEndian } from './view.js';

/** The format of one kind of item. */
export interface ItemLayout {
  /** The number of bytes before the value. */
  readonly header: number;
  /** The position in the header of the item's length, which includes the header. */
  readonly length: number;
  /** The number of bytes of the length. */
  readonly lengthSize: 2 | 4 | 8;
  /** The alignment of items. */
  readonly align: number;
}

/** Returns the next multiple of `step`, or `offset` if it is one. */
export function alignUp(offset: number, step: number): number {
  return Math.ceil(offset / step) * step;
}

/** Reads the length in the header of the item at `at`. */
function readLength(view: DataView, at: number, { length, lengthSize }: ItemLayout): number {
  if (lengthSize === 2) return view.getUint16(at + length, littleEndian);
  if (lengthSize === 4) return view.getUint32(at + length, littleEndian);
  // A BigInt would be garbage.
  const [low, high] = littleEndian ? [0, 4] : [4, 0];
  return (
    view.getUint32(at + length + low, littleEndian) +
    2 ** 32 * view.getUint32(at + length + high, littleEndian)
  );
}

/** Writes the length of the item at `at`, whose value has `size` bytes. */
export function writeLength(view: DataView, at: number, layout: ItemLayout, size: number): void {
  const { header, length, lengthSize } = layout;
  if (lengthSize === 2) view.setUint16(at + length, header + size, littleEndian);
  else if (lengthSize === 4) view.setUint32(at + length, header + size, littleEndian);
  else view.setBigUint64(at + length, BigInt(header + size), littleEndian);
}

/**
 * Visits the items in `view`, whatever its bytes are. Nothing past its end is read.
 *
 * @param visit is called with the position of an item and the length in its header. A length beyond the end
 * means that the item is truncated; it is the last.
 * @param end the end of the items
 */
export function visitItems(
  view: DataView,
  layout: ItemLayout,
  visit: (at: number, length: number) => void,
  end: number = view.byteLength,
): void {
  for (let at = 0; at + layout.header <= end; ) {
    const length = readLength(view, at, layout);
    if (length < layout.header) return;
    visit(at, length);
    at += alignUp(length, layout.align);
  }
}

/** Visits the items in `view`, except a truncated one. */
export function visitWholeItems(
  view: DataView,
  layout: ItemLayout,
  visit: (at: number, length: number) => void,
): void {
  visitItems(view, layout, (at, length) => {
    if (at + length <= view.byteLength) visit(at, length);
  });
}
