/**
 * How calls with batches wait: abort, timeout, close, an error in the middle of a batch, and a batch that is
 * in use.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AF_INET,
  AF_UNIX,
  BlockingError,
  ConnectionResetError,
  createConnection,
  createServer,
  MessageBatch,
  MSG_DONTWAIT,
  SO_LINGER,
  SO_RCVBUF,
  SO_SNDBUF,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
  SocketError,
  socketpair,
  TimeoutError,
} from 'berkeley';
import { assertSame, digest, pattern } from '../support/bytes.js';
import { warmUp } from '../support/descriptors.js';
import { failsWith, failureOf } from '../support/failure.js';
import { notInWine, notOnWindows } from '../support/kernel.js';
import { LOCAL, onWindows } from '../support/local.js';
import { startPeer } from '../support/peer.js';
import type { AnySocket as PeerSocket } from '../support/rows.js';
import { type AnySocket, udpPair, ways } from './kinds.js';

await warmUp(); // a limit of time does not include the start of the peer's thread

/** UDP drops datagrams instead. */
const WAITING = notOnWindows('datagrams that wait for space at the receiver');

const inUse = { code: 'ERR_INVALID_STATE', message: /in use/ };

describe('a batch that waits', () => {
  test('can be used again when the call is aborted, times out, or its socket is closed', async () => {
    const [a, b] = udpPair();
    const batch = new MessageBatch({ count: 4, size: 16 });
    const reason = new Error('enough');
    const controller = new AbortController();
    const aborted = a.recvmmsg(batch, { signal: controller.signal });
    controller.abort(reason);
    await assert.rejects(aborted, reason);
    await assert.rejects(a.recvmmsg(batch, { signal: controller.signal }), reason);
    await failsWith(() => a.recvmmsg(batch, { timeout: 10 }), TimeoutError, 'ETIMEDOUT', 'recvmmsg');
    await failsWith(() => a.recvmmsg(batch, { timeout: 0 }), BlockingError, 'EAGAIN', 'recvmmsg');
    await failsWith(() => a.recvmmsg(batch, MSG_DONTWAIT), BlockingError, 'EAGAIN', 'recvmmsg');
    a.timeout = 10;
    await failsWith(() => a.recvmmsgSync(batch), TimeoutError, 'ETIMEDOUT', 'recvmmsg');
    a.timeout = 0;
    await failsWith(() => a.recvmmsgSync(batch), BlockingError, 'EAGAIN', 'recvmmsg');
    const waiting = a.recvmmsg(batch);
    a.close();
    const error = await failsWith(() => waiting, SocketError, 'EBADF', 'recvmmsg');
    assert.match(error.message, /closed while/);
    await failsWith(() => a.recvmmsg(batch), SocketError, 'EBADF', 'recvmmsg');
    await failsWith(() => a.recvmmsgSync(batch), SocketError, 'EBADF', 'recvmmsg');
    batch.push('x', b.getsockname());
    await failsWith(() => a.sendmmsg(batch), SocketError, 'EBADF', 'sendmmsg');
    await failsWith(() => a.sendmmsgSync(batch), SocketError, 'EBADF', 'sendmmsg');
    assert.equal(await b.sendmmsg(batch), 1, 'it still works');
    b.close();
  });

  test('cannot be used meanwhile', async () => {
    const [a, b] = udpPair();
    const batch = new MessageBatch({ count: 4, size: 16 });
    const waiting = a.recvmmsg(batch);
    assert.throws(() => batch.push('x'), inUse);
    assert.throws(() => batch.set(0, 'x'), inUse);
    assert.throws(() => batch.clear(), inUse);
    assert.throws(() => b.recvmmsgSync(batch), inUse);
    assert.throws(() => b.sendmmsgSync(batch), inUse);
    await assert.rejects(b.recvmmsg(batch), inUse);
    await assert.rejects(b.sendmmsg(batch), inUse);
    assert.equal(batch.length, 0);
    await delay(10);
    await b.sendto('hello', a.getsockname());
    assert.equal(await waiting, 1);
    assert.equal(batch.data(0).toString(), 'hello');
    batch.clear();
    a.close();
    b.close();
  });

  test('waits in the same lane as other receives, in call order', async () => {
    const [a, b] = udpPair();
    const batch = new MessageBatch({ count: 4, size: 16 });
    const first = a.recv(16);
    const second = a.recvmmsg(batch);
    const third = a.recv(16);
    for (const text of ['1', '2', '3']) b.sendtoSync(text, a.getsockname());
    assert.equal((await first).toString(), '1');
    assert.equal(await second, 2, 'all that was there');
    await b.sendto('4', a.getsockname());
    assert.equal((await third).toString(), '4');
    a.close();
    b.close();
  });
});

