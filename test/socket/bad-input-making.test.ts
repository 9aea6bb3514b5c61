/** Invalid arguments to the functions that create, adopt and configure sockets. */
import { test } from 'node:test';
import { AF_INET6, close, fromfd, Socket, setDefaultTimeout, socketpair } from 'berkeley';
import { warmUp } from '../support/descriptors.js';
import { assertRefused, type Kind, type Refusal, wrong } from '../support/refusal.js';
import { untouched } from '../support/untouched.js';

await warmUp();

/** Values that are not a whole number of 0 or more, and the expected errors. */
const notNatural: readonly (readonly [unknown, Kind])[] = [
  ['1', 'type'],
  [null, 'type'],
  [{}, 'type'],
  [true, 'type'],
  [1n, 'type'],
  [-1, 'range'],
  [1.5, 'range'],
  [Number.NaN, 'range'],
  [Number.POSITIVE_INFINITY, 'range'],
  [2 ** 31, 'range'],
];

/** Values that are not a time: neither `null` nor a number of 0 or more. */
const notTime: readonly (readonly [unknown, Kind])[] = [
  ['1', 'type'],
  [undefined, 'type'],
  [true, 'type'],
  [{}, 'type'],
  [-1, 'range'],
  [Number.NaN, 'range'],
  [Number.NEGATIVE_INFINITY, 'range'],
];

function each(
  values: readonly (readonly [unknown, Kind])[],
  argument: string,
  what: string,
  call: (value: never) => unknown,
): Refusal[] {
  return values.map(([value, kind]) => [
    `${what} ${String(value)}`,
    () => call(wrong(value)),
    kind,
    argument,
  ]);
}

test('functions that create sockets reject invalid arguments', () =>
  untouched(async () => {
    for (const refusal of [
      ...each([...notNatural, [999, 'range']], 'family', 'new Socket of family', value => new Socket(value)),
      ...each(notNatural, 'type', 'new Socket of type', value => new Socket(AF_INET6, value)),
      ...each(notNatural, 'protocol', 'new Socket of protocol', value => new Socket(AF_INET6, 1, value)),
      ...each([...notNatural, [999, 'range']], 'family', 'socketpair of family', value => socketpair(value)),
      ...each(notNatural, 'type', 'socketpair of type', value => socketpair(undefined, value)),
      ...each(notNatural, 'protocol', 'socketpair of protocol', value => socketpair(undefined, 1, value)),
    ])
      await assertRefused(refusal);
  }));

test('functions that adopt descriptors reject invalid arguments', () =>
  untouched(async ({ tcp: { fd } }) => {
    for (const adopt of [Socket.adopt, fromfd]) {
      for (const refusal of [
        ...each([...notNatural, [undefined, 'type']], 'fd', 'adopting', value => adopt(value)),
        ...each(
          [
            [null, 'type'],
            [5, 'type'],
          ],
          'options',
          'adopting as',
          value => adopt(fd, value),
        ),
        ...each(notNatural, 'options.family', 'adopting as of family', value => adopt(fd, { family: value })),
        ...each(notNatural, 'options.type', 'adopting as of type', value => adopt(fd, { type: value })),
        ...each(notNatural, 'options.protocol', 'adopting as of', value => adopt(fd, { protocol: value })),
      ])
        await assertRefused(refusal);
    }
    for (const refusal of each([...notNatural, [undefined, 'type']], 'fd', 'close', value => close(value)))
      await assertRefused(refusal);
  }));

test('invalid modes are rejected', () =>
  untouched(async ({ tcp }) => {
    const set = (value: never) => {
      tcp.timeout = value;
    };
    for (const refusal of [
      ...each(notTime, 'timeout', 'timeout =', set),
      ...each(notTime, 'timeout', 'setDefaultTimeout', value => setDefaultTimeout(value)),
      ...each(notBoolean, 'blocking', 'setBlocking', value => tcp.setBlocking(value)),
      ...each(notBoolean, 'inheritable', 'setInheritable', value => tcp.setInheritable(value)),
    ])
      await assertRefused(refusal);
  }));

const notBoolean: readonly (readonly [unknown, Kind])[] = [
  ['false', 'type'],
  [0, 'type'],
  [undefined, 'type'],
  [null, 'type'],
];

test('listen and shutdown reject invalid arguments', () =>
  untouched(async ({ server, tcp, pair }) => {
    for (const refusal of [
      ...each(
        [
          ['x', 'type'],
          [null, 'type'],
          [1.5, 'range'],
          [Number.NaN, 'range'],
          [2 ** 31, 'range'],
        ],
        'backlog',
        'listen',
        value => {
          server.listen(value);
          tcp.listen(value);
        },
      ),
      ...each(
        [
          [9, 'range'],
          [-1, 'range'],
          ['SHUT_RD', 'type'],
          [undefined, 'type'],
          [0.5, 'range'],
        ],
        'how',
        'shutdown',
        value => pair.shutdown(value),
      ),
    ])
      await assertRefused(refusal);
  }));
