/**
 * However a call ends early, the data that it has received is not lost: its caller gets it, or the next
 * receive does.
 */
import assert from 'node:assert/strict';
import { readlinkSync } from 'node:fs';
import { describe, test } from 'node:test';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { AF_UNIX, MessageBatch, MSG_WAITALL, SOCK_DGRAM, Socket, socketpair } from 'berkeley';
import { MSG_DONTWAIT } from 'berkeley/constants';
import { failureOf } from '../support/failure.js';
import { fill } from '../support/full.js';
import { notOnWindows } from '../support/kernel.js';
import { freshName } from '../support/names.js';
import type { AnySocket } from '../support/rows.js';

type Unix = Socket<'unix'>;

const text = (data: Uint8Array): string => Buffer.from(data).toString();

/** Receives up to 100 bytes with MSG_WAITALL. */
const receives: readonly [string, (socket: Unix, options: object) => string | Promise<string>][] = [
  ['recv', async (socket, options) => text(await socket.recv(100, options))],
  ['recvSync', (socket, options) => text(socket.recvSync(100, options))],
  ['recvfrom', async (socket, options) => text((await socket.recvfrom(100, options)).data)],
  ['recvmsg', async (socket, options) => text((await socket.recvmsg(100, options)).data)],
  ['recvmsgSync', (socket, options) => text(socket.recvmsgSync(100, options).data)],
  [
    'recvInto',
    async (socket, options) => {
      const memory = Buffer.alloc(100);
      return text(memory.subarray(0, await socket.recvInto(memory, options)));
    },
  ],
];

describe('MSG_WAITALL returns the available data', () => {
  for (const [name, receive] of receives) {
    for (const [when, options] of [
      ['when it never waits', { flags: MSG_WAITALL, timeout: 0 }],
      ['with MSG_DONTWAIT', { flags: MSG_WAITALL | MSG_DONTWAIT }],
      ['when its time is over', { flags: MSG_WAITALL, timeout: 20 }],
    ] as const) {
      test(`${name} ${when}`, async () => {
        const [a, b] = socketpair();
        using one = a;
        using other = b;
        other.sendSync('0123456789');
        assert.equal(await receive(one, options), '0123456789');
      });
    }
  }
});

describe('closing a socket while a file reads from it keeps the data', () => {
  const whens = {
    'what an aborted call had received': async (call: Promise<unknown>, abort: AbortController) => {
      abort.abort();
      await call;
    },
    'what a waiting call has received': async () => {},
  };
  for (const [when, act] of Object.entries(whens)) {
    for (const buffering of [0, 4096]) {
      test(`${when}, buffering ${buffering}`, async () => {
        const [a, b] = socketpair();
        using other = b;
        const file = a.makefile('rb', { buffering });
        const abort = new AbortController();
        other.sendSync('0123456789');
        const call = failureOf(() => a.recv(100, { flags: MSG_WAITALL, signal: abort.signal }));
        await delay(5);
        await act(call, abort);
        a.close();
        other.sendSync('abc');
        other.close();
        let got = '';
        for (;;) {
          const piece = (await file.read(100)) as Uint8Array;
          if (piece.length === 0) break;
          got += text(piece);
        }
        assert.equal(got, '0123456789abc');
        await call;
        file.closeSync();
      });
    }
  }
});

const atOnce = notOnWindows('pairs that have sent data at once (AF_UNIX)');
test('detaching makes a waiting MSG_WAITALL return the data that it has received', {
  skip: atOnce,
}, async () => {
  const [a, b] = socketpair();
  using other = b;
  const call = a.recv(100, MSG_WAITALL);
  await other.send('abc');
  await turn();
  using same = Socket.adopt<'unix'>(a.detach());
  assert.equal(text(await call), 'abc');
  await other.send('def');
  assert.equal(text(await same.recv(9)), 'def');
});