/** Less than a batch. A TCP connection, as on Windows, sends 2 KB per delayed acknowledgement if it has only 4,096. */
const BUFFER = onWindows ? 1 << 17 : 4096;

for (const way of ways) {
  describe(`sending (${way.name})`, () => {
    test('reports how many messages were sent before the timeout', { skip: WAITING }, async () => {
      const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
      const batch = way.batch({ count: 1024, size: 8, family: AF_UNIX as never });
      for (let i = 0; i < 1024; i++) batch.push(`${i}`);
      const send = () => way.face.sendmmsg(a as AnySocket, batch, { timeout: 20 });
      const error = await failsWith(send, TimeoutError, 'ETIMEDOUT', 'sendmmsg');
      const sent = error.messagesSent!;
      assert.ok(sent > 0 && sent < 1024, `${sent}`);
      assert.equal(batch.sent, sent);
      b.timeout = 0;
      for (let i = 0; i < sent; i++) assert.equal(b.recvSync(8).toString(), `${i}`);
      await failsWith(() => b.recvSync(8), BlockingError, 'EAGAIN');
      a.close();
      b.close();
    });

    test('stops at the message that is refused, and names it', async () => {
      const [a, b] = udpPair();
      const batch = way.batch({ count: 8, size: 8 });
      const bad = { host: '127.0.0.1', port: 0 };
      for (let i = 0; i < 5; i++) batch.push(`${i}`, i === 3 ? bad : b.getsockname());
      const error = await failsWith(
        () => way.face.sendmmsg(a as AnySocket, batch),
        SocketError,
        'EINVAL',
        'sendmmsg',
      );
      assert.deepEqual([error.messagesSent, error.address, error.port], [3, '127.0.0.1', 0]);
      assert.equal(batch.sent, 3);
      const into = way.batch({ count: 8, size: 8 });
      assert.equal(await way.face.recvmmsg(b as AnySocket, into), 3);
      a.close();
      b.close();
    });

    test('neither data nor a later reset is lost', {
      skip: notInWine('Wine takes a reset for the end of the stream'),
    }, async () => {
      using server = createServer({ host: '127.0.0.1', port: 0 });
      const client = await createConnection(server.getsockname());
      const { socket } = await server.accept();
      socket.setsockopt(SOL_SOCKET, SO_LINGER, new Uint8Array(new Int32Array([1, 0]).buffer));
      socket.sendSync('hello');
      await delay(5);
      socket.close(); // a reset
      await delay(5);
      const batch = way.batch({ count: 4, size: 16 });
      const receive = async () => {
        await way.face.recvmmsg(client as AnySocket, batch);
        return batch.data(0).toString();
      };
      // recvmmsg(2) reports the error first (net/socket.c, do_recvmmsg), recvmsg(2) the data.
      const [data, error] = way.name.endsWith('many')
        ? [await failureOf(receive), await receive()].reverse()
        : [await receive(), await failureOf(receive)];
      assert.equal(data, 'hello');
      assert.ok(error instanceof ConnectionResetError, String(error));
      assert.equal(error.syscall, 'recvmmsg');
      client.close();
    });
  });
}

