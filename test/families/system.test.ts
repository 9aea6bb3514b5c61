/** AF_SYSTEM: its addresses, as far as they can be tested without macOS. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatAddress, parseAddress } from 'berkeley';
import { UTUN_CONTROL_NAME } from 'berkeley/constants';
import type { system as SystemRoom } from '../../src/families/system/system.js';
import { built } from '../tables/constants.js';

const { system } = (await import(built('src/families/system/system.ts'))) as { system: typeof SystemRoom };

describe('addresses of AF_SYSTEM', () => {
  test('a control has a number or a name, which are never confused', () => {
    const texts = {
      'system:5:0': { family: 'system', id: 5, unit: 0 },
      'system:name:5:0': { family: 'system', name: '5', unit: 0 },
      'system:name:name:7': { family: 'system', name: 'name', unit: 7 },
      'system:name:a%3Ab%25:1': { family: 'system', name: 'a:b%', unit: 1 },
      [`system:name:${UTUN_CONTROL_NAME}:0`]: { family: 'system', name: UTUN_CONTROL_NAME, unit: 0 },
    } as const;
    for (const [text, address] of Object.entries(texts)) {
      assert.deepEqual(parseAddress(text), address);
      assert.equal(formatAddress(address), text);
    }
  });

  test('invalid text is not parsed as an address', () => {
    const long = 'é'.repeat(48);
    for (const text of [
      ...['system:', 'system:5', 'system:5:', 'system:-1:0', 'system:5:4294967296', 'system:x:0'],
      ...['system:name::0', 'system:id:5:0', 'system:name:a:x', `system:name:${long}:0`, 'system:name:%00:0'],
    ]) {
      assert.throws(() => parseAddress(text), { code: 'ERR_INVALID_ARG_VALUE' }, text);
    }
  });

  test('the unit defaults to 0', () => {
    assert.deepEqual(system.encode({ id: 5 }), system.encode({ family: 'system', id: 5, unit: 0 }));
  });

  test('errors name the argument', () => {
    const mistakes: readonly [unknown, string, RegExp][] = [
      [{ id: -1 }, 'ERR_OUT_OF_RANGE', /address\.id/],
      [{ id: 2 ** 32 }, 'ERR_OUT_OF_RANGE', /address\.id/],
      [{ id: '5' }, 'ERR_INVALID_ARG_TYPE', /address\.id/],
      [{ id: 5, unit: 1.5 }, 'ERR_OUT_OF_RANGE', /address\.unit/],
      [{ unit: 1 }, 'ERR_INVALID_ARG_TYPE', /with id or name/],
      [{ name: '' }, 'ERR_INVALID_ARG_VALUE', /address\.name.*1 to 95 bytes/],
      [{ name: 'n'.repeat(96) }, 'ERR_INVALID_ARG_VALUE', /address\.name/],
      [{ name: 'a\0b' }, 'ERR_INVALID_ARG_VALUE', /address\.name/],
      [{ name: 5 }, 'ERR_INVALID_ARG_TYPE', /address\.name/],
      [{ family: 'inet', id: 5 }, 'ERR_INVALID_ARG_VALUE', /address\.family/],
      [null, 'ERR_INVALID_ARG_TYPE', /address/],
    ];
    for (const [address, code, message] of mistakes) {
      assert.throws(() => system.encode(address as never), { code, message });
      assert.throws(() => system.resolveSync!(address as never), { code, message });
    }
  });

  test('macOS resolves a name, and elsewhere the error says that AF_SYSTEM is missing', {
    skip: process.platform === 'darwin' && 'macOS knows the name',
  }, async () => {
    const named = { name: 'n'.repeat(95) };
    assert.equal(system.isResolved!(named), false);
    assert.equal(system.isResolved!({ id: 5 }), true);
    assert.deepEqual(system.resolveSync!({ id: 5, unit: 2 }), { id: 5, unit: 2 });
    const missing = { name: 'UnsupportedError', message: /AF_SYSTEM, which \w+ does not have/ };
    assert.throws(() => system.resolveSync!(named), missing);
    await assert.rejects(system.resolve!(named, {}), missing);
    assert.throws(() => system.encode(named), { code: 'ERR_INVALID_ARG_VALUE', message: /address\.name/ });
  });

  test('an error has the address as text', () => {
    assert.deepEqual(system.describe({ id: 5 }), { address: 'system:5:0' });
    assert.deepEqual(system.describe({ name: 'a b', unit: 1 }), { address: 'system:name:a%20b:1' });
  });
});
