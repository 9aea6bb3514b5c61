import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { SOCK_DGRAM, SOCK_STREAM, Socket, SocketError, socketpair } from 'berkeley';
import { errnoNumber } from '#src/errors/codes.js';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { failsWith } from '../support/failure.js';
import { notOnWindows } from '../support/kernel.js';
import { LOCAL, NOBODY, onWindows } from '../support/local.js';
import type { AnySocket } from '../support/rows.js';
import { exceptional, immediate, waiting } from './methods.js';
import { isPossible, situationOf } from './situations.js';

const EBADF = -errnoNumber('EBADF');

await warmUp();

function closed(): AnySocket {
  const [socket, other] = socketpair();
  socket.close();
  other.close();
  return socket;
}

test('the list of methods contains every method of a socket', () => {
  const twins = waiting.flatMap(({ name }) => [name, `${name}Sync`]);
  const listed = new Set([
    ...twins,
    ...immediate.map(({ name }) => name),
    ...exceptional.flatMap(name => [name, `${name}Sync`, name.replace(/Ex$/, 'ExSync')]),
  ]);
  const members = Object.getOwnPropertyNames(Socket.prototype);
  const missing = members.filter(name => !listed.has(name));
  assert.deepEqual(missing, [], 'add a row to test/traits/methods.ts');
  assert.equal(Object.getPrototypeOf(Socket.prototype), Object.prototype, 'one class, not layers of classes');
});

describe('on a closed socket', () => {
  for (const method of waiting.filter(isPossible)) {
    const { name, syscall, start, sync } = method;
    test(`${name} fails with EBADF, in both forms`, async () => {
      using situation = situationOf(method);
      const { socket, address } = situation;
      socket.close();
      const error = await failsWith(() => start(socket, {}, address), SocketError, 'EBADF', syscall);
      assert.equal(error.errno, -EBADF);
      await failsWith(() => sync(socket, address), SocketError, 'EBADF', syscall);
      await failsWith(() => start(socket, { timeout: 0 }, address), SocketError, 'EBADF', syscall);
    });
  }

  for (const { name, syscall, call } of immediate) {
    const skip = name === 'toNodeSocket' && notOnWindows('sockets of node:net that take over a descriptor');
    test(`${name} fails with EBADF`, { skip }, async () => {
      await failsWith(() => call(closed()), SocketError, 'EBADF', syscall);
    });
  }

  test('connectEx returns EBADF', async () => {
    assert.equal(await closed().connectEx(NOBODY), EBADF);
    assert.equal(closed().connectExSync(NOBODY), EBADF);
  });

  test('recvError fails with EBADF', async () => {
    await failsWith(() => closed().recvError(), SocketError, 'EBADF', 'recvmsg');
    await failsWith(() => closed().recvErrorSync(), SocketError, 'EBADF', 'recvmsg');
  });

  test('the timeout can be read but not set', async () => {
    const socket = closed();
    assert.equal(socket.timeout, null);
    assert.equal(socket.getBlocking(), true);
    const set = () => {
      socket.timeout = 5;
    };
    await failsWith(set, SocketError, 'EBADF', 'fcntl');
    assert.equal(socket.timeout, null);
  });

  test('close, detach, ref and unref do nothing', () => {
    const socket = closed();
    const before = countDescriptors();
    socket.close();
    assert.equal(socket.detach(), -1);
    assert.equal(socket.ref(), socket);
    assert.equal(socket.unref(), socket);
    assert.equal(socket.fd, -1);
    assert.equal(socket.closed, true);
    assert.equal(inspect(socket), `Socket<${onWindows ? 'inet' : 'unix'}> { closed }`);
    assert.equal(countDescriptors(), before);
  });

  test('family, type and protocol can still be read', () => {
    const socket = closed();
    assert.deepEqual([socket.family, socket.type, socket.protocol], [LOCAL, SOCK_STREAM, 0]);
  });

  test('async iterators end at once', async () => {
    const socket = closed();
    const datagrams = new Socket(LOCAL, SOCK_DGRAM);
    datagrams.close();
    for (const loop of [socket.connections(), socket.chunks(), socket.errors(), datagrams.datagrams()]) {
      assert.deepEqual(await loop.next(), { done: true, value: undefined });
    }
  });
});
