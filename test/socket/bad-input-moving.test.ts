/** Invalid arguments to the functions that send and receive. */
import { describe, test } from 'node:test';
import { createConnection, MSG_ERRQUEUE, MSG_OOB } from 'berkeley';
import { warmUp } from '../support/descriptors.js';
import { onWindows } from '../support/local.js';
import { assertRefused, type Kind, wrong } from '../support/refusal.js';
import type { AnySocket } from '../support/rows.js';
import { type Subjects, untouched } from '../support/untouched.js';

await warmUp();

type Values = readonly (readonly [unknown, Kind])[];
type Call = (socket: AnySocket, value: never, subjects: Subjects) => unknown;

const sizes: Values = [
  ['9', 'type'],
  [undefined, 'type'],
  [null, 'type'],
  [9n, 'type'],
  [-1, 'range'],
  [1.5, 'range'],
  [Number.NaN, 'range'],
  [2 ** 31, 'range'],
];

const numbers: Values = [
  [1.5, 'range'],
  [Number.NaN, 'range'],
  [2 ** 31, 'range'],
];

const flags: Values = [['0', 'type'], [null, 'type'], [0n, 'type'], [{}, 'type'], ...numbers];

const memories: Values = [undefined, null, 9, 'text', {}, [1, 2]].map(value => [value, 'type']);
const datas: Values = [undefined, null, 9, {}, [1, 2], new Map()].map(value => [value, 'type']);

function refuses(
  what: string,
  argument: string,
  values: Values,
  calls: Readonly<Record<string, Call>>,
): void {
  describe(what, () => {
    for (const [name, call] of Object.entries(calls)) {
      test(`invalid arguments to ${name} are rejected`, () =>
        untouched(async subjects => {
          for (const [value, kind] of values) {
            await assertRefused([
              `${name} of ${String(value)}`,
              () => call(subjects.pair, wrong(value), subjects),
              kind,
              argument,
            ]);
          }
        }));
    }
  });
}

refuses('a size', 'size', sizes, {
  recv: (socket, size) => socket.recv(size),
  recvSync: (socket, size) => socket.recvSync(size),
  recvfrom: (socket, size) => socket.recvfrom(size),
  recvfromSync: (socket, size) => socket.recvfromSync(size),
  recvmsg: (socket, size) => socket.recvmsg(size),
  recvmsgSync: (socket, size) => socket.recvmsgSync(size),
  recvFds: (socket, size) => socket.recvFds(size, 1),
  recvFdsSync: (socket, size) => socket.recvFdsSync(size, 1),
});

/** Optional sizes. */
const given = sizes.filter(([size]) => size !== undefined);

refuses('a size among the options', 'options.size', given, {
  chunks: (socket, size) => socket.chunks({ size }).next(),
  datagrams: (_, size, { unix }) => unix.datagrams({ size }).next(),
  recvSegments: (socket, size) => socket.recvSegments({ size }),
  recvSegmentsSync: (socket, size) => socket.recvSegmentsSync({ size }),
});

const flagged: Readonly<Record<string, Call>> = {
  recv: (socket, value) => socket.recv(9, value),
  recvSync: (socket, value) => socket.recvSync(9, value),
  recvInto: (socket, value) => socket.recvInto(Buffer.alloc(9), value),
  recvIntoSync: (socket, value) => socket.recvIntoSync(Buffer.alloc(9), value),
  recvfrom: (socket, value) => socket.recvfrom(9, value),
  recvfromSync: (socket, value) => socket.recvfromSync(9, value),
  recvfromInto: (socket, value) => socket.recvfromInto(Buffer.alloc(9), value),
  recvfromIntoSync: (socket, value) => socket.recvfromIntoSync(Buffer.alloc(9), value),
  recvmsg: (socket, value) => socket.recvmsg(9, value),
  recvmsgSync: (socket, value) => socket.recvmsgSync(9, value),
  send: (socket, value) => socket.send('x', value),
  sendSync: (socket, value) => socket.sendSync('x', value),
  sendAll: (socket, value) => socket.sendAll('x', value),
  sendAllSync: (socket, value) => socket.sendAllSync('x', value),
  sendmsg: (socket, value) => socket.sendmsg({ data: 'x' }, value),
  sendmsgSync: (socket, value) => socket.sendmsgSync({ data: 'x' }, value),
  sendto: (socket, value) => socket.sendto('x', { path: '/nonexistent' }, value),
  sendtoSync: (socket, value) => socket.sendtoSync('x', { path: '/nonexistent' }, value),
};

