/**
 * UDP_SEGMENT and UDP_GRO: many datagrams in one message, and the same datagrams if the kernel does not
 * support it.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  type Bytes,
  type InetAddressInput,
  IPPROTO_UDP,
  IPPROTO_UDPLITE,
  MessageBatch,
  MSG_TRUNC,
  SO_RCVBUF,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  SocketError,
  socketpair,
  TimeoutError,
  UnsupportedError,
} from 'berkeley';
import { SO_NO_CHECK, SO_TIMESTAMP, UDP_GRO, UDP_SEGMENT } from 'berkeley/constants';
import { gro, segment, spaceFor } from 'berkeley/control';
import { assertSame, pattern } from '../support/bytes.js';
import { failsWith, failureOf } from '../support/failure.js';
import { type AnySocket, udpPair } from './kinds.js';

const noUdplite = (() => {
  try {
    new Socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE).close();
    return false;
  } catch (error) {
    if (error instanceof UnsupportedError) return 'this kernel has no UDP-Lite (modprobe, or Linux before 7)';
    throw error;
  }
})();

function roomy<S extends Socket<'inet'> | Socket<'inet6'>>(socket: S): S {
  socket.setsockopt(SOL_SOCKET, SO_RCVBUF, 4 << 20);
  return socket;
}

/** Receives everything that is available, datagram by datagram. */
function drain(socket: Pick<AnySocket, 'recvSync' | 'timeout'>): Buffer[] {
  const all: Buffer[] = [];
  socket.timeout = 0;
  try {
    for (;;) all.push(socket.recvSync(65536));
  } catch (error) {
    assert.equal((error as SocketError).code, 'EAGAIN');
  }
  socket.timeout = null;
  return all;
}

const sizes = (datagrams: readonly Buffer[]) => datagrams.map(({ length }) => length);