describe('close() runs no code of the caller', { skip: notOnWindows('names that are no paths') }, () => {
  const spoilt: readonly [string, (address: { abstract?: string }) => void][] = [
    ['whose address object lost its field', address => delete address.abstract],
    [
      'whose address object throws',
      address =>
        Object.defineProperty(address, 'abstract', {
          get() {
            throw new Error('read again');
          },
        }),
    ],
  ];
  for (const [what, spoil] of spoilt) {
    test(`a send ${what} ends, and the descriptor is closed`, async () => {
      const address = { abstract: freshName() };
      using receiver = new Socket(AF_UNIX, SOCK_DGRAM);
      receiver.bind(address);
      const sender = new Socket(AF_UNIX, SOCK_DGRAM);
      fill(sender as unknown as AnySocket, () => sender.sendtoSync('x', address));
      const waiting = [
        failureOf(() => sender.sendto('x', address)),
        failureOf(() => sender.sendmsg({ data: 'x', address })),
      ];
      spoil(address);
      const link = `/proc/self/fd/${sender.fd}`;
      const socket = readlinkSync(link);
      sender.close();
      for (const error of await Promise.all(waiting))
        assert.equal((error as { code?: string }).code, 'EBADF');
      assert.notEqual(linkOf(link), socket);
    });
  }

  function linkOf(path: string): string {
    try {
      return readlinkSync(path);
    } catch {
      return 'closed';
    }
  }
});

describe('a batch can be used again', { skip: notOnWindows('pairs of datagram sockets (AF_UNIX)') }, () => {
  const ends: readonly [
    string,
    (call: (socket: Unix, options?: object) => Promise<unknown>) => Promise<void>,
  ][] = [
    [
      'after a call on a closed socket',
      async call => {
        const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
        a.close();
        b.close();
        await assert.rejects(call(a), { code: 'EBADF' });
      },
    ],
    [
      'after a refusal',
      call => withFull(async socket => void (await assert.rejects(call(socket, { timeout: 0 })))),
    ],
    [
      'after a deadline',
      call => withFull(async socket => void (await assert.rejects(call(socket, { timeout: 5 })))),
    ],
    [
      'after an abort',
      call =>
        withFull(
          async socket => void (await assert.rejects(call(socket, { signal: AbortSignal.timeout(5) }))),
        ),
    ],
    [
      'after an abort before the call',
      call =>
        withFull(async socket => void (await assert.rejects(call(socket, { signal: AbortSignal.abort() })))),
    ],
    [
      'after the socket was closed',
      call =>
        withFull(async socket => {
          const waiting = assert.rejects(call(socket), { code: 'EBADF' });
          socket.close();
          await waiting;
        }),
    ],
  ];

  /** A socket that can neither send nor receive. */
  async function withFull(body: (socket: Unix) => Promise<void>): Promise<void> {
    const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
    using one = a;
    using _ = b;
    fill(one as unknown as AnySocket, () => one.sendSync('x'));
    await body(one);
  }

  for (const [when, end] of ends) {
    test(`after recvmmsg ${when}`, async () => {
      const batch = new MessageBatch({ family: AF_UNIX, count: 2, size: 9 });
      await end((socket, options) => socket.recvmmsg(batch, options));
      batch.clear();
    });

    test(`after sendmmsg ${when}`, async () => {
      const batch = new MessageBatch({ family: AF_UNIX, count: 2, size: 9 });
      batch.push('x');
      await end((socket, options) => socket.sendmmsg(batch, options));
      batch.clear();
    });
  }

  test('after the Sync calls on a closed socket', async () => {
    const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
    a.close();
    b.close();
    const batch = new MessageBatch({ family: AF_UNIX, count: 2, size: 9 });
    batch.push('x');
    assert.throws(() => a.sendmmsgSync(batch), { code: 'EBADF' });
    batch.clear();
    assert.throws(() => a.recvmmsgSync(batch), { code: 'EBADF' });
    batch.clear();
  });
});
