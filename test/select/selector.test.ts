/**
 * The Selector: level-triggered and edge-triggered events, data, limits, and targets that are added, removed
 * and closed.
 */
import assert from 'node:assert/strict';
import { closeSync, openSync } from 'node:fs';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { close, SHUT_WR, type Socket, SocketError, socketpair } from 'berkeley';
import {
  POLLHUP,
  POLLIN,
  POLLNVAL,
  POLLOUT,
  POLLPRI,
  poll,
  type Ready,
  Selector,
  type SelectorWait,
  select,
  selectSync,
} from 'berkeley/select';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { failsWith } from '../support/failure.js';
import { onWindows } from '../support/local.js';
import { startPeer } from '../support/peer.js';

type Wait = <D>(selector: Selector<D>, options?: number | null | SelectorWait) => Promise<Ready<D>[]>;

/** Wine needs a millisecond for each. */
const MANY = onWindows ? 300 : 3000;

const faces: readonly (readonly [name: string, wait: Wait])[] = [
  ['promise', (selector, options) => selector.wait(options)],
  ['Sync', async (selector, options) => selector.waitSync(options)],
];

const now = { timeout: 0 };

for (const [name, wait] of faces) {
  describe(`Selector (${name})`, () => {
    test('level-triggered targets are reported as long as they are ready', async () => {
      const [a, b] = socketpair();
      using selector = new Selector<string>();
      selector.register(a, POLLIN, 'data');
      assert.deepEqual([selector.size, selector.has(a), selector.has(b)], [1, true, false]);
      assert.deepEqual(await wait(selector, now), []);
      b.sendSync('xy');
      const ready = [{ target: a, events: POLLIN, data: 'data' }];
      assert.deepEqual(await wait(selector), ready);
      assert.deepEqual(await wait(selector), ready);
      a.recvSync(1);
      assert.deepEqual(await wait(selector), ready);
      a.recvSync(1);
      assert.deepEqual(await wait(selector, { timeout: 5 }), []);
      b.sendSync('z');
      assert.deepEqual(await wait(selector), ready, 'and again');
      a.close();
      b.close();
    });

    const rearmed = onWindows && 'Windows reports an edge again only after a call would block';
    test('edge-triggered targets are reported once per event', { skip: rearmed }, async () => {
      const [a, b] = socketpair();
      using selector = new Selector();
      selector.register(a, POLLIN | POLLOUT, undefined, { edge: true });
      const events = async () => (await wait(selector, { timeout: 5 })).map(ready => ready.events);
      assert.deepEqual(await events(), [POLLOUT]);
      assert.deepEqual(await events(), []);
      b.sendSync('x');
      assert.deepEqual(await events(), [POLLIN | POLLOUT]);
      assert.deepEqual(await events(), []);
      b.sendSync('y');
      assert.deepEqual(await events(), [POLLIN | POLLOUT], 'more came, though the first was not read');
      selector.modify(a, POLLIN);
      assert.deepEqual(await events(), [POLLIN], 'told anew');
      assert.deepEqual(await events(), []);
      selector.modify(a, POLLIN, undefined, { edge: false });
      assert.deepEqual(await events(), [POLLIN]);
      assert.deepEqual(await events(), [POLLIN]);
      a.close();
      b.close();
    });

    test('modify and unregister', async () => {
      const [a, b] = socketpair();
      using selector = new Selector<number>();
      selector.register(a, POLLIN, 1);
      selector.register(b, POLLOUT, 2);
      assert.deepEqual(await wait(selector), [{ target: b, events: POLLOUT, data: 2 }]);
      selector.modify(b, POLLPRI);
      assert.deepEqual(await wait(selector, { timeout: 5 }), []);
      selector.modify(b, POLLOUT, 3);
      assert.deepEqual(await wait(selector), [{ target: b, events: POLLOUT, data: 3 }]);
      selector.unregister(b);
      assert.deepEqual(await wait(selector, { timeout: 5 }), []);
      selector.register(b, POLLOUT, 4);
      assert.equal((await wait(selector))[0]?.data, 4);
      a.close();
      b.close();
    });

    test('max limits a result, and the remaining targets come next', async () => {
      const pairs = Array.from({ length: 10 }, () => socketpair());
      using selector = new Selector<number>();
      const file = openSync(process.execPath, 'r');
      for (const [i, [a, b]] of pairs.entries()) {
        selector.register(a, POLLIN, i);
        b.sendSync('x');
      }
      selector.register(file, POLLIN, 10);
      for (const max of [1, 2, 3]) {
        const told = new Set<number>();
        for (let i = 0; i < 22; i++) {
          const ready = await wait(selector, { max });
          assert.ok(ready.length > 0 && ready.length <= max);
          for (const { data } of ready) told.add(data);
        }
        assert.equal(told.size, 11, `${[...told]} with ${max} at a time`);
      }
      assert.equal((await wait(selector)).length, 11);
      closeSync(file);
      for (const socket of pairs.flat()) socket.close();
    });

    test('thousands of descriptors work', async t => {
      const sockets: Socket<'unix'>[] = [];
      using selector = new Selector<number>();
      try {
        for (let i = 0; i < MANY; i += 2) sockets.push(...socketpair());
      } catch (error) {
        if ((error as SocketError).code !== 'EMFILE') throw error;
        for (const socket of sockets) socket.close();
        return t.skip('this process may not have 3,000 descriptors: ulimit -n 4096');
      }
      for (const [i, socket] of sockets.entries()) selector.register(socket, POLLIN, i);
      assert.deepEqual(await wait(selector, now), []);
      for (let i = 0; i < MANY; i += 2) sockets[i]!.sendSync('x');
      const told = new Set<number>();
      while (told.size < MANY / 2) {
        const ready = await wait(selector, { timeout: 1000 });
        assert.ok(ready.length > 0 && ready.length <= 1024);
        for (const { data } of ready) told.add(data);
      }
      for (const i of told) assert.equal(i % 2, 1);
      for (const socket of sockets) socket.close();
      assert.equal(selector.size, 0);
    });

    const unused = onWindows && 'Windows does not reuse numbers so soon';
    test('a socket that was closed is reported once, and removed', { skip: unused }, async () => {
      const [a, b] = socketpair();
      using selector = new Selector<string>();
      selector.register(a, POLLIN, 'a');
      const { fd } = a;
      a.close();
      assert.equal(selector.has(a), false);
      const [c, d] = socketpair();
      assert.equal(c.fd, fd, 'the number is used again');
      selector.register(c, POLLIN, 'c');
      d.sendSync('x');
      const ready = await wait(selector);
      assert.deepEqual(
        ready.find(({ data }) => data === 'a'),
        { target: a, events: POLLNVAL, data: 'a' },
      );
      assert.deepEqual(await wait(selector), [{ target: c, events: POLLIN, data: 'c' }]);
      await failsWith(() => selector.unregister(a), SocketError, 'ENOENT', 'epoll_ctl');
      for (const socket of [b, c, d]) socket.close();
    });

    test('a plain descriptor that was closed is not reported, and unregistering it affects no other', async () => {
      const [a, b] = socketpair();
      using selector = new Selector<string>();
      const first = { fd: a.detach() };
      selector.register(first, POLLIN, 'first');
      selector.register(b, POLLPRI, 'b');
      close(first.fd);
      if (onWindows) b.shutdown(SHUT_WR);
      assert.deepEqual(
        (await wait(selector)).map(({ data }) => data),
        ['b'],
        'it hung up',
      );
      const [c, d] = socketpair();
      if (!onWindows) assert.equal(c.fd, first.fd, 'the number is used again');
      selector.register(c, POLLIN, 'c');
      if (!onWindows) selector.unregister(first);
      d.sendSync('x');
      assert.ok((await wait(selector)).some(({ data }) => data === 'c'));
      for (const socket of [b, c, d]) socket.close();
    });

    test('modify() of a closed descriptor does not affect a new descriptor with its number', {
      skip: unused,
    }, async () => {
      const [a, b] = socketpair();
      using selector = new Selector<string>();
      const first = { fd: a.detach() };
      selector.register(first, POLLIN, 'first');
      closeSync(first.fd);
      const [c, d] = socketpair();
      assert.equal(c.fd, first.fd, 'the number is used again');
      selector.register(c, POLLIN, 'c');
      await failsWith(() => selector.modify(first, POLLOUT, 'taken'), SocketError, 'EBADF', 'epoll_ctl');
      d.sendSync('x');
      assert.deepEqual(await wait(selector), [{ target: c, events: POLLIN, data: 'c' }]);
      for (const socket of [b, c, d]) socket.close();
    });

    test('modify() of an object whose descriptor has changed fails with EBADF', async () => {
      const [a, b] = socketpair();
      using selector = new Selector<string>();
      const target = { fd: a.fd };
      selector.register(target, POLLIN, 'a');
      target.fd = -1;
      await failsWith(() => selector.modify(target, POLLOUT), SocketError, 'EBADF', 'epoll_ctl');
      target.fd = b.fd;
      await failsWith(() => selector.modify(target, POLLOUT), SocketError, 'EBADF', 'epoll_ctl');
      a.close();
      b.close();
    });

    test('a number or null is the timeout', async () => {
      using selector = new Selector();
      const [a, b] = socketpair();
      assert.deepEqual(await wait(selector, 5), []);
      assert.deepEqual(await wait(selector, 0), []);
      selector.register(a, POLLOUT);
      assert.equal((await wait(selector, null)).length, 1);
      a.close();
      b.close();
    });

    test('files are always ready, or once if edge-triggered', async () => {
      using selector = new Selector<string>();
      const fd = openSync(process.execPath, 'r');
      selector.register(fd, POLLIN, 'file');
      const ready = [{ target: fd, events: POLLIN, data: 'file' }];
      assert.deepEqual(await wait(selector), ready);
      assert.deepEqual(await wait(selector), ready);
      selector.modify(fd, POLLPRI);
      assert.deepEqual(await wait(selector, { timeout: 5 }), []);
      selector.modify(fd, POLLIN, undefined, { edge: true });
      assert.deepEqual(await wait(selector), ready);
      assert.deepEqual(await wait(selector, { timeout: 5 }), []);
      selector.unregister(fd);
      closeSync(fd);
    });

    test('waits for later events', async () => {
      const [a, b] = socketpair();
      using selector = new Selector();
      selector.register(a, POLLIN);
      const peer = startPeer(b as never, [{ pause: 20 }]);
      b.close();
      if (onWindows) a.shutdown(SHUT_WR); // TCP hangs up when both directions are shut down
      assert.deepEqual(
        (await wait(selector)).map(ready => ready.events),
        [POLLIN | POLLHUP],
      );
      await peer;
      a.close();
    });

    test('rejects invalid arguments', async () => {
      const [a, b] = socketpair();
      const selector = new Selector();
      selector.register(a, POLLIN);
      await failsWith(() => selector.register(a, POLLIN), SocketError, 'EEXIST', 'epoll_ctl');
      await failsWith(() => selector.register(a.fd, POLLIN), SocketError, 'EEXIST', 'epoll_ctl');
      await failsWith(() => selector.modify(b, POLLIN), SocketError, 'ENOENT', 'epoll_ctl');
      await failsWith(() => selector.unregister(b), SocketError, 'ENOENT', 'epoll_ctl');
      await failsWith(() => selector.register(1_000_000, POLLIN), SocketError, 'EBADF', 'epoll_ctl');
      assert.throws(() => selector.register(selector, POLLIN), { syscall: 'epoll_ctl' });
      assert.throws(() => selector.register(b, -1), { message: /"events"/ });
      assert.throws(() => selector.register('0' as never, POLLIN), { message: /"target"/ });
      assert.throws(() => selector.register(b, POLLIN, undefined, { edge: 1 as never }), { message: /edge/ });
      for (const options of [{ max: 0 }, { max: 1025 }, { timeout: -1 }, { timeout: '1' }]) {
        await assert.rejects(wait(selector, options as SelectorWait), {
          message: /"options\.(max|timeout)"/,
        });
      }
      const misspelled = { timout: 1 } as SelectorWait;
      await assert.rejects(wait(selector, misspelled), { message: /'options\.timout'/ });
      await assert.rejects(wait(selector, -1), { message: /"timeout"/ });
      assert.throws(() => selector.register(b, POLLIN, undefined, { egde: true } as never), {
        message: /'options\.egde'/,
      });
      for (const target of [null, undefined, '0', 1n, Symbol('x'), Object.create(null), () => 0, -1, 0.5]) {
        for (const call of ['register', 'modify', 'unregister'] as const) {
          assert.throws(() => selector[call](target as never, POLLIN), {
            code: /^ERR_/,
            message: /"target"/,
          });
        }
        assert.equal(selector.has(target as never), false);
      }
      for (const events of [null, '1', 1n, Symbol('x'), Object.create(null), Number.NaN, 0x8000]) {
        assert.throws(() => selector.modify(a, events as never), { code: /^ERR_/, message: /"events"/ });
      }
      assert.equal(selector.size, 1);
      b.close();
      await failsWith(() => selector.register(b, POLLIN), SocketError, 'EBADF', 'epoll_ctl');
      selector.close();
      selector.close();
      assert.deepEqual([selector.closed, selector.fd, selector.size], [true, -1, 0]);
      await failsWith(() => wait(selector, now), SocketError, 'EBADF', 'epoll_wait');
      await failsWith(() => wait(selector), SocketError, 'EBADF', 'epoll_wait');
      await failsWith(() => selector.register(a, POLLIN), SocketError, 'EBADF', 'epoll_ctl');
      a.close();
    });
  });
}

