/** The bytes of internet and Unix addresses on Linux: what is written, and what is read of any length. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import '#src/families/index.js';
import { AF_INET, AF_INET6, AF_UNIX } from 'berkeley';
import { AddressReader } from '#src/address/reader.js';
import {
  checkAddress,
  decodeAddress,
  decodeShared,
  defineFamily,
  driverNamed,
  driverOf,
  familyNameOf,
  readFamily,
  writeFamily,
} from '#src/address/registry.js';
import { binding, shared } from '#src/binding.js';
import { littleEndian } from '#src/layout/view.js';

const skip = process.platform === 'linux' ? false : 'the bytes are those of Linux';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
/** A number in host byte order, as hexadecimal digits. */
const host = (number: number, size: number) => {
  const bytes = Buffer.alloc(size);
  if (littleEndian) bytes.writeUIntLE(number, 0, size);
  else bytes.writeUIntBE(number, 0, size);
  return bytes.toString('hex');
};

const in4 = host(AF_INET, 2);
const in6 = host(AF_INET6, 2);
const un = host(AF_UNIX, 2);
const LOOPBACK = '00000000000000000000000000000001';
const LINK = 'fe800000000000000000000000000001';

/** An address, its bytes, and the address that is read (the same with its family if absent). */
const rows: readonly (readonly [name: string, address: object, bytes: string, read?: object])[] = [
  ['inet', { host: '192.0.2.1', port: 0x1234 }, `${in4} 1234 c0000201 0000000000000000`],
  ['inet', { host: '255.255.255.255', port: 65535 }, `${in4} ffff ffffffff 0000000000000000`],
  ['inet', { host: '0.0.0.0', port: 0 }, `${in4} 0000 00000000 0000000000000000`],
  [
    'inet6',
    { host: '::1', port: 0x1234 },
    `${in6} 1234 00000000 ${LOOPBACK} 00000000`,
    { host: '::1', port: 0x1234, flowinfo: 0, scopeId: 0 },
  ],
  [
    'inet6',
    { host: 'fe80::1', port: 65535, flowinfo: 0xfffffff, scopeId: 0xffffffff },
    `${in6} ffff 0fffffff ${LINK} ffffffff`,
  ],
  [
    'inet6',
    { host: 'fe80::1%7', port: 0, flowinfo: 0x12345, scopeId: 0 },
    `${in6} 0000 00012345 ${LINK} ${host(7, 4)}`,
    { host: 'fe80::1', port: 0, flowinfo: 0x12345, scopeId: 7 },
  ],
  [
    'inet6',
    { host: 'fe80::1%7', port: 1, scopeId: 0x10203 },
    `${in6} 0001 00000000 ${LINK} ${host(0x10203, 4)}`,
    { host: 'fe80::1', port: 1, flowinfo: 0, scopeId: 0x10203 },
  ],
  ['unix', { path: '/x' }, `${un} 2f78 00`],
  ['unix', { path: Buffer.from('/ü') }, `${un} 2fc3bc 00`, { path: '/ü' }],
  ['unix', { path: Buffer.from([0x2f, 0xff]) }, `${un} 2fff 00`],
  ['unix', { path: 'x'.repeat(107) }, `${un} ${'78'.repeat(107)} 00`],
  ['unix', { path: 'x'.repeat(108) }, `${un} ${'78'.repeat(108)}`],
  ['unix', { abstract: 'ab' }, `${un} 00 6162`, { abstract: Buffer.from('ab') }],
  ['unix', { abstract: '' }, `${un} 00`, { abstract: Buffer.alloc(0) }],
  ['unix', { abstract: Buffer.from('a\0b') }, `${un} 00 610062`],
  ['unix', { abstract: Buffer.alloc(107, 1) }, `${un} 00 ${'01'.repeat(107)}`],
  ['unix', { unnamed: true }, un],
];

