/** How waiting calls end when a connection or a socket ends. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import {
  ConnectionError,
  ConnectionResetError,
  close,
  createConnection,
  createServer,
  type InternetSocket,
  MSG_WAITALL,
  SO_LINGER,
  SOL_SOCKET,
  Socket,
  SocketError,
} from 'berkeley';
import { pattern } from '../support/bytes.js';
import { warmUp } from '../support/descriptors.js';
import { failsWith, failureOf } from '../support/failure.js';
import { inWine } from '../support/kernel.js';
import { onWindows } from '../support/local.js';

await warmUp();

const LARGE = pattern(16 * 2 ** 20);

async function withConnection(
  body: (near: InternetSocket, far: InternetSocket) => Promise<void>,
): Promise<void> {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  using near = await createConnection(server.getsockname());
  const { socket } = await server.accept();
  using far = socket;
  await body(near, far);
}

/** Closes so that the peer receives a reset. */
function reset(socket: InternetSocket): void {
  socket.setsockopt(SOL_SOCKET, SO_LINGER, new Uint8Array(Int32Array.of(1, 0).buffer));
  socket.close();
}

const resetsAreEnds = inWine && 'Wine takes a reset for the end of the stream';

describe('a reset', { skip: resetsAreEnds }, () => {
  const receives: [string, string, (socket: InternetSocket) => Promise<unknown>][] = [
    ['recv', 'recv', socket => socket.recv(9)],
    ['recvInto', 'recv', socket => socket.recvInto(Buffer.alloc(9))],
    ['recvfrom', 'recvfrom', socket => socket.recvfrom(9)],
    ['recvfromInto', 'recvfrom', socket => socket.recvfromInto(Buffer.alloc(9))],
    ['recvmsg', 'recvmsg', socket => socket.recvmsg(9)],
    ['recv with MSG_WAITALL', 'recv', socket => socket.recv(9, MSG_WAITALL)],
  ];
  for (const [name, syscall, receive] of receives) {
    test(`ends ${name} while it waits`, { timeout: 10_000 }, () =>
      withConnection(async (near, far) => {
        const failing = failsWith(() => receive(near), ConnectionResetError, 'ECONNRESET', syscall);
        await turn();
        reset(far);
        await failing;
      }),
    );
  }

  test('ends a waiting sendAll, whose error has the number of bytes sent', { timeout: 10_000 }, () =>
    withConnection(async (near, far) => {
      const failing = failureOf(() => near.sendAll(LARGE));
      await turn();
      reset(far);
      const error = await failing;
      assert.ok(error instanceof ConnectionError, String(error));
      assert.match(error.code, /^(ECONNRESET|EPIPE)$/);
      assert.ok(error.bytesTransferred! > 0 && error.bytesTransferred! < LARGE.length);
    }),
  );

  test('ends every waiting call, in both directions', { timeout: 10_000 }, () =>
    withConnection(async (near, far) => {
      const calls = [near.recv(9), near.recv(9), near.sendAll(LARGE), near.send('x'), near.recv(9)];
      const results = Promise.allSettled(calls);
      await turn();
      reset(far);
      const codes = (await results).map(result =>
        result.status === 'rejected' ? result.reason.code : Buffer.from(result.value as Buffer).length,
      );
      assert.equal(codes.filter(code => code === 'ECONNRESET').length, 1, 'the kernel tells it once');
      assert.deepEqual(new Set(codes), new Set(['ECONNRESET', 'EPIPE', 0]));
    }),
  );
});

test('the end of a stream ends every waiting receive', { timeout: 10_000 }, () =>
  withConnection(async (near, far) => {
    const calls = Array.from({ length: 100 }, () => near.recv(9));
    await turn();
    far.close();
    for (const data of await Promise.all(calls)) assert.equal(data.length, 0);
  }),
);

describe('closing the socket', () => {
  test('rejects every waiting call, in order', { timeout: 10_000 }, () =>
    withConnection(async near => {
      const order: string[] = [];
      const note = (name: string) => (error: SocketError) => {
        assert.equal(error.code, 'EBADF');
        order.push(name);
      };
      const calls = [
        near.recv(9).catch(note('first recv')),
        near.recv(9).catch(note('second recv')),
        near.sendAll(LARGE).catch(note('sendAll')),
        near.send('x').catch(note('send')),
      ];
      await turn();
      near.close();
      await Promise.all(calls);
      assert.deepEqual(order, ['first recv', 'second recv', 'sendAll', 'send']);
    }),
  );

  test('rejects sendAll with the number of bytes sent', { timeout: 10_000 }, () =>
    withConnection(async (near, far) => {
      const failing = failsWith(() => near.sendAll(LARGE), SocketError, 'EBADF', 'send');
      await turn();
      near.close();
      const { bytesTransferred } = await failing;
      let received = 0;
      for await (const chunk of far.chunks()) received += chunk.length;
      assert.equal(bytesTransferred, received);
    }),
  );

  test('rejects connect with the address in the error', { timeout: 10_000 }, async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 }, { backlog: 0 });
    const { host, port } = server.getsockname();
    using first = await createConnection({ host, port });
    const client = new Socket();
    const failing = failsWith(() => client.connect({ host, port }), SocketError, 'EBADF', 'connect');
    await turn();
    client.close();
    const { address, port: told } = await failing;
    assert.deepEqual([address, told], [host, port]);
    first.close();
  });

  const unseen =
    onWindows && 'on Windows, the poller reports no event of a descriptor that was closed; see close()';
  test('by descriptor number fails its own calls and no others', { skip: unseen, timeout: 10_000 }, () =>
    withConnection(async (near, far) =>
      withConnection(async (other, end) => {
        using copy = near.dup(); // keeps the open socket registered in the poller
        const failing = failsWith(() => near.sendAll(LARGE), SocketError, 'EBADF', 'send');
        const receiving = other.recv(9);
        await turn();
        close(near.fd);
        reset(far);
        end.sendSync('y');
        await failing;
        assert.equal((await receiving).toString(), 'y');
        assert.throws(() => near.close(), { code: 'EBADF' });
        copy.close();
      }),
    ),
  );

  const separate = onWindows && 'Windows reports events one by one, from another thread';
  test(
    'in the middle of a batch of events does not affect other sockets',
    {
      skip: separate,
      timeout: 10_000,
    },
    () =>
      withConnection(async (near, far) =>
        withConnection(async (other, end) => {
          // Both become readable in the same turn. The one that is served first closes the other pair.
          const first = near.recv(9).then(() => other.close());
          const second = other.recv(9);
          far.sendSync('x');
          end.sendSync('y');
          await first;
          assert.equal((await second).toString(), 'y');
        }),
      ),
  );
});
