/** Memory from the caller: every kind, from every realm, including objects with a false length. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import type * as BytesModule from '../../src/layout/memory.js';
import { built } from '../tables/constants.js';

const { checkLength, toBytes, toWritable } = (await import(
  built('src/layout/memory.ts')
)) as typeof BytesModule;

const realm = createContext({});
const other = <T>(code: string): T => runInContext(code, realm) as T;

/** A view of this package. Its length is an internal slot of the engine, so `length` can be trusted. */
function isPlain(view: Uint8Array): boolean {
  const prototype = Object.getPrototypeOf(view);
  return (
    (prototype === Uint8Array.prototype || prototype === Buffer.prototype) && !Object.hasOwn(view, 'length')
  );
}

function assertBytes(view: Uint8Array, expected: readonly number[]): void {
  assert.ok(isPlain(view));
  assert.deepEqual([...view], expected);
}

function detached<T extends ArrayBufferView | ArrayBuffer>(memory: T): T {
  const buffer = ArrayBuffer.isView(memory) ? memory.buffer : memory;
  structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });
  return memory;
}

describe('memory of the caller', () => {
  test('an ordinary Buffer or Uint8Array is used directly', () => {
    for (const memory of [Buffer.from('ab'), new Uint8Array([1, 2])])
      assert.equal(toWritable(memory, 'data'), memory);
  });

  test('other views and buffers are views of the same memory', () => {
    const memory = new ArrayBuffer(8);
    new Uint8Array(memory).set([1, 2, 3, 4, 5, 6, 7, 8]);
    assertBytes(toBytes(memory, 'data'), [1, 2, 3, 4, 5, 6, 7, 8]);
    assertBytes(toBytes(new DataView(memory, 2, 3), 'data'), [3, 4, 5]);
    assertBytes(toBytes(new Uint16Array(memory, 4, 1), 'data'), [5, 6]);
    assertBytes(toBytes(new Uint8ClampedArray(memory, 7), 'data'), [8]);
    toWritable(new Int32Array(memory), 'data')[0] = 9;
    assert.equal(new Uint8Array(memory)[0], 9);
    assertBytes(toBytes(new SharedArrayBuffer(2), 'data'), [0, 0]);
    assertBytes(toBytes(new Uint8Array(new SharedArrayBuffer(3), 1), 'data'), [0, 0]);
    assertBytes(toBytes('é', 'data'), [0xc3, 0xa9]);
    for (const empty of ['', new Uint8Array(0), new ArrayBuffer(0), new DataView(memory, 8)])
      assertBytes(toBytes(empty, 'data'), []);
  });

  test('views and buffers of another realm', () => {
    assertBytes(toBytes(other('new Uint8Array([1, 2, 3]).subarray(1)'), 'data'), [2, 3]);
    assertBytes(toBytes(other('new Uint8Array([4, 5]).buffer'), 'data'), [4, 5]);
    assertBytes(toBytes(other('new DataView(new Uint8Array([6, 7]).buffer, 1)'), 'data'), [7]);
    assertBytes(toBytes(other('new SharedArrayBuffer(1)'), 'data'), [0]);
    assertBytes(toBytes(other('new Uint16Array(1)'), 'data'), [0, 0]);
  });

  test('overridden length, buffer and tag properties are ignored', () => {
    const lies = { length: 1000, byteLength: 1000, byteOffset: 1, buffer: new ArrayBuffer(1000) };
    const lie = (memory: object) => {
      for (const [name, value] of Object.entries(lies)) Object.defineProperty(memory, name, { value });
      Object.defineProperty(memory, Symbol.toStringTag, { value: 'DataView' });
      return memory as Uint8Array;
    };
    assertBytes(toBytes(lie(Buffer.from([1, 2])), 'data'), [1, 2]);
    assertBytes(toBytes(lie(new Uint8Array([3, 4])), 'data'), [3, 4]);
    assertBytes(toBytes(lie(new DataView(new Uint8Array([5, 6]).buffer)), 'data'), [5, 6]);
    assertBytes(toBytes(lie(new Uint8Array([7]).buffer), 'data'), [7]);
    class Longer extends Uint8Array {
      override get length(): number {
        return 1000;
      }
    }
    assertBytes(toBytes(new Longer([8, 9]), 'data'), [8, 9]);
    const renamed = Object.setPrototypeOf(new Uint8Array([10]), DataView.prototype);
    assertBytes(toBytes(renamed, 'data'), [10]);
    assertBytes(toBytes(Object.setPrototypeOf(new Uint8Array([11]), null), 'data'), [11]);
  });

  test('objects that only resemble a typed array are refused', () => {
    const forged = [Uint8Array.prototype, Buffer.prototype, DataView.prototype, ArrayBuffer.prototype].map(
      prototype => Object.create(prototype),
    );
    for (const value of [...forged, [1, 2], { length: 1 }, 5, null, undefined]) {
      assert.throws(() => toBytes(value as never, 'data'), {
        code: 'ERR_INVALID_ARG_TYPE',
        message: /^The "data" argument must be a string, or an instance of Buffer/,
      });
    }
    assert.throws(() => toWritable('text' as never, 'buffer'), {
      message: /^The "buffer" argument must be an/,
    });
  });

  test('detached memory is refused', () => {
    const gone = [
      detached(new ArrayBuffer(8)),
      detached(new Uint8Array(8)),
      detached(new Uint8Array(8).subarray(2, 4)),
      detached(new DataView(new ArrayBuffer(8))),
      detached(new Float64Array(2)),
    ];
    for (const memory of gone) {
      assert.throws(() => toBytes(memory, 'data'), {
        name: 'TypeError',
        code: 'ERR_INVALID_ARG_VALUE',
        message: /^The argument 'data' must not be detached/,
      });
    }
  });

  test('a view that is out of bounds after its buffer shrank is refused', () => {
    const memory = new (ArrayBuffer as unknown as new (length: number, options: object) => ArrayBuffer)(8, {
      maxByteLength: 8,
    });
    const views = [new Uint8Array(memory, 4, 4), new DataView(memory, 4, 4)];
    (memory as unknown as { resize(length: number): void }).resize(2);
    for (const view of views) assert.throws(() => toBytes(view, 'data'), { code: 'ERR_INVALID_ARG_VALUE' });
    assertBytes(toBytes(memory, 'data'), [0, 0]);
  });

  test('the length after a wait is read from the engine', () => {
    const memory = new Uint8Array(8);
    Object.defineProperty(memory, 'length', { value: 3, writable: true });
    checkLength(memory, 8, 'buffer');
    detached(memory);
    Object.assign(memory, { length: 8 });
    assert.throws(() => checkLength(memory, 8, 'buffer'), { code: 'ERR_INVALID_STATE' });
  });
});
