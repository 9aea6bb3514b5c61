/**
 * The poller of this thread fails, as epoll_wait(2) does after its descriptor was closed. reactor.test.ts
 * runs this program.
 */
import assert from 'node:assert/strict';
import { binding } from '#src/binding.js';
import { errnoNumber } from '#src/errors/codes.js';

// The addon reports such a failure once, with a negative count.
let report: ((count: number) => void) | undefined;
const open = binding.pollerOpen;
binding.pollerOpen = (callback, kind) => {
  report = callback;
  return open(callback, kind);
};

const { SocketError, socketpair } = await import('berkeley');
const { failsWith } = await import('../../support/failure.js');

const [a, b] = socketpair();
const [c, d] = socketpair();
const failing = [
  failsWith(() => a.recv(1), SocketError, 'EBADF', 'epoll_wait'),
  failsWith(() => c.recv(1, { timeout: 60_000 }), SocketError, 'EBADF', 'epoll_wait'),
  failsWith(() => d.sendAll(Buffer.alloc(1 << 26)), SocketError, 'EBADF', 'epoll_wait'),
];
report!(errnoNumber('EBADF'));
for (const error of await Promise.all(failing))
  assert.match(error.message, /poller of this thread has failed/);

// A call that would have to wait fails at once. A call that does not need to wait works.
await failsWith(() => a.recv(1), SocketError, 'EBADF', 'epoll_wait');
await b.send('x');
assert.equal(String(await a.recv(1)), 'x');
assert.throws(() => a.recvSync(1, { timeout: 5 }), { code: 'ETIMEDOUT' });
for (const socket of [a, b, c, d]) socket.close();
