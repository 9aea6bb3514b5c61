/** Invalid addresses in every call that takes one. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  AF_INET6,
  createConnection,
  createConnectionSync,
  createServer,
  formatAddress,
  MSG_DONTWAIT,
  parseAddress,
} from 'berkeley';
import { warmUp } from '../support/descriptors.js';
import { freshPath } from '../support/names.js';
import { assertRefused, type Kind, type Refusal, wrong } from '../support/refusal.js';
import type { AnySocket } from '../support/rows.js';
import { type Subjects, untouched } from '../support/untouched.js';

await warmUp();

type Row = readonly [address: unknown, kind: Kind, argument: string];

const HOST = '127.0.0.1';

const noAddress: readonly Row[] = [
  [undefined, 'type', 'address'],
  [null, 'type', 'address'],
  ['127.0.0.1:80', 'type', 'address'],
  [true, 'type', 'address'],
  [5, 'type', 'address'],
];

const ports: readonly Row[] = [
  [-1, 'range'],
  [65536, 'range'],
  [1.5, 'range'],
  [Number.NaN, 'range'],
  ['80', 'type'],
  [undefined, 'type'],
  [null, 'type'],
].map(([port, kind]) => [{ host: '::1', port }, kind as Kind, 'address.port']);

const inet: readonly Row[] = [
  ...noAddress,
  ...ports.map(([address, ...rest]): Row => [{ ...(address as object), host: HOST }, ...rest]),
  [{}, 'type', 'address.host'],
  [{ port: 80 }, 'type', 'address.host'],
  [{ host: 5, port: 80 }, 'type', 'address.host'],
  [{ host: null, port: 80 }, 'type', 'address.host'],
  [{ host: '127.0.0.1\0.example', port: 80 }, 'value', 'address.host'],
  [{ family: 'inet6', host: '::1', port: 80 }, 'value', 'address.family'],
  [{ family: 2, host: HOST, port: 80 }, 'value', 'address.family'],
  [{ path: '/tmp/x' }, 'value', 'address'],
  [{ family: 'unix', path: '/tmp/x' }, 'value', 'address.family'],
];

const inet6: readonly Row[] = [
  ...noAddress,
  ...ports,
  [{ host: '::1', port: 80, flowinfo: -1 }, 'range', 'address.flowinfo'],
  [{ host: '::1', port: 80, flowinfo: 2 ** 28 }, 'range', 'address.flowinfo'],
  [{ host: '::1', port: 80, flowinfo: '1' }, 'type', 'address.flowinfo'],
  [{ host: '::1', port: 80, scopeId: -1 }, 'range', 'address.scopeId'],
  [{ host: '::1', port: 80, scopeId: 2 ** 32 }, 'range', 'address.scopeId'],
  [{ host: '::1', port: 80, scopeId: 'lo' }, 'type', 'address.scopeId'],
  [{ host: '::1\0', port: 80 }, 'value', 'address.host'],
  [{ family: 'inet', host: HOST, port: 80 }, 'value', 'address.family'],
];

const unix: readonly Row[] = [
  ...noAddress,
  [{}, 'type', 'address'],
  [{ unnamed: false }, 'type', 'address'],
  [{ path: '' }, 'value', 'address.path'],
  [{ path: 5 }, 'type', 'address.path'],
  [{ path: undefined }, 'type', 'address.path'],
  [{ path: new Uint16Array(4) }, 'type', 'address.path'],
  [{ path: '/tmp/a\0b' }, 'value', 'address.path'],
  [{ path: 'x'.repeat(109) }, 'value', 'address.path'],
  [{ path: 'ü'.repeat(55) }, 'value', 'address.path'],
  [{ path: new Uint8Array(0) }, 'value', 'address.path'],
  [{ abstract: 'x'.repeat(108) }, 'value', 'address.abstract'],
  [{ abstract: new Uint8Array(108) }, 'value', 'address.abstract'],
  [{ abstract: 5 }, 'type', 'address.abstract'],
  [{ family: 'inet', host: HOST, port: 80 }, 'value', 'address.family'],
];

type Call = (socket: AnySocket, address: never) => unknown;

const calls: Readonly<Record<string, Call>> = {
  bind: (socket, address) => socket.bind(address),
  connect: (socket, address) => socket.connect(address),
  connectSync: (socket, address) => socket.connectSync(address),
  connectEx: (socket, address) => socket.connectEx(address),
  connectExSync: (socket, address) => socket.connectExSync(address),
  sendto: (socket, address) => socket.sendto('x', address),
  sendtoSync: (socket, address) => socket.sendtoSync('x', address),
  'sendto with flags': (socket, address) => socket.sendto('x', address, MSG_DONTWAIT),
  'sendtoSync with flags': (socket, address) => socket.sendtoSync('x', address, MSG_DONTWAIT),
};

const families: readonly [string, readonly Row[], (subjects: Subjects) => AnySocket][] = [
  ['inet', inet, ({ udp }) => udp],
  ['inet6', inet6, ({ tcp6 }) => tcp6],
  ['unix', unix, ({ unix: socket }) => socket],
];

for (const [family, rows, subject] of families) {
  describe(`an invalid ${family} address is refused`, () => {
    for (const [name, call] of Object.entries(calls)) {
      test(`by ${name}`, () =>
        untouched(async subjects => {
          for (const [address, kind, argument] of rows) {
            const what = `${name}(${JSON.stringify(address)})`;
            await assertRefused([what, () => call(subject(subjects), wrong(address)), kind, argument]);
          }
        }));
    }
  });
}

test('invalid text of an address is refused', async () => {
  const refusals: Refusal[] = [
    ['formatAddress(null)', () => formatAddress(wrong(null)), 'type', 'address'],
    ['formatAddress({})', () => formatAddress(wrong({})), 'value', 'address.family'],
    [
      'formatAddress of a packet address without an interface',
      () => formatAddress(wrong({ family: 'packet' })),
      'value',
      'address',
    ],
    [
      'formatAddress of a CAN address without an interface',
      () => formatAddress(wrong({ family: 'can' })),
      'value',
      'address',
    ],
    [
      'formatAddress of an algorithm without a name',
      () => formatAddress(wrong({ family: 'alg', type: 'hash' })),
      'value',
      'address',
    ],
    [
      'formatAddress of a path that is a number',
      () => formatAddress(wrong({ family: 'unix', path: 5 })),
      'value',
      'address',
    ],
    [
      'formatAddress of a path that is too long',
      () => formatAddress({ family: 'unix', path: 'x'.repeat(109) }),
      'value',
      'address',
    ],
    [
      'formatAddress of a path that is empty',
      () => formatAddress({ family: 'unix', path: '' }),
      'value',
      'address',
    ],
    [
      'formatAddress of an interface that is an object',
      () => formatAddress(wrong({ family: 'can', interface: {} })),
      'value',
      'address',
    ],
    ['formatAddress of none', () => formatAddress(wrong({ family: 'x' })), 'value', 'address.family'],
    ['parseAddress(5)', () => parseAddress(wrong(5)), 'type', 'text'],
    ['parseAddress of none', () => parseAddress('nowhere'), 'value', 'text'],
    ['parseAddress of a large port', () => parseAddress('127.0.0.1:65536'), 'value', 'text'],
    ['parseAddress of a long path', () => parseAddress(`unix:${'x'.repeat(109)}`), 'value', 'text'],
    ['parseAddress of half a byte', () => parseAddress('unix:%f'), 'value', 'text'],
  ];
  for (const refusal of refusals) await assertRefused(refusal);
});

test('createServer refuses invalid arguments', () =>
  untouched(async () => {
    const path = freshPath();
    const refusals: Refusal[] = [
      ['no address', () => createServer(wrong(undefined)), 'type', 'address'],
      ['an empty address', () => createServer(wrong({})), 'type', 'address.port'],
      ['a text', () => createServer(wrong('127.0.0.1')), 'type', 'address'],
      ['a port', () => createServer({ host: HOST, port: 65536 }), 'range', 'address.port'],
      ['options', () => createServer({ path }, wrong(null)), 'type', 'options'],
      ['a backlog', () => createServer({ path }, { backlog: wrong('x') }), 'type', 'options.backlog'],
      [
        'a family',
        () => createServer({ host: HOST, port: 0 }, { family: wrong(999) }),
        'range',
        'options.family',
      ],
      ['no family', () => createServer({ port: 0 }, { family: wrong(null) }), 'type', 'options.family'],
      [
        'dual stack without IPv6',
        () => createServer({ host: HOST, port: 0 }, { dualStack: true }),
        'value',
        'options.dualStack',
      ],
      [
        'an address of another family',
        () => createServer(wrong({ path }), { family: wrong(AF_INET6) }),
        'value',
        'options.family',
      ],
    ];
    for (const refusal of refusals) await assertRefused(refusal);
    assert.equal(existsSync(path), false, 'nothing was bound');
  }));

test('createConnection refuses invalid arguments', () =>
  untouched(async () => {
    for (const connect of [createConnection, createConnectionSync]) {
      const to = { host: HOST, port: 9 };
      const refusals: Refusal[] = [
        ['no address', () => connect(wrong(undefined)), 'type', 'address'],
        ['a text', () => connect(wrong('127.0.0.1:9')), 'type', 'address'],
        ['no port', () => connect(wrong({ host: HOST })), 'type', 'address.port'],
        ['a port', () => connect({ host: HOST, port: -1 }), 'range', 'address.port'],
        ['a host', () => connect({ host: wrong(5), port: 9 }), 'type', 'address.host'],
        ['a family', () => connect({ ...to, family: wrong('unix') }), 'value', 'address.family'],
        ['a number', () => connect({ ...to, family: wrong(AF_INET6) }), 'value', 'address.family'],
        ['a NUL', () => connect({ host: 'a\0b', port: 9 }), 'value', 'address.host'],
        ['options', () => connect(to, wrong(null)), 'type', 'options'],
        ['a timeout', () => connect(to, { timeout: -1 }), 'range', 'options.timeout'],
        ['no family', () => connect(to, { family: wrong(null) }), 'type', 'options.family'],
        ['a source', () => connect(to, { sourceAddress: wrong(5) }), 'type', 'options.sourceAddress'],
      ];
      for (const refusal of refusals) await assertRefused(refusal);
    }
    const to = { host: HOST, port: 9 };
    const racing: Refusal[] = [
      ['a signal', () => createConnection(to, { signal: wrong({}) }), 'type', 'options.signal'],
      ['a delay', () => createConnection(to, { attemptDelay: -1 }), 'range', 'options.attemptDelay'],
      ['a delay', () => createConnection(to, { attemptDelay: wrong('1') }), 'type', 'options.attemptDelay'],
    ];
    for (const refusal of racing) await assertRefused(refusal);
  }));
