/** What keeps a connection open: the socket, and the files over it. */
import assert from 'node:assert/strict';
import { EOL } from 'node:os';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { SHUT_WR, type Socket, SocketError, socketpair, type TextFile } from 'berkeley';
import {
  collectGarbage,
  countDescriptors,
  isNonblocking,
  isSocketOpen,
  warmUp,
} from '../support/descriptors.js';
import { failsWith, failureOf } from '../support/failure.js';
import { notOnWindows } from '../support/kernel.js';
import { onWindows } from '../support/local.js';

await warmUp();

/** Whether the peer has received the end of the connection. */
async function hasEnded(peer: Socket<'unix'>): Promise<boolean> {
  const outcome = await peer.recv(1, { timeout: 0 }).catch(error => error.code);
  return outcome !== 'EAGAIN' && outcome.length === 0;
}

for (const face of ['promise', 'Sync'] as const) {
  const close = async (file: TextFile): Promise<void> => (face === 'Sync' ? file.closeSync() : file.close());

  test(`closing a file leaves the socket open, ${face}`, async () => {
    const [socket, peer] = socketpair();
    const file = socket.makefile('rw');
    await close(file);
    assert.equal(file.closed, true);
    assert.equal(file.fd, -1);
    assert.equal(socket.closed, false);
    await socket.sendAll('x');
    assert.equal(String(await peer.recv(2)), 'x');
    socket.close();
    assert.equal(await hasEnded(peer), true);
    peer.close();
  });

  test(`closing the socket keeps its descriptor until its last file is closed, ${face}`, async () => {
    const before = countDescriptors();
    const [socket, peer] = socketpair();
    const { fd } = socket;
    const [first, second] = [socket.makefile('rw', { buffering: 1 }), socket.makefile('r')];
    socket.close();
    assert.equal(socket.closed, true);
    assert.equal(socket.fd, -1);
    await failsWith(() => socket.recv(1), SocketError, 'EBADF', 'recv');
    await failsWith(() => socket.sendSync('x'), SocketError, 'EBADF', 'send');
    await failsWith(() => socket.makefile(), SocketError, 'EBADF');
    socket.close();
    assert.equal(first.fd, fd);
    assert.equal(isSocketOpen(fd), true);
    assert.equal(await hasEnded(peer), false);

    await peer.sendAll('in\n');
    assert.equal(await first.readline(), 'in\n');
    first.writeSync('out\n');
    assert.equal(String(await peer.recv(9)), `out${EOL}`);

    await close(first);
    await close(first);
    assert.equal(await hasEnded(peer), false);
    await peer.sendAll('last');
    peer.shutdown(SHUT_WR);
    assert.equal(second.readSync(), 'last');
    await close(second);
    assert.equal(isSocketOpen(fd), false);
    assert.equal(await hasEnded(peer), true);
    peer.close();
    assert.equal(countDescriptors(), before);
  });
}

test('a file that was already closed does not keep the descriptor', async () => {
  const [socket, peer] = socketpair();
  await socket.makefile().close();
  const { fd } = socket;
  socket.close();
  assert.equal(isSocketOpen(fd), false);
  peer.close();
});

test('files can be made after others were closed', async () => {
  const [socket, peer] = socketpair();
  await socket.makefile().close();
  const file = socket.makefile('w');
  socket.close();
  await file.write('x');
  await file.close();
  assert.equal(String(await peer.recv(2)), 'x');
  peer.close();
});

test('when the socket is closed, calls on its files keep waiting and its own calls reject', async () => {
  const [socket, peer] = socketpair();
  const file = socket.makefile('rw', { buffering: 3 });
  const own = failureOf(() => socket.recv(1));
  const lines = [file.readline(), file.readline(), file.readline('9' as never).catch(error => error.code)];
  const writing = file.write('x'.repeat(4 << 20));
  await turn();
  socket.close();
  assert.equal(((await own) as SocketError).code, 'EBADF');
  await turn();
  await peer.sendAll('one\ntwo\n');
  assert.deepEqual(await Promise.all(lines), ['one\n', 'two\n', 'ERR_INVALID_ARG_TYPE']);
  let length = 0;
  const received = (async () => {
    for await (const chunk of peer.chunks()) length += chunk.length;
  })();
  assert.equal(await writing, 4 << 20);
  await file.close();
  await received;
  assert.equal(length, 4 << 20);
  peer.close();
});

test('a timeout stays in effect when the socket is closed meanwhile', async () => {
  const [socket, peer] = socketpair();
  const file = socket.makefile();
  const started = performance.now();
  const reading = failureOf(() => file.read({ size: 1, timeout: 60 }));
  setTimeout(() => socket.close(), 30);
  assert.equal(((await reading) as SocketError).code, 'ETIMEDOUT');
  const taken = performance.now() - started;
  assert.ok(taken >= 59 && taken < 1000, `${taken} ms`);
  await file.close();
  peer.close();
});

test('a file keeps the mode of its socket after the socket is closed', async () => {
  for (const timeout of [null, 50]) {
    const [socket, peer] = socketpair();
    socket.timeout = timeout;
    const file = socket.makefile();
    socket.close();
    assert.equal(isNonblocking(file.fd), timeout !== null);
    if (timeout === null) peer.sendSync('x');
    assert.equal(
      timeout === null ? file.readSync(1) : ((await failureOf(() => file.readSync(1))) as SocketError).code,
      timeout === null ? 'x' : 'ETIMEDOUT',
    );
    await file.close();
    peer.close();
  }
});

