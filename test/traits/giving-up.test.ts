/**
 * When a receive with MSG_WAITALL is aborted, the data that it had received is not lost: the next receive
 * returns it.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import {
  createConnection,
  createServer,
  MessageBatch,
  MSG_DONTWAIT,
  MSG_OOB,
  MSG_PEEK,
  MSG_WAITALL,
  type Socket,
  socketpair,
} from 'berkeley';
import { warmUp } from '../support/descriptors.js';
import { failureOf } from '../support/failure.js';
import { startPeer } from '../support/peer.js';
import type { AnySocket } from '../support/rows.js';

await warmUp();

type Pair = [one: AnySocket, other: AnySocket];

const pairs: readonly [string, () => Promise<Pair>][] = [
  ['a Unix stream', async () => socketpair() as unknown as Pair],
  [
    'TCP',
    async () => {
      using server = createServer({ host: '127.0.0.1', port: 0 });
      const connecting = createConnection(server.getsockname());
      return [(await server.accept()).socket, await connecting] as unknown as Pair;
    },
  ],
];

type Receive = (socket: AnySocket, signal: AbortSignal) => Promise<unknown>;

const forms: readonly [string, Receive][] = [
  ['recv', (socket, signal) => socket.recv(6, { flags: MSG_WAITALL, signal })],
  ['recvInto', (socket, signal) => socket.recvInto(Buffer.alloc(6), { flags: MSG_WAITALL, signal })],
  ['recvfrom', (socket, signal) => socket.recvfrom(6, { flags: MSG_WAITALL, signal })],
  ['recvfromInto', (socket, signal) => socket.recvfromInto(Buffer.alloc(6), { flags: MSG_WAITALL, signal })],
  ['recvmsg', (socket, signal) => socket.recvmsg(6, { control: 64, flags: MSG_WAITALL, signal })],
  [
    'recvmsgInto',
    (socket, signal) =>
      socket.recvmsgInto([Buffer.alloc(1), Buffer.alloc(5)], { control: 64, flags: MSG_WAITALL, signal }),
  ],
];

const text = (data: Uint8Array): string => Buffer.from(data).toString();

/** The ways to receive up to ten bytes that are available. */
const next: readonly [string, (socket: AnySocket) => Promise<string> | string][] = [
  ['recv', async socket => text(await socket.recv(10))],
  ['recv that may not wait', async socket => text(await socket.recv(10, MSG_DONTWAIT))],
  ['recvSync', socket => text(socket.recvSync(10))],
  [
    'recvInto',
    async socket => {
      const memory = Buffer.alloc(10);
      return text(memory.subarray(0, await socket.recvInto(memory)));
    },
  ],
  [
    'recvfrom',
    async socket => {
      const { data, address } = await socket.recvfrom(10);
      assert.equal(address, null);
      return text(data);
    },
  ],
  [
    'recvmsg',
    async socket => {
      const { data, control, flags, address } = await socket.recvmsg(10, { control: 64 });
      assert.deepEqual([control, flags, address], [[], 0, null]);
      return text(data);
    },
  ],
  [
    'recvmsgIntoSync',
    socket => {
      const buffers = [Buffer.alloc(1), Buffer.alloc(9)];
      const { bytesRead } = socket.recvmsgIntoSync(buffers);
      return text(Buffer.concat(buffers, bytesRead));
    },
  ],
  [
    'recvmmsg',
    async socket => {
      const batch = new MessageBatch({ family: socket.family, count: 2, size: 10 });
      assert.equal(await socket.recvmmsg(batch), 1);
      return text(batch.data(0));
    },
  ],
  ['a file', async socket => text((await socket.makefile('rb').read(3)) as Uint8Array)],
  ['an iterator', async socket => text((await socket.chunks({ size: 10 }).next()).value!)],
];

async function within(make: () => Promise<Pair>, body: (...pair: Pair) => Promise<void>): Promise<void> {
  const [one, other] = await make();
  try {
    await body(one, other);
  } finally {
    one.close();
    other.close();
  }
}

