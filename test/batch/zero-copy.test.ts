/**
 * MSG_ZEROCOPY: the data arrives, and each send gets exactly one completion, whichever call reads the error
 * queue.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  AF_UNIX,
  createConnection,
  createServer,
  IPPROTO_IP,
  SHUT_WR,
  SO_SNDBUF,
  SOCK_DGRAM,
  SOL_SOCKET,
  type Socket,
  SocketError,
  socketpair,
  TimeoutError,
  type ZeroCopySend,
} from 'berkeley';
import { IP_RECVERR, SO_ZEROCOPY } from 'berkeley/constants';
import { readErrorQueue } from 'berkeley/control';
import { digest, pattern } from '../support/bytes.js';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { failsWith, failureOf } from '../support/failure.js';
import { startPeer } from '../support/peer.js';
import type { AnySocket } from '../support/rows.js';
import { until } from '../support/until.js';
import { udpPair } from './kinds.js';

async function tcpPair(): Promise<[Socket<'inet'>, Socket<'inet'>]> {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  const client = (await createConnection(server.getsockname())) as Socket<'inet'>;
  const { socket } = await server.accept();
  return [client, socket as Socket<'inet'>];
}

/** Sends until the buffers are full. The last of these sends cannot complete before the peer reads. */
function fill(socket: Socket): ZeroCopySend[] {
  const sends: ZeroCopySend[] = [];
  socket.timeout = 0;
  try {
    for (;;) sends.push(socket.sendZeroCopySync(new Uint8Array(1 << 18)));
  } catch (error) {
    assert.equal((error as SocketError).code, 'EAGAIN');
  }
  socket.timeout = null;
  return sends;
}

/** An unconnected UDP socket that receives errors. */
async function toNobody(): Promise<Socket> {
  const [socket, nobody] = udpPair();
  socket.setsockopt(IPPROTO_IP, IP_RECVERR, 1);
  await socket.connect(nobody.getsockname());
  nobody.close();
  return socket;
}

/**
 * Loopback delivers to a reader on the same machine, which may keep the pages. The kernel therefore copies
 * (skb_orphan_frags_rx).
 */
const copied = { copied: true };

describe('zero-copy sends', () => {
  for (const face of ['promise', 'Sync'] as const) {
    test(`TCP: all data arrives, and every send completes (${face})`, async () => {
      const [a, b] = await tcpPair();
      const data = pattern(8 << 20);
      const peer = startPeer(b as AnySocket, [{ drain: true }]);
      const sends: ZeroCopySend[] = [];
      for (let sent = 0; sent < data.length; ) {
        const rest = data.subarray(sent, sent + (1 << 20));
        const send = face === 'promise' ? await a.sendZeroCopy(rest) : a.sendZeroCopySync(rest);
        assert.ok(send.bytesSent > 0 && send.bytesSent <= rest.length);
        sent += send.bytesSent;
        sends.push(send);
      }
      assert.equal(a.getsockopt(SOL_SOCKET, SO_ZEROCOPY), 1);
      for (const { completed } of sends) assert.deepEqual(await completed, copied);
      a.shutdown(SHUT_WR);
      assert.deepEqual(await peer, { length: data.length, digest: digest(data) });
      a.close();
      b.close();
    });
  }

  test('UDP: each datagram completes, and an empty one completes at once', async () => {
    const [a, b] = udpPair();
    await a.connect(b.getsockname());
    const sends = await Promise.all(['one', '', 'three'].map(text => a.sendZeroCopy(text)));
    assert.deepEqual(
      sends.map(({ bytesSent }) => bytesSent),
      [3, 0, 5],
    );
    for (const { completed } of sends) assert.deepEqual(await completed, copied);
    for (const text of ['one', '', 'three']) assert.equal((await b.recv(9)).toString(), text);
    a.close();
    b.close();
  });

  test('thousands of sends complete in ranges', async () => {
    const [a, b] = udpPair();
    await a.connect(b.getsockname());
    const data = Buffer.alloc(64);
    const sends = await Promise.all(Array.from({ length: 3000 }, () => a.sendZeroCopy(data)));
    assert.deepEqual(new Set(sends.map(({ bytesSent }) => bytesSent)), new Set([64]));
    await Promise.all(sends.map(({ completed }) => completed));
    a.close();
    b.close();
  });

  test('completions do not delay received data', async () => {
    const [a, b] = await tcpPair();
    const received = a.recv(16);
    const { completed } = await a.sendZeroCopy('ping');
    assert.equal((await b.recv(16)).toString(), 'ping');
    await b.send('pong');
    assert.equal((await received).toString(), 'pong');
    await completed;
    a.close();
    b.close();
  });

  test('sockets without support refuse them', async () => {
    const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
    await failsWith(() => a.sendZeroCopy('x'), SocketError, 'ENOTSUP', 'setsockopt');
    a.close();
    b.close();
    await failsWith(() => a.sendZeroCopy('x'), SocketError, 'EBADF', 'send');
    const [c, d] = udpPair();
    await failsWith(() => c.sendZeroCopy('x'), SocketError, 'EDESTADDRREQ', 'send');
    assert.throws(() => c.sendZeroCopySync(5 as never), { code: 'ERR_INVALID_ARG_TYPE' });
    c.close();
    d.close();
  });

  test('wait for buffer space, and can be aborted or time out', async () => {
    const [a, b] = await tcpPair();
    const data = Buffer.alloc(1 << 20);
    const timedOut = (async () => {
      for (;;) await a.sendZeroCopy(data, { timeout: 30 });
    })();
    await failsWith(() => timedOut, TimeoutError, 'ETIMEDOUT', 'send');
    const signal = AbortSignal.timeout(5);
    assert.equal(await failureOf(() => a.sendZeroCopy(data, { signal })), signal.reason);
    a.close();
    b.close();
  });

  test('closing rejects incomplete sends, without an unhandled rejection for unused promises', async () => {
    await warmUp();
    const before = countDescriptors();
    const [a, b] = await tcpPair();
    const { completed } = fill(a).at(-1)!;
    a.close();
    const error = await failsWith(() => completed, SocketError, 'EBADF', 'send');
    assert.match(error.message, /closed while/);
    const [c, d] = await tcpPair();
    fill(c); // the promises have no handlers
    for (const socket of [b, c, d]) socket.close();
    await turn();
    assert.equal(countDescriptors(), before);
  });

  test('reject if their memory was transferred during the send', async () => {
    const [a, b] = await tcpPair();
    fill(a);
    const data = new Uint8Array(64);
    a.setsockopt(SOL_SOCKET, SO_SNDBUF, 4 << 20);
    const { completed } = a.sendZeroCopySync(data);
    structuredClone(data.buffer, { transfer: [data.buffer] });
    const peer = startPeer(b as AnySocket, [{ drain: true }]);
    await assert.rejects(completed, { code: 'ERR_INVALID_STATE', message: /detached/ });
    a.shutdown(SHUT_WR);
    await peer;
    a.close();
    b.close();
  });

  test('keep their memory until completion, and no longer', async () => {
    const [a, b] = await tcpPair();
    fill(a);
    a.setsockopt(SOL_SOCKET, SO_SNDBUF, 4 << 20);
    let collected = 0;
    const registry = new FinalizationRegistry(() => collected++);
    const send = () => {
      const data = new Uint8Array(1000);
      registry.register(data.buffer, 0);
      return a.sendZeroCopySync(data).completed;
    };
    const completed = send();
    for (let i = 0; i < 3; i++) {
      globalThis.gc?.();
      await delay(5);
    }
    assert.equal(collected, 0);
    const peer = startPeer(b as AnySocket, [{ drain: true }]);
    assert.deepEqual(await completed, copied);
    if (globalThis.gc) {
      await until(() => {
        globalThis.gc?.();
        return collected > 0;
      });
      assert.equal(collected, 1);
    }
    a.shutdown(SHUT_WR);
    await peer;
    a.close();
    b.close();
  });
});