for (const face of ['promise', 'Sync'] as const) {
  const send = async (socket: Socket, data: Bytes, size: number, address?: InetAddressInput) =>
    face === 'promise'
      ? socket.sendSegments(data, size, { address })
      : socket.sendSegmentsSync(data, size, { address });
  const receive = async (socket: Socket<'inet'> | Socket<'inet6'>, size?: number) =>
    face === 'promise' ? socket.recvSegments({ size }) : socket.recvSegmentsSync({ size });

  describe(`sendSegments (${face})`, () => {
    test('splits its data into segments, and sends any amount of it', async () => {
      const [a, b] = udpPair();
      roomy(b);
      for (const [length, size, count] of [
        [100_000, 1000, 100],
        [65_507, 1000, 66],
        [3001, 1000, 4],
        [1000, 1000, 1],
        [999, 1000, 1],
        [500, 1, 500],
        [130_000, 65_000, 2],
        [140_000, 40_000, 4],
        [0, 1000, 1],
      ] as const) {
        const data = pattern(length);
        assert.equal(await send(a, data, size, b.getsockname()), length);
        const datagrams = drain(b);
        assert.equal(datagrams.length, count, `${length} bytes in ${size}`);
        assert.ok(datagrams.slice(0, -1).every(datagram => datagram.length === size));
        assertSame(Buffer.concat(datagrams), data);
      }
      a.close();
      b.close();
    });

    test('works over IPv6, connected, and to a host name', async () => {
      const [a, b] = [new Socket(AF_INET6, SOCK_DGRAM), roomy(new Socket(AF_INET6, SOCK_DGRAM))];
      b.bind({ host: '::1', port: 0 });
      const { port } = b.getsockname();
      assert.equal(await send(a as never, pattern(131_054), 65_527, { host: '::1', port } as never), 131_054);
      assert.deepEqual(sizes(drain(b as never)), [65_527, 65_527]);
      await a.connect(b.getsockname());
      assert.equal(await send(a as never, 'abcde', 2), 5);
      assert.deepEqual(drain(b as never).map(String), ['ab', 'cd', 'e']);
      const [c, d] = udpPair();
      await send(c, 'abc', 2, { host: 'localhost', port: d.getsockname().port });
      assert.deepEqual(drain(d).map(String), ['ab', 'c']);
      for (const socket of [a, b, c, d]) socket.close();
    });

    test('sends the same datagrams in a family without UDP_SEGMENT', async () => {
      const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
      assert.equal(await send(a as never, 'abcdefg', 3), 7);
      assert.deepEqual(drain(b as never).map(String), ['abc', 'def', 'g']);
      a.close();
      b.close();
    });

    test('splits the data itself if the kernel answers EIO', { skip: noUdplite }, async () => {
      const [a, b] = [0, 1].map(() => new Socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE)) as [Socket, Socket];
      b.bind({ host: '127.0.0.1', port: 0 });
      const data = pattern(10_000);
      await assert.rejects(
        a.sendmsg({ data, address: b.getsockname(), control: [segment(1000)] }),
        { code: 'EIO' },
        'the kernel does not',
      );
      assert.equal(await send(a, data, 1000, b.getsockname()), 10_000);
      assertSame(Buffer.concat(drain(b)), data);
      a.close();
      b.close();
    });

    test('refuses invalid arguments', async () => {
      const [a, b] = udpPair();
      const to = b.getsockname();
      for (const size of [0, -1, 1.5, 65_508, Number.NaN, '1']) {
        const error = (await failureOf(() => send(a, 'x', size as never, to))) as Error;
        assert.match(error.message, /"segmentSize"/);
      }
      const [c, d] = socketpair(AF_UNIX, SOCK_STREAM);
      await assert.rejects(send(c as never, 'abc', 1), { code: 'ERR_INVALID_STATE', message: /stream/ });
      a.setsockopt(SOL_SOCKET, SO_NO_CHECK, 1); // then the kernel refuses to segment, with EINVAL
      const error = await failsWith(() => send(a, 'abc', 1, to), SocketError, 'EINVAL', 'sendmsg');
      assert.match(error.message, /MTU/);
      assert.deepEqual([error.bytesTransferred, error.address, error.port], [0, to.host, to.port]);
      for (const socket of [a, b, c, d]) socket.close();
      await failsWith(() => send(a, 'x', 1), SocketError, 'EBADF');
    });
  });

  describe(`recvSegments (${face})`, () => {
    test('returns the datagrams of one message, and their sender', async () => {
      const [a, b] = udpPair();
      b.setsockopt(IPPROTO_UDP, UDP_GRO, 1);
      b.setsockopt(SOL_SOCKET, SO_TIMESTAMP, 1); // puts its own control data first
      const data = pattern(10_500);
      a.sendSegmentsSync(data, 1000, { address: b.getsockname() });
      a.sendtoSync('alone', b.getsockname());
      const { segments, address, flags } = await receive(b);
      assert.deepEqual(sizes(segments), [...new Array(10).fill(1000), 500]);
      assertSame(Buffer.concat(segments), data);
      assert.deepEqual([address, flags], [a.getsockname(), 0]);
      assert.deepEqual((await receive(b)).segments.map(String), ['alone']);
      a.sendSegmentsSync(data, 1000, { address: b.getsockname() });
      const cut = await receive(b, 2500);
      assert.deepEqual(sizes(cut.segments), [1000, 1000, 500]);
      assert.equal(cut.flags & MSG_TRUNC, MSG_TRUNC);
      a.sendtoSync('', b.getsockname());
      assert.deepEqual(sizes((await receive(b)).segments), [0]);
      a.close();
      b.close();
    });

    test('without UDP_GRO returns single datagrams, and closes descriptors that were not requested', async () => {
      const [a, b] = udpPair();
      a.sendSegmentsSync('abcd', 2, { address: b.getsockname() });
      assert.deepEqual((await receive(b)).segments.map(String), ['ab']);
      const [c, d] = socketpair(AF_UNIX, SOCK_DGRAM);
      const before = d.dup();
      const free = before.fd;
      before.close();
      c.sendFdsSync('x', [c]);
      await receive(d as never);
      const after = d.dup();
      assert.equal(after.fd, free, 'the lowest number is free again');
      for (const socket of [a, b, c, d, after]) socket.close();
    });
  });
}

test('recvSegments waits as the other receives do', async () => {
  const [a, b] = udpPair();
  await failsWith(() => b.recvSegments({ timeout: 5 }), TimeoutError, 'ETIMEDOUT', 'recvmsg');
  const waiting = b.recvSegments();
  a.sendtoSync('x', b.getsockname());
  assert.deepEqual((await waiting).segments.map(String), ['x']);
  const closed = b.recvSegments();
  b.close();
  await failsWith(() => closed, SocketError, 'EBADF');
  a.close();
});

