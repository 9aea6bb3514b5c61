/**
 * Sync calls and promise calls of one direction are served in the order of the calls, and neither delays the
 * other for long.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import {
  AF_INET,
  AF_UNIX,
  BlockingError,
  createServer,
  MSG_WAITALL,
  SOCK_DGRAM,
  Socket,
  socketpair,
  TimeoutError,
} from 'berkeley';
import { SO_SNDBUF, SOL_SOCKET } from 'berkeley/constants';
import { warmUp } from '../support/descriptors.js';
import { failsWith, failureOf } from '../support/failure.js';
import { fill } from '../support/full.js';
import { notOnWindows, type Skip } from '../support/kernel.js';
import { freshName } from '../support/names.js';
import { startPeer } from '../support/peer.js';
import { startWatchdog, watch } from '../support/watchdog.js';

await warmUp(); // a limit of time does not include the start of the peer's thread

await startWatchdog();

function testBlocking(name: string, body: () => Promise<void>, skip: Skip = false): void {
  test(name, { timeout: 20_000, skip }, async () => {
    watch(name);
    try {
      await body();
    } finally {
      watch('');
    }
  });
}

/** A connected pair whose sender has a small buffer. */
function narrowPair(): [Socket<'unix'>, Socket<'unix'>] {
  const pair = socketpair();
  pair[0].setsockopt(SOL_SOCKET, SO_SNDBUF, 8192);
  return pair;
}

async function readAll(socket: Socket<'unix'>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('sends', () => {
  const size = 200_000;
  const sends: readonly [string, (socket: Socket<'unix'>) => unknown][] = [
    ['sendSync', socket => socket.sendSync('second')],
    ['sendAllSync', socket => socket.sendAllSync('second')],
    ['sendmsgSync', socket => socket.sendmsgSync({ data: 'second' })],
    ['sendFdsSync', socket => socket.sendFdsSync('second', [])],
  ];
  for (const [name, sendSync] of sends) {
    testBlocking(`${name} sends behind a sendAll that waits`, async () => {
      const [a, b] = narrowPair();
      using one = a;
      using other = b;
      const first = one.sendAll(Buffer.alloc(size, '.'));
      const receiving = startPeer(other, [{ drain: true }]);
      sendSync(one);
      await first;
      one.close();
      assert.equal((await receiving)!.length, size + 'second'.length);
    });

    testBlocking(`${name} that never waits lands behind, or is refused`, async () => {
      const [a, b] = narrowPair();
      using one = a;
      using other = b;
      const first = one.sendAll(Buffer.alloc(size, '.'));
      one.timeout = 0;
      await failsWith(() => sendSync(one), BlockingError, 'EAGAIN');
      const receiving = readAll(other);
      await first;
      one.close();
      assert.equal(await receiving, '.'.repeat(size));
    });
  }

  testBlocking(
    'a send to another receiver passes one whose receiver is full',
    async () => {
      using full = new Socket(AF_UNIX, SOCK_DGRAM);
      using free = new Socket(AF_UNIX, SOCK_DGRAM);
      const [fullAddress, freeAddress] = [{ abstract: freshName() }, { abstract: freshName() }];
      full.bind(fullAddress);
      free.bind(freeAddress);
      using sender = new Socket(AF_UNIX, SOCK_DGRAM);
      fill(sender, () => sender.sendtoSync('x', fullAddress));
      const waiting = failureOf(() => sender.sendto('waits', fullAddress));
      sender.sendtoSync('passes', freeAddress, { timeout: 5000 });
      assert.equal(String(free.recvSync(10, { timeout: 1000 })), 'passes');
      sender.close();
      await waiting;
    },
    notOnWindows('datagrams that wait for space at their receiver (AF_UNIX)'),
  );

  testBlocking('a send in this thread resolves the name that an earlier one waits for', async () => {
    using receiver = new Socket(AF_INET, SOCK_DGRAM);
    receiver.bind({ host: '127.0.0.1', port: 0 });
    const { port } = receiver.getsockname();
    using sender = new Socket(AF_INET, SOCK_DGRAM);
    const first = sender.sendto('1', { host: 'localhost', port });
    sender.sendtoSync('2', { host: '127.0.0.1', port });
    assert.equal(await first, 1);
    assert.deepEqual([receiver.recvSync(9), receiver.recvSync(9)].map(String), ['1', '2']);
  });
});

describe('receives', () => {
  const receives: readonly [string, (socket: Socket<'unix'>) => string][] = [
    ['recvSync', socket => String(socket.recvSync(10))],
    ['recvmsgSync', socket => String(socket.recvmsgSync(10).data)],
    ['recvSync with MSG_WAITALL', socket => String(socket.recvSync(4, MSG_WAITALL))],
  ];
  for (const [name, receiveSync] of receives) {
    testBlocking(`${name} takes nothing from a MSG_WAITALL that collects`, async () => {
      const [a, b] = socketpair();
      using one = a;
      using other = b;
      const first = one.recv(8, MSG_WAITALL);
      await other.send('0123');
      await turn();
      const sending = startPeer(other, [{ pause: 20 }, { send: '4567' }, { pause: 20 }, { send: 'next' }]);
      assert.equal(receiveSync(one), 'next');
      assert.equal(String(await first), '01234567');
      await sending;
    });

    testBlocking(`${name} that never waits leaves the bytes to it`, async () => {
      const [a, b] = socketpair();
      using one = a;
      using other = b;
      const first = one.recv(8, MSG_WAITALL);
      one.timeout = 0;
      await other.send('0123');
      await failsWith(() => receiveSync(one), BlockingError, 'EAGAIN');
      await other.send('4567');
      assert.equal(String(await first), '01234567');
    });
  }

  testBlocking('a call whose deadline passes while the thread is blocked ends then', async () => {
    const [a, b] = socketpair();
    using one = a;
    using other = b;
    const all = one.recv(8, { flags: MSG_WAITALL, timeout: 20 });
    const nothing = failureOf(() => one.recv(8, { timeout: 20 }));
    await other.send('0123');
    const sending = startPeer(other, [{ pause: 200 }, { send: 'later' }]);
    assert.equal(String(one.recvSync(10)), 'later');
    assert.equal(String(await all), '0123', 'what had come by the deadline');
    assert.ok((await nothing) instanceof TimeoutError);
    await sending;
  });

  testBlocking('a call that never waits is refused when the thread is about to block', async () => {
    const [a, b] = socketpair();
    using one = a;
    using other = b;
    const waiting = one.recv(1);
    await other.send('1');
    const refused = failureOf(() => one.recv(1, { timeout: 0 })); // this call waits behind the first
    const sending = startPeer(other, [{ pause: 50 }, { send: '2' }]);
    assert.equal(String(one.recvSync(1)), '2');
    assert.equal(String(await waiting), '1');
    assert.ok((await refused) instanceof BlockingError);
    await sending;
  });
});

testBlocking('acceptSync accepts behind an accept that waits', async () => {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  const address = server.getsockname();
  const first = server.accept();
  using one = new Socket();
  using two = new Socket();
  const connecting = [
    startPeer(one as never, [{ connect: address }]),
    startPeer(two as never, [{ connect: address }]),
  ];
  const second = server.acceptSync();
  await Promise.all(connecting);
  const firstPeer = (await first).address;
  assert.deepEqual(firstPeer, one.getsockname());
  assert.deepEqual(second.address, two.getsockname());
  second.socket.close();
  (await first).socket.close();
});