test('a file of a detached socket fails with EBADF', async () => {
  const [socket, peer] = socketpair();
  const file = socket.makefile('rw');
  const waiting = failureOf(() => file.read(1));
  const copy = socket.detach();
  assert.equal(((await waiting) as SocketError).code, 'EBADF');
  await failsWith(() => file.read(1), SocketError, 'EBADF', 'recv');
  assert.equal(file.fd, -1);
  await file.close();
  assert.equal(isSocketOpen(copy), true);
  (await import('berkeley')).close(copy);
  peer.close();
});

test('read-ahead data of a file can be read after its socket was detached', async () => {
  const [socket, peer] = socketpair();
  const file = socket.makefile('r');
  peer.sendSync('one\ntwo\nthr');
  assert.equal(await file.readline(), 'one\n');
  (await import('berkeley')).close(socket.detach());
  assert.equal(file.readlineSync(), 'two\n');
  assert.equal(await file.read(2), 'th');
  await failsWith(() => file.read(2), SocketError, 'EBADF', 'recv');
  await failsWith(() => file.readSync(2), SocketError, 'EBADF', 'recv');
  assert.equal(file.readSync(1), 'r');
  file.closeSync();
  peer.close();
});

for (const buffering of [-1, 0]) {
  test(`a binary file gives back its unread data, buffering ${buffering}`, async () => {
    const [socket, peer] = socketpair();
    const [file, other] = [socket.makefile('rb', { buffering }), socket.makefile('rb')];
    peer.sendSync('0123456789');
    assert.equal(String(await file.read(4)), '0123');
    const unfinished = failureOf(() => file.readline({ timeout: 10 }));
    await unfinished;
    peer.sendSync('abc');
    await file.close();
    assert.equal(String(socket.recvSync(4)), '4567');
    assert.equal(String(await other.read(5)), '89abc');
    socket.close();
    other.closeSync();
    peer.close();
  });
}

/** Windows has pairs of TCP sockets, which accept a few megabytes. */
const MORE_THAN_FITS = onWindows ? 1 << 26 : 1 << 22;

for (const face of ['promise', 'Sync'] as const) {
  test(`a waiting write fails when its file is closed, ${face}`, async () => {
    const [socket, peer] = socketpair();
    const file = socket.makefile('wb');
    const writing = failureOf(() => file.write(Buffer.alloc(MORE_THAN_FITS)));
    const flushing = failureOf(() => file.flush());
    await turn();
    const closing = failureOf(() =>
      face === 'Sync' ? file.closeSync({ timeout: 20 }) : file.close({ timeout: 20 }),
    );
    assert.equal(((await closing) as SocketError).code, 'ETIMEDOUT');
    for (const error of [await writing, await flushing])
      assert.equal((error as SocketError).message, 'write EBADF (the file was closed while the call waited)');
    socket.close();
    peer.close();
  });
}

test('a call fails when its file is closed right after its socket', async () => {
  const before = countDescriptors();
  const [socket, peer] = socketpair();
  const file = socket.makefile('rw');
  const reading = failureOf(() => file.readline());
  await turn();
  socket.close();
  file.closeSync();
  assert.equal(((await reading) as SocketError).code, 'EBADF');
  peer.close();
  await turn();
  assert.equal(countDescriptors(), before);
});

test('using closes a file, and with it a closed socket', async () => {
  const [socket, peer] = socketpair();
  const { fd } = socket;
  {
    await using file = socket.makefile('w');
    using _ = socket;
    await file.write('a');
  }
  assert.equal(isSocketOpen(fd), false);
  assert.equal(String(await peer.recv(9)), 'a');
  peer.close();
});

test('closing a file rejects waiting reads, and sends the buffered data', async () => {
  const [socket, peer] = socketpair();
  const file = socket.makefile('rw');
  const other = socket.makefile('r');
  const reading = failureOf(() => file.readline());
  const elsewhere = other.readline();
  const loop = (async () => {
    for await (const _ of file);
  })();
  const writing = file.write('x'.repeat(1 << 20));
  await turn();
  const closing = file.close();
  assert.equal(file.closed, true);
  const received: Buffer[] = [];
  while (Buffer.concat(received).length < 1 << 20) received.push(await peer.recv(1 << 20));
  await Promise.all([writing, closing, loop]);
  const error = (await reading) as SocketError;
  assert.equal(error.message, 'read EBADF (the file was closed while the call waited)');
  peer.sendSync('still\n');
  assert.equal(await elsewhere, 'still\n');
  await other.close();
  socket.close();
  peer.close();
});

test('a file whose last data cannot be sent is still closed', {
  skip: notOnWindows('a pair that refuses the first send to a closed peer'),
}, async () => {
  for (const face of ['promise', 'Sync'] as const) {
    const before = countDescriptors();
    const [socket, peer] = socketpair();
    const file = socket.makefile('w');
    socket.close();
    await file.write('x');
    peer.close();
    const error = await failureOf(() => (face === 'Sync' ? file.closeSync() : file.close()));
    assert.equal((error as SocketError).code, 'EPIPE');
    assert.equal(file.closed, true);
    assert.equal(countDescriptors(), before);
  }
});

test('files that were not closed are closed with a warning when they are collected', async () => {
  const before = countDescriptors();
  const warning = new Promise<Error>(resolve => process.once('warning', resolve));
  (() => {
    const [socket, peer] = socketpair();
    socket.makefile();
    socket.close();
    peer.close();
  })();
  for (let i = 0; i < 100 && countDescriptors() > before; i++) {
    collectGarbage();
    await turn();
  }
  assert.equal((await warning).name, 'ResourceWarning');
  assert.equal(countDescriptors(), before);
});
