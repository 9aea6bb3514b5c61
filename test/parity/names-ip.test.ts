/** Text forms of Internet addresses, and byte order, compared with Python and therefore with glibc. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AF_INET,
  AF_INET6,
  htonl,
  htons,
  inet_aton,
  inet_ntoa,
  inet_ntop,
  inet_pton,
  ntohl,
  ntohs,
} from 'berkeley';
import { type Call, type Outcome, outcomeOf, python } from './names-peer.js';

type Function = (...args: never[]) => unknown;
const here: Readonly<Record<string, Function>> = {
  htonl,
  htons,
  inet_aton,
  inet_ntoa,
  inet_ntop,
  inet_pton,
  ntohl,
  ntohs,
};

/** Invalid text is an OSError in Python and an invalid argument here. */
function likeOurs(outcome: Outcome): Outcome {
  return 'failure' in outcome ? { failure: 'refused' } : outcome;
}

function compare(calls: readonly Call[]): void {
  const theirs = python(calls);
  for (const [i, [name, ...args]] of calls.entries()) {
    const given = args.map(arg => (arg !== null && typeof arg === 'object' ? unhex(arg) : arg));
    const ours = outcomeOf(() => here[name]!(...(given as never[])));
    assert.deepEqual(ours, likeOurs(theirs[i]!), `${name}(${JSON.stringify(args)})`);
  }
}

function unhex(bytes: object): Buffer {
  return Buffer.from((bytes as { hex: string }).hex, 'hex');
}

/** The generator of Numerical Recipes gives the same texts in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const random = generator(20);
const pick = <T>(items: readonly T[]): T => items[random(items.length)]!;
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

function asTexts(texts: readonly string[]): Call[] {
  return texts.flatMap((text): Call[] => [
    ['inet_aton', text],
    ['inet_pton', AF_INET, text],
    ['inet_pton', AF_INET6, text],
  ]);
}

/** Texts that are difficult to parse, with white space around them. */
const hard = `
  . : :: ::: 1 0 00 1. .1 1..2 1.2.3 1.2.3.4 1.2.3.4.5 01.2.3.4 1.2.3.04 1.2.3.256 1.2.3.-4 +1.2.3.4 1.2.3.4x １.2.3.4
  0x7f.1 0X7F000001 0x 0x.1 017700000001 08.1 4294967295 4294967296 1.16777215 1.16777216 1.2.65535 1.2.65536
  ::1 1:: ::1.2.3.4 ::ffff:1.2.3.4 ::1.2.3 ::1.2.3.4.5 1.2.3.4:: ::01.2.3.4 ::1.2.3.4:5 ::ffff:0:1.2.3.4 64:ff9b::1.2.3.4
  1:2:3:4:5:6:7:8 1:2:3:4:5:6:7 1:2:3:4:5:6:7:8:9 1:2:3:4:5:6:1.2.3.4 1:2:3:4:5:6:7:1.2.3.4 1:2:3:4:5:6:7: ::1.2.3.4%1
  ::2:3:4:5:6:7:8 1::3:4:5:6:7:8 1:2:3:4:5:6:7:: ::1:2:3:4:5:6:7:8 1:2:3:4::5:6:7:8 1::2::3 :1 1: 1:2: ::1: 12345::
  0000:: 00000:: g:: FE80::ABCD fe80::1%lo fe80::1% [::1] ::0x1 0:0:0:0:0:0:0:0`;
const spaced = [
  '',
  ' ',
  '1.2.3.4 ',
  '1.2.3.4 x',
  ' 1.2.3.4',
  '1.2.3.4\n',
  '1.2.3.4\v\f\r\t',
  '1.2.3.4\u00a0',
];
const cut = ['1.2.3.4\0', '1.2.3.4 \0', '::1\0', '\0'];

test('texts that are difficult to parse', () => {
  compare(asTexts([...hard.trim().split(/\s+/), ...spaced, ...cut]));
});

test('random texts: pieces of addresses in any order', () => {
  const pieces = [
    ...'0 1 01 00 255 256 0x1f 077 08 ffff fffff a F . . . : : :: x g %lo -1 +1 é'.split(' '),
    ...'4294967295 65536 16777216 1.2.3.4 ::ffff:1.2.3.4'.split(' '),
    ...[' ', '\t'],
  ];
  const jumble = () => times(random(12), () => pick(pieces)).join('');
  const dotted = () =>
    times(1 + random(5), () =>
      pick(['0', '1', '127', '255', '256', '0x7f', '0177', '65535', '16777215', '09']),
    ).join('.') + pick(['', '', '', ' ', '\n', ' x', 'x', '.']);
  const colons = () =>
    pick(['', '', ':', '::']) +
    times(1 + random(9), () => pick(['0', '1', '0000', 'abcd', 'FFFF', ''])).join(':') +
    pick(['', '', '', ':', '::', ':1.2.3.4', '1.2.3.4', '::1.2.3.4', ':01.2.3.4']);
  compare(asTexts([...times(10_000, jumble), ...times(5_000, dotted), ...times(10_000, colons)]));
});

test('random bytes, with runs of zeros', () => {
  const addresses = times(20_000, () => {
    const bytes = Buffer.alloc(16);
    for (let group = 0; group < 8; group++) {
      if (random(3) === 0) bytes.writeUInt16BE(pick([1, 0xffff, 0x10, 0xabc, random(65536)]), group * 2);
    }
    return bytes;
  });
  compare(
    addresses.flatMap((bytes): Call[] => [
      ['inet_ntop', AF_INET6, { hex: bytes.toString('hex') }],
      ['inet_ntop', AF_INET, { hex: bytes.toString('hex', 4, 8) }],
      ['inet_ntoa', { hex: bytes.toString('hex', 10, 14) }],
    ]),
  );
});

test('invalid lengths, and families without addresses', () => {
  const lengths = [0, 1, 3, 5, 8, 15, 17, 32].map(length => ({ hex: '00'.repeat(length) }));
  compare(
    lengths.flatMap((bytes): Call[] => [
      ['inet_ntoa', bytes],
      ['inet_ntop', AF_INET, bytes],
      ['inet_ntop', AF_INET6, bytes],
    ]),
  );
  compare([
    ['inet_pton', 1, '1.2.3.4'],
    ['inet_pton', -1, '::1'],
    ['inet_ntop', 1, { hex: '01020304' }],
    ['inet_ntop', 99, { hex: '01020304' }],
  ]);
});

test('byte order', () => {
  const numbers = [0, 1, 0x80, 0xff, 0x100, 0x1234, 0x7fff, 0x8000, 0xffff, -1, 1.5];
  const long = [0x10000, 0x12345678, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, 2 ** 53];
  compare(
    [...numbers, ...long].flatMap((number): Call[] => [
      ['htons', number],
      ['ntohs', number],
      ['htonl', number],
      ['ntohl', number],
    ]),
  );
});
