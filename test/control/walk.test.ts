/** The walk over items that contain their length, byte by byte: layout/tlv.ts, and control messages in it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CMSG_LEN, CMSG_SPACE } from 'berkeley';
import { parseControl } from 'berkeley/control';
import { cmsghdr } from '#src/constants/layout.js';
import { alignUp, type ItemLayout, visitItems, visitWholeItems, writeLength } from '#src/layout/tlv.js';
import { littleEndian, viewOf } from '#src/layout/view.js';
import { checkItems, decodeControl, encodeControl } from '#src/message/control.js';

/** A header with other bytes on both sides of the length. */
const layoutWith = (lengthSize: ItemLayout['lengthSize']): ItemLayout => ({
  header: 16,
  length: 4,
  lengthSize,
  align: 4,
});

const setters = {
  2: (view: DataView, at: number, length: number) => view.setUint16(at, length, littleEndian),
  4: (view: DataView, at: number, length: number) => view.setUint32(at, length, littleEndian),
  8: (view: DataView, at: number, length: number) => view.setBigUint64(at, BigInt(length), littleEndian),
} as const;

/** Memory full of ones with the lengths of items at positions. */
function memory(
  size: number,
  layout: ItemLayout,
  lengths: readonly (readonly [at: number, length: number])[],
): DataView {
  const view = viewOf(new Uint8Array(size).fill(0xff));
  for (const [at, length] of lengths) setters[layout.lengthSize](view, at + layout.length, length);
  return view;
}

function visited(visit: typeof visitItems, view: DataView, layout: ItemLayout): [number, number][] {
  const found: [number, number][] = [];
  visit(view, layout, (at, length) => found.push([at, length]));
  return found;
}

test('the next multiple', () => {
  for (const [offset, step, next] of [
    [0, 4, 0],
    [1, 4, 4],
    [4, 4, 4],
    [5, 4, 8],
    [9, 8, 16],
    [7, 1, 7],
  ] as const)
    assert.equal(alignUp(offset, step), next);
});

for (const lengthSize of [2, 4, 8] as const) {
  const layout = layoutWith(lengthSize);
  const view = memory(60, layout, [
    [0, 16],
    [16, 17],
    [36, 24],
  ]);

  describe(`lengths of ${lengthSize} bytes`, () => {
    test('are read where the layout says, and nothing beside them', () => {
      assert.deepEqual(visited(visitItems, view, layout), [
        [0, 16],
        [16, 17],
        [36, 24],
      ]);
      assert.deepEqual(visited(visitWholeItems, view, layout), visited(visitItems, view, layout));
    });

    test('are written where the layout says, and nothing beside them', () => {
      const written = viewOf(new Uint8Array(60).fill(0xff));
      for (const [at, size] of [
        [0, 0],
        [16, 1],
        [36, 8],
      ] as const)
        writeLength(written, at, layout, size);
      assert.deepEqual(new Uint8Array(written.buffer), new Uint8Array(view.buffer));
    });

    test('beyond the end are of the last item, which is not whole', () => {
      const cut = memory(40, layout, [
        [0, 20],
        [20, 21],
      ]);
      assert.deepEqual(visited(visitItems, cut, layout), [
        [0, 20],
        [20, 21],
      ]);
      assert.deepEqual(visited(visitWholeItems, cut, layout), [[0, 20]]);
    });

    test('shorter than the header end the walk', () => {
      const short = memory(64, layout, [
        [0, 16],
        [16, 15],
        [32, 16],
      ]);
      assert.deepEqual(visited(visitItems, short, layout), [[0, 16]]);
      assert.deepEqual(visited(visitItems, memory(16, layout, [[0, 0]]), layout), []);
    });

    test('of which the header is cut are not read', () => {
      assert.deepEqual(visited(visitItems, memory(15, layout, [[0, 15]]), layout), []);
      assert.deepEqual(visited(visitItems, memory(16, layout, [[0, 16]]), layout), [[0, 16]]);
      assert.deepEqual(visited(visitItems, memory(31, layout, [[0, 16]]), layout), [[0, 16]]);
    });
  });
}

test('a length of 8 bytes is read and written whole', () => {
  const layout = layoutWith(8);
  const long = 2 ** 33 + 5;
  const view = viewOf(new Uint8Array(32));
  writeLength(view, 8, layout, long - 16);
  assert.equal(view.getBigUint64(12, littleEndian), BigInt(long));
  assert.deepEqual(visited(visitItems, viewOf(new Uint8Array(view.buffer, 8)), layout), [[0, long]]);
});

const item = (size: number) => ({ level: 1, type: 2, data: Buffer.alloc(size, 7) });

describe('control messages', () => {
  test('have sizes up to a C int', () => {
    const { data, align } = cmsghdr;
    const most = 0x7fffffff;
    assert.deepEqual([CMSG_LEN(0), CMSG_LEN(5)], [data, data + 5]);
    assert.deepEqual([CMSG_SPACE(0), CMSG_SPACE(1), CMSG_SPACE(align)], [data, data + align, data + align]);
    assert.equal(CMSG_LEN(most - data), most);
    assert.throws(() => CMSG_LEN(most - data + 1), RangeError);
    assert.equal(CMSG_SPACE(most - data - align), alignUp(most - align, align));
    assert.throws(() => CMSG_SPACE(most - data - align + 1), RangeError);
  });

  test('are nothing if there are none', () => {
    assert.equal(encodeControl(undefined), null);
    assert.equal(encodeControl([]), null);
  });

  test('have at most 1 MiB of data', () => {
    assert.equal(encodeControl([item(1 << 20)])?.length, CMSG_SPACE(1 << 20));
    assert.throws(() => encodeControl([item(0), item((1 << 20) + 1)]), /'message\.control\[1\]\.data'/);
  });

  test('are written at the multiples of the alignment, with zeros between them', () => {
    const space = encodeControl([item(1), item(0), item(cmsghdr.align)])!;
    assert.equal(space.length, 3 * cmsghdr.data + 2 * cmsghdr.align);
    const view = viewOf(space);
    const second = cmsghdr.data + cmsghdr.align;
    assert.equal(
      view.getUint32(second + (littleEndian ? 0 : cmsghdr.cmsg_len_size - 4), littleEndian),
      cmsghdr.data,
    );
    assert.deepEqual([...space.subarray(cmsghdr.data, second)], [7, ...new Uint8Array(cmsghdr.align - 1)]);
    assert.deepEqual(parseControl(space), [item(1), item(0), item(cmsghdr.align)]);
  });

  test('are read up to the length that is said, and never past the end', () => {
    const space = encodeControl([item(3), item(3)])!;
    assert.deepEqual(decodeControl(space, space.length + 100), [item(3), item(3)]);
    assert.deepEqual(decodeControl(space, CMSG_SPACE(3)), [item(3)]);
    assert.deepEqual(decodeControl(space, CMSG_LEN(2)), [item(2)]);
    assert.deepEqual(decodeControl(space, CMSG_LEN(0) - 1), []);
  });

  test('with a length of any size are cut at the end', () => {
    const space = encodeControl([item(8), item(8)])!;
    const high = littleEndian ? cmsghdr.cmsg_len_size - 1 : 0;
    space[high] = 1;
    const [first, ...rest] = parseControl(space);
    assert.deepEqual([first!.data.length, rest], [space.length - cmsghdr.data, []]);
  });

  test('that are none are an error with their place', () => {
    assert.throws(() => checkItems([{}, 5], 'control'), /"control\[1\]"/);
    assert.throws(() => checkItems(5, 'control'), /"control"/);
    assert.doesNotThrow(() => checkItems([{}], 'control'));
  });
});
