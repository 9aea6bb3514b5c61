/** A socket as web streams. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import {
  type BrokenPipeError,
  ConnectionResetError,
  SHUT_WR,
  SO_LINGER,
  SOL_SOCKET,
  socketpair,
} from 'berkeley';
import { assertSame, pattern } from '../support/bytes.js';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { failureOf } from '../support/failure.js';
import { notInWine, notOnWindows } from '../support/kernel.js';
import { MEBIBYTE, tcpPair } from './support.js';

await warmUp();

/** Runs `body`, after which as many descriptors have to be open as before. */
async function withoutLeak(body: () => Promise<void>): Promise<void> {
  const before = countDescriptors();
  await body();
  await turn();
  assert.equal(countDescriptors(), before);
}

async function readAll(readable: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readable) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('streams can be piped into each other, and close their sockets when both have ended', async () => {
  await withoutLeak(async () => {
    const [a, b] = socketpair();
    const [here, there] = [a.toWeb(), b.toWeb()];
    const data = pattern(8 * MEBIBYTE);
    const echo = there.readable.pipeTo(there.writable);
    const writer = here.writable.getWriter();
    const writing = (async () => {
      for (let at = 0; at < data.length; at += MEBIBYTE) await writer.write(data.subarray(at, at + MEBIBYTE));
      await writer.close();
    })();
    assertSame(await readAll(here.readable), data);
    await Promise.all([echo, writing]);
    assert.deepEqual([a.closed, b.closed], [true, true]);
  });
});

test("they are the platform's own streams, and work with its compression and text decoding", async () => {
  const [a, b] = socketpair();
  const compressing = new Blob(['Ünïcödé '.repeat(1000)])
    .stream()
    .pipeThrough(new CompressionStream('gzip'))
    .pipeTo(a.toWeb().writable);
  const text = b
    .toWeb()
    .readable.pipeThrough(new DecompressionStream('gzip'))
    .pipeThrough(new TextDecoderStream());
  let read = '';
  for await (const piece of text) read += piece;
  assert.equal(read, 'Ünïcödé '.repeat(1000));
  await compressing;
  a.close();
  b.close();
});

test('a reader can supply its own memory', async () => {
  const [a, b] = socketpair();
  const reader = b.toWeb().readable.getReader({ mode: 'byob' });
  a.sendSync('hello');
  let memory = new ArrayBuffer(3);
  const first = await reader.read(new Uint8Array(memory));
  assert.equal(String(Buffer.from(first.value!)), 'hel');
  memory = first.value!.buffer as ArrayBuffer;
  assert.equal(memory.byteLength, 3);
  const second = await reader.read(new Uint8Array(memory));
  assert.equal(String(Buffer.from(second.value!)), 'lo');
  a.shutdown(SHUT_WR);
  assert.equal((await reader.read(new Uint8Array(3))).done, true);
  a.close();
  b.close();
});

test('nothing is received before a read', async () => {
  const [a, b] = socketpair();
  const { readable } = b.toWeb();
  a.sendSync('x');
  await delay(5);
  assert.equal(String(b.recvSync(5)), 'x');
  assert.equal(readable.locked, false);
  a.close();
  b.close();
});

test('a writer waits for a slow reader', async () => {
  const [a, b] = socketpair();
  const writer = a.toWeb().writable.getWriter();
  let written = 0;
  const writing = (async () => {
    for (; written < 64; written++) await writer.write(new Uint8Array(MEBIBYTE));
    await writer.close();
  })();
  await delay(20);
  assert.ok(written < 8, `${written} MiB`);
  assert.equal((await readAll(b.toWeb().readable)).length, 64 * MEBIBYTE);
  await writing;
  a.close();
  b.close();
});

describe('the end of a stream', () => {
  test('one half can end while the other continues', async () => {
    await withoutLeak(async () => {
      const [a, b] = await tcpPair();
      const { readable, writable } = a.toWeb();
      await writable.close();
      assert.equal((await b.recv(1)).length, 0);
      b.sendSync('still');
      b.close();
      assert.equal(String(await readAll(readable)), 'still');
      assert.equal(a.closed, true);
    });
  });

  test('cancelling the readable side leaves the writable side open', async () => {
    await withoutLeak(async () => {
      const [a, b] = socketpair();
      const { readable, writable } = a.toWeb();
      const reader = readable.getReader();
      const reading = reader.read();
      await turn();
      await reader.cancel('enough');
      assert.deepEqual(await reading, { done: true, value: undefined });
      const writer = writable.getWriter();
      await writer.write('text');
      await writer.close();
      assert.equal(String(await b.recv(9)), 'text');
      assert.equal(a.closed, true);
      b.close();
    });
  });

  test('aborting the writable side ends both sides at once', async () => {
    await withoutLeak(async () => {
      const [a, b] = socketpair();
      const { readable, writable } = a.toWeb();
      const reading = failureOf(() => readable.getReader().read());
      const writer = writable.getWriter();
      const writing = failureOf(() => writer.write(new Uint8Array(64 * MEBIBYTE)));
      await turn();
      await writer.abort(new Error('enough'));
      assert.match(String(await writing), /enough/);
      assert.match(String(await reading), /enough/);
      assert.equal(a.closed, true);
      b.close();
    });
  });

  const noReset = notInWine('reads the end of the stream instead of a reset');
  test('a reset is an error of both sides', { skip: noReset }, async () => {
    await withoutLeak(async () => {
      const [a, b] = await tcpPair();
      const { readable, writable } = a.toWeb();
      const reading = failureOf(() => readable.getReader().read());
      b.setsockopt(SOL_SOCKET, SO_LINGER, new Uint8Array(new Int32Array([1, 0]).buffer));
      b.close();
      assert.equal(((await reading) as Error).constructor, ConnectionResetError);
      const writing = failureOf(() => writable.getWriter().write('x'));
      assert.equal(((await writing) as Error).constructor, ConnectionResetError);
      assert.equal(a.closed, true);
    });
  });

  const atOnce = notOnWindows('a pair whose end is told at once that its peer closed (AF_UNIX)');
  test('when the peer closes, first the writer fails, then the reader', { skip: atOnce }, async () => {
    await withoutLeak(async () => {
      const [a, b] = socketpair();
      const { readable, writable } = a.toWeb();
      b.close();
      const writing = failureOf(() => writable.getWriter().write('x'));
      assert.equal(((await writing) as BrokenPipeError).code, 'EPIPE');
      const reading = failureOf(() => readable.getReader().read());
      assert.equal(((await reading) as BrokenPipeError).code, 'EPIPE');
      assert.equal(a.closed, true);
    });
  });

  test('writing a chunk that is not bytes is an error', async () => {
    const [a, b] = socketpair();
    const writing = failureOf(() =>
      a
        .toWeb()
        .writable.getWriter()
        .write(5 as never),
    );
    assert.equal(((await writing) as { code: string }).code, 'ERR_INVALID_ARG_TYPE');
    assert.equal(a.closed, true);
    b.close();
  });
});
