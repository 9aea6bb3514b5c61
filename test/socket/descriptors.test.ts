/** Descriptors in messages: which can be sent, which are refused, and that none leaks. */
import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { describe, test } from 'node:test';
import {
  AF_UNIX,
  BlockingError,
  CMSG_LEN,
  close,
  MSG_CTRUNC,
  MSG_PEEK,
  SO_PASSCRED,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  SocketError,
  socketpair,
  TimeoutError,
} from 'berkeley';
import { SO_PASSPIDFD } from 'berkeley/constants';
import { pidfd, rights, spaceFor } from 'berkeley/control';
import { countDescriptors, isNonblocking, warmUp } from '../support/descriptors.js';
import { failsWith, failureOf } from '../support/failure.js';
import { closesOnExec, readAndClose } from './descriptor-kinds.js';
import { type AnySocket, faces, types } from './faces.js';

async function between(
  type: number,
  body: (near: AnySocket, far: AnySocket) => Promise<void>,
): Promise<void> {
  const [near, far] = socketpair(AF_UNIX, type);
  using _1 = near;
  using _2 = far;
  await body(near, far);
}

/** Checks that `body` leaves as many descriptors open as before. */
async function leavesNone(body: () => Promise<void>): Promise<void> {
  await warmUp();
  const before = countDescriptors();
  await body();
  assert.equal(countDescriptors(), before, 'descriptors');
}