const namespace = [
  '-n',
  'sh',
  '-c',
  'ip link set lo up && echo 1 >/proc/sys/net/core/optmem_max && exec "$@"',
  'sh',
];
const withoutNamespace =
  spawnSync('unshare', [...namespace, 'true']).status !== 0 &&
  'needs root, unshare, ip, and a kernel with net.core.optmem_max in each namespace (Linux 6.8)';

test('a zero-copy send is copied if the kernel has no memory to track it', { skip: withoutNamespace }, () => {
  const program = fileURLToPath(new URL('./no-room.js', import.meta.url));
  const command = [...namespace, process.execPath, program];
  const { stdout, stderr } = spawnSync('unshare', command, { encoding: 'utf8', timeout: 10_000 });
  const sends = [6, 5].map(bytesSent => ({ bytesSent, completed: {} }));
  assert.deepEqual(JSON.parse(stdout || stderr), {
    data: 'hello world',
    sends,
    completions: [copied, copied],
  });
});

describe('the error queue that completions share', () => {
  test('delivers other items before, during and after zero-copy sends', async () => {
    const socket = await toNobody();
    // Two sends: the error of the first makes a third fail, or is read from the queue before.
    const waiting = socket.recvError();
    const first = socket.sendZeroCopySync('x');
    const error = await waiting;
    assert.deepEqual([error.origin, error.code], ['icmp', 'ECONNREFUSED']);
    assert.deepEqual(await first.completed, copied);

    const second = socket.sendZeroCopySync('y');
    assert.deepEqual(await second.completed, copied);
    await delay(5);
    assert.equal((await socket.recvError()).origin, 'icmp', 'found while completions were read');

    const third = socket.sendZeroCopySync('z');
    const queued = readErrorQueue(socket);
    assert.deepEqual(
      queued.map(({ origin }) => origin),
      ['icmp'],
    );
    assert.deepEqual(await third.completed, copied, 'found while errors were read');
    await failsWith(() => socket.recvError({ timeout: 5 }), TimeoutError, 'ETIMEDOUT');
    socket.close();
  });

  test('an abort loses no item that was read', async () => {
    const socket = await toNobody();
    await socket.sendZeroCopySync('x').completed;
    await delay(5);
    await assert.rejects(socket.recvError({ signal: AbortSignal.abort() }), { name: 'AbortError' });
    assert.equal(socket.recvErrorSync().origin, 'icmp');
    socket.close();
  });
});
