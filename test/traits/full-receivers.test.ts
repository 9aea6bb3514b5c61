/**
 * Sends to a receiver whose queue is full while the sender has send space. poll(2) reports the sender as
 * writable, but the send fails with EAGAIN. This happens with Unix datagrams to a receiver other than the
 * connected peer, and with netlink messages.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import {
  AF_NETLINK,
  AF_UNIX,
  BlockingError,
  MessageBatch,
  MSG_DONTWAIT,
  NETLINK_USERSOCK,
  SOCK_DGRAM,
  SOCK_RAW,
  Socket,
  SocketError,
  TimeoutError,
} from 'berkeley';
import { warmUp } from '../support/descriptors.js';
import { failsWith, failureOf } from '../support/failure.js';
import { repeat } from '../support/full.js';
import { startPeer } from '../support/peer.js';
import type { AnyAddress, AnySocket, Tested } from '../support/rows.js';

await warmUp();

/** A call that waits properly uses about 1 % of the processor. A call that retries in a loop uses 100 %. */
const MOST_BUSY = 0.15;
const A_WHILE = 400;

/** Free space is noticed after 32 ms at most. The rest is a margin for a busy machine. */
const PROMPTLY = 5000;

interface Kind {
  readonly name: string;
  open(): AnySocket;
}

let count = 0;

const kinds: readonly Kind[] = [
  {
    name: 'a Unix datagram socket',
    open() {
      const socket = new Socket(AF_UNIX, SOCK_DGRAM);
      socket.bind({ abstract: Buffer.from(`berkeley-full-${process.pid}-${count++}`) });
      return socket as unknown as AnySocket;
    },
  },
  {
    name: 'a netlink socket',
    open() {
      const socket = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK);
      socket.bind({ pid: 0, groups: 0 });
      return socket as unknown as AnySocket;
    },
  },
];

interface Scene {
  readonly sender: AnySocket;
  readonly receiver: AnySocket;
  readonly to: AnyAddress;
  /** The number of datagrams that the receiver's queue accepted. */
  readonly queued: number;
  /** Another receiver, whose queue is empty. */
  readonly other: AnySocket;
}

/** A sender, and a receiver whose queue is full. */
function scene({ open }: Kind): Scene & Disposable {
  const sender = open();
  const receiver = open();
  const other = open();
  const to = receiver.getsockname();
  const queued = repeat(sender, () => sender.sendtoSync('queued', to));
  const sockets = [sender, receiver, other];
  const dispose = () => {
    for (const socket of sockets) socket.close();
  };
  return { sender, receiver, to, queued, other, [Symbol.dispose]: dispose };
}

/** Enough time for the pauses to reach their maximum and for their code to be compiled. */
const A_START = 200;

/** The share of a processor that this thread used while `body` ran. */
async function busy(body: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  const began = performance.now();
  await body();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (performance.now() - began);
}

/** Receives the queued datagrams, then `more` datagrams. Returns the latter. */
async function drain({ receiver, queued }: Scene, more: number): Promise<string[]> {
  const received: string[] = [];
  for (let i = 0; i < queued + more; i++)
    received.push(String(await receiver.recv(99, { timeout: PROMPTLY })));
  return received.slice(queued);
}

type Send = (
  scene: Scene,
  data: string,
  wait?: { timeout?: number; signal?: AbortSignal },
) => Promise<unknown>;

const sends: readonly [string, Send][] = [
  ['sendto', ({ sender, to }, data, wait) => sender.sendto(data, to, wait)],
  ['sendmsg', ({ sender, to }, data, wait) => sender.sendmsg({ data, address: to } as never, wait)],
  ['sendmmsg', ({ sender, to }, data, wait) => sender.sendmmsg(batchOf(sender, data, to), wait)],
];

function batchOf(sender: AnySocket, data: string, address: AnyAddress): MessageBatch<Tested> {
  const batch = new MessageBatch<Tested>({ family: sender.family, count: 1, size: 99 });
  batch.push(data, address as never);
  return batch;
}

