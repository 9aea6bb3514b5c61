/** The text of internet, Unix and unknown addresses: what is written, what is read, and what is no address. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatAddress, parseAddress } from 'berkeley';
import { driverNamed } from '#src/address/registry.js';

const inet = (host: string, port: number) => ({ family: 'inet', host, port });
const inet6 = (host: string, port: number, flowinfo = 0, scopeId = 0) => ({
  family: 'inet6',
  host,
  port,
  flowinfo,
  scopeId,
});
const path = (name: string | Uint8Array) => ({ family: 'unix', path: name });
const abstract = (name: string | Uint8Array) => ({ family: 'unix', abstract: Buffer.from(name as string) });

/** Text that is written and read. */
const both: readonly (readonly [text: string, address: object])[] = [
  ['127.0.0.1:80', inet('127.0.0.1', 80)],
  ['0.0.0.0:0', inet('0.0.0.0', 0)],
  ['255.255.255.255:65535', inet('255.255.255.255', 65535)],
  ['[::1]:80', inet6('::1', 80)],
  ['[::]:0', inet6('::', 0)],
  ['[fe80::1%2]:65535', inet6('fe80::1', 65535, 0, 2)],
  ['[fe80::1%4294967295]:1', inet6('fe80::1', 1, 0, 0xffffffff)],
  ['[::1]:80?flowinfo=7', inet6('::1', 80, 7)],
  ['[::1%3]:80?flowinfo=4294967295', inet6('::1', 80, 0xffffffff, 3)],
  ['unix:', { family: 'unix', unnamed: true }],
  ['unix:/run/x.sock', path('/run/x.sock')],
  ['unix:%40x', path('@x')],
  ['unix:a@x', path('a@x')],
  ['unix:a%20b%25c%7f', path('a b%c\x7f')],
  ['unix:!~', path('!~')],
  ['unix:%0a%c3%bc', path('\nü')],
  ['unix:%ff', path(Buffer.from([0xff]))],
  [`unix:${'x'.repeat(108)}`, path('x'.repeat(108))],
  ['unix:@', abstract('')],
  ['unix:@a%00b', abstract('a\0b')],
  ['unix:@@', abstract('@')],
  [`unix:@${'x'.repeat(107)}`, abstract('x'.repeat(107))],
  ['unknown:16382:', { family: 'unknown', number: 16382, bytes: new Uint8Array(0) }],
  ['unknown:65535:00ff', { family: 'unknown', number: 65535, bytes: Uint8Array.of(0, 255) }],
];

/** Text that is read, and written in another way. */
const read: readonly (readonly [text: string, address: object])[] = [
  ['[0:0::1]:080', inet6('::1', 80)],
  ['[FE80::1]:1', inet6('fe80::1', 1)],
  ['[::ffff:1.2.3.4]:1?flowinfo=0', inet6('::ffff:1.2.3.4', 1)],
  ['unix:%2f', path('/')],
  ['unknown:00001:', { family: 'unknown', number: 1, bytes: new Uint8Array(0) }],
];

const refused: readonly string[] = [
  '',
  '127.0.0.1',
  '127.0.0.1:',
  '127.0.0.1:65536',
  '127.0.0.1:100000',
  '127.0.0.1:80x',
  ' 127.0.0.1:80',
  '127.0.0.1:-1',
  '127.0.0:80',
  '256.0.0.1:80',
  '.:80',
  ':80',
  '::1:80',
  '[::1]',
  '[::1]:',
  '[::1]:65536',
  '[::1]:100000',
  'x[::1]:80',
  '[::1]:80x',
  '[::1%]:80',
  '[::1%lo]:80',
  '[::1%4294967296]:80',
  '[::1%11111111111]:80',
  '[::1]:80?flowinfo=',
  '[::1]:80?flowinfo=4294967296',
  '[::1]:80?flowinfo=11111111111',
  '[1::1::1]:80',
  '[]:80',
  '[g::]:80',
  'unix',
  'unix:%',
  'unix:%2',
  'unix:%zz',
  'unix:%FF',
  'unix:%zz%41',
  'unix:%41%zz',
  'unix:a%00b',
  `unix:${'x'.repeat(109)}`,
  `unix:@${'x'.repeat(108)}`,
  'xunix:/a',
  'unknown:65536:',
  'unknown:100000:',
  'unknown:1:0',
  'unknown:1:FF',
  'unknown::',
  'xunknown:1:',
  'unknown:1:00x',
];

