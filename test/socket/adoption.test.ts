/** Only sockets can be adopted, whatever options the caller passes. */
import assert from 'node:assert/strict';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { describe, test } from 'node:test';
import { AF_INET, AF_INET6, fromfd, SOCK_STREAM, Socket } from 'berkeley';

const said = { family: AF_INET, type: SOCK_STREAM, protocol: 0 as never };
const ways: readonly [string, (fd: number) => unknown][] = [
  ['Socket.adopt', fd => Socket.adopt(fd)],
  ['Socket.adopt, everything said', fd => Socket.adopt(fd, said)],
  ['fromfd', fd => fromfd(fd)],
  ['fromfd, everything said', fd => fromfd(fd, said)],
];

for (const [name, take] of ways) {
  describe(name, () => {
    test('refuses a closed descriptor', () => {
      const fd = openSync(devNull, 'r');
      closeSync(fd);
      assert.throws(() => take(fd), { code: 'EBADF' });
    });

    test('refuses a file, and leaves it open', () => {
      const fd = openSync(devNull, 'r');
      try {
        assert.throws(() => take(fd), { code: 'ENOTSOCK' });
        fstatSync(fd); // throws if it is closed
      } finally {
        closeSync(fd);
      }
    });
  });
}

test('adopting asks the kernel for what the options omit', () => {
  using socket = Socket.adopt(new Socket(AF_INET6).detach());
  assert.equal(socket.family as number, AF_INET6);
});