for (const kind of kinds) {
  for (const [name, send] of sends) {
    describe(`${name} from ${kind.name} to a receiver that is full`, () => {
      test('uses little CPU, and completes when the receiver has space', async () => {
        using full = scene(kind);
        const sending = send(full, 'at last');
        await delay(A_START);
        assert.ok((await busy(() => delay(A_WHILE))) < MOST_BUSY);
        assert.deepEqual(await drain(full, 1), ['at last']);
        await sending;
      });

      test('ends when it is aborted, when it times out, and when the socket is closed', async () => {
        using full = scene(kind);
        const controller = new AbortController();
        const aborted = failureOf(() => send(full, 'never', { signal: controller.signal }));
        const late = failsWith(() => send(full, 'never', { timeout: 20 }), TimeoutError, 'ETIMEDOUT', name);
        await delay(5);
        controller.abort('enough');
        assert.equal(await aborted, 'enough');
        await late;
        const closed = failsWith(() => send(full, 'never'), SocketError, 'EBADF', name);
        await turn();
        full.sender.close();
        await closed;
      });
    });
  }

  describe(`sends from ${kind.name}`, () => {
    test('stay in order for one receiver', async () => {
      using full = scene(kind);
      const texts = Array.from({ length: 20 }, (_, i) => `${i}`);
      const sending = texts.map(text => full.sender.sendto(text, full.to));
      await delay(10);
      const late = full.sender.sendto('the last', full.to);
      assert.deepEqual(await drain(full, 21), [...texts, 'the last']);
      await Promise.all([...sending, late]);
    });

    test('are not delayed by sends that wait for another receiver', async () => {
      using full = scene(kind);
      const { sender, other } = full;
      const waiting = [sender.sendto('1', full.to), sender.sendto('2', full.to)];
      await delay(5);
      const address = other.getsockname();
      await sender.sendto('passes', address, { timeout: PROMPTLY });
      await sender.sendto('passes too', address, MSG_DONTWAIT);
      assert.equal(String(await other.recv(99)), 'passes');
      assert.equal(String(await other.recv(99)), 'passes too');
      await failsWith(() => sender.sendto('3', full.to, MSG_DONTWAIT), BlockingError, 'EAGAIN', 'sendto');
      assert.deepEqual(await drain(full, 2), ['1', '2']);
      await Promise.all(waiting);
    });

    test('to two full receivers each complete when their receiver has space', async () => {
      using one = scene(kind);
      using two = scene(kind);
      const { sender } = one;
      const sending = ['a', 'b'].flatMap(text => [sender.sendto(text, one.to), sender.sendto(text, two.to)]);
      assert.deepEqual(await drain(two, 2), ['a', 'b']);
      assert.deepEqual(await drain(one, 2), ['a', 'b']);
      await Promise.all(sending);
    });

    test('in timeout mode sleep, and time out', async () => {
      using full = scene(kind);
      const { sender, to } = full;
      const late = () => failsWith(() => sender.sendtoSync('never', to), TimeoutError, 'ETIMEDOUT', 'sendto');
      sender.timeout = A_START;
      await late();
      sender.timeout = 2 * A_WHILE;
      const began = performance.now();
      const load = await busy(late);
      assert.ok(load < MOST_BUSY, `${load}`);
      assert.ok(performance.now() - began >= 2 * A_WHILE);
    });

    test('in timeout mode complete when the receiver has space', async () => {
      using full = scene(kind);
      const { sender, to, receiver, queued } = full;
      sender.timeout = PROMPTLY;
      const receiving = startPeer(receiver, [{ pause: 30 }, { receive: queued }]);
      assert.equal(sender.sendtoSync('at last', to), 7);
      await receiving;
      assert.equal(String(await receiver.recv(99)), 'at last');
    });
  });
}