refuses('flags', 'flags', numbers, flagged);

const inObject: Values = flags.map(([value, kind]) => [{ flags: value }, kind]);
refuses('flags in an object', 'options.flags', inObject, flagged);

const neither: Values = [null, '0', 0n, true].map(value => [value, 'type']);
refuses('what is neither flags nor an object', 'options', neither, flagged);

const spaces: Values = given.map(([value, kind]) => [{ control: value }, kind]);
refuses('space for control messages', 'options.control', spaces, {
  recvmsg: (socket, value) => socket.recvmsg(9, value),
  recvmsgSync: (socket, value) => socket.recvmsgSync(9, value),
});

refuses('memory', 'buffer', memories, {
  recvInto: (socket, memory) => socket.recvInto(memory),
  recvIntoSync: (socket, memory) => socket.recvIntoSync(memory),
  recvfromInto: (socket, memory) => socket.recvfromInto(memory),
  recvfromIntoSync: (socket, memory) => socket.recvfromIntoSync(memory),
});

refuses('data', 'data', datas, {
  send: (socket, data) => socket.send(data),
  sendSync: (socket, data) => socket.sendSync(data),
  sendAll: (socket, data) => socket.sendAll(data),
  sendAllSync: (socket, data) => socket.sendAllSync(data),
  sendto: (socket, data) => socket.sendto(data, { path: '/nonexistent' }),
  sendtoSync: (socket, data) => socket.sendtoSync(data, { path: '/nonexistent' }),
});

const unflagged: Readonly<Record<string, Call>> = {
  accept: (socket, wait) => socket.accept(wait),
  connect: (socket, wait) => socket.connect({ path: '/nonexistent' }, wait),
  recvError: (socket, wait) => socket.recvError(wait),
  connections: (socket, wait) => socket.connections(wait).next(),
  chunks: (socket, wait) => socket.chunks(wait).next(),
  datagrams: (_, wait, { unix }) => unix.datagrams(wait).next(),
  errors: (socket, wait) => socket.errors(wait).next(),
};

const objects: Values = [null, 5, 'x', true].map(value => [value, 'type']);
refuses('the last argument', 'options', objects, unflagged);

const waits: Readonly<Record<string, Call>> = {
  ...unflagged,
  recv: (socket, wait) => socket.recv(9, wait),
  'recv of an urgent byte': (socket, wait) => socket.recv(9, { flags: MSG_OOB, ...(wait as object) }),
  ...(!onWindows && {
    'recv of an error': (socket: AnySocket, wait: never) =>
      socket.recv(9, { flags: MSG_ERRQUEUE, ...(wait as object) }),
  }),
  recvInto: (socket, wait) => socket.recvInto(Buffer.alloc(9), wait),
  recvfrom: (socket, wait) => socket.recvfrom(9, wait),
  recvfromInto: (socket, wait) => socket.recvfromInto(Buffer.alloc(9), wait),
  recvmsg: (socket, wait) => socket.recvmsg(9, wait),
  send: (socket, wait) => socket.send('x', wait),
  sendAll: (socket, wait) => socket.sendAll('x', wait),
  sendto: (socket, wait) => socket.sendto('x', { path: '/nonexistent' }, wait),
  sendmsg: (socket, wait) => socket.sendmsg({ data: 'x' }, wait),
};

const signals: Values = [null, {}, 'x', new EventTarget(), 5].map(signal => [{ signal }, 'type']);
refuses('a signal', 'options.signal', signals, waits);

const times: Values = [
  [{ timeout: '1' }, 'type'],
  [{ timeout: {} }, 'type'],
  [{ timeout: Number.NaN }, 'range'],
  [{ timeout: -1 }, 'range'],
];
refuses('a timeout', 'options.timeout', times, waits);

test('a host name in the address does not delay the error', () =>
  untouched(async ({ udp }) => {
    const to = { host: 'localhost', port: 9 };
    const times: [unknown, Kind][] = [
      [-1, 'range'],
      ['1', 'type'],
    ];
    for (const [timeout, kind] of times) {
      const wait = { timeout: wrong(timeout) };
      await assertRefused(['sendto', () => udp.sendto('x', to, wait), kind, 'options.timeout']);
      await assertRefused(['connect', () => udp.connect(to, wait), kind, 'options.timeout']);
      await assertRefused(['createConnection', () => createConnection(to, wait), kind, 'options.timeout']);
    }
  }));
