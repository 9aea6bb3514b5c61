/**
 * poll(2) can report a socket as ready although the call still has to wait: errors, hang-ups, low-water
 * marks, shut down receivers.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AF_INET,
  AF_UNIX,
  createServer,
  MessageBatch,
  MSG_WAITALL,
  SHUT_RD,
  SOCK_DGRAM,
  SOCK_SEQPACKET,
  Socket,
  socketpair,
  TimeoutError,
} from 'berkeley';
import {
  SO_RCVBUF,
  SO_RCVLOWAT,
  SO_SNDBUF,
  SO_TIMESTAMPING,
  SOF_TIMESTAMPING_SOFTWARE,
  SOF_TIMESTAMPING_TX_SOFTWARE,
  SOL_SOCKET,
} from 'berkeley/constants';
import { warmUp } from '../support/descriptors.js';
import { failsWith } from '../support/failure.js';
import { notOnWindows } from '../support/kernel.js';
import { onWindows } from '../support/local.js';
import { freshName } from '../support/names.js';
import { startPeer } from '../support/peer.js';
import type { AnySocket } from '../support/rows.js';

await warmUp(); // a limit of time does not include the start of the peer's thread

/**
 * Makes the next send leave a timestamp in the error queue, which stays unread. From then on poll(2) reports
 * POLLERR.
 */
function stampNext(socket: AnySocket): void {
  const flags = SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
  socket.setsockopt(SOL_SOCKET, SO_TIMESTAMPING, flags);
}

describe('with an unread item in the error queue', { skip: notOnWindows('an error queue') }, () => {
  /** The milliseconds per receive of a large transfer from a sender with such an item. */
  async function transfer(): Promise<number> {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    server.setsockopt(SOL_SOCKET, SO_RCVBUF, 1 << 17);
    using sender = new Socket();
    sender.setsockopt(SOL_SOCKET, SO_SNDBUF, 1 << 17);
    await sender.connect(server.getsockname());
    const { socket } = await server.accept();
    using receiver = socket;
    stampNext(sender as unknown as AnySocket);
    await sender.sendAll('x');
    await receiver.recv(1);
    await delay(20);
    sender.setsockopt(SOL_SOCKET, SO_TIMESTAMPING, 0);
    const data = Buffer.alloc(8 << 20);
    const began = performance.now();
    const sending = sender.sendAll(data);
    let waits = 0;
    for (let got = 0; got < data.length; waits++) got += (await receiver.recv(1 << 16)).length;
    await sending;
    return (performance.now() - began) / waits;
  }

  test('a waiting send continues on the readiness event, without pauses', async () => {
    // A polling loop pauses up to 32 ms each time the send buffer is full, in every transfer; a busy machine not in all.
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 20 && least >= 4; i++) least = Math.min(least, await transfer());
    assert.ok(least < 4, `${least} ms for each receive`);
  });

  const receives: readonly [string, (socket: AnySocket) => unknown][] = [
    ['recvSync', socket => socket.recvSync(1, { timeout: 300 })],
    ['recvmsgSync', socket => socket.recvmsgSync(1, { timeout: 300 })],
  ];
  for (const [name, call] of receives) {
    test(`${name} with a limit does not spin`, async () => {
      using receiver = new Socket(AF_INET, SOCK_DGRAM);
      receiver.bind({ host: '127.0.0.1', port: 0 });
      using sender = new Socket(AF_INET, SOCK_DGRAM);
      sender.connectSync(receiver.getsockname());
      stampNext(sender as unknown as AnySocket);
      sender.sendSync('x');
      await delay(20);
      const before = process.cpuUsage();
      await failsWith(() => call(sender as unknown as AnySocket), TimeoutError, 'ETIMEDOUT');
      const { user, system } = process.cpuUsage(before);
      assert.ok(user + system < 100_000, `${user + system} us of CPU time in 300 ms`);
    });
  }
});

