/** Numeric Internet addresses as text and bytes, by the rules of inet_pton(3), inet_ntop(3) and inet_aton(3). */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AF_INET, AF_INET6, inet_aton, inet_ntoa, inet_ntop, inet_pton } from 'berkeley';
import { readIpv4, readIpv6, writeIpv4, writeIpv6 } from '#src/layout/ip-text.js';

/** The text that is written, the bytes, and other text that is read as the same. */
const addresses6: readonly (readonly [text: string, bytes: string, ...also: string[]])[] = [
  ['::', '00000000000000000000000000000000', '0::', '::0', '0:0:0:0:0:0:0:0', '::0.0.0.0', '0::0:0:0'],
  ['::1', '00000000000000000000000000000001', '0:0:0:0:0:0:0:1', '::0001', '0:0:0:0:0:0:0.0.0.1'],
  ['1::', '00010000000000000000000000000000', '1:0:0:0:0:0:0:0', '1:0::0'],
  ['1::8', '00010000000000000000000000000008', '1:0:0:0::8'],
  ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008', '1:2:3:4:5:6:0.7.0.8'],
  ['1:2:3:4:5:6:7:0', '00010002000300040005000600070000', '1:2:3:4:5:6:7::'],
  ['0:2:3:4:5:6:7:8', '00000002000300040005000600070008', '::2:3:4:5:6:7:8'],
  ['1:2:3:0:5:6:7:8', '00010002000300000005000600070008', '1:2:3::5:6:7:8'],
  ['1::4:0:0:7:8', '00010000000000040000000000070008'],
  ['1:0:0:4::8', '00010000000000040000000000000008'],
  ['1::4:5:0:0:8', '00010000000000040005000000000008'],
  ['fe80::abcd:ef01', 'fe8000000000000000000000abcdef01', 'FE80::ABCD:EF01', 'fe80::171.205.239.1'],
  ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201', '::FFFF:c000:201', '0:0:0:0:0:ffff:c000:0201'],
  ['::1.2.3.4', '00000000000000000000000001020304', '::102:304'],
  ['::fffe:102:304', '00000000000000000000fffe01020304'],
  ['::feff:102:304', '00000000000000000000feff01020304'],
  ['::ff:102:304', '0000000000000000000000ff01020304'],
  ['1::ffff:102:304', '00010000000000000000ffff01020304'],
  [
    'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    'f'.repeat(32),
    'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255',
  ],
  ['::2:3:4:5:6', '00000000000000020003000400050006'],
];

const refused6 = [
  ...[
    '::1:2:3:4:5:6:7:1.2.3.4',
    '1::2:3:4:5:6:7:8:1.2.3.4',
    '::1:2:3:4:5:6:7:8:9',
    '::12345678',
    '::123456789',
  ],
  ...[
    '',
    ':',
    ':::',
    '1',
    '1:',
    ':1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8:',
    ':1:2:3:4:5:6:7:8',
  ],
  ...[
    '1::2::3',
    '::1::',
    '1:2:3:4:5:6:7:8::',
    '::1:2:3:4:5:6:7:8',
    '1:2:3:4::5:6:7:8',
    '12345::',
    '::12345',
    '::00001',
  ],
  ...['g::', '::g', '/::', '::@', '::`', ':: ', ' ::', '::1%1', '1:::2', '::1:', '1::2:'],
  ...[
    '::1.2.3',
    '::1.2.3.4.5',
    '::1.2.3.256',
    '::1.2.3.04',
    '::1.2.3.4:1',
    '1:2:3:4:5:6:7:1.2.3.4',
    '1:2:3:4:5:1.2.3.4',
  ],
  ...[
    '1.2.3.4',
    '::.1.2.3',
    '::1..2.3',
    '1:2:3:4:5:6:7:8:1.2.3.4',
    '::1.2.3.4x',
    '::a.2.3.4',
    '1:2:3:4:5:6:7:8.',
  ],
];

const addresses4: readonly (readonly [text: string, bytes: readonly number[]])[] = [
  ['0.0.0.0', [0, 0, 0, 0]],
  ['1.2.3.4', [1, 2, 3, 4]],
  ['10.99.100.255', [10, 99, 100, 255]],
  ['255.255.255.255', [255, 255, 255, 255]],
  ['128.0.0.1', [128, 0, 0, 1]],
];

const refused4 = [
  ...[
    '',
    '.',
    '1',
    '1.2',
    '1.2.3',
    '1.2.3.',
    '.1.2.3',
    '1..2.3',
    '1.2.3.4.',
    '1.2.3.4.5',
    '1.2.3.4 ',
    ' 1.2.3.4',
  ],
  ...[
    '01.2.3.4',
    '1.2.3.00',
    '256.1.1.1',
    '1.1.1.256',
    '1.1.1.1000',
    '1.2.3.a',
    '1.2.3.:',
    '1.2.3./',
    '1,2.3.4',
    '0x1.2.3.4',
  ],
];

