/** Nonsense where sockets are made, adopted and configured. */
import { test } from 'node:test';
import { AF_INET6, close, fromfd, Socket, setDefaultTimeout, socketpair } from 'berkeley';
import { warmUp } from '../support/descriptors.js';
import { assertRefused, type Kind, type Refusal, wrong } from '../support/refusal.js';
import { untouched } from '../support/untouched.js';

await warmUp();

/** What is no whole number from 0 on, and how that is told. */
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

/** What is no time: not `null` and not a number from 0 on. */
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

test('making sockets', () =>
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

test('adopting descriptors', () =>
  untouched(async ({ tcp: { fd } }) => {
    for (const adopt of [Socket.from, fromfd]) {
      for (const refusal of [
        ...each([...notNatural, [undefined, 'type']], 'fd', 'adopting', value => adopt(value)),
        ...each(
          [
            [null, 'type'],
            [5, 'type'],
          ],
          'adoption',
          'adopting as',
          value => adopt(fd, value),
        ),
        ...each(notNatural, 'adoption.family', 'adopting as of family', value =>
          adopt(fd, { family: value }),
        ),
        ...each(notNatural, 'adoption.type', 'adopting as of type', value => adopt(fd, { type: value })),
        ...each(notNatural, 'adoption.protocol', 'adopting as of', value => adopt(fd, { protocol: value })),
      ])
        await assertRefused(refusal);
    }
    for (const refusal of each([...notNatural, [undefined, 'type']], 'fd', 'close', value => close(value)))
      await assertRefused(refusal);
  }));

test('modes', () =>
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

test('listening and shutting down', () =>
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
