/** Hardware addresses as text and bytes, in both directions and on all inputs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAddress, formatHardwareAddress, parseHardwareAddress } from 'berkeley';
import { built } from '../tables/constants.js';

const { encodePacket, decodePacket } = await import(built('src/families/packet/address.ts'));
const { encodeBluetooth, decodeBluetooth } = await import(built('src/families/bluetooth/address.ts'));

test('text and bytes round-trip, whatever the length', () => {
  for (const [text, hex] of [
    ['0a:1b:2c:3d:4e:5f', '0a1b2c3d4e5f'],
    ['00', '00'],
    ['', ''],
    [
      '00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10:11:12:13',
      '000102030405060708090a0b0c0d0e0f10111213',
    ],
  ] as const) {
    const bytes = Buffer.from(hex, 'hex');
    assert.deepEqual(parseHardwareAddress(text), bytes);
    assert.equal(formatHardwareAddress(bytes), text);
  }
  assert.deepEqual(parseHardwareAddress('AA:bB:Cc'), Buffer.from([0xaa, 0xbb, 0xcc]));
  assert.equal(formatHardwareAddress(new Uint16Array([0x0201]).buffer).length, 5);
});

test('other text is refused', () => {
  for (const text of ['a', 'aa:', ':aa', 'aa:b', 'aa-bb', 'aabb', 'gg:00', ' aa', 'aa\0', 'aa::bb'])
    assert.throws(
      () => parseHardwareAddress(text),
      { code: 'ERR_INVALID_ARG_VALUE', message: /'text'/ },
      text,
    );
  for (const text of [undefined, 5, Buffer.from('aa')])
    assert.throws(() => parseHardwareAddress(text as never), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => formatHardwareAddress('aa' as never), {
    code: 'ERR_INVALID_ARG_TYPE',
    message: /"bytes"/,
  });
});

test('packet addresses accept both', () => {
  const bytes = Buffer.from('0a1b2c3d4e5f', 'hex');
  for (const hardwareAddress of ['0A:1b:2c:3d:4e:5f', bytes, Uint8Array.from(bytes)]) {
    const encoded = encodePacket({ interface: '', hardwareAddress });
    assert.equal(decodePacket(encoded, encoded.length).hardwareAddress, '0a:1b:2c:3d:4e:5f');
    const address = {
      family: 'packet',
      interface: '',
      protocol: 1,
      packetType: 0,
      hardwareType: 1,
      hardwareAddress,
    };
    assert.match(formatAddress(address as never), /0a1b2c3d4e5f$/i);
  }
});

test('Bluetooth addresses accept both, in the order of the text', () => {
  const bytes = Buffer.from('0a1b2c3d4e5f', 'hex');
  for (const more of [{ psm: 1 }, { channel: 1 }, {}]) {
    for (const address of ['0a:1b:2c:3d:4e:5f', bytes]) {
      const encoded = encodeBluetooth({ address, ...more });
      assert.equal(decodeBluetooth(encoded, encoded.length).address, '0A:1B:2C:3D:4E:5F');
      assert.match(formatAddress({ family: 'bluetooth', address, ...more } as never), /0A-1B-2C-3D-4E-5F/);
    }
  }
  for (const address of [bytes.subarray(1), Buffer.alloc(0), Buffer.alloc(7), '0a:1b', 5, null])
    assert.throws(() => encodeBluetooth({ address, channel: 1 } as never), { message: /address\.address/ });
});
