/** select in both faces: waiting, ending, and invalid arguments. */
import assert from 'node:assert/strict';
import { closeSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AF_INET,
  BlockingError,
  SO_ERROR,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  SocketError,
  socketpair,
} from 'berkeley';
import { type Selectable, select, selectSync } from 'berkeley/select';
import { errnoNumber } from '#src/errors/codes.js';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { failsWith, failureOf } from '../support/failure.js';
import { startPeer } from '../support/peer.js';

type Lists = readonly Selectable[];
type Call = (
  readers: Lists,
  writers: Lists,
  exceptional: Lists,
  timeout?: number | null,
) => Promise<unknown[][]>;

const faces: readonly (readonly [name: string, call: Call])[] = [
  ['promise', select],
  ['Sync', async (...lists) => selectSync(...lists)],
];

for (const [name, call] of faces) {
  describe(`select (${name})`, () => {
    test('returns the given objects in the given order, with duplicates', async () => {
      const [a, b] = socketpair();
      b.sendSync('x');
      const readers = [b.fd, a, { fd: a.fd }, a, a.fd];
      const [readable, writable, exceptional] = await call(readers, [b, a], [a]);
      assert.deepEqual(readable, readers.slice(1));
      assert.deepEqual(writable, [b, a]);
      assert.deepEqual(exceptional, []);
      assert.equal(readable![0], a, 'the very object');
      a.close();
      b.close();
    });

    test('waits until a target is ready', async () => {
      const [a, b] = socketpair();
      const [c, d] = socketpair();
      const peer = startPeer(b as never, [{ pause: 30 }, { send: 'x' }]);
      const started = performance.now();
      assert.deepEqual(await call([c, a], [], [c, a]), [[a], [], []]);
      assert.ok(performance.now() - started > 20);
      await peer;
      for (const socket of [a, b, c, d]) socket.close();
    });

    test('returns nothing after the timeout, and never before it', async () => {
      const [a, b] = socketpair();
      const fresh = new Socket(); // hung up, which is not an exceptional condition
      for (const [timeout, lists] of [
        [0, [[a], [], []]],
        [25, [[a], [], []]],
        [25, [[], [], [fresh]]],
        [25, [[a], [], [fresh, b]]],
        [25, [[], [], []]],
        [2.5, [[a], [], []]],
      ] as const) {
        const started = performance.now();
        const [readers, writers, exceptional] = lists;
        assert.deepEqual(await call(readers, writers, exceptional, timeout), [[], [], []]);
        const took = performance.now() - started;
        assert.ok(took >= timeout, `${took} ms of ${timeout}`);
        assert.ok(took < timeout + 500, `${took} ms of ${timeout}`);
      }
      for (const socket of [a, b, fresh]) socket.close();
    });

    test('a condition that was not requested does not end the wait', async () => {
      const hungUp = new Socket();
      const [a, b] = socketpair();
      const peer = startPeer(b as never, [{ pause: 30 }, { send: 'x' }]);
      assert.deepEqual(await call([a], [], [hungUp, a], 5000), [[a], [], []]);
      await peer;
      for (const socket of [a, b, hungUp]) socket.close();
    });

    test('files and standard streams are always ready', async () => {
      const fd = openSync('/etc/passwd', 'r');
      const handle = await open('/etc/passwd');
      assert.deepEqual(await call([fd, handle], [fd], [fd]), [[fd, handle], [fd], []]);
      await handle.close();
      closeSync(fd);
      await failsWith(() => call([handle], [], []), SocketError, 'EBADF', 'select');
    });

    test('rejects closed targets with EBADF', async () => {
      const [a, b] = socketpair();
      const { fd } = a;
      a.close();
      const error = await failsWith(() => call([b], [], [a], 0), SocketError, 'EBADF', 'select');
      assert.match(error.message, /closed/);
      await failsWith(() => call([b, fd], [], [], 0), SocketError, 'EBADF', 'select');
      await failsWith(() => call([b], [], [1_000_000], 0), SocketError, 'EBADF', 'select');
      b.close();
    });

    test('rejects invalid arguments by name', async () => {
      for (const [lists, about] of [
        [[undefined, [], []], /"readers"/],
        [[[], 5, []], /"writers"/],
        [[[], [], null], /"exceptional"/],
        [[['0'], [], []], /"readers\[0\]"/],
        [[[0, {}], [], []], /"readers\[1\]"/],
        [[[], [null], []], /"writers\[0\]"/],
        [[[], [], [-1]], /"exceptional\[0\]"/],
        [[[], [], [1.5]], /"exceptional\[0\]"/],
        [[[{ fd: 2 ** 40 }], [], []], /"readers\[0\].fd"/],
        [[Symbol('x'), [], []], /"readers"/],
        [['05', [], []], /"readers"/],
        [[{ [Symbol.iterator]: 5 }, [], []], /"readers"/],
        [[Object.create(null), [], []], /"readers"/],
        [[[1n], [], []], /"readers\[0\]"/],
        [[[Symbol('x')], [], []], /"readers\[0\]"/],
        [[[], [Object.create(null)], []], /"writers\[0\]"/],
        [[[], [], [], -1], /"timeout"/],
        [[[], [], [], { timeout: Symbol('x') }], /"options\.timeout"/],
        [[[], [], [], { time: 1 }], /'options\.time'/],
        [[[], [], [], Number.NaN], /"timeout"/],
        [[[], [], [], '1'], /./],
      ] as const) {
        const error = (await failureOf(() => call(...(lists as unknown as Parameters<Call>)))) as Error;
        assert.ok(error instanceof TypeError || error instanceof RangeError, String(error));
        assert.match(error.message, about);
      }
    });

    test('thousands of descriptors work: there is no FD_SETSIZE limit', async t => {
      const pairs: Socket<'unix'>[] = [];
      try {
        for (let i = 0; i < 1500; i++) pairs.push(...socketpair());
      } catch (error) {
        for (const socket of pairs) socket.close();
        if ((error as SocketError).code !== 'EMFILE') throw error;
        return t.skip('this process may not have 3,000 descriptors: ulimit -n 4096');
      }
      const readers = pairs.filter((_, i) => i % 2 === 0);
      pairs[2001]!.sendSync('x');
      assert.ok(pairs[2000]!.fd > 1024);
      assert.deepEqual(await call(readers, [], []), [[pairs[2000]], [], []]);
      pairs[2000]!.recvSync(1);
      const peer = startPeer(pairs[2401] as never, [{ pause: 20 }, { send: 'y' }]);
      assert.deepEqual(await call(readers, [], []), [[pairs[2400]], [], []]);
      await peer;
      for (const socket of pairs) socket.close();
    });
  });
}

