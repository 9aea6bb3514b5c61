/** Data with recognisable positions: every four bytes are a counter, so lost, repeated or moved parts are detected. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

/** Returns `size` bytes that count in 32-bit steps from `seed`. */
export function pattern(size: number, seed = 0): Buffer {
  const words = new Uint32Array(Math.ceil(size / 4));
  for (let i = 0; i < words.length; i++) words[i] = (seed + i) >>> 0;
  return Buffer.from(words.buffer, 0, size);
}

/** Asserts that long data is equal. `deepEqual` would take seconds and print pages. */
export function assertSame(actual: Uint8Array, expected: Uint8Array): void {
  assert.equal(actual.length, expected.length, 'length');
  assert.ok(Buffer.compare(actual, expected) === 0, 'the bytes differ');
}

export function digest(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** mulberry32: returns the same numbers for the same seed, so that a failure can be reproduced. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
