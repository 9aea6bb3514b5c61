/** The chunks of a stream: their size, and chunks in memory that is lent. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { type Socket, SocketError, socketpair } from 'berkeley';
import { tcpPair } from '../streams/support.js';
import { assertSame, pattern } from '../support/bytes.js';

type Pair = readonly [Socket<'unix'>, Socket<'unix'>];

function pair(): Pair {
  return socketpair();
}

/** Sends in the background, because the data does not fit into the socket’s buffer. */
function sendInBackground(socket: Socket<'unix'> | Socket<'inet'>, data: Buffer): Promise<void> {
  return socket.sendAll(data).finally(() => socket.close());
}

async function firstOf(chunks: AsyncIterableIterator<Buffer>): Promise<Buffer> {
  const { value } = await chunks.next();
  assert.ok(value !== undefined);
  return value;
}

describe('the size of chunks', () => {
  test('grows with a fast stream, and no byte is lost', async () => {
    const [a, b] = await tcpPair();
    const data = pattern(16 << 20);
    const sending = sendInBackground(a, data);
    const pieces: Buffer[] = [];
    for await (const chunk of b.chunks()) pieces.push(chunk);
    await sending;
    assertSame(Buffer.concat(pieces), data);
    assert.ok(pieces.every(({ length }) => length > 0 && length <= 524_288));
    b.close();
  });

  for (const lend of [false, true])
    test(`is at most \`size\`, lend: ${lend}`, async () => {
      const [a, b] = pair();
      const sending = sendInBackground(a, pattern(100_000));
      let total = 0;
      for await (const chunk of b.chunks({ size: 1000, lend })) {
        assert.ok(chunk.length <= 1000);
        total += chunk.length;
      }
      await sending;
      assert.equal(total, 100_000);
      b.close();
    });
});

describe('lent chunks', () => {
  test('have all bytes of the stream', async () => {
    const [a, b] = await tcpPair();
    const data = pattern(16 << 20);
    const sending = sendInBackground(a, data);
    const copy = Buffer.alloc(data.length);
    let length = 0;
    for await (const chunk of b.chunks({ lend: true })) length += chunk.copy(copy, length);
    await sending;
    assertSame(copy.subarray(0, length), data);
    b.close();
  });

  test('are overwritten by the next step', async () => {
    const [a, b] = pair();
    const chunks = b.chunks({ lend: true });
    a.sendSync('one');
    const first = await firstOf(chunks);
    assert.equal(String(first), 'one');
    a.sendSync('two');
    const second = await firstOf(chunks);
    assert.equal(String(second), 'two');
    assert.equal(String(first), 'two');
    assert.equal(first.buffer, second.buffer);
    a.close();
    b.close();
  });

  test('stay valid while a loop inside the loop has its own', async () => {
    const [a, b] = pair();
    const [c, d] = pair();
    a.sendSync('outer');
    c.sendSync('inner');
    for await (const outer of b.chunks({ lend: true })) {
      for await (const inner of d.chunks({ lend: true })) {
        assert.equal(String(outer), 'outer');
        assert.equal(String(inner), 'inner');
        assert.notEqual(outer.buffer, inner.buffer);
        break;
      }
      break;
    }
    for (const socket of [a, b, c, d]) socket.close();
  });

  test('do not end when a loop that was left before is left again', async () => {
    const [a, b] = pair();
    const left = b.chunks({ lend: true });
    a.sendSync('one');
    await left.next();
    await left.return!();
    a.sendSync('two');
    const chunk = await firstOf(b.chunks({ lend: true }));
    await left.return!();
    a.sendSync('three');
    const other = await firstOf(b.chunks({ lend: true }));
    assert.equal(String(chunk), 'two');
    assert.equal(String(other), 'three');
    a.close();
    b.close();
  });

  test('may be transferred to another thread', async () => {
    const [a, b] = pair();
    const chunks = b.chunks({ lend: true });
    const { port1, port2 } = new MessageChannel();
    a.sendSync('one');
    const chunk = await firstOf(chunks);
    port1.postMessage(chunk, [chunk.buffer as ArrayBuffer]);
    const [data] = (await once(port2, 'message')) as [Uint8Array];
    assert.equal(Buffer.from(data).toString(), 'one');
    a.sendSync('two');
    assert.equal(String(await firstOf(chunks)), 'two');
    port1.close();
    a.close();
    b.close();
  });

  test('lose no data when the loop is left, fails, or its socket is closed', async () => {
    const [a, b] = pair();
    a.sendSync('one two');
    for await (const chunk of b.chunks({ lend: true, size: 3 })) {
      assert.equal(String(chunk), 'one');
      break;
    }
    await assert.rejects(async () => {
      for await (const chunk of b.chunks({ lend: true, size: 2 })) throw new Error(String(chunk));
    }, /^Error: {2}t$/);
    const waiting = b.chunks({ lend: true, timeout: 20 });
    assert.equal(String(await firstOf(waiting)), 'wo');
    await assert.rejects(waiting.next(), { name: 'TimeoutError' });
    a.sendSync('three');
    assert.equal(String(b.recvSync(10)), 'three');
    const closed = b.chunks({ lend: true });
    const next = closed.next();
    await turn();
    b.close();
    assert.deepEqual(await next, { done: true, value: undefined });
    a.close();
  });

  test('leave the data for its next receive call when the socket is detached', async () => {
    const [a, b] = pair();
    const chunks = b.chunks({ lend: true, size: 3 });
    a.sendSync('one two');
    assert.equal(String(await firstOf(chunks)), 'one');
    const { Socket: AnySocket } = await import('berkeley');
    const same = AnySocket.adopt(b.detach());
    assert.deepEqual(await chunks.next(), { done: true, value: undefined });
    assert.equal(String(same.recvSync(10)), ' two');
    same.close();
    a.close();
  });

  test('come in the order of the steps if several are made at once', async () => {
    const [a, b] = pair();
    const chunks = b.chunks({ lend: true, size: 3 });
    const steps = [chunks.next(), chunks.next()].map(step => step.then(({ value }) => String(value)));
    a.sendSync('one');
    a.sendSync('two');
    const [first, second] = await Promise.all(steps);
    assert.deepEqual([first, second], ['one', 'two']);
    a.close();
    b.close();
  });

  test('are refused with a wrong option', () => {
    const [a, b] = pair();
    for (const [options, error] of [
      [{ lend: 1 }, /options\.lend/],
      [{ size: 0 }, /options\.size/],
      [{ sizes: 1 }, /sizes/],
    ] as const)
      assert.throws(() => b.chunks(options as object), error);
    assert.throws(() => b.recvSync(1, { timeout: 0 }), SocketError);
    a.close();
    b.close();
  });
});
