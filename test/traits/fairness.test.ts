/** A peer that sends faster than we read must not starve timers and other sockets. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { AF_INET, MessageBatch, SOCK_DGRAM, Socket, socketpair } from 'berkeley';
import { createSocket } from 'berkeley/dgram';
import { warmUp } from '../support/descriptors.js';
import { LOCAL } from '../support/local.js';
import { startPeer } from '../support/peer.js';

await warmUp();

/**
 * Runs `loop` until a timer has fired and another socket was served. Both have to happen while the loop runs.
 */
async function whileBusy(loop: (isOver: () => boolean) => Promise<number>): Promise<void> {
  const [a, b] = socketpair();
  using one = a;
  using other = b;
  let over = false;
  const served = Promise.all([one.recv(9), delay(20)]).then(() => {
    over = true;
  });
  const busy = loop(() => over);
  await other.send('me too');
  await served;
  assert.ok((await busy) > 64, 'the loop was busy');
}

describe('a timer and another socket are served while', () => {
  test('one socket sends to itself continuously', { timeout: 10_000 }, () =>
    whileBusy(async isOver => {
      using socket = new Socket(AF_INET, SOCK_DGRAM);
      socket.bind({ host: '127.0.0.1', port: 0 });
      const address = socket.getsockname();
      let count = 0;
      for (; !isOver() || count <= 64; count++) {
        await socket.sendto('again', address);
        await socket.recv(9);
      }
      return count;
    }),
  );

  test('one socket receives data that never runs out', { timeout: 10_000 }, () =>
    whileBusy(async isOver => {
      const [a, b] = socketpair();
      using near = a;
      using far = b;
      let count = 0;
      for (; !isOver() || count <= 64; count++) {
        if (count % 1000 === 0) far.sendSync(Buffer.alloc(1000));
        await near.recv(1);
      }
      return count;
    }),
  );

  test('a thread floods a stream', { timeout: 10_000 }, () =>
    whileBusy(async isOver => {
      const [a, b] = socketpair(LOCAL);
      using near = a;
      using far = b;
      const flood = startPeer(far, [{ send: Buffer.alloc(64 * 2 ** 20) }]).catch(() => undefined);
      let count = 0;
      for await (const _ of near.chunks({ size: 256 })) {
        count++;
        if (isOver() && count > 64) break; // the thread may start slowly
      }
      near.close(); // the thread's send fails with EPIPE
      await flood;
      return count;
    }),
  );

  test('sendAll sends data that the kernel accepts at once', { timeout: 20_000 }, () =>
    whileBusy(async isOver => {
      const [a, b] = socketpair(LOCAL);
      using near = a;
      using far = b;
      const drained = startPeer(far, [{ drain: true }]);
      far.close();
      const data = Buffer.alloc(2 ** 20);
      let count = 0;
      for (; !isOver() || count <= 64; count++) await near.sendAll(data);
      near.close();
      assert.equal((await drained)?.length, count * data.length);
      return count;
    }),
  );
});

/** The number of datagrams that wait, which fit into a receive buffer, and of those that a timer may be behind. */
const WAITING = 200;
const MOST = 150;

/** Takes a millisecond for a message, as a program with much to do for each. */
function work(): void {
  const end = performance.now() + 1;
  while (performance.now() < end);
}

/** Starts a receiver of datagrams that calls a function for each, and returns its port and what closes it. */
type Receiver = (onMessage: () => boolean) => { port: number; close(): unknown };

function bound(serve: (socket: Socket) => Promise<unknown>): ReturnType<Receiver> {
  const socket = new Socket(AF_INET, SOCK_DGRAM);
  socket.bind({ host: '127.0.0.1', port: 0 });
  void serve(socket);
  return { port: socket.getsockname().port, close: () => socket.close() };
}

const receivers: Record<string, Receiver> = {
  recvfrom: onMessage =>
    bound(async socket => {
      do await socket.recvfrom(9);
      while (onMessage());
    }),
  'datagrams()': onMessage =>
    bound(async socket => {
      for await (const _ of socket.datagrams()) if (!onMessage()) break;
    }),
  recvmmsg: onMessage =>
    bound(async socket => {
      const batch = new MessageBatch({ count: 16, size: 9 });
      for (let isOpen = true; isOpen; ) {
        const count = await socket.recvmmsg(batch);
        for (let i = 0; i < count; i++) isOpen = onMessage();
      }
    }),
  'berkeley/dgram': onMessage => {
    const socket = createSocket('udp4', onMessage);
    const { port } = socket.bindSync({ address: '127.0.0.1' });
    return { port, close: () => socket.close() };
  },
};

describe('a program that takes long for each datagram still serves timers, with', () => {
  for (const [name, receiver] of Object.entries(receivers)) {
    test(name, async () => {
      let count = 0;
      let countAtTimer = -1;
      let finish = (): void => {};
      const finished = new Promise<void>(resolve => {
        finish = resolve;
      });
      const { port, close } = receiver(() => {
        if (count === 0)
          setTimeout(() => {
            countAtTimer = count;
          }, 1);
        work();
        if (++count === WAITING) finish();
        return count < WAITING;
      });
      using sender = new Socket(AF_INET, SOCK_DGRAM);
      for (let i = 0; i < WAITING; i++) sender.sendtoSync('x', { host: '127.0.0.1', port });
      await finished;
      close();
      assert.ok(countAtTimer > 0 && countAtTimer <= MOST, `after ${countAtTimer} of ${WAITING} datagrams`);
    });
  }
});
