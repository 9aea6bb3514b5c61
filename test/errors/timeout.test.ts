/** A deadline of the caller differs from a timeout of the kernel. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { isTimeout, SocketError, socketpair, TimeoutError } from 'berkeley';
import { failureOf } from '../support/failure.js';
import { built } from '../tables/constants.js';

const { timedOut } = await import(built('src/errors/timeout.ts'));
const { closedError, socketErrorOf } = await import(built('src/errors/errors.ts'));

test('the error of our deadline has the limit and the peer', () => {
  const error = timedOut('recv', 100);
  assert.ok(error instanceof TimeoutError && error instanceof SocketError);
  const { name, message, code, errno, syscall, timeout } = error;
  assert.deepEqual(
    { name, message, code, errno, syscall, timeout },
    {
      name: 'TimeoutError',
      message: 'recv timed out after 100 ms',
      code: 'ETIMEDOUT',
      errno: socketErrorOf('ETIMEDOUT', { syscall: 'recv' }).errno,
      syscall: 'recv',
      timeout: 100,
    },
  );
  assert.ok(errno < 0);
  const peer = { address: '127.0.0.1', port: 1 };
  const connecting = timedOut('connect', 1.5, peer);
  assert.equal(connecting.message, 'connect 127.0.0.1:1 timed out after 1.5 ms');
  assert.deepEqual([connecting.address, connecting.port], ['127.0.0.1', 1]);
  assert.equal(timedOut('connect', 5, { address: '/run/x' }).message, 'connect /run/x timed out after 5 ms');
});

test('the error of a kernel timeout has Node’s message, and no limit', () => {
  const error = socketErrorOf('ETIMEDOUT', { syscall: 'recv' });
  assert.ok(error instanceof TimeoutError);
  assert.equal(error.message, 'recv ETIMEDOUT');
  assert.ok(!('timeout' in error));
  assert.ok(!isTimeout(error));
});

test('isTimeout accepts our error and that of AbortSignal.timeout(), of any realm', async () => {
  assert.ok(isTimeout(timedOut('recv', 0)));
  const signal = AbortSignal.timeout(1);
  await new Promise(resolve => signal.addEventListener('abort', resolve));
  assert.ok(isTimeout(signal.reason));
  const context = createContext({ DOMException });
  assert.ok(isTimeout(runInContext('new DOMException("late", "TimeoutError")', context)));
  const elsewhere = runInContext(
    'Object.assign(new Error("x"), { name: "TimeoutError", code: "ETIMEDOUT", timeout: 1 })',
    context,
  );
  assert.ok(isTimeout(elsewhere), 'an error of another copy of the package');
});

test('isTimeout returns false for any other value, and never throws', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = {
    get name(): never {
      throw new Error('no');
    },
  };
  for (const value of [
    ...[undefined, null, 0, 'TimeoutError', Symbol('x'), 1n, {}, Object.create(null), proxy, throwing],
    ...[new Error('x'), AbortSignal.abort().reason, socketErrorOf('EAGAIN', { syscall: 'recv' })],
    { name: 'TimeoutError' },
    { name: 'TimeoutError', code: 'ETIMEDOUT' },
  ])
    assert.equal(isTimeout(value), false);
});

test('the error of a call after close says that the socket is closed', () => {
  const error = closedError('recv');
  assert.deepEqual([error.code, error.message], ['EBADF', 'recv EBADF (the socket is closed)']);
  assert.equal(closedError('poll', 'the selector is closed').message, 'poll EBADF (the selector is closed)');
});

test('a receive whose deadline passes fails with TimeoutError, in both forms', async () => {
  const [socket, peer] = socketpair();
  using _ = socket;
  using __ = peer;
  const calls: readonly (() => unknown)[] = [
    () => socket.recv(1, { timeout: 10 }),
    () => socket.recvSync(1, { timeout: 10 }),
    () => {
      socket.timeout = 10;
      return socket.recvSync(1);
    },
  ];
  for (const call of calls) {
    const error = (await failureOf(call)) as TimeoutError;
    assert.deepEqual([error.message, error.timeout], ['recv timed out after 10 ms', 10]);
    assert.ok(isTimeout(error));
  }
  assert.ok(isTimeout(await failureOf(() => socket.recv(1, { signal: AbortSignal.timeout(5) }))));
  assert.ok(!isTimeout(await failureOf(() => socket.recv(1, { signal: AbortSignal.abort() }))));
});

test('a call on a closed socket, or one that waits during close(), says that the socket is closed', async () => {
  const [socket, peer] = socketpair();
  peer.unref();
  const waiting = failureOf(() => socket.recv(1));
  socket.close();
  peer.close();
  for (const error of [
    await waiting,
    await failureOf(() => socket.recv(1)),
    await failureOf(() => socket.recvSync(1)),
  ])
    assert.match((error as Error).message, /^recv EBADF \(.*closed.*\)$/);
});