for (const oneByOne of [false, true]) {
  const name = oneByOne ? 'one message a call' : 'many';

  test(`a batch that waits for buffer space keeps its lane until all is sent (${name})`, {
    skip: WAITING,
  }, async () => {
    const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
    const batch = new MessageBatch({ count: 1000, size: 8, family: AF_UNIX, oneByOne });
    for (let i = 0; i < 1000; i++) batch.push(`${i}`);
    const sending = a.sendmmsg(batch);
    const after = a.send('last');
    assert.throws(() => batch.clear(), inUse);
    for (let i = 0; i < 1000; i++) assert.equal((await b.recv(8)).toString(), `${i}`);
    assert.equal((await b.recv(8)).toString(), 'last');
    assert.equal(await sending, 1000);
    assert.equal(await after, 4);
    a.close();
    b.close();
  });

  test(`an abort in the middle leaves the count of sent messages in the batch (${name})`, {
    skip: WAITING,
  }, async () => {
    const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
    const batch = new MessageBatch({ count: 1000, size: 8, family: AF_UNIX, oneByOne });
    for (let i = 0; i < 1000; i++) batch.push(`${i}`);
    const sending = a.sendmmsg(batch, { signal: AbortSignal.timeout(20) });
    assert.equal(((await failureOf(() => sending)) as Error).name, 'TimeoutError');
    let count = 0;
    b.timeout = 0;
    for (; count < batch.sent; count++) assert.equal(b.recvSync(8).toString(), `${count}`);
    await failsWith(() => b.recvSync(8), BlockingError, 'EAGAIN');
    assert.ok(count > 0 && count < 1000);
    a.close();
    b.close();
  });

  for (const face of ['promise', 'Sync'] as const) {
    test(`a stream sends a batch in pieces, and completely (${name}, ${face})`, async () => {
      const [a, b] = socketpair(LOCAL, SOCK_STREAM);
      a.setsockopt(SOL_SOCKET, SO_SNDBUF, BUFFER);
      b.setsockopt(SOL_SOCKET, SO_RCVBUF, BUFFER);
      const data = pattern(1 << 20);
      const batch = new MessageBatch({ count: 16, size: 1 << 16, family: LOCAL, oneByOne });
      for (let i = 0; i < 16; i++) batch.push(data.subarray(i << 16, (i + 1) << 16));
      const peer = startPeer(b as PeerSocket, [{ drain: true }]);
      if (face === 'promise') assert.equal(await a.sendmmsg(batch), 16);
      else {
        a.timeout = 10_000;
        assert.equal(a.sendmmsgSync(batch), 16);
      }
      assertSame(Buffer.concat([...batch].map(message => message.data)), data);
      a.close();
      assert.deepEqual(await peer, { length: data.length, digest: digest(data) });
      b.close();
    });
  }
}

test('other datagrams are not sent in the middle of a batch', { skip: WAITING }, async () => {
  const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
  const batches = ['x', 'y'].map(letter => {
    const batch = new MessageBatch({ count: 300, size: 1, family: AF_UNIX });
    for (let i = 0; i < 300; i++) batch.push(letter);
    return batch;
  });
  const sending = Promise.all(batches.map(batch => a.sendmmsg(batch)));
  let text = '';
  for (let i = 0; i < 600; i++) text += await b.recv(1);
  assert.equal(text, 'x'.repeat(300) + 'y'.repeat(300));
  await sending;
  a.close();
  b.close();
});

test('a receiver with continuous input does not starve others', async () => {
  const [a, b] = udpPair();
  const into = new MessageBatch({ count: 1, size: 8, family: AF_INET });
  const out = new MessageBatch({ count: 1, size: 8, family: AF_INET });
  out.push('x', a.getsockname());
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns++;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  for (let i = 0; i < 4000; i++) {
    await b.sendmmsg(out);
    await a.recvmmsg(into);
  }
  isOver = true;
  assert.ok(turns >= 5, `${turns} turns of the event loop`);
  a.close();
  b.close();
});
