/** AF_DIVERT: its addresses, as far as they can be tested without FreeBSD. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatAddress, parseAddress } from 'berkeley';
import type { decodeAddress as DecodeAddress } from '../../src/address/registry.js';
import type { divert as DivertRoom } from '../../src/families/divert/divert.js';
import { built } from '../tables/constants.js';

const { divert } = (await import(built('src/families/divert/divert.ts'))) as { divert: typeof DivertRoom };

describe('addresses of AF_DIVERT', () => {
  test('a port alone is the port that the firewall diverts to', () => {
    const whole = { family: 'divert', port: 8668, host: '0.0.0.0', interface: '' } as const;
    assert.deepEqual(divert.encode({ port: 8668 }), divert.encode(whole));
    assert.equal(formatAddress(whole), 'divert:8668');
    assert.deepEqual(parseAddress('divert:8668'), whole);
    assert.deepEqual(divert.describe({ port: 8668 }), { address: 'divert:8668' });
  });

  test('the address of a packet has the interface that received it', () => {
    const address = { family: 'divert', port: 100, host: '192.0.2.1', interface: 'em0' } as const;
    assert.equal(formatAddress(address), 'divert:100:192.0.2.1:em0');
    assert.deepEqual(parseAddress('divert:100:192.0.2.1:em0'), address);
  });

  test('a name without a NUL is refused, as in the kernel', () => {
    const bytes = divert.encode({ port: 1, interface: '1234567' });
    bytes[15] = 56;
    assert.equal(divert.decode(bytes, bytes.length)?.interface, '');
  });

  test('addresses of its sockets have AF_INET, and are still parsed as AF_DIVERT', async () => {
    const { decodeAddress } = (await import(built('src/address/registry.ts'))) as {
      decodeAddress: typeof DecodeAddress;
    };
    const bytes = divert.encode({ port: 100, host: '192.0.2.1', interface: 'em0' });
    // On platforms with a length byte before the family, the same bytes have the same meaning. Here AF_INET
    // fills both bytes.
    new Uint16Array(bytes.buffer, 0, 1)[0] = divert.says!;
    assert.deepEqual(decodeAddress(bytes, bytes.length, divert), {
      family: 'divert',
      port: 100,
      host: '192.0.2.1',
      interface: 'em0',
    });
    assert.deepEqual(decodeAddress(bytes, bytes.length), { family: 'inet', port: 100, host: '192.0.2.1' });
  });

  test('errors name the argument', () => {
    const mistakes: readonly [unknown, string, RegExp][] = [
      [{}, 'ERR_INVALID_ARG_TYPE', /address\.port/],
      [{ port: 65536 }, 'ERR_OUT_OF_RANGE', /address\.port/],
      [{ port: 1, host: 'localhost' }, 'ERR_INVALID_ARG_VALUE', /address\.host/],
      [{ port: 1, host: 1 }, 'ERR_INVALID_ARG_TYPE', /address\.host/],
      [{ port: 1, interface: '12345678' }, 'ERR_INVALID_ARG_VALUE', /address\.interface/],
      [{ port: 1, interface: 'ŝ' }, 'ERR_INVALID_ARG_VALUE', /address\.interface/],
      [{ port: 1, interface: 'a\0' }, 'ERR_INVALID_ARG_VALUE', /address\.interface/],
      [{ family: 'inet', port: 1 }, 'ERR_INVALID_ARG_VALUE', /address\.family/],
    ];
    for (const [address, code, message] of mistakes)
      assert.throws(() => divert.encode(address as never), { code, message });
    for (const text of [
      ...['divert:', 'divert:65536', 'divert:1:2', 'divert:1:1.2.3:', 'divert:1:1.2.3.4:12345678'],
      ...['divert:1:1.2.3.4:%00', 'divert:1:1.2.3.4:a:b', 'divert:1:1.2.3.4:%C5%9D'],
    ]) {
      assert.throws(() => parseAddress(text), { code: 'ERR_INVALID_ARG_VALUE' }, text);
    }
  });
});
