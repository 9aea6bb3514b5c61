/** Bytes as kernels write them: numbers that are mostly small, text, lists of items with their own length. */
import fc, { type Arbitrary } from 'fast-check';
import type { ItemLayout } from '#src/layout/tlv.js';

const noise = (most: number) => fc.uint8Array({ maxLength: most, size: 'max' });

/** The numbers of a structure: zeros, small numbers, all ones, and any. */
const word = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.nat(64) },
  { weight: 1, arbitrary: fc.constant(0xffffffff) },
  { weight: 2, arbitrary: fc.nat(0xffffffff) },
);

function fromWords(numbers: readonly number[], missing: number): Uint8Array {
  const bytes = new Uint8Array(Uint32Array.from(numbers).buffer);
  return bytes.subarray(0, Math.max(0, bytes.length - missing));
}

const words = (most: number) =>
  fc
    .tuple(fc.array(word, { maxLength: Math.ceil(most / 4), size: 'max' }), fc.nat(3))
    .map(([numbers, missing]) => fromWords(numbers, missing).subarray(0, most));

const letter = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.nat(0xff) },
);
const letters = (most: number) =>
  fc.array(letter, { maxLength: most, size: 'max' }).map(codes => Uint8Array.from(codes));

/** Up to `most` bytes of any content. */
export function bytes(most: number): Arbitrary<Uint8Array> {
  return fc.oneof(
    { weight: 5, arbitrary: words(most) },
    { weight: 2, arbitrary: noise(most) },
    { weight: 1, arbitrary: letters(most) },
  );
}

/** Exactly `size` bytes of any content. */
export function bytesOf(size: number): Arbitrary<Uint8Array> {
  return bytes(size).map(some => {
    const all = new Uint8Array(size);
    all.set(some);
    return all;
  });
}

/** Joins pieces of memory. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** One item of a list: what follows the length in its header, its value, and how wrong the length is. */
interface Item {
  readonly head: Uint8Array;
  readonly value: Uint8Array;
  readonly lie: number;
}

function layOut({ head, value, lie }: Item, { header, length, lengthSize, align }: ItemLayout): Uint8Array {
  const space = new Uint8Array(Math.ceil((header + value.length) / align) * align);
  space.set(head.subarray(0, header - lengthSize - length), length + lengthSize);
  space.set(value, header);
  const view = new DataView(space.buffer);
  const said = Math.max(0, header + value.length + lie);
  if (lengthSize === 2) view.setUint16(length, said, true);
  else if (lengthSize === 4) view.setUint32(length, said, true);
  else view.setBigUint64(length, BigInt(said), true);
  return space;
}

/** Lengths in headers: mostly right, off by a few, or far beyond the end. */
const lie = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -24, max: 24 }) },
  { weight: 1, arbitrary: fc.nat(0xfffffff0) },
);

/** A list of items in a layout, of which the end can be missing. `head` has the rest of the header, such as a type. */
export function items(
  layout: ItemLayout,
  head: Arbitrary<Uint8Array>,
  value: Arbitrary<Uint8Array>,
): Arbitrary<Uint8Array> {
  const item = fc.record({ head, value, lie });
  const cut = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(40) });
  return fc.tuple(fc.array(item, { maxLength: 6 }), cut).map(([list, missing]) => {
    const whole = join(...list.map(each => layOut(each, layout)));
    return whole.subarray(0, Math.max(0, whole.length - missing));
  });
}

/** A number of 16 bits, as bytes. */
export function uint16(number: Arbitrary<number>): Arbitrary<Uint8Array> {
  return number.map(value => Uint8Array.of(value & 0xff, value >> 8));
}

/** Numbers of 32 bits, as bytes. */
export function int32s(...numbers: readonly Arbitrary<number>[]): Arbitrary<Uint8Array> {
  return fc.tuple(...numbers).map(values => new Uint8Array(Int32Array.from(values as number[]).buffer));
}