describe('segments in batches', () => {
  for (const oneByOne of [false, true]) {
    const name = oneByOne ? 'one message a call' : 'many';

    test(`messages with segments can be mixed with others (${name})`, async () => {
      const [a, b] = udpPair();
      const batch = new MessageBatch({ count: 4, size: 4096, controlSize: segment.space, oneByOne });
      batch.push('first', b.getsockname());
      batch.push(pattern(4000), b.getsockname(), { segmentSize: 1500 });
      batch.push('third', b.getsockname());
      batch.push(pattern(3000), b.getsockname(), [segment(1000)]);
      assert.deepEqual(
        [0, 1, 2, 3].map(i => batch.segmentSize(i)),
        [5, 1500, 5, 1000],
      );
      await a.sendmmsg(batch);
      assert.deepEqual(sizes(drain(b)), [5, 1500, 1500, 1000, 5, 1000, 1000, 1000]);

      b.setsockopt(IPPROTO_UDP, UDP_GRO, 1);
      await a.sendmmsg(batch);
      const into = new MessageBatch({ count: 8, size: 4096, controlSize: spaceFor(gro), oneByOne });
      assert.equal(await b.recvmmsg(into), 4);
      assert.deepEqual(
        [0, 1, 2, 3].map(i => into.segmentSize(i)),
        [5, 1500, 5, 1000],
      );
      assert.deepEqual(sizes(into.segments(1)), [1500, 1500, 1000]);
      assertSame(Buffer.concat(into.segments(1)), pattern(4000));

      // Sent unchanged: the same datagrams.
      await b.sendmmsg(into);
      assert.deepEqual(sizes(drain(a)), [5, 1500, 1500, 1000, 5, 1000, 1000, 1000]);
      a.close();
      b.close();
    });

    test(`a family without UDP_SEGMENT sends the same datagrams (${name})`, async () => {
      const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
      const options = { count: 3, size: 64, controlSize: segment.space, family: AF_UNIX, oneByOne };
      const batch = new MessageBatch(options);
      batch.push('first');
      batch.push('abcde', null, { segmentSize: 2 });
      batch.push('last');
      assert.equal(a.sendmmsgSync(batch), 3);
      assert.deepEqual(drain(b as never).map(String), ['first', 'ab', 'cd', 'e', 'last']);
      a.close();
      b.close();
    });

    test(`the data is split here if the kernel answers EIO (${name})`, { skip: noUdplite }, async () => {
      const [a, b] = [0, 1].map(() => new Socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE)) as [Socket, Socket];
      b.bind({ host: '127.0.0.1', port: 0 });
      const batch = new MessageBatch({ count: 5, size: 64, controlSize: spaceFor(segment, 24), oneByOne });
      for (const text of ['one', 'abcde', 'three', 'vwxyz', 'five']) {
        batch.push(text, b.getsockname(), text.length === 5 ? { segmentSize: 2 } : []);
      }
      assert.equal(await a.sendmmsg(batch), 5);
      const expected = ['one', 'ab', 'cd', 'e', 'th', 're', 'e', 'vw', 'xy', 'z', 'five'];
      assert.deepEqual(drain(b).map(String), expected);
      a.close();
      b.close();
    });
  }

  test("a segment that exceeds the route's MTU is an error with advice", async () => {
    const [a, b] = udpPair();
    a.setsockopt(SOL_SOCKET, SO_NO_CHECK, 1);
    const batch = new MessageBatch({ count: 2, size: 64, controlSize: segment.space });
    batch.push('plain', b.getsockname());
    batch.push('abc', b.getsockname(), { segmentSize: 2 });
    const error = await failsWith(() => a.sendmmsg(batch), SocketError, 'EINVAL', 'sendmmsg');
    assert.match(error.message, /MTU/);
    assert.equal(error.messagesSent, 1);
    a.close();
    b.close();
  });

  test('a socket option segments data without control messages', async () => {
    const [a, b] = udpPair();
    a.setsockopt(IPPROTO_UDP, UDP_SEGMENT, 2);
    const batch = new MessageBatch({ count: 2, size: 64 });
    batch.push('abc', b.getsockname());
    assert.equal(a.sendmmsgSync(batch), 1);
    assert.deepEqual(drain(b).map(String), ['ab', 'c']);
    a.close();
    b.close();
  });
});