const aton: readonly (readonly [text: string, address: number])[] = [
  ['1.2.3.4', 0x01020304],
  ['1.2.772', 0x01020304],
  ['1.131844', 0x01020304],
  ['16909060', 0x01020304],
  ['0x1.02.3.0X4', 0x01020304],
  ['0', 0],
  ['00', 0],
  ['010', 8],
  ['0377.0377.0377.0377', 0xffffffff],
  ['4294967295', 0xffffffff],
  ['255.16777215', 0xffffffff],
  ['255.255.65535', 0xffffffff],
  ['0xffffffff', 0xffffffff],
  ['127.1', 0x7f000001],
  ['127.1 rest', 0x7f000001],
  ['127.1\trest', 0x7f000001],
  ['127.1\rrest', 0x7f000001],
];

const refusedAton = [
  ...[
    '',
    ' 1',
    '1.',
    '.1',
    '1.2.3.4.',
    '1.2.3.4.5',
    '4294967296',
    '1.16777216',
    '1.2.65536',
    '1.2.3.256',
    '256.1',
    '1.256.1',
  ],
  ...['08', '0x', '1x', 'x1', '1.2.3.4x', '-1', '1.-2', '1.2.256.1', '1.08', '1..2'],
];

const bytesOf = (text: string) => Buffer.from(text, 'hex');

describe('IPv6', () => {
  for (const [text, hex, ...also] of addresses6) {
    test(text, () => {
      const bytes = bytesOf(hex);
      assert.equal(inet_ntop(AF_INET6, bytes), text);
      for (const one of [text, ...also]) assert.deepEqual(inet_pton(AF_INET6, one), bytes, one);
    });
  }

  for (const text of refused6)
    test(`'${text}' is no address, and nothing is written`, () => {
      const memory = new Uint8Array(16).fill(7);
      assert.equal(writeIpv6(text, memory, 0), false);
      assert.deepEqual(memory, new Uint8Array(16).fill(7));
      assert.throws(() => inet_pton(AF_INET6, text), { code: 'ERR_INVALID_ARG_VALUE', message: /IPv6/ });
    });

  test('is written and read at an offset, and nothing beside it', () => {
    for (const text of ['1:2::7:8', '::', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', '9::']) {
      const memory = new Uint8Array(24).fill(0xff);
      assert.equal(writeIpv6(text, memory, 5), true);
      assert.equal(readIpv6(memory, 5), text);
      assert.deepEqual(memory.subarray(5, 21), Uint8Array.from(inet_pton(AF_INET6, text)));
      for (const [i, byte] of memory.entries()) if (i < 5 || i > 20) assert.equal(byte, 0xff);
    }
  });
});

describe('IPv4', () => {
  for (const [text, bytes] of addresses4) {
    test(text, () => {
      const packed = Buffer.from(bytes);
      assert.deepEqual(inet_pton(AF_INET, text), packed);
      assert.equal(inet_ntop(AF_INET, packed), text);
      assert.equal(inet_ntoa(packed), text);
    });
  }

  for (const text of refused4)
    test(`'${text}' is no address, and nothing is written`, () => {
      const memory = new Uint8Array(4).fill(7);
      assert.equal(writeIpv4(text, memory, 0), false);
      assert.deepEqual(memory, new Uint8Array(4).fill(7));
      assert.throws(() => inet_pton(AF_INET, text), { code: 'ERR_INVALID_ARG_VALUE', message: /IPv4/ });
    });

  test('is written and read at an offset, and nothing beside it', () => {
    const memory = new Uint8Array(8).fill(0xff);
    assert.equal(writeIpv4('1.2.3.4', memory, 3), true);
    assert.deepEqual([...memory], [255, 255, 255, 1, 2, 3, 4, 255]);
    assert.equal(readIpv4(memory, 3), '1.2.3.4');
  });

  test('is read after another one and after the same one', () => {
    const memory = new Uint8Array(4);
    for (const text of ['255.255.255.255', '0.0.0.0', '0.0.0.0', '1.2.3.4', '1.2.3.4', '4.3.2.1']) {
      assert.equal(writeIpv4(text, memory, 0), true);
      assert.equal(readIpv4(memory, 0), text);
    }
  });

  for (const [text, address] of aton)
    test(`inet_aton ${JSON.stringify(text)}`, () => assert.equal(inet_aton(text).readUInt32BE(), address));

  for (const text of refusedAton)
    test(`inet_aton ${JSON.stringify(text)} is no address`, () =>
      assert.throws(() => inet_aton(text), { code: 'ERR_INVALID_ARG_VALUE', message: /'text'/ }));
});
