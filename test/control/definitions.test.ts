/** Rows that a program defines: their facts are checked, and their sizes count. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as control from 'berkeley/control';

const { CMSG_SPACE, defineBytes, defineControl, defineReader, defineReceived, describeControl, spaceFor } = {
  ...control,
  ...(await import('berkeley')),
} as never as typeof import('berkeley') &
  typeof import('#src/message/codec.js') &
  typeof import('#src/message/rows.js');

const facts = { name: 'TEST_ROW', level: 0x7001, type: 1, man: 'test(7)' };
const codec = {
  size: 4,
  decode: (data: Buffer) => data[0]!,
  encode: (value: number) => new Uint8Array([value, 0, 0, 0]),
};
const data = (size: number) => ({ level: facts.level, type: facts.type, data: Buffer.alloc(size, 9) });
const odd = (value: unknown) => value as never;

describe('the facts of a row', () => {
  for (const [name, changed, argument] of [
    ['are an object', 5, 'facts'],
    ['have a name', { ...facts, name: 5 }, 'facts.name'],
    ['have a level', { ...facts, level: 'x' }, 'facts.level'],
    ['have a level of 32 bits', { ...facts, level: 2 ** 31 }, 'facts.level'],
    ['have a type', { ...facts, type: 1.5 }, 'facts.type'],
    ['have a list of other types', { ...facts, also: 5 }, 'facts.also'],
    ['have other types that are numbers', { ...facts, also: [1, 'x'] }, 'facts.also[1]'],
  ] as const) {
    test(name, () =>
      assert.throws(
        () => defineReader(odd(changed), 0, () => 1),
        (error: Error) => error.message.includes(`"${argument}"`),
      ),
    );
  }

  test('include a function', () => {
    assert.throws(() => defineReader(facts, 0, odd(5)), /"decode"/);
    assert.throws(() => defineReceived(facts, odd({ size: 4 })), /codec/);
    assert.throws(() => defineControl(facts, odd({ size: 4, decode: () => 1 })), /codec/);
    assert.throws(() => defineBytes(facts, -1), /"most"/);
    assert.throws(() => defineReceived(facts, codec, 5), /"least"/);
  });
});

describe('a row', () => {
  test('reads all of its bytes, or as many as it needs at least', () => {
    const whole = defineReceived(facts, codec);
    assert.deepEqual(
      [whole.decode(data(3)), whole.decode(data(4)), whole.decode(data(5))],
      [undefined, 9, 9],
    );
    const part = defineReceived(facts, codec, 2);
    assert.deepEqual([part.decode(data(1)), part.decode(data(2))], [undefined, 9]);
    assert.equal(whole.space, CMSG_SPACE(4));
  });

  test('reads messages with its other types', () => {
    const row = defineReceived({ ...facts, type: 21, also: [22, 23] }, codec);
    for (const type of [21, 22, 23]) {
      const item = { ...data(4), type };
      assert.equal(row.matches(item), true);
      assert.deepEqual(describeControl([item]), [{ name: facts.name, value: 9 }]);
    }
    const other = { ...data(4), type: 24 };
    assert.equal(row.matches(other), false);
    assert.deepEqual(describeControl([other]), [other]);
  });

  test('of bytes has at most so many', () => {
    const row = defineBytes({ ...facts, type: 31 }, 3);
    assert.equal(row(Buffer.alloc(3)).data.length, 3);
    assert.throws(() => row(Buffer.alloc(4)), RangeError);
    assert.equal(row.space(3), CMSG_SPACE(3));
    assert.equal(row.decode({ level: facts.level, type: 31, data: Buffer.alloc(9) })?.length, 9);
  });

  test('finds the first of its messages that it can read, and all of them', () => {
    const row = defineReceived({ ...facts, type: 41 }, codec);
    const items = [3, 4, 5].map(size => ({ ...data(size), type: 41 }));
    assert.equal(row.find(items), 9);
    assert.deepEqual(row.all(items), [9, 9]);
    assert.throws(() => row.find(odd([5])), /"control\[0\]"/);
    assert.throws(() => row.all(odd([5])), /"control\[0\]"/);
    assert.throws(() => row.matches(odd(5)), /"item"/);
  });
});

describe('the space of several messages', () => {
  test('is the sum of numbers, rows and objects with a space', () => {
    assert.equal(spaceFor(8, { space: 16 }, control.ttl), 24 + CMSG_SPACE(4));
  });

  test('names the part that has none', () => {
    for (const [part, argument] of [
      ['x', 'parts[1]'],
      [null, 'parts[1]'],
      [undefined, 'parts[1]'],
      [true, 'parts[1]'],
      [Symbol('x'), 'parts[1]'],
      [[], 'parts[1]'],
      [{}, 'parts[1].space'],
      [{ space: -1 }, 'parts[1].space'],
      [-1, 'parts[1]'],
    ] as const)
      assert.throws(
        () => spaceFor(1, odd(part)),
        (error: Error) => error.message.includes(`"${argument}"`),
        String(argument),
      );
  });

  test('of a part of another type tells which types there are', () => {
    for (const part of ['x', null, undefined, true])
      assert.throws(() => spaceFor(odd(part)), /must be of type number or a row/);
  });
});
