/** Poll objects: registering, polling, and targets that are closed. */
import assert from 'node:assert/strict';
import { closeSync, openSync } from 'node:fs';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { MSG_OOB, SHUT_WR, Socket, SocketError, socketpair } from 'berkeley';
import { POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, POLLPRI, Poll, poll } from 'berkeley/select';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { failsWith } from '../support/failure.js';
import { onWindows } from '../support/local.js';
import { startPeer } from '../support/peer.js';

type Ask = <T extends Socket<'unix'> | number>(
  list: Poll<T>,
  timeout?: number | null,
) => Promise<[T, number][]>;

const faces: readonly (readonly [name: string, ask: Ask])[] = [
  ['promise', (list, timeout) => list.poll(timeout)],
  ['Sync', async (list, timeout) => list.pollSync(timeout)],
];

for (const [name, ask] of faces) {
  describe(`poll (${name})`, () => {
    test('register, modify, unregister', async () => {
      const [a, b] = socketpair();
      const list = poll<Socket<'unix'>>();
      assert.ok(list instanceof Poll);
      assert.deepEqual(await ask(list, 0), []);
      list.register(a);
      list.register(b, POLLIN);
      assert.equal(list.size, 2);
      assert.deepEqual(await ask(list), [[a, POLLOUT]], 'POLLIN | POLLPRI | POLLOUT by default');
      list.modify(a, POLLIN);
      assert.deepEqual(await ask(list, 5), []);
      a.sendSync('x');
      assert.deepEqual(await ask(list), [[b, POLLIN]]);
      list.register(b, POLLOUT); // registering again works like modify
      assert.deepEqual(await ask(list), [[b, POLLOUT]]);
      list.unregister(b);
      assert.deepEqual(await ask(list, 5), []);
      a.close();
      b.close();
    });

    test('waits, and reports conditions that were not requested', async () => {
      const [a, b] = socketpair();
      const list = poll<Socket<'unix'>>();
      list.register(a, POLLIN);
      const peer = startPeer(b as never, [{ pause: 20 }]);
      b.close(); // the peer has a duplicate, which it closes when it is done
      if (onWindows) {
        a.shutdown(SHUT_WR); // TCP hangs up when both directions are shut down
      }
      assert.deepEqual(await ask(list), [[a, POLLIN | POLLHUP]]);
      list.modify(a, 0);
      assert.deepEqual(await ask(list), [[a, POLLHUP]]);
      await peer;
      a.close();
    });

    test('a descriptor that is registered under several objects is reported for each', async () => {
      const [a, b] = socketpair();
      const list = poll<Socket<'unix'> | number>();
      list.register(a, POLLIN);
      list.register(a.fd, POLLOUT);
      assert.deepEqual(await ask(list), [[a.fd, POLLOUT]]);
      b.sendSync('x');
      assert.deepEqual(await ask(list), [
        [a, POLLIN],
        [a.fd, POLLOUT],
      ]);
      a.close();
      b.close();
    });

    const skip = onWindows && 'Windows does not reuse numbers so soon';
    test('a closed target is POLLNVAL, even when its number is used again', { skip }, async () => {
      const [a, b] = socketpair();
      const list = poll<Socket<'unix'> | number>();
      list.register(a, POLLIN);
      list.register(b, POLLPRI);
      const { fd } = a;
      a.close();
      const file = openSync('/etc/passwd', 'r');
      assert.equal(file, fd, 'the lowest free number');
      assert.deepEqual(await ask(list), [
        [a, POLLNVAL],
        [b, POLLHUP],
      ]);
      list.unregister(a);
      list.unregister(b);
      closeSync(file);
      list.register(file, POLLIN);
      assert.deepEqual(await ask(list), [[file, POLLNVAL]]);
      list.unregister(file);
      assert.deepEqual(await ask(list, 0), []);
      b.close();
    });

    test('rejects invalid arguments', async () => {
      const [a, b] = socketpair();
      const list = poll();
      const absent = { code: 'ENOENT', syscall: 'poll' };
      assert.throws(() => list.modify(a, POLLIN), absent);
      assert.throws(() => list.unregister(a), absent);
      for (const events of [-1, 1.5, 0x8000]) {
        assert.throws(() => list.register(a, events), { code: 'ERR_OUT_OF_RANGE', message: /"events"/ });
      }
      for (const target of ['0', null, undefined, {}]) {
        assert.throws(() => list.register(target as never), { message: /"target"/ });
      }
      a.close();
      b.close();
      await failsWith(() => list.register(a), SocketError, 'EBADF', 'poll');
      assert.equal(list.size, 0);
    });
  });
}

describe('poll with promises', () => {
  test('a socket that is closed during the wait is reported as POLLNVAL', async () => {
    await warmUp();
    const before = countDescriptors();
    const [a, b] = socketpair();
    const list = poll<Socket<'unix'>>();
    list.register(a, POLLIN);
    list.register(b, POLLPRI);
    const waiting = list.poll();
    await delay(5);
    a.close();
    const answers = await waiting;
    assert.deepEqual(
      answers.find(([target]) => target === a),
      [a, POLLNVAL],
    );
    b.close();
    assert.equal(countDescriptors(), before);
  });

  test('can be aborted', async () => {
    const [a, b] = socketpair();
    const list = poll<Socket<'unix'>>();
    list.register(a, POLLIN);
    const reason = new Error('enough');
    const controller = new AbortController();
    const waiting = list.poll({ signal: controller.signal });
    controller.abort(reason);
    await assert.rejects(waiting, reason);
    a.close();
    b.close();
  });

  test('reports urgent data and errors', async () => {
    using server = new Socket();
    server.bind({ host: '127.0.0.1', port: 0 });
    server.listen();
    using client = new Socket();
    await client.connect(server.getsockname());
    const { socket } = await server.accept();
    const list = poll<Socket>();
    list.register(client, POLLPRI);
    const urgent = list.poll(5000);
    await socket.send('!', MSG_OOB);
    assert.deepEqual(await urgent, [[client, POLLPRI]]);
    client.recvSync(1, MSG_OOB);
    list.modify(client, 0);
    const hungUp = list.poll(5000);
    await client.send('unread');
    socket.close(); // closed with unread data, which causes a reset
    assert.deepEqual(await hungUp, [[client, POLLERR | POLLHUP]]);
  });
});