test('a Sync wait refuses a signal', () => {
  using selector = new Selector();
  const { signal } = new AbortController();
  const refused = { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE', message: /"options\.signal"/ };
  assert.throws(() => selector.waitSync({ signal } as object), refused);
  assert.throws(() => selectSync([], [], [], { signal } as object), refused);
  assert.throws(() => poll().pollSync({ signal } as object), refused);
});

describe('Selector with promises', () => {
  test('a timeout, an abort or close() ends a wait and leaves nothing behind', async () => {
    await warmUp();
    const before = countDescriptors();
    const [a, b] = socketpair();
    const selector = new Selector();
    selector.register(a, POLLIN);
    assert.deepEqual(await selector.wait({ timeout: 10 }), []);
    const reason = new Error('enough');
    await assert.rejects(selector.wait({ signal: AbortSignal.abort(reason) }), reason);
    await assert.rejects(selector.wait({ signal: AbortSignal.abort(reason), timeout: 0 }), reason);
    const controller = new AbortController();
    const aborted = selector.wait({ signal: controller.signal });
    const waiting = selector.wait();
    controller.abort(reason);
    await assert.rejects(aborted, reason);
    selector.close();
    const error = await failsWith(() => waiting, SocketError, 'EBADF', 'epoll_wait');
    assert.match(error.message, /selector was closed/);
    a.close();
    b.close();
    assert.equal(countDescriptors(), before);
  });

  test('targets can be added, removed and closed during the wait', async () => {
    const [a, b] = socketpair();
    const [c, d] = socketpair();
    const file = openSync(process.execPath, 'r');
    using selector = new Selector<string>();
    let waiting = selector.wait();
    await delay(5);
    selector.register(a, POLLIN, 'a');
    selector.register(b, POLLOUT, 'b');
    assert.deepEqual(
      (await waiting).map(({ data }) => data),
      ['b'],
    );
    selector.unregister(b);
    waiting = selector.wait();
    await delay(5);
    a.close();
    assert.deepEqual(await waiting, [{ target: a, events: POLLNVAL, data: 'a' }]);
    waiting = selector.wait();
    await delay(5);
    selector.register(file, POLLIN, 'file');
    assert.deepEqual(
      (await waiting).map(({ data }) => data),
      ['file'],
    );
    selector.unregister(file);
    selector.register(c, POLLIN, 'c');
    waiting = selector.wait();
    c.detach();
    assert.deepEqual(
      (await waiting).map(({ events }) => events),
      [POLLNVAL],
    );
    closeSync(file);
    for (const socket of [b, d]) socket.close();
  });

  test('works alongside receives on the same socket', async () => {
    const [a, b] = socketpair();
    using selector = new Selector();
    selector.register(a, POLLIN);
    const received = a.recv(16);
    const waiting = selector.wait();
    b.sendSync('x');
    assert.equal((await received).toString(), 'x');
    await Promise.race([waiting, delay(5)]); // the Selector reports it only if it looked before the receive
    b.sendSync('y');
    await waiting;
    a.close();
    b.close();
  });

  test('lets other tasks run with many ready targets', async () => {
    const [a, b] = socketpair();
    using selector = new Selector();
    selector.register(a, POLLOUT);
    for (const [events, options, count] of [
      [POLLOUT, {}, 1],
      [POLLOUT, { timeout: 0 }, 1],
      [POLLPRI, { timeout: 0 }, 0],
    ] as const) {
      selector.modify(a, events);
      let over = false;
      setTimeout(() => {
        over = true;
      }, 5);
      while (!over) assert.equal((await selector.wait(options)).length, count);
    }
    a.close();
    b.close();
  });

  test('selectors can be targets of select and of each other', async () => {
    const [a, b] = socketpair();
    using inner = new Selector();
    using outer = new Selector<string>();
    inner.register(a, POLLIN);
    outer.register(inner, POLLIN, 'inner');
    const waiting = outer.wait();
    const selected = select([inner], [], []);
    b.sendSync('x');
    assert.deepEqual(
      (await waiting).map(({ data }) => data),
      ['inner'],
    );
    assert.deepEqual(await selected, [[inner], [], []]);
    a.close();
    b.close();
  });
});