describe('the text of addresses', {
  skip: process.platform === 'linux' ? false : 'lengths are those of Linux',
}, () => {
  for (const [text, address] of both) {
    test(text.slice(0, 40), () => {
      assert.deepEqual(parseAddress(text), address);
      assert.equal(formatAddress(address as never), text);
      assert.ok(Object.isFrozen(parseAddress(text)));
    });
  }

  for (const [text, address] of read) test(text, () => assert.deepEqual(parseAddress(text), address));

  for (const text of refused) {
    test(`${text.slice(0, 40)} is no address`, () =>
      assert.throws(() => parseAddress(text), { code: 'ERR_INVALID_ARG_VALUE', message: /'text'/ }));
  }

  test('is text', () => {
    for (const text of [5, null, undefined, Buffer.from('unix:')])
      assert.throws(() => parseAddress(text as never), { code: 'ERR_INVALID_ARG_TYPE', message: /"text"/ });
  });
});

describe('an address that is formatted', () => {
  for (const [name, address] of [
    ['has a family', {}],
    ['has a family that exists', { family: 'no such' }],
    ['has all fields', { family: 'inet', host: '1.2.3.4' }],
    ['has a host', { family: 'inet', port: 80 }],
    ['has a host that is text', { family: 'inet', host: { toString: () => '1.2.3.4' }, port: 80 }],
    ['has a numeric host', { family: 'inet', host: 'localhost', port: 80 }],
    ['has a port that is a number', { family: 'inet', host: '1.2.3.4', port: '80' }],
    ['has a port in the range', { family: 'inet', host: '1.2.3.4', port: 65536 }],
    ['has a flow that is a number', { ...inet6('::1', 80), flowinfo: '7' }],
    ['has no name if it says so', { family: 'unix', unnamed: 1 }],
    ['has a path', { family: 'unix' }],
    ['has a path that is text', { family: 'unix', path: 5 }],
    ['has a path that is not empty', { family: 'unix', path: '' }],
    ['has bytes', { family: 'unknown', number: 5 }],
    ['has a number', { family: 'unknown', bytes: new Uint8Array(0) }],
  ] as const)
    test(name, () =>
      assert.throws(() => formatAddress(address as never), { code: /^ERR_INVALID_ARG_(VALUE|TYPE)$/ }),
    );

  test('of an unknown family is an error that names the family', () =>
    assert.throws(() => formatAddress({ family: 'no such' } as never), /'address\.family'/));

  test('is an object', () => {
    for (const address of [undefined, null, 5, 'unix:'])
      assert.throws(() => formatAddress(address as never), {
        code: 'ERR_INVALID_ARG_TYPE',
        message: /"address"/,
      });
  });

  test('can have bytes for a name', () => {
    assert.equal(formatAddress({ family: 'unix', path: Buffer.from('/ü') } as never), 'unix:/%c3%bc');
    const bytes = new Uint8Array([9, 1, 2, 9]).subarray(1, 3);
    assert.equal(formatAddress({ family: 'unknown', number: 5, bytes } as never), 'unknown:5:0102');
  });
});

describe('an address in an error', () => {
  for (const [name, address, peer] of [
    ['inet', { host: '1.2.3.4', port: 80 }, { address: '1.2.3.4', port: 80 }],
    ['inet', { host: '', port: 0 }, { address: '0.0.0.0', port: 0 }],
    ['inet6', { host: '::1', port: 80 }, { address: '::1', port: 80 }],
    ['inet6', { host: '', port: 80 }, { address: '::', port: 80 }],
    ['unix', { path: '/run/x y' }, { address: '/run/x y' }],
    ['unix', { path: Buffer.from('/x y') }, { address: 'unix:/x%20y' }],
    ['unix', { abstract: 'x' }, { address: 'unix:@x' }],
    ['unix', { unnamed: true }, { address: 'unix:' }],
  ] as const)
    test(`${name} ${JSON.stringify(address)}`, () =>
      assert.deepEqual(driverNamed(name)!.describe(address as never), peer));
});