describe('an address', { skip }, () => {
  for (const [name, address, text, read = address] of rows) {
    test(`${name} ${JSON.stringify(address).slice(0, 70)}`, () => {
      const driver = driverNamed(name)!;
      const bytes = bytesOf(text);
      assert.equal(hex(driver.encode(address as never)), hex(bytes));
      const decoded = decodeAddress(bytes, bytes.length);
      assert.deepEqual(decoded, { family: name, ...read });
      assert.ok(Object.isFrozen(decoded));
      // What follows the length is not a part of it, whatever it is.
      const longer = Uint8Array.from([...bytes, ...new Uint8Array(20).fill(0x41)]);
      assert.deepEqual(decodeAddress(longer, bytes.length), decoded);
    });
  }

  for (const [name, address, problem] of [
    ['inet', { host: 'localhost', port: 1 }, /'address\.host' must be a numeric IPv4 address/],
    ['inet', { host: '::1', port: 1 }, /'address\.host' must be a numeric IPv4 address/],
    ['inet6', { host: '::1', port: 1, flowinfo: 0x10000000 }, /"address\.flowinfo"/],
    ['inet6', { host: '::1', port: 1, scopeId: 2 ** 32 }, /"address\.scopeId"/],
    ['inet6', { host: '::1', port: 1, scopeId: -1 }, /"address\.scopeId"/],
    ['inet6', { host: 'fe80::1%4294967296', port: 1 }, /"address\.host"/],
    ['inet6', { host: 'fe80::1%', port: 1 }, /'address\.host' must name an existing interface/],
    ['inet6', { host: 'fe80::1%1x', port: 1 }, /'address\.host' must name an existing interface/],
    ['inet6', { host: 'fe80::1%x1', port: 1 }, /'address\.host' must name an existing interface/],
    ['inet6', { host: '1.2.3.4', port: 1 }, /'address\.host' must be a numeric IPv6 address/],
    ['inet6', { host: '%1', port: 1 }, /'address\.host' must be a numeric IPv6 address/],
    ['unix', { path: '' }, /'address\.path' must not be empty/],
    ['unix', { path: 'a\0b' }, /'address\.path' must not contain a NUL/],
    ['unix', { path: 'x'.repeat(109) }, /'address\.path' must not be longer than 108 bytes/],
    ['unix', { path: 5 }, /"address\.path" .*of type string or an instance of Uint8Array/],
    ['unix', { abstract: 'x'.repeat(108) }, /'address\.abstract' must not be longer than 107 bytes/],
    ['unix', { abstract: 5 }, /"address\.abstract" .*of type string or an instance of Uint8Array/],
    ['unix', { unnamed: false }, /"address" .*with path, abstract or unnamed/],
    ['unix', { unnamed: 1 }, /"address" .*with path, abstract or unnamed/],
    ['unix', {}, /"address" .*with path, abstract or unnamed/],
  ] as const) {
    test(`${name} ${JSON.stringify(address).slice(0, 70)} is an error`, () =>
      assert.throws(() => driverNamed(name)!.encode(address as never), problem));
  }

  test('can have the name of an interface for its zone', () => {
    const index = binding.if_nametoindex('lo');
    assert.ok(index > 0);
    const bytes = driverNamed('inet6')!.encode({ host: 'fe80::1%lo', port: 1 } as never);
    assert.equal(hex(bytes.subarray(24)), host(index, 4));
  });

  test('with the largest zone', () => {
    const bytes = driverNamed('inet6')!.encode({ host: 'fe80::1%4294967295', port: 1 } as never);
    assert.equal(hex(bytes.subarray(24)), 'ffffffff');
  });
});

