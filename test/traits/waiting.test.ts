/**
 * Every method that can wait ends when the socket is closed, when the call is aborted, and when it times out.
 */
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { BlockingError, close, SocketError, socketpair, TimeoutError } from 'berkeley';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { failsWith, failureOf } from '../support/failure.js';
import { onWindows } from '../support/local.js';
import { startWatchdog, watch } from '../support/watchdog.js';
import { type Waiting, waiting } from './methods.js';
import { isPossible, type Situation, situationOf } from './situations.js';

await startWatchdog();
await warmUp();

/** Runs a test in a situation in which the method waits, and checks that no descriptor stays open. */
function testIn(method: Waiting, name: string, body: (situation: Situation) => Promise<void>): void {
  test(name, { timeout: 10_000 }, async () => {
    watch(`${method.name}: ${name}`);
    const before = countDescriptors();
    const situation = situationOf(method);
    try {
      await body(situation);
    } finally {
      situation[Symbol.dispose]();
      watch('');
    }
    assert.equal(countDescriptors(), before, 'the number of open descriptors');
  });
}

/** The next socket gets the number of the closed descriptor. The ended call must not affect it. */
async function assertReusable(fd: number): Promise<void> {
  const [a, b] = socketpair();
  try {
    // POSIX promises the lowest free number, Windows any free handle.
    assert.ok(onWindows || [a.fd, b.fd].includes(fd), 'the number is used again');
    const [one, other] = b.fd === fd ? [b, a] : [a, b];
    const receiving = one.recv(9, { timeout: 5000 });
    await turn();
    await other.send('mine');
    assert.equal((await receiving).toString(), 'mine');
  } finally {
    a.close();
    b.close();
  }
}

for (const method of waiting.filter(isPossible)) {
  const { name, need, syscall, start, sync } = method;
  describe(`${name} while it waits (${need})`, () => {
    testIn(method, 'fails with EBADF when the socket is closed', async ({ socket, address }) => {
      const { fd } = socket;
      const failing = failsWith(() => start(socket, undefined, address), SocketError, 'EBADF', syscall);
      await turn();
      socket.close();
      await assertReusable(fd);
      assert.match((await failing).message, /the socket was closed while the call waited/);
    });

    testIn(method, 'fails with EBADF when the socket is detached', async ({ socket, address }) => {
      const failing = failsWith(() => start(socket, undefined, address), SocketError, 'EBADF', syscall);
      await turn();
      close(socket.detach());
      await failing;
    });

    testIn(method, 'is not begun when the signal is aborted before', async ({ socket, address, release }) => {
      release();
      const reason = { because: 'no longer wanted' };
      const wait = { signal: AbortSignal.abort(reason) };
      assert.equal(await failureOf(() => start(socket, wait, address)), reason);
      await start(socket, { timeout: 5000 }, address).then(closeAccepted);
    });

    testIn(
      method,
      'fails with the reason when the signal is aborted',
      async ({ socket, address, release }) => {
        const controller = new AbortController();
        const { signal } = controller;
        const failing = failureOf(() => start(socket, { signal }, address));
        await turn();
        const reason = new Error('changed my mind');
        controller.abort(reason);
        assert.equal(await failing, reason);
        assert.deepEqual(getEventListeners(signal, 'abort'), []);
        if (method.need === 'connecting') return; // a connect that was started cannot be started again
        release();
        await start(socket, { timeout: 5000 }, address).then(closeAccepted);
      },
    );

    testIn(method, 'fails with ETIMEDOUT when the time is over', async ({ socket, address }) => {
      const { signal } = new AbortController();
      const began = performance.now();
      const call = () => start(socket, { timeout: 15, signal }, address);
      await failsWith(call, TimeoutError, 'ETIMEDOUT', syscall);
      assert.ok(Math.ceil(performance.now() - began) >= 15);
      assert.deepEqual(getEventListeners(signal, 'abort'), []);
    });

    testIn(method, 'fails at once when it has no time', async ({ socket, address }) => {
      const code = need === 'connecting' ? 'EINPROGRESS' : 'EAGAIN';
      await failsWith(() => start(socket, { timeout: 0 }, address), BlockingError, code, syscall);
    });

    testIn(method, 'in the Sync form ends by the timeout of the socket', async ({ socket, address }) => {
      socket.timeout = 15;
      const began = performance.now();
      await failsWith(() => sync(socket, address), TimeoutError, 'ETIMEDOUT', syscall);
      assert.ok(performance.now() - began >= 15);
    });

    // If the first segment of a client was dropped, the client sends again after a second.
    if (need === 'connecting') return;
    testIn(method, 'succeeds in time although the thread was busy', async ({ socket, address, release }) => {
      const call = start(socket, { timeout: 20 }, address);
      release(); // in the same turn, so that no timer can fire before it
      keepBusy();
      await call.then(closeAccepted);
    });

    testIn(method, 'leaves nothing on the signal when it succeeds', async ({ socket, address, release }) => {
      const { signal } = new AbortController();
      const call = start(socket, { signal, timeout: 5000 }, address);
      await turn();
      assert.equal(getEventListeners(signal, 'abort').length, 1);
      release();
      await call.then(closeAccepted);
      assert.deepEqual(getEventListeners(signal, 'abort'), []);
    });
  });
}

/** Longer than the timeout, and longer than a TCP peer delays its acknowledgement (tcp(7), TCP_QUICKACK). */
function keepBusy(): void {
  const end = performance.now() + 80;
  while (performance.now() < end);
}

/** The socket that `accept` returned has to be closed. */
function closeAccepted(result: unknown): void {
  if (typeof result === 'object' && result !== null && 'socket' in result)
    (result.socket as { close(): void }).close();
}
