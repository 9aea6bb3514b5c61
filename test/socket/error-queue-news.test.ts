/** Items in the error queue that are not errors, and sockets without an error queue. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AF_INET,
  AF_UNIX,
  SHUT_RDWR,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  socketpair,
  TimeoutError,
  UnsupportedError,
} from 'berkeley';
import { MSG_ZEROCOPY, SO_ZEROCOPY } from 'berkeley/constants';
import { readErrorQueue, zerocopyCompletion } from 'berkeley/control';
import { failsWith } from '../support/failure.js';
import { bound, deadEnd, provoke, rows } from './dead-end.js';

test('a hang-up does not make a wait for errors spin', async () => {
  const server = new Socket(AF_INET, SOCK_STREAM);
  server.bind({ host: '127.0.0.1', port: 0 });
  server.listen();
  using client = new Socket(AF_INET, SOCK_STREAM);
  await client.connect(server.getsockname());
  (await server.accept()).socket.close();
  server.close();
  client.shutdown(SHUT_RDWR);
  client.timeout = 150;
  const before = process.cpuUsage();
  await failsWith(() => client.recvErrorSync(), TimeoutError, 'ETIMEDOUT');
  const { user, system } = process.cpuUsage(before);
  assert.ok((user + system) / 1000 < 100, `${user + system} µs of 150 ms`);
  await failsWith(() => client.recvError({ timeout: 20 }), TimeoutError, 'ETIMEDOUT');
});

test('a family without an error queue rejects the call, and loses no data', async () => {
  const [near, far] = socketpair(AF_UNIX, SOCK_DGRAM);
  using _1 = near;
  using _2 = far;
  await near.send('data');
  await failsWith(() => far.recvError(), UnsupportedError, 'ENOTSUP', 'recvmsg');
  await failsWith(() => far.recvErrorSync(), UnsupportedError, 'ENOTSUP', 'recvmsg');
  await failsWith(() => readErrorQueue(far), UnsupportedError, 'ENOTSUP', 'recvmsg');
  assert.equal(String(await far.recv(10)), 'data');
});

const row = rows[0]!;

test('sends with MSG_ZEROCOPY are reported as completed', async () => {
  using socket = bound(row, false);
  using receiver = bound(row, false);
  socket.setsockopt(SOL_SOCKET, SO_ZEROCOPY, 1);
  const address = receiver.getsockname();
  for (let i = 0; i < 3; i++) {
    await socket.sendto('x'.repeat(20000), address, MSG_ZEROCOPY);
    await receiver.recv(30000);
    const error = await socket.recvError({ timeout: 2000 });
    assert.deepEqual([error.origin, error.code, error.errno, error.packet.length], ['zerocopy', null, 0, 0]);
    const { first, last, copied } = zerocopyCompletion(error)!;
    assert.deepEqual([first, last], [i, i]);
    assert.equal(typeof copied, 'boolean');
  }
});

test('errors() yields every error until the socket is closed', async () => {
  const socket = bound(row);
  const to = deadEnd(row);
  const seen: string[] = [];
  const reading = (async () => {
    for await (const error of socket.errors()) {
      assert.equal(zerocopyCompletion(error), undefined);
      if (seen.push(String(error.packet)) === 3) socket.close();
    }
  })();
  for (const data of ['one', 'two', 'three']) {
    await provoke(socket, data, to);
    await new Promise(setImmediate);
  }
  await reading;
  assert.deepEqual(seen, ['one', 'two', 'three']);
  await assert.rejects(async () => {
    using other = bound(row);
    for await (const _ of other.errors({ timeout: 5 })) assert.fail('nothing was sent');
  }, TimeoutError);
});
