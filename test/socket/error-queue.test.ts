/**
 * The error queue: IP_RECVERR reports errors that a plain socket hides, and waiting for errors does not delay
 * data.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  BlockingError,
  ConnectionRefusedError,
  MSG_DONTWAIT,
  MSG_ERRQUEUE,
  SocketError,
  TimeoutError,
} from 'berkeley';
import { readErrorQueue, spaceFor } from 'berkeley/control';
import { failsWith } from '../support/failure.js';
import { bound, deadEnd, type InternetSocket, provoke, type Row, rows } from './dead-end.js';
import { type AnySocket, faces } from './faces.js';

function checkRefused(
  error: Awaited<ReturnType<InternetSocket['recvError']>>,
  row: Row,
  data: string,
  to: object,
) {
  assert.equal(error.code, 'ECONNREFUSED');
  assert.equal(error.errno, -111);
  assert.deepEqual([error.origin, error.type, error.subtype], row.unreachable);
  assert.equal(String(error.packet), data);
  assert.deepEqual({ ...error.destination }, { ...error.destination, family: row.name, ...to });
  assert.deepEqual({ ...error.offender }, { ...error.offender, family: row.name, host: row.host, port: 0 });
  assert.equal(error.flags, MSG_ERRQUEUE);
  assert.equal(error.timestamps, null);
  assert.equal(row.codec.find(error.control)!.code, 'ECONNREFUSED');
}

for (const row of rows) {
  describe(`the error queue, ${row.name}`, () => {
    test('a plain socket hides the errors that the queue reports', async () => {
      const to = deadEnd(row);
      using plain = bound(row, false);
      await plain.sendto('lost', to);
      await failsWith(() => plain.recv(10, { timeout: 20 }), TimeoutError, 'ETIMEDOUT');
      assert.deepEqual(readErrorQueue(plain), []);

      using socket = bound(row);
      await socket.sendto('lost', to);
      const errors = readErrorQueue(socket);
      assert.equal(errors.length, 1);
      checkRefused(errors[0]!, row, 'lost', to);
      assert.deepEqual(readErrorQueue(socket), []);
      // An error that was read from the queue is not reported by the next call.
      await failsWith(() => socket.recv(10, { timeout: 0 }), BlockingError, 'EAGAIN');
    });

    for (const face of faces) {
      test(`reports errors one after the other, ${face.name}`, async () => {
        const to = deadEnd(row);
        using socket = bound(row);
        for (const data of ['one', 'two', 'three']) {
          await socket.sendto(data, to);
          checkRefused((await face.recvError(socket as AnySocket)) as never, row, data, to);
        }
      });
    }

    test('can be waited for repeatedly', async () => {
      const to = deadEnd(row);
      using socket = bound(row);
      for (const data of ['one', 'two', 'three']) {
        const waiting = [socket.recvError(), socket.recvError()];
        await provoke(socket, data, to);
        await provoke(socket, `${data}!`, to);
        const [first, second] = await Promise.all(waiting);
        checkRefused(first!, row, data, to);
        checkRefused(second!, row, `${data}!`, to);
      }
    });

    test('can be read as raw messages, and waited for twice', async () => {
      const to = deadEnd(row);
      using socket = bound(row);
      for (let i = 0; i < 2; i++) {
        const waiting = socket.recvmsg(100, { control: spaceFor(row.codec), flags: MSG_ERRQUEUE });
        await provoke(socket, 'raw', to);
        const { data, control, address, flags } = await waiting;
        assert.deepEqual([String(data), flags], ['raw', MSG_ERRQUEUE]);
        assert.equal(address!.port, to.port);
        assert.equal(row.codec.find(control)!.code, 'ECONNREFUSED');
      }
    });

    test('waiting for errors does not delay a receive', async () => {
      using socket = bound(row);
      using sender = bound(row, false);
      const controller = new AbortController();
      const waiting = socket.recvError({ signal: controller.signal });
      for (let i = 0; i < 3; i++) {
        await sender.sendto('data', { host: row.host, port: socket.getsockname().port });
        assert.equal(String(await socket.recv(10, { timeout: 2000 })), 'data');
        await sender.sendto('data', { host: row.host, port: socket.getsockname().port });
        // An empty queue gives no information about waiting data.
        const none = () => socket.recvmsg(1, MSG_ERRQUEUE | MSG_DONTWAIT);
        await failsWith(none, BlockingError, 'EAGAIN', 'recvmsg');
        assert.equal(String(await socket.recv(10, { timeout: 2000 })), 'data');
      }
      controller.abort();
      await assert.rejects(waiting, { name: 'AbortError' });
    });

    test('waiting for data does not delay a read of the error queue', async () => {
      const to = deadEnd(row);
      using socket = bound(row);
      const data = socket.recv(10);
      await provoke(socket, 'lost', to);
      checkRefused(await socket.recvError({ timeout: 2000 }), row, 'lost', to);
      using sender = bound(row, false);
      await sender.sendto('data', { host: row.host, port: socket.getsockname().port });
      // A receive reports the error once, unless the queue is read before it. Both orders occur here.
      const received = await data.catch(error => error);
      assert.ok(String(received) === 'data' || received instanceof ConnectionRefusedError);
    });

    test('in timeout mode, a wait for errors does not spin while data is available', async () => {
      using socket = bound(row);
      using sender = bound(row, false);
      await sender.sendto('data', { host: row.host, port: socket.getsockname().port });
      socket.timeout = 150;
      const before = process.cpuUsage();
      await failsWith(() => socket.recvErrorSync(), TimeoutError, 'ETIMEDOUT', 'recvmsg');
      const raw = () => socket.recvmsgSync(1, MSG_ERRQUEUE);
      await failsWith(raw, TimeoutError, 'ETIMEDOUT', 'recvmsg');
      const { user, system } = process.cpuUsage(before);
      assert.ok((user + system) / 1000 < 150, `${user + system} µs of 300 ms`);
      socket.timeout = 0;
      await failsWith(() => socket.recvErrorSync(), BlockingError, 'EAGAIN', 'recvmsg');
    });

    test('a wait ends when the socket is closed, the call is aborted, or it times out', async () => {
      const socket = bound(row);
      const signal = AbortSignal.timeout(5);
      await assert.rejects(socket.recvError({ signal }), { name: 'TimeoutError' });
      await failsWith(() => socket.recvError({ timeout: 5 }), TimeoutError, 'ETIMEDOUT', 'recvmsg');
      await failsWith(() => socket.recvError({ timeout: 0 }), BlockingError, 'EAGAIN', 'recvmsg');
      const waiting = [socket.recvError(), socket.recvError()];
      socket.close();
      for (const one of waiting) await failsWith(() => one, SocketError, 'EBADF', 'recvmsg');
      await failsWith(() => socket.recvError(), SocketError, 'EBADF', 'recvmsg');
      await failsWith(() => socket.recvErrorSync(), SocketError, 'EBADF', 'recvmsg');
      await failsWith(() => readErrorQueue(socket), SocketError, 'EBADF', 'recvmsg');
    });

    test('returns as many errors as requested', async () => {
      const to = deadEnd(row);
      using socket = bound(row);
      for (let i = 0; i < 10; i++) await provoke(socket, `${i}`, to);
      const some = readErrorQueue(socket, 3);
      const rest = readErrorQueue(socket);
      assert.deepEqual([some.length, rest.length], [3, 7]);
      assert.deepEqual(
        [...some, ...rest].map(({ packet }) => String(packet)),
        [...'0123456789'],
      );
      assert.throws(() => readErrorQueue(socket, -1), RangeError);
    });
  });
}
