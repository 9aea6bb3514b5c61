/** How sendfile waits, and how it ends when it fails. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, test } from 'node:test';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import {
  BrokenPipeError,
  ConnectionError,
  SO_LINGER,
  SOCK_DGRAM,
  SOCK_SEQPACKET,
  SOL_SOCKET,
  Socket,
  SocketError,
  socketpair,
  TimeoutError,
} from 'berkeley';
import { assertSame, pattern } from '../support/bytes.js';
import { countDescriptors, isNonblocking, warmUp } from '../support/descriptors.js';
import { failsWith, failureOf } from '../support/failure.js';
import { notOnWindows } from '../support/kernel.js';
import { LOCAL, onWindows } from '../support/local.js';
import { moduleFile } from '../support/module-file.js';
import { freshPath } from '../support/names.js';
import { MEBIBYTE, makePipe, needsPipes, positionOf, tcpPair } from './support.js';

/** More than the buffers of any socket here hold. */
const data = pattern(16 * MEBIBYTE);
const path = freshPath();
writeFileSync(path, data);

await warmUp();

/** Runs `body`, after which as many descriptors have to be open as before. */
async function withoutLeak(body: () => Promise<void>): Promise<void> {
  const before = countDescriptors();
  await body();
  await turn();
  assert.equal(countDescriptors(), before);
}

async function receiveAll(socket: Socket<'unix'>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of socket.chunks()) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('sendfile to a peer that does not read', () => {
  test('does not block the thread, and leaves the descriptor in blocking mode for other processes', async () => {
    const [here, there] = socketpair();
    const file = openSync(path, 'r');
    const sending = here.sendfile(file);
    for (let i = 0; i < 3; i++) {
      await turn();
      assert.equal(isNonblocking(here.fd), false);
    }
    const receiving = receiveAll(there);
    assert.equal(await sending, data.length);
    here.close();
    assertSame(await receiving, data);
    there.close();
    closeSync(file);
  });

  test('rejects with the reason of the abort, and sets the position after the sent part', async () => {
    await withoutLeak(async () => {
      const [here, there] = socketpair();
      const file = openSync(path, 'r');
      const controller = new AbortController();
      const sending = here.sendfile(file, { offset: 4, signal: controller.signal });
      await turn();
      controller.abort(new Error('enough'));
      assert.equal(((await failureOf(() => sending)) as Error).message, 'enough');
      const position = positionOf(file);
      here.close();
      const arrived = await receiveAll(there);
      assert.equal(position, 4 + arrived.length);
      assertSame(arrived, data.subarray(4, position));
      there.close();
      closeSync(file);
    });
  });

  for (const face of ['promise', 'Sync'] as const) {
    test(`times out once in total, ${face}`, async () => {
      const [here, there] = socketpair();
      const file = openSync(path, 'r');
      if (face === 'Sync') here.timeout = 100;
      const started = performance.now();
      const send = () => (face === 'Sync' ? here.sendfileSync(file) : here.sendfile(file, { timeout: 100 }));
      const error = await failsWith(send, TimeoutError, 'ETIMEDOUT', 'sendfile');
      const taken = performance.now() - started;
      assert.ok(taken >= 99 && taken < 2000, `${taken} ms`);
      assert.ok(error.bytesTransferred! > 0);
      assert.equal(positionOf(file), error.bytesTransferred);
      here.close();
      assertSame(await receiveAll(there), data.subarray(0, error.bytesTransferred));
      there.close();
      closeSync(file);
    });
  }

  test('rejects when the socket is closed meanwhile', async () => {
    const [here, there] = socketpair();
    const file = openSync(path, 'r');
    const sending = here.sendfile(file);
    const failing = failsWith(() => sending, SocketError, 'EBADF', 'sendfile');
    await turn();
    here.close();
    const error = await failing;
    assert.equal(positionOf(file), error.bytesTransferred);
    assertSame(await receiveAll(there), data.subarray(0, error.bytesTransferred));
    there.close();
    closeSync(file);
  });

  test('continues when the file is closed meanwhile and its number is used by another file', async () => {
    const [here, there] = socketpair();
    const file = openSync(path, 'r');
    const sending = here.sendfile(file);
    await turn();
    closeSync(file);
    const other = openSync('/dev/zero', 'r');
    assert.equal(other, file);
    const receiving = receiveAll(there);
    assert.equal(await sending, data.length);
    here.close();
    assertSame(await receiving, data);
    there.close();
    closeSync(other);
  });

  test('rejects after a reset with the number of bytes sent', async () => {
    const [here, there] = await tcpPair();
    const file = openSync(path, 'r');
    const sending = failureOf(() => here.sendfile(file));
    await delay(20);
    there.setsockopt(SOL_SOCKET, SO_LINGER, new Uint8Array(new Int32Array([1, 0]).buffer));
    there.close();
    const error = await sending;
    assert.ok(error instanceof ConnectionError, String(error));
    assert.ok(error.bytesTransferred! > 0);
    assert.equal(positionOf(file), error.bytesTransferred);
    here.close();
    closeSync(file);
  });

  test('keeps its place: later sends come after it', async () => {
    const [here, there] = socketpair();
    const file = openSync(path, 'r');
    const sending = Promise.all([
      here.sendfile(file),
      here.sendAll('between'),
      here.sendfile(file, { offset: 1 << 20 }),
    ]);
    const receiving = receiveAll(there);
    assert.deepEqual(await sending, [data.length, undefined, data.length - MEBIBYTE]);
    here.close();
    assertSame(await receiving, Buffer.concat([data, Buffer.from('between'), data.subarray(MEBIBYTE)]));
    there.close();
    closeSync(file);
  });
});

