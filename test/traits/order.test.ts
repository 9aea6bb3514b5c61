/** Calls on one socket are served in the order of the calls, in each direction. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import {
  BlockingError,
  createConnection,
  createServer,
  MSG_DONTWAIT,
  MSG_ERRQUEUE,
  MSG_PEEK,
  SOCK_DGRAM,
  SOL_SOCKET,
  type Socket,
  socketpair,
  TimeoutError,
} from 'berkeley';
import { SO_PEEK_OFF } from 'berkeley/constants';
import { assertSame, pattern } from '../support/bytes.js';
import { warmUp } from '../support/descriptors.js';
import { failsWith, failureOf } from '../support/failure.js';
import { LOCAL, onWindows } from '../support/local.js';

await warmUp();

const noPeekOffset = onWindows && 'Windows has no SO_PEEK_OFF';

type Pair = [Socket<'unix'>, Socket<'unix'>];

async function withPair(type: number | undefined, body: (pair: Pair) => Promise<void>): Promise<void> {
  const pair = socketpair(LOCAL, type);
  try {
    await body(pair);
  } finally {
    for (const socket of pair) socket.close();
  }
}

describe('receives', () => {
  test('are served in call order, in both forms', () =>
    withPair(SOCK_DGRAM, async ([a, b]) => {
      const memory = Buffer.alloc(1);
      const served: string[] = [];
      const note = (text: string) => served.push(text);
      const calls = [
        b.recv(1).then(data => note(data.toString())),
        b.recvInto(memory).then(() => note(memory.toString())),
        b.recvfrom(1).then(({ data }) => note(data.toString())),
        b.recvmsg(1).then(({ data }) => note(data.toString())),
        b.recv(1).then(data => note(data.toString())),
      ];
      for (const letter of 'abcde') {
        await a.send(letter);
        await turn();
      }
      await Promise.all(calls);
      assert.equal(served.join(''), 'abcde');
    }));

  test('are served in call order when a hundred wait, in one turn and the next', () =>
    withPair(SOCK_DGRAM, async ([a, b]) => {
      const calls = Array.from({ length: 100 }, () => b.recv(9));
      for (let i = 0; i < calls.length; i++) await a.send(`${i}`);
      const received = (await Promise.all(calls)).map(Number);
      assert.deepEqual(received, [...received.keys()]);
    }));

  test('keep their order when one in the middle is aborted', () =>
    withPair(SOCK_DGRAM, async ([a, b]) => {
      const controller = new AbortController();
      const first = b.recv(9);
      const second = failureOf(() => b.recv(9, { signal: controller.signal }));
      const third = b.recv(9);
      await turn();
      controller.abort(new Error('second'));
      assert.equal(((await second) as Error).message, 'second');
      await a.send('1');
      await a.send('3');
      assert.deepEqual((await Promise.all([first, third])).map(String), ['1', '3']);
    }));

  test('keep their order when the first is aborted or the last times out', () =>
    withPair(SOCK_DGRAM, async ([a, b]) => {
      const controller = new AbortController();
      const first = failureOf(() => b.recv(9, { signal: controller.signal }));
      const second = b.recv(9);
      const third = failsWith(() => b.recv(9, { timeout: 5 }), TimeoutError, 'ETIMEDOUT');
      await third;
      controller.abort();
      await first;
      const fourth = b.recv(9);
      await a.send('2');
      await a.send('4');
      assert.deepEqual((await Promise.all([second, fourth])).map(String), ['2', '4']);
    }));

  test('fail at once with MSG_DONTWAIT while others wait', () =>
    withPair(SOCK_DGRAM, async ([a, b]) => {
      const first = b.recv(9);
      await failsWith(() => b.recv(9, MSG_DONTWAIT), BlockingError, 'EAGAIN', 'recv');
      await failsWith(() => b.recv(9, { timeout: 0 }), BlockingError, 'EAGAIN', 'recv');
      await a.send('x');
      assert.equal((await first).toString(), 'x');
    }));

  test(
    'fail at once with MSG_DONTWAIT while another peeks for more data than there is',
    { skip: noPeekOffset },
    () =>
      withPair(undefined, async ([a, b]) => {
        b.setsockopt(SOL_SOCKET, SO_PEEK_OFF, 0);
        const looking = b.recv(9, MSG_PEEK);
        await failsWith(() => b.recv(9, MSG_DONTWAIT), BlockingError, 'EAGAIN', 'recv');
        await a.send('x');
        assert.equal((await looking).toString(), 'x');
      }),
  );

  test('with MSG_DONTWAIT take the available data, and the rest fail', () =>
    withPair(undefined, async ([a, b]) => {
      await a.send(pattern(150));
      const calls = Array.from({ length: 200 }, () => b.recv(1, MSG_DONTWAIT));
      const results = await Promise.allSettled(calls);
      const data = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
      assertSame(Buffer.concat(data), pattern(150));
      assert.ok(results.slice(150).every(({ status }) => status === 'rejected'));
    }));

  test('still see the available data after a peek for more', { skip: noPeekOffset }, () =>
    withPair(undefined, async ([a, b]) => {
      const first = b.recv(9); // from here on the poller watches the socket
      await a.send('x');
      await first;
      await a.send('abc');
      b.setsockopt(SOL_SOCKET, SO_PEEK_OFF, 3);
      await failsWith(() => b.recv(9, MSG_PEEK | MSG_DONTWAIT), BlockingError, 'EAGAIN');
      assert.equal((await b.recv(9, { timeout: 5000 })).toString(), 'abc');
    }),
  );
});

test('receives with MSG_DONTWAIT fail after a short read has shown that a stream is empty', async () => {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  using client = await createConnection(server.getsockname());
  const { socket } = await server.accept();
  using b = socket;
  const first = b.recv(2); // from here on the poller watches the socket
  await client.send('x');
  await first;
  const second = b.recv(2);
  await client.send(pattern(141 + 2));
  await second;
  const calls = Array.from({ length: 200 }, () => b.recv(2, MSG_DONTWAIT));
  const results = await Promise.allSettled(calls);
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 71);
});

test('still see the data after an empty error queue was read', {
  skip: onWindows && 'Windows has no error queue',
}, async () => {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  using client = await createConnection(server.getsockname());
  const { socket } = await server.accept();
  using b = socket;
  const first = b.recv(9);
  await client.send('x');
  await first;
  await client.send('abc');
  await turn();
  await failsWith(() => b.recv(9, MSG_ERRQUEUE | MSG_DONTWAIT), BlockingError, 'EAGAIN');
  assert.equal((await b.recv(9, { timeout: 5000 })).toString(), 'abc');
});

describe('sends', () => {
  const SIZE = 3 * 2 ** 20;

  test('of several megabytes are not interleaved', () =>
    withPair(undefined, async ([a, b]) => {
      const parts = [
        pattern(SIZE, 1),
        pattern(SIZE + 1, 2 ** 24),
        Buffer.from('between'),
        pattern(SIZE, 2 ** 28),
      ];
      const sending = Promise.all([
        a.sendAll(parts[0]!),
        a.sendAll(parts[1]!),
        a.send(parts[2]!),
        a.sendAll(parts[3]!),
      ]).then(() => a.close());
      const received: Buffer[] = [];
      for await (const chunk of b.chunks()) received.push(chunk);
      await sending;
      assertSame(Buffer.concat(received), Buffer.concat(parts));
    }));

  test(
    'with MSG_DONTWAIT are not sent in the middle of one that is in progress',
    {
      skip: onWindows && 'Winsock accepts all data of one send',
    },
    () =>
      withPair(undefined, async ([a, b]) => {
        const data = pattern(SIZE);
        const sending = a.sendAll(data).then(() => a.close());
        await failsWith(() => a.send('!', MSG_DONTWAIT), BlockingError, 'EAGAIN', 'send');
        const received: Buffer[] = [];
        for await (const chunk of b.chunks()) {
          received.push(chunk);
          await a.send('!', MSG_DONTWAIT).catch(() => {}); // refused, or sent after the last byte
        }
        await sending;
        assertSame(Buffer.concat(received).subarray(0, SIZE), data);
      }),
  );
});

test('a read and a write wait at the same time without delaying each other', async () => {
  await withPair(undefined, async ([a, b]) => {
    const data = pattern(2 ** 20);
    const reading = a.recv(9);
    const writing = a.sendAll(data);
    await turn();
    await b.send('pong');
    assert.equal((await reading).toString(), 'pong');
    const received: Buffer[] = [];
    for (let left = data.length; left > 0; left -= received.at(-1)!.length) received.push(await b.recv(left));
    await writing;
    assertSame(Buffer.concat(received), data);
  });
});
