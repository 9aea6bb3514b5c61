/** Addresses of families that this package does not support: no byte is lost, and nothing throws. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAddress, parseAddress, type UnknownAddress } from 'berkeley';
import { random } from '../support/bytes.js';

test('an address of an unknown family is formatted as text and parsed back, with any bytes', () => {
  const next = random(7);
  const below = (most: number) => Math.floor(next() * most);
  for (let i = 0; i < 300; i++) {
    const bytes = Uint8Array.from({ length: below(126) }, () => below(256));
    const address: UnknownAddress = { family: 'unknown', number: below(65536), bytes };
    assert.deepEqual(parseAddress(formatAddress(address)), address);
  }
});

test('a decoded address is frozen, as all addresses are', () => {
  for (const text of ['unknown:99:0102', '127.0.0.1:80', '[::1]:80', 'unix:/run/x', 'unix:@x', 'unix:'])
    assert.ok(Object.isFrozen(parseAddress(text)), text);
});