test('sendfile to a connection that the peer has closed fails with EPIPE', {
  skip: notOnWindows('a pair that refuses the first send to a closed peer'),
}, async () => {
  const file = openSync(path, 'r');
  for (const face of ['promise', 'Sync'] as const) {
    const [here, there] = socketpair();
    there.close();
    const send = () => (face === 'Sync' ? here.sendfileSync(file) : here.sendfile(file));
    const error = await failsWith(send, BrokenPipeError, 'EPIPE', 'sendfile');
    assert.equal(error.bytesTransferred, 0);
    here.close();
  }
  closeSync(file);
});

describe('sendfile from an empty pipe', { skip: needsPipes }, () => {
  test('sends each piece as it arrives, and does not block the thread', async () => {
    await withoutLeak(async () => {
      const [here, there] = socketpair();
      const { read, write } = makePipe();
      const sending = here.sendfile(read);
      for (const word of ['one', 'two', 'three']) {
        await delay(5);
        writeSync(write, word);
        assert.equal(String(await there.recv(10)), word);
      }
      closeSync(write);
      assert.equal(await sending, 11);
      closeSync(read);
      for (const socket of [here, there]) socket.close();
    });
  });

  test('takes nothing from the pipe after an abort', async () => {
    await withoutLeak(async () => {
      const [here, there] = socketpair();
      const { read, write } = makePipe();
      const controller = new AbortController();
      const sending = here.sendfile(read, { signal: controller.signal });
      await delay(5);
      controller.abort();
      await assert.rejects(sending, { name: 'AbortError' });
      writeSync(write, 'later');
      await delay(5);
      const buffer = Buffer.alloc(10);
      assert.equal(buffer.toString('utf8', 0, readSync(read, buffer)), 'later');
      for (const fd of [read, write]) closeSync(fd);
      for (const socket of [here, there]) socket.close();
    });
  });

  for (const face of ['promise', 'Sync'] as const) {
    test(`times out, ${face}`, async () => {
      const [here, there] = socketpair();
      const { read, write } = makePipe();
      writeSync(write, 'first');
      if (face === 'Sync') here.timeout = 50;
      const send = () => (face === 'Sync' ? here.sendfileSync(read) : here.sendfile(read, { timeout: 50 }));
      const error = await failsWith(send, TimeoutError, 'ETIMEDOUT', 'splice');
      assert.equal((error as TimeoutError).timeout, 50);
      assert.equal(error.bytesTransferred, 5);
      assert.equal(String(await there.recv(10)), 'first');
      for (const fd of [read, write]) closeSync(fd);
      for (const socket of [here, there]) socket.close();
    });
  }

  test('lets the process exit on process.exit(), or when the socket is unref', async () => {
    const program = (then: string): string => `
      import { socketpair } from 'berkeley';
      import { openSync } from 'node:fs';
      const [here] = socketpair();
      ${then.includes('unref') ? then : ''}
      here.sendfile(openSync(process.argv[2], 'r+')).catch(() => {});
      ${then.includes('exit') ? then : ''}`;
    const { read, write } = makePipe();
    for (const then of ['setTimeout(() => process.exit(), 10);', 'here.unref();']) {
      const args = [moduleFile(program(then)), `/proc/${process.pid}/fd/${read}`];
      const child = spawn(process.execPath, args, { stdio: 'inherit' });
      const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
      assert.deepEqual(await once(child, 'exit'), [0, null], then);
      clearTimeout(limit);
    }
    closeSync(read);
    closeSync(write);
  });
});