describe('select with promises', () => {
  test('is aborted by its signal, before and during the wait, and leaves nothing behind', async () => {
    await warmUp();
    const [a, b] = socketpair();
    const before = countDescriptors();
    const reason = new Error('enough');
    await assert.rejects(select([a], [], [], { signal: AbortSignal.abort(reason) }), reason);
    const controller = new AbortController();
    const waiting = select([a], [], [], { signal: controller.signal, timeout: 1000 });
    await delay(5);
    controller.abort(reason);
    await assert.rejects(waiting, reason);
    assert.equal(countDescriptors(), before);
    a.close();
    b.close();
  });

  test('rejects with EBADF when a socket is closed during the wait', async () => {
    await warmUp();
    const before = countDescriptors();
    const [a, b] = socketpair();
    const waiting = select([a, b.fd], [], [b]);
    await delay(5);
    b.close();
    await failsWith(() => waiting, SocketError, 'EBADF', 'select');
    a.close();
    assert.equal(countDescriptors(), before);
  });

  test('runs many times at once on the same sockets', async () => {
    const [a, b] = socketpair();
    const waiting = Array.from({ length: 20 }, () => select([a], [], []));
    await delay(5);
    b.sendSync('x');
    for (const lists of await Promise.all(waiting)) assert.deepEqual(lists, [[a], [], []]);
    a.close();
    b.close();
  });

  test('lets other tasks run when called in a loop', async () => {
    const [a, b] = socketpair();
    let over = false;
    setTimeout(() => {
      over = true;
    }, 5);
    while (!over) await select([a], [], [], 0); // no data available
    over = false;
    setTimeout(() => {
      over = true;
    }, 5);
    while (!over) await select([], [a], []); // data always available
    a.close();
    b.close();
  });
});

describe('connect and select in non-blocking mode, as the specification describes', () => {
  for (const [name, call] of faces) {
    test(`a connection that succeeds becomes writable (${name})`, async () => {
      using server = new Socket(AF_INET, SOCK_STREAM);
      server.bind({ host: '127.0.0.1', port: 0 });
      server.listen();
      server.setBlocking(false);
      assert.deepEqual(await call([server], [], [], 0), [[], [], []]);
      using client = new Socket(AF_INET, SOCK_STREAM);
      client.setBlocking(false);
      client.connectExSync(server.getsockname()); // EINPROGRESS, or already connected
      const [, writable] = await call([], [client], [client], 5000);
      assert.deepEqual(writable, [client]);
      assert.equal(client.getsockopt(SOL_SOCKET, SO_ERROR), 0);
      const [readable] = await call([server], [], [], 5000);
      assert.deepEqual(readable, [server]);
      using accepted = server.acceptSync().socket;
      accepted.setBlocking(false);
      await failsWith(() => accepted.recvSync(1), BlockingError, 'EAGAIN');
      client.sendSync('hello');
      await call([accepted], [], [], 5000);
      assert.equal(accepted.recvSync(16).toString(), 'hello');
      client.close();
      await call([accepted], [], [], 5000);
      assert.equal(accepted.recvSync(16).length, 0, 'the end is readable');
    });

    test(`a connection that fails becomes writable, and SO_ERROR has the error (${name})`, async () => {
      const address = (() => {
        using nobody = new Socket(AF_INET, SOCK_STREAM);
        nobody.bind({ host: '127.0.0.1', port: 0 });
        return nobody.getsockname();
      })();
      using client = new Socket(AF_INET, SOCK_STREAM);
      client.setBlocking(false);
      const errno = client.connectExSync(address);
      if (errno === -errnoNumber('ECONNREFUSED')) return;
      assert.equal(errno, -errnoNumber('EINPROGRESS'));
      assert.deepEqual(await call([client], [client], [], 5000), [[client], [client], []]);
      assert.equal(client.getsockopt(SOL_SOCKET, SO_ERROR), -errnoNumber('ECONNREFUSED'));
    });
  }
});