describe('descriptors', () => {
  for (const [name, type] of types) {
    for (const face of faces) {
      test(`ten thousand transfers leak no descriptor, ${name}, ${face.name}`, () =>
        leavesNone(() =>
          between(type, async (near, far) => {
            const fd = openSync('/dev/null', 'r');
            for (let i = 0; i < 10_000; i++) {
              await face.sendFds(near, 'x', [fd, near]);
              const { fds, flags } = await face.recvFds(far, 1, 2);
              assert.deepEqual([fds.length, flags], [2, 0]);
              for (const one of fds) close(one);
            }
            closeSync(fd);
          }),
        ));

      test(`descriptors that do not fit are closed, ${name}, ${face.name}`, () =>
        leavesNone(() =>
          between(type, async (near, far) => {
            const fds = Array<AnySocket>(10).fill(near);
            for (let most = 0; most < 10; most++) {
              await face.sendFds(near, 'x', fds);
              const received = await face.recvFds(far, 1, most);
              assert.equal(received.fds.length, most);
              assert.equal(received.flags, MSG_CTRUNC, `${most} of 10`);
              for (const one of received.fds) close(one);

              await face.sendFds(near, 'x', fds);
              const { control, flags } = await face.recvmsg(far, 1, {
                control: most === 0 ? 0 : CMSG_LEN(4 * most),
              });
              const some = rights.find(control) ?? [];
              assert.deepEqual([some.length, flags], [most, MSG_CTRUNC], `${most} of 10`);
              for (const one of some) close(one);
            }
            // Descriptors that the caller does not read are closed, both by a plain receive and when the
            // socket ends.
            await face.sendFds(near, 'x', fds);
            await far.recv(1);
            await face.sendFds(near, 'x', fds);
          }),
        ));
    }
  }

  test('the maximum number of descriptors per message can be sent', () =>
    leavesNone(() =>
      between(SOCK_DGRAM, async (near, far) => {
        await near.sendFds('x', Array<AnySocket>(253).fill(near));
        const { fds, flags } = await far.recvFds(1, 253);
        assert.deepEqual([fds.length, new Set(fds).size, flags], [253, 253, 0]);
        for (const fd of fds) close(fd);
      }),
    ));

  for (const face of faces) {
    test(`sockets and files can be sent directly, ${face.name}`, () =>
      leavesNone(() =>
        between(SOCK_DGRAM, async (near, far) => {
          await using file = await open('/proc/self/comm');
          using socket = new Socket();
          socket.timeout = 1000;
          socket.timeout = null;
          await face.sendFds(near, 'x', [file, socket, file.fd]);
          const { fds } = await face.recvFds(far, 1, 3);
          assert.ok(fds.every(closesOnExec), 'close-on-exec');
          assert.ok(!isNonblocking(fds[1]!), 'the mode is what the socket said');
          using received = Socket.adopt(fds[1]!);
          assert.equal(received.family, socket.family);
          const texts = [fds[0]!, fds[2]!].map(readAndClose);
          assert.deepEqual(texts, Array(2).fill(readFileSync('/proc/self/comm', 'utf8')));
        }),
      ));

    test(`all arrive even if SO_PASSCRED needs space too, ${face.name}`, () =>
      leavesNone(() =>
        between(SOCK_DGRAM, async (near, far) => {
          far.setsockopt(SOL_SOCKET, SO_PASSCRED, true);
          await face.sendFds(near, 'x', [near, near, near]);
          const { fds, flags } = await face.recvFds(far, 1, 3);
          assert.deepEqual([fds.length, flags], [3, 0]);
          for (const fd of fds) close(fd);
        }),
      ));

    test(`a peek duplicates them, ${face.name}`, () =>
      leavesNone(() =>
        between(SOCK_DGRAM, async (near, far) => {
          await face.sendFds(near, 'x', [near]);
          const peeked = await face.recvFds(far, 1, 1, MSG_PEEK);
          const received = await face.recvFds(far, 1, 1);
          assert.deepEqual([peeked.fds.length, received.fds.length], [1, 1]);
          for (const fd of [...peeked.fds, ...received.fds]) close(fd);
        }),
      ));

    test(`a received message can be forwarded unchanged, ${face.name}`, () =>
      leavesNone(() =>
        between(SOCK_DGRAM, async (near, far) => {
          await face.sendFds(near, 'on', [near]);
          const message = await face.recvmsg(far, 10, { control: rights.space(1) });
          await face.sendmsg(near, message);
          const { data, fds } = await face.recvFds(far, 10, 1);
          assert.equal(String(data), 'on');
          for (const fd of [...fds, ...rights.find(message.control)!]) close(fd);
        }),
      ));

    test(`the error names an entry that is not an open descriptor, ${face.name}`, () =>
      leavesNone(() =>
        between(SOCK_DGRAM, async (near, far) => {
          const gone = new Socket();
          gone.close();
          const file = await open('/dev/null');
          await file.close();
          for (const [fds, code, named] of [
            [[near, gone], 'ERR_INVALID_ARG_VALUE', 'fds[1]'],
            [[file], 'ERR_INVALID_ARG_VALUE', 'fds[0]'],
            [[near, -1], 'ERR_OUT_OF_RANGE', 'fds[1]'],
            [[1.5], 'ERR_OUT_OF_RANGE', 'fds[0]'],
            [[2 ** 31], 'ERR_OUT_OF_RANGE', 'fds[0]'],
            [['3'], 'ERR_INVALID_ARG_TYPE', 'fds[0]'],
            [[{}], 'ERR_INVALID_ARG_TYPE', 'fds[0]'],
            [[null], 'ERR_INVALID_ARG_TYPE', 'fds[0]'],
            [Array(254).fill(near), 'ERR_INVALID_ARG_VALUE', 'fds'],
            [3, 'ERR_INVALID_ARG_TYPE', 'fds'],
          ] as const) {
            const error = (await failureOf(() => face.sendFds(near, 'x', fds as never))) as Error & {
              code: string;
            };
            assert.equal(error.code, code, error.message);
            assert.ok(/["'](.+?)["']/.exec(error.message)![1] === named, error.message);
          }
          // Only the kernel can tell that a number is not open.
          await failsWith(() => face.sendFds(near, 'x', [9999]), SocketError, 'EBADF', 'sendmsg');
          await failsWith(() => far.recvFds(1, 1, { timeout: 0 }), BlockingError, 'EAGAIN');
          const error = (await failureOf(() => face.recvFds(far, 1, 254))) as Error;
          assert.match(error.message, /"maxFds"/);
        }),
      ));
  }

  test('an aborted call takes none', () =>
    leavesNone(() =>
      between(SOCK_DGRAM, async (near, far) => {
        const signal = AbortSignal.timeout(5);
        await assert.rejects(far.recvFds(1, 1, { signal }), { name: 'TimeoutError' });
        await failsWith(() => far.recvFds(1, 1, { timeout: 5 }), TimeoutError, 'ETIMEDOUT');
        const controller = new AbortController();
        const first = far.recvFds(1, 1, { signal: controller.signal });
        const second = far.recvFds(1, 1);
        await near.sendFds('x', [near]);
        controller.abort();
        await assert.rejects(first, { name: 'AbortError' });
        const { fds } = await second;
        assert.equal(fds.length, 1);
        close(fds[0]!);
      }),
    ));

  test('the sender’s process is reported on request', () =>
    leavesNone(() =>
      between(SOCK_DGRAM, async (near, far) => {
        far.setsockopt(SOL_SOCKET, SO_PASSPIDFD, 1);
        await near.send('x');
        const { control } = await far.recvmsg(1, { control: spaceFor(pidfd) });
        const fd = pidfd.find(control)!;
        assert.match(
          readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'),
          new RegExp(`^Pid:\\s*${process.pid}$`, 'm'),
        );
        assert.ok(closesOnExec(fd), 'close-on-exec');
        close(fd);
        // recvFds has no space for it.
        await near.sendFds('x', [near]);
        const { fds } = await far.recvFds(1, 1);
        assert.equal(fds.length, 1);
        close(fds[0]!);
      }),
    ));

  for (const data of ['', [], ['', Buffer.alloc(0)]] as const) {
    test(`a stream cannot send descriptors without data: ${JSON.stringify(data)}`, () =>
      between(SOCK_STREAM, async (near, far) => {
        const refused = { code: 'ERR_INVALID_ARG_VALUE', message: /^The argument 'data' must not be empty/ };
        assert.throws(() => near.sendFdsSync(data, [near]), refused);
        await assert.rejects(near.sendFds(data, [near]), refused);
        assert.equal(await near.sendFds(data, []), 0, 'nothing is lost');
        await near.sendFds(['', 'x'], [near]);
        const { fds } = await far.recvFds(1, 1);
        assert.equal(fds.length, 1);
        close(fds[0]!);
      }));
  }

  test('a datagram can be only descriptors', () =>
    between(SOCK_DGRAM, async (near, far) => {
      await near.sendFds('', [near]);
      const { data, fds } = await far.recvFds(1, 1);
      assert.deepEqual([data.length, fds.length], [0, 1]);
      close(fds[0]!);
    }));
});