describe('bytes that are cut', { skip }, () => {
  const inet = bytesOf(`${in4} 0050 01020304 0000000000000000`);
  const inet6 = bytesOf(`${in6} 0050 00000007 ${LOOPBACK} ${host(9, 4)}`);
  const unknown = (number: number, bytes: Uint8Array) => ({ family: 'unknown', number, bytes });

  test('are read as far as they have an IPv4 address', () => {
    const whole = { family: 'inet', host: '1.2.3.4', port: 80 };
    for (const length of [8, 9, 15, 16, 200]) assert.deepEqual(decodeAddress(inet, length), whole);
    for (const length of [2, 7])
      assert.deepEqual(decodeAddress(inet, length), unknown(AF_INET, inet.slice(2, length)));
  });

  test('are read as far as they have an IPv6 address, the zone if it is there', () => {
    const scoped = { family: 'inet6', host: '::1', port: 80, flowinfo: 7, scopeId: 9 };
    assert.deepEqual(decodeAddress(inet6, 28), scoped);
    for (const length of [24, 27]) assert.deepEqual(decodeAddress(inet6, length), { ...scoped, scopeId: 0 });
    assert.deepEqual(decodeAddress(inet6, 23), unknown(AF_INET6, inet6.slice(2, 23)));
  });

  test('are no address, or one without a family', () => {
    assert.equal(decodeAddress(inet, 0), null);
    assert.equal(decodeAddress(new Uint8Array(0), 9), null);
    assert.deepEqual(decodeAddress(inet, 1), unknown(0, new Uint8Array(0)));
    assert.deepEqual(decodeAddress(bytesOf(un), 1), unknown(0, new Uint8Array(0)));
  });

  test('of another family are those bytes, and a copy of them', () => {
    const bytes = bytesOf(`${host(0x3ffe, 2)} 0102`);
    const address = decodeAddress(bytes, 4) as { bytes: Uint8Array };
    assert.deepEqual(address, unknown(0x3ffe, bytesOf('0102')));
    bytes.fill(0);
    assert.deepEqual(address.bytes, bytesOf('0102'));
    const driver = driverOf(0x3ffe);
    assert.deepEqual([driver.name, driver.number], ['unknown', 0x3ffe]);
    assert.deepEqual(driver.encode(address as never), bytesOf(`${host(0x3ffe, 2)} 0102`));
    assert.deepEqual(driver.decode(bytesOf(`${host(5, 2)} 01`), 3), unknown(5, bytesOf('01')));
    assert.deepEqual(driver.describe(address as never), { address: 'AF 16382' });
    for (const wrong of [{ number: -1 }, { number: 0x10000 }, { bytes: 'x' }, { family: 'inet' }])
      assert.throws(() => driver.encode({ ...address, ...wrong } as never), /address\.(number|bytes|family)/);
    assert.equal(driver.encode({ ...address, number: 0xffff } as never)[1], 0xff);
  });

  test('of a Unix address end at a NUL, and are no longer than its path', () => {
    const read = (text: string) => decodeAddress(bytesOf(text), text.replaceAll(' ', '').length / 2);
    assert.deepEqual(read(`${un} 2f7800 41`), { family: 'unix', path: '/x' });
    assert.deepEqual(read(`${un} ${'78'.repeat(108)} 00`), { family: 'unix', path: 'x'.repeat(108) });
    assert.equal(read(`${un} ${'78'.repeat(109)}`)?.family, 'unknown');
    assert.equal(read(`${un} 00 ${'78'.repeat(107)}`)?.family, 'unix');
    assert.equal(read(`${un} 00 ${'78'.repeat(108)}`)?.family, 'unknown');
    const abstract = bytesOf(`${un} 00 6162`);
    const decoded = decodeAddress(abstract, 5) as { abstract: Uint8Array };
    abstract.fill(0);
    assert.equal(String(decoded.abstract), 'ab', 'a copy');
    const path = bytesOf(`${un} ff61`);
    const read2 = decodeAddress(path, 4) as { path: Uint8Array };
    path.fill(0);
    assert.deepEqual([...read2.path], [0xff, 0x61], 'a copy');
    assert.equal((read(`${un} efbbbf 61`) as { path: string }).path, '\ufeffa', 'with its byte order mark');
  });
});