describe('SO_RCVLOWAT above the size of the last piece', { skip: notOnWindows('SO_RCVLOWAT') }, () => {
  for (const form of ['promise', 'Sync']) {
    test(`does not make MSG_WAITALL hang, ${form}`, { timeout: 10_000 }, async () => {
      const [a, b] = socketpair();
      using one = a;
      using other = b;
      using server = createServer({ host: '127.0.0.1', port: 0 });
      using client = new Socket();
      await client.connect(server.getsockname());
      const { socket } = await server.accept();
      using accepted = socket;
      for (const [receiver, sender] of [
        [accepted, client],
        [one, other],
      ] as unknown as [AnySocket, AnySocket][]) {
        receiver.setsockopt(SOL_SOCKET, SO_RCVLOWAT, 8);
        const sending = startPeer(sender, [
          { pause: 10 },
          { send: '0123456' },
          { pause: 30 },
          { send: '89' },
          { pause: 30 },
          { send: '.' },
        ]);
        const call = { flags: MSG_WAITALL, timeout: 5000 };
        const data = form === 'Sync' ? receiver.recvSync(10, call) : await receiver.recv(10, call);
        assert.equal(String(data), '012345689.');
        await sending;
      }
    });
  }
});

describe('a datagram socket after shutdown(SHUT_RD)', () => {
  const make: readonly [string, () => AnySocket][] = [
    ['UDP', () => udp()],
    ...(onWindows ? [] : [['Unix', () => unixPair()[0]!] as [string, () => AnySocket]]),
  ];

  function udp(): AnySocket {
    const socket = new Socket(AF_INET, SOCK_DGRAM);
    socket.bind({ host: '127.0.0.1', port: 0 });
    socket.connectSync(socket.getsockname());
    return socket as unknown as AnySocket;
  }

  function unixPair(): AnySocket[] {
    return socketpair(AF_UNIX, SOCK_DGRAM) as unknown as AnySocket[];
  }

  const forms: readonly [string, (socket: AnySocket) => unknown][] = [
    ['recv', async socket => (await socket.recv(9, { timeout: 5000 })).length],
    ['recvSync', socket => socket.recvSync(9).length],
    ['recvSync with a limit', socket => socket.recvSync(9, { timeout: 5000 }).length],
    ['recvSync that never waits', socket => socket.recvSync(9, { timeout: 0 }).length],
    ['recvInto', socket => socket.recvInto(Buffer.alloc(9), { timeout: 5000 })],
    ['recvfrom', async socket => (await socket.recvfrom(9, { timeout: 5000 })).data.length],
    ['recvmsg', async socket => (await socket.recvmsg(9, { timeout: 5000 })).data.length],
    [
      'recvmmsg',
      async socket => {
        const batch = new MessageBatch({ family: socket.family, count: 2, size: 9 });
        assert.equal(await socket.recvmmsg(batch, { timeout: 5000 }), 1);
        return batch.data(0).length;
      },
    ],
  ];
  for (const [kind, open] of make) {
    for (const [name, receive] of forms) {
      test(`${name} returns no bytes over ${kind}`, { timeout: 10_000 }, async () => {
        using socket = open();
        socket.shutdown(SHUT_RD);
        assert.equal(await receive(socket), 0);
      });
    }

    test(`ends a waiting receive, over ${kind}`, { timeout: 10_000 }, async () => {
      using socket = open();
      const waiting = socket.recv(9);
      socket.shutdown(SHUT_RD);
      assert.equal((await waiting).length, 0);
    });

    test(`has the same effect when done on a duplicate descriptor, over ${kind}`, {
      timeout: 10_000,
    }, async () => {
      using socket = open();
      const waiting = socket.recv(9);
      using same = socket.dup();
      same.shutdown(SHUT_RD);
      assert.equal((await waiting).length, 0);
      const before = process.cpuUsage();
      using fresh = open();
      using other = fresh.dup();
      other.shutdown(SHUT_RD);
      assert.equal(fresh.recvSync(9, { timeout: 1000 }).length, 0);
      const { user, system } = process.cpuUsage(before);
      assert.ok(user + system < 300_000, 'it does not spin');
    });
  }
});

test('a seqpacket socket that reported a hang-up before connect() has not ended', {
  skip: notOnWindows('SOCK_SEQPACKET'),
}, async () => {
  const address = { abstract: freshName() };
  using server = new Socket(AF_UNIX, SOCK_SEQPACKET);
  server.bind(address);
  server.listen(0);
  using first = new Socket(AF_UNIX, SOCK_SEQPACKET);
  first.connectSync(address);
  using second = new Socket(AF_UNIX, SOCK_SEQPACKET);
  const connecting = second.connect(address); // the queue is full: the poller watches the socket before it is connected
  await delay(10);
  (await server.accept()).socket.close();
  await connecting;
  const { socket } = await server.accept();
  using peer = socket;
  await failsWith(() => second.recv(9, { timeout: 20 }), TimeoutError, 'ETIMEDOUT');
  await peer.send('data');
  assert.equal(String(await second.recv(9)), 'data');
});