/** Receives "abc" of the six requested bytes, then aborts. */
async function giveUp(receive: Receive, one: AnySocket, other: AnySocket): Promise<void> {
  const controller = new AbortController();
  const failing = failureOf(() => receive(one, controller.signal));
  await other.send('ab');
  await delay(5);
  await other.send('c');
  await delay(5);
  controller.abort('enough');
  assert.equal(await failing, 'enough');
}

for (const [kind, make] of pairs) {
  describe(`over ${kind}`, () => {
    for (const [form, receive] of forms) {
      test(`the data that ${form} had received is available after an abort`, () =>
        within(make, async (one, other) => {
          await giveUp(receive, one, other);
          assert.equal(text(await one.recv(10)), 'abc');
          await other.send('def');
          assert.equal(text(await one.recv(10)), 'def');
        }));
    }

    for (const [form, take] of next) {
      test(`${form} receives it`, () =>
        within(make, async (one, other) => {
          await giveUp(forms[0]![1], one, other);
          await other.send('def');
          assert.equal(await take(one), 'abc');
          assert.equal(text(await one.recv(10)), 'def');
        }));
    }

    test('it can be peeked at, and received in pieces', () =>
      within(make, async (one, other) => {
        await giveUp(forms[0]![1], one, other);
        assert.equal(text(await one.recv(10, MSG_PEEK)), 'abc');
        assert.equal(text(await one.recv(2)), 'ab');
        assert.equal(text(await one.recv(2)), 'c');
      }));

    test('it stays in order when several calls are aborted', () =>
      within(make, async (one, other) => {
        await giveUp((socket, signal) => socket.recv(99, { flags: MSG_WAITALL, signal }), one, other);
        await giveUp((socket, signal) => socket.recvmsg(99, { flags: MSG_WAITALL, signal }), one, other);
        await other.send('!');
        assert.equal(text(await one.recv(7, { flags: MSG_WAITALL, timeout: 5000 })), 'abcabc!');
      }));

    test('a call that waits behind the aborted one is served at once', () =>
      within(make, async (one, other) => {
        const controller = new AbortController();
        const first = failureOf(() => one.recv(6, { flags: MSG_WAITALL, signal: controller.signal }));
        const second = one.recv(10, { timeout: 5000 });
        await other.send('abc');
        await delay(5);
        controller.abort();
        await first;
        assert.equal(text(await second), 'abc');
      }));

    for (const timeout of [null, 5000]) {
      test(`a call with MSG_WAITALL in this thread continues with it, timeout ${timeout}`, () =>
        within(make, async (one, other) => {
          await giveUp(forms[0]![1], one, other);
          one.timeout = timeout;
          const sending = startPeer(other, [{ pause: 10 }, { send: 'de' }, { pause: 10 }, { send: 'fg' }]);
          assert.equal(text(one.recvSync(6, MSG_WAITALL)), 'abcdef');
          assert.equal(text(one.recvmsgSync(1, MSG_WAITALL).data), 'g');
          await sending;
        }));
    }

    test('the end of the stream comes after it', () =>
      within(make, async (one, other) => {
        await giveUp(forms[0]![1], one, other);
        other.close();
        assert.equal(text(await one.recv(10)), 'abc');
        assert.equal(text(await one.recv(10)), '');
      }));

    test('closing the socket discards it', () =>
      within(make, async (one, other) => {
        await giveUp(forms[0]![1], one, other);
        one.close();
        const error = (await failureOf(() => one.recv(10))) as { code?: string };
        assert.equal(error.code, 'EBADF');
      }));
  });
}

test('MSG_OOB receives the urgent byte, not the data of an aborted call', () =>
  within(pairs[1]![1], async (one, other) => {
    await giveUp(forms[0]![1], one, other);
    await other.send('!', MSG_OOB);
    assert.equal(text(await one.recv(1, MSG_OOB)), '!');
    assert.equal(text(await one.recv(10)), 'abc');
  }));

test('a call that had received nothing leaves nothing behind', () =>
  within(pairs[0]![1], async (one, other) => {
    const controller = new AbortController();
    const failing = failureOf(() => one.recv(6, { flags: MSG_WAITALL, signal: controller.signal }));
    await turn();
    controller.abort();
    await failing;
    const waiting = (one as unknown as Socket<'unix'>).recv(9);
    await other.send('x');
    assert.equal(text(await waiting), 'x');
  }));