describe('the number of a family', () => {
  test('is 16 bits in host byte order', { skip }, () => {
    const bytes = new Uint8Array(4);
    writeFamily(bytes, 0x1234);
    assert.equal(hex(bytes), `${host(0x1234, 2)}0000`);
    assert.equal(readFamily(bytes), 0x1234);
  });

  test('names its driver', () => {
    assert.equal(familyNameOf(AF_UNIX), 'unix');
    assert.equal(familyNameOf(0x3ffe), undefined);
    assert.equal(driverNamed('no such'), undefined);
    assert.equal(driverOf(AF_INET), driverNamed('inet'));
  });

  test('that the platform lacks is not registered', () => {
    const driver = { ...driverNamed('inet')!, name: 'inet' as const };
    defineFamily('absent family' as never, Number.MIN_SAFE_INTEGER, () => driver as never);
    assert.equal(driverNamed('absent family'), driver);
    assert.equal(familyNameOf(Number.MIN_SAFE_INTEGER), undefined);
  });

  test('of the own driver counts, if the kernel says another', { skip }, () => {
    const own = { says: AF_INET, decode: () => ({ family: 'unnamed' }) as never };
    const bytes = bytesOf(`${in4} 0050 01020304 0000000000000000`);
    assert.deepEqual(decodeAddress(bytes, 16, own), { family: 'unnamed' });
    assert.equal(decodeAddress(bytesOf(un), 2, own)?.family, 'unix');
    assert.equal(decodeAddress(bytes, 16, { decode: own.decode })?.family, 'inet');
    assert.equal(decodeAddress(bytes, 1, { decode: own.decode })?.family, 'unknown');
  });

  test('must be the one of the socket', () => {
    for (const family of ['inet', undefined])
      assert.deepEqual(checkAddress({ family, host: 'x' }, 'inet'), { family, host: 'x' });
    assert.throws(() => checkAddress({ family: 'inet6' }, 'inet'), /'address\.family'.*'inet'/s);
    assert.throws(() => checkAddress(undefined, 'inet'), /"address"/);
  });
});

describe('the address that the kernel has written', { skip }, () => {
  function write(text: string): void {
    const bytes = bytesOf(text);
    shared.address.set(bytes);
    shared.words[binding.addressLengthWord] = bytes.length;
  }

  test('is the same object while its bytes are the same', () => {
    const reader = new AddressReader(driverNamed('inet')! as never);
    write(`${in4} 0050 01020304 0000000000000000`);
    const first = reader.read();
    assert.deepEqual(first, { family: 'inet', host: '1.2.3.4', port: 80 });
    assert.equal(reader.read(), first);
    write(`${in4} 0050 01020304 0000000000000001`);
    assert.notEqual(reader.read(), first);
    write(`${in4} 0050 01020305 0000000000000000`);
    assert.deepEqual(reader.read(), { family: 'inet', host: '1.2.3.5', port: 80 });
    assert.equal(decodeShared()?.family, 'inet');
  });

  test('with another length is another', () => {
    const reader = new AddressReader(driverNamed('inet')! as never);
    write(`${in4} 0050 01020304 0000000000000000`);
    const first = reader.read();
    shared.words[binding.addressLengthWord] = 8;
    assert.notEqual(reader.read(), first);
    shared.words[binding.addressLengthWord] = 0;
    assert.equal(reader.read(), null);
    assert.equal(reader.read(), null);
    assert.equal(decodeShared(), null);
    write(`${in4} 0050 01020304 0000000000000000`);
    assert.deepEqual(reader.read(), first);
  });

  test('is known in its bytes until the next one', () => {
    const reader = new AddressReader(driverNamed('inet')! as never);
    assert.equal(reader.bytesOf(null), undefined, 'nothing was read');
    write(`${in4} 0050 01020304 0000000000000000`);
    const first = reader.read();
    const bytes = reader.bytesOf(first)!;
    assert.deepEqual(Buffer.from(bytes), Buffer.from(bytesOf(`${in4} 0050 01020304 0000000000000000`)));
    for (const other of [{ ...first }, null, undefined]) assert.equal(reader.bytesOf(other), undefined);
    write(`${in4} 0051 01020304 0000000000000000`);
    const second = reader.read();
    assert.equal(reader.bytesOf(first), undefined);
    assert.deepEqual(
      [bytes[3], reader.bytesOf(second)![3]],
      [0x50, 0x51],
      'a call can still hold the first bytes',
    );
    shared.words[binding.addressLengthWord] = 0;
    assert.equal(reader.read(), null);
    assert.equal(reader.bytesOf(null), undefined);
  });

  test('with bytes in it is another every time', () => {
    const reader = new AddressReader(driverNamed('unix')! as never);
    write(`${un} 00 6162`);
    const first = reader.read();
    const second = reader.read();
    assert.deepEqual(first, second);
    assert.notEqual(first, second);
    write(`${un} 2f78 00`);
    assert.equal(reader.read(), reader.read());
  });
});
