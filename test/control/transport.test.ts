/** Control messages of UDP, TCP and Unix streams: segments, and the number of unread bytes. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  createConnection,
  createServer,
  IPPROTO_TCP,
  IPPROTO_UDP,
  SOL_SOCKET,
  SocketError,
  socketpair,
  TCP_INQ,
} from 'berkeley';
import { SO_INQ, UDP_GRO } from 'berkeley/constants';
import { gro, inq, segment, spaceFor, tcpInq } from 'berkeley/control';
import { pattern } from '../support/bytes.js';
import { failsWith } from '../support/failure.js';
import { until } from '../support/until.js';
import { inet, inet6, Pair } from './pair.js';

const DATA = pattern(1050);

describe('segments of UDP', () => {
  for (const family of [inet, inet6]) {
    const name = family === inet ? 'IPv4' : 'IPv6';

    test(`one send becomes many datagrams, ${name}`, async () => {
      using pair = new Pair(family);
      const first = await pair.send(DATA, [segment(100)], 0);
      const pieces = [first.data];
      while (pieces.length < 11) pieces.push(await pair.receiver.recv(2000, { timeout: 2000 }));
      assert.deepEqual(
        pieces.map(({ length }) => length),
        [...Array(10).fill(100), 50],
      );
      assert.ok(Buffer.concat(pieces).equals(DATA));
    });

    test(`many datagrams become one receive, ${name}`, async () => {
      using pair = new Pair(family, [[IPPROTO_UDP, UDP_GRO]]);
      const { data, control, flags } = await pair.send(DATA, [segment(100)], spaceFor(gro));
      assert.deepEqual([gro.find(control), flags], [100, 0]);
      assert.ok(data.equals(DATA));
      // A single datagram is not a segment.
      const alone = await pair.send('alone', [], spaceFor(gro));
      assert.deepEqual([gro.find(alone.control), String(alone.data)], [undefined, 'alone']);
    });
  }

  test('the kernel refuses too many segments', async () => {
    using pair = new Pair(inet);
    await failsWith(() => pair.send(pattern(60000), [segment(1)], 0), SocketError, 'EINVAL', 'sendmsg');
  });
});

test('the number of unread bytes in a TCP stream', async () => {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  using client = await createConnection(server.getsockname());
  using peer = (await server.accept()).socket;
  client.setsockopt(IPPROTO_TCP, TCP_INQ, 1);
  await peer.sendAll('0123456789');
  const left = async (size: number) =>
    tcpInq.find((await client.recvmsg(size, { control: spaceFor(tcpInq) })).control);
  assert.equal(await left(4), 6);
  peer.close();
  // The end of the stream counts too, once it has arrived.
  await until(async () => (await left(0)) === 7);
  assert.equal(await left(6), 1);
});

test('the number of unread bytes in a Unix stream', async t => {
  const [near, far] = socketpair();
  using _1 = near;
  using _2 = far;
  try {
    far.setsockopt(SOL_SOCKET, SO_INQ, 1);
  } catch (error) {
    if (!(error instanceof SocketError && error.code === 'ENOPROTOOPT')) throw error;
    return t.skip('needs SO_INQ: Linux 6.17');
  }
  await near.sendAll('0123456789');
  assert.equal(inq.find((await far.recvmsg(4, { control: spaceFor(inq) })).control), 6);
  assert.equal(inq.find((await far.recvmsg(10, { control: spaceFor(inq) })).control), 0);
});
