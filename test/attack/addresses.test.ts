/** Any bytes that a kernel can write are decoded as an address, which can be formatted as text and parsed. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import '#src/families/index.js';
import type { SocketAddress } from '#src/address/address.js';
import {
  decodeAddress,
  familyNameOf,
  formatAddress,
  parseAddress,
  writeFamily,
} from '#src/address/registry.js';

const ROUNDS = 200;
const LONGEST = 256;

/** Numbers below `limit`, the same in each run: mulberry32. */
function random(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Bytes of any content: noise, mostly zeros, or text with gaps. */
function noise(next: (limit: number) => number): Uint8Array {
  const kind = next(3);
  return Uint8Array.from({ length: LONGEST }, () => {
    if (kind === 0) return next(256);
    if (kind === 1) return next(8) === 0 ? next(256) : 0;
    return next(10) === 0 ? 0 : 32 + next(95);
  });
}

function check(bytes: Uint8Array, length: number): void {
  const what = `${length} bytes of ${Buffer.from(bytes).toString('hex', 0, length)}`;
  const address = decodeAddress(bytes, length);
  assert.ok(address !== null && Object.isFrozen(address), what);
  const text = formatAddress(address);
  let back: SocketAddress | undefined;
  assert.doesNotThrow(() => (back = parseAddress(text)), `${text}: ${what}`);
  assert.deepEqual(back, address, `${text}: ${what}`);
  assert.equal(formatAddress(back!), text);
}

describe('sockaddr bytes of any length and content are decoded', () => {
  for (let family = 0; family < 48; family++) {
    test(`family ${family}, ${familyNameOf(family) ?? 'unknown'}`, () => {
      assert.equal(decodeAddress(new Uint8Array(LONGEST), 0), null);
      const next = random(family + 1);
      for (let round = 0; round < ROUNDS; round++) {
        const bytes = noise(next);
        writeFamily(bytes, family);
        check(bytes, 1 + (round < 64 ? round : next(LONGEST)));
      }
    });
  }
});