/** The call that fails for a directory: Windows has no sendfile(2), so the addon reads. */
const READS = onWindows ? 'sendfile' : 'read';

describe('sendfile refuses, before any system call,', () => {
  test('sockets that keep message boundaries', async () => {
    const file = openSync(path, 'r');
    for (const type of onWindows ? [SOCK_DGRAM] : [SOCK_DGRAM, SOCK_SEQPACKET]) {
      using socket = new Socket(LOCAL, type);
      await assert.rejects(socket.sendfile(file), { name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });
      assert.throws(() => socket.sendfileSync(file), { name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });
    }
    closeSync(file);
  });

  test('the Sync face of a socket in non-blocking mode, but not the promise face', async () => {
    const [here, there] = socketpair();
    here.timeout = 0;
    const file = openSync(path, 'r');
    readSync(file, Buffer.alloc(3));
    assert.throws(() => here.sendfileSync(file), { name: 'TypeError', message: /timeout.*must not be 0/ });
    assert.equal(positionOf(file), 3);
    assert.equal(await here.sendfile(file, { count: 10 }), 10);
    assert.equal(isNonblocking(here.fd), true);
    closeSync(file);
    for (const socket of [here, there]) socket.close();
  });

  const wrong: readonly [options: object, name: string, code: string][] = [
    [{ offset: -1 }, 'RangeError', 'ERR_OUT_OF_RANGE'],
    [{ offset: 0.5 }, 'RangeError', 'ERR_OUT_OF_RANGE'],
    [{ offset: '1' }, 'TypeError', 'ERR_INVALID_ARG_TYPE'],
    [{ offset: 2 ** 53 }, 'RangeError', 'ERR_OUT_OF_RANGE'],
    [{ count: 0 }, 'RangeError', 'ERR_OUT_OF_RANGE'],
    [{ count: -5 }, 'RangeError', 'ERR_OUT_OF_RANGE'],
    [{ count: 1n }, 'TypeError', 'ERR_INVALID_ARG_TYPE'],
    [{ count: null }, 'TypeError', 'ERR_INVALID_ARG_TYPE'],
  ];
  for (const [options, name, code] of wrong) {
    test(`${String(Object.entries(options))}`, async () => {
      const [here, there] = socketpair();
      const file = openSync(path, 'r');
      await assert.rejects(here.sendfile(file, options), { name, code });
      assert.throws(() => here.sendfileSync(file, options), { name, code });
      closeSync(file);
      for (const socket of [here, there]) socket.close();
    });
  }

  test('a descriptor that is not an open file', async () => {
    const [here, there] = socketpair();
    const handle = await open(path);
    await handle.close();
    for (const file of [handle, -1, {}, null, 'name', { fd: undefined }] as never[]) {
      await assert.rejects(here.sendfile(file), { name: /TypeError|RangeError/ }, String(file));
      assert.throws(() => here.sendfileSync(file), { name: /TypeError|RangeError/ }, String(file));
    }
    await failsWith(() => here.sendfileSync(999_999), SocketError, 'EBADF', 'lseek');
    await failsWith(() => here.sendfile(999_999), SocketError, 'EBADF', 'dup');
    const folder = openSync(tmpdir(), 'r');
    await failsWith(() => here.sendfile(folder), SocketError, 'EISDIR', READS);
    await failsWith(() => here.sendfileSync(folder), SocketError, 'EISDIR', READS);
    await failsWith(() => here.sendfile(there, { offset: 1 }), SocketError, 'ESPIPE', 'lseek');
    closeSync(folder);
    for (const socket of [here, there]) socket.close();
  });
});
