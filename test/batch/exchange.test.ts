/**
 * Batches receive what batches send: for every kind of socket, in both faces, with and without recvmmsg(2).
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_UNIX,
  close,
  IPPROTO_IP,
  MessageBatch,
  MSG_CTRUNC,
  MSG_PEEK,
  MSG_TRUNC,
  SCM_RIGHTS,
  SO_RCVBUF,
  SOCK_DGRAM,
  SOL_SOCKET,
  Socket,
  socketpair,
} from 'berkeley';
import { IP_RECVTTL } from 'berkeley/constants';
import { rights, spaceFor, ttl } from 'berkeley/control';
import { sockaddr_un } from '#src/families/unix/layout.js';
import { countDescriptors } from '../support/descriptors.js';
import { notOnWindows } from '../support/kernel.js';
import { onWindows } from '../support/local.js';
import { freshPath } from '../support/names.js';
import { until } from '../support/until.js';
import { gather, kinds, messages, type Name, udpPair, ways } from './kinds.js';

const withoutPaths = onWindows && 'Windows has no Unix datagrams';
const withoutRights = notOnWindows('descriptors in messages');

for (const way of ways) {
  describe(`batches (${way.name})`, () => {
    for (const kind of kinds) {
      test(`${kind.name}: every message arrives with its address, and nothing else does`, async () => {
        const [from, to] = kind.open();
        using _ = from;
        using __ = to;
        // A Unix socket queues few messages before it waits for its reader (net.unix.max_dgram_qlen).
        const sent = messages(kind.name.startsWith('unix') ? 8 : 50);
        const out = way.batch({ count: 64, size: 300, family: kind.family });
        const address = kind.isAddressed ? to.getsockname() : null;
        for (const data of sent) out.push(data, address);
        assert.equal(await way.face.sendmmsg(from, out), sent.length);
        assert.equal(out.sent, sent.length);

        const into = way.batch({ count: 64, size: 300, family: kind.family });
        assert.deepEqual(await gather(way, to, into, sent.length), sent);
        const sender = kind.isAddressed ? from.getsockname() : null;
        for (let i = 0; i < into.length; i++) assert.deepEqual(into.address(i), sender);
        await assert.rejects(way.face.recvmmsg(to, into, { timeout: 0 }), { code: 'EAGAIN' });
        assert.equal(into.length, 0);
      });
    }

    test('a received batch can be sent back unchanged', async () => {
      const [client, server] = udpPair();
      using _ = client;
      using __ = server;
      server.setsockopt(IPPROTO_IP, IP_RECVTTL, 1);
      const sent = messages(20);
      const batch = way.batch({ count: 32, size: 300, controlSize: spaceFor(ttl) });
      for (const data of sent) batch.push(data, server.getsockname(), [ttl(9)]);
      await way.face.sendmmsg(client, batch);
      assert.equal(await way.face.recvmmsg(server, batch), 20);
      if (!onWindows) assert.equal(ttl.find(batch.control(7)), 9); // WSASendMsg has no IP_TTL
      assert.equal(await way.face.sendmmsg(server, batch), 20);
      assert.deepEqual(await gather(way, client, batch, 20), sent);
    });

    test('a received batch can be sent back to the longest path', { skip: withoutPaths }, async () => {
      const [server, client] = [new Socket(AF_UNIX, SOCK_DGRAM), new Socket(AF_UNIX, SOCK_DGRAM)];
      server.bind({ path: freshPath() });
      client.bind({ path: freshPath().padEnd(sockaddr_un.sun_path_size, 'x') }); // without a NUL
      const batch = way.batch({ count: 8, size: 16, family: AF_UNIX });
      for (const data of ['one', 'two']) await client.sendto(data, server.getsockname());
      assert.equal(await way.face.recvmmsg(server, batch), 2);
      assert.equal(await way.face.sendmmsg(server, batch), 2);
      assert.deepEqual((await gather(way, client, batch, 2)).map(String), ['one', 'two']);
      for (const socket of [server, client]) socket.close();
    });

    test('one batch serves two sockets in turn, and can be sent twice', async () => {
      const [a, b] = udpPair();
      const [c, d] = udpPair();
      const batch = way.batch({ count: 8, size: 16 });
      const out = way.batch({ count: 8, size: 16 });
      for (const [i, socket] of [b, d, b].entries()) out.push(`message ${i}`, socket.getsockname());
      await way.face.sendmmsg(a, out);
      await way.face.sendmmsg(c, out);
      for (const [socket, expected] of [
        [b, ['message 0', 'message 2', 'message 0', 'message 2']],
        [d, ['message 1', 'message 1']],
      ] as const) {
        assert.deepEqual((await gather(way, socket, batch, expected.length)).map(String), expected);
      }
      for (const socket of [a, b, c, d]) socket.close();
    });

    test('messages that are too long are truncated and marked', async () => {
      const [a, b] = udpPair();
      const out = way.batch({ count: 3, size: 100 });
      for (const size of [100, 10, 11]) out.push(Buffer.alloc(size, size), b.getsockname());
      const into = way.batch({ count: 3, size: 10 });
      await way.face.sendmmsg(a, out);
      await way.face.recvmmsg(b, into, MSG_PEEK);
      await gather(way, b, into, 3);
      assert.deepEqual(
        [0, 1, 2].map(i => into.flags(i) & MSG_TRUNC),
        [MSG_TRUNC, 0, MSG_TRUNC],
      );
      assert.deepEqual(
        [0, 1, 2].map(i => into.bytesRead(i)),
        [10, 10, 10],
      );
      assert.deepEqual(into.data(0), Buffer.alloc(10, 100));

      if (onWindows) {
        for (const socket of [a, b]) socket.close();
        return; // a receive does not tell the length of a datagram that was cut
      }
      await way.face.sendmmsg(a, out);
      await way.face.recvmmsg(b, into, MSG_TRUNC);
      assert.deepEqual(
        [0, 1, 2].map(i => into.bytesRead(i)),
        [100, 10, 11],
      );
      assert.deepEqual(
        [0, 1, 2].map(i => into.data(i).length),
        [10, 10, 10],
      );
      // A truncated message can be sent: only the received part, not the memory behind it.
      await way.face.sendmmsg(b, into);
      assert.deepEqual(
        (await gather(way, a, out, 3)).map(data => data.length),
        [10, 10, 10],
      );
      a.close();
      b.close();
    });

    test('descriptors are delivered, and unread ones are closed', { skip: withoutRights }, async () => {
      const [a, b] = socketpair<Name>(undefined, SOCK_DGRAM);
      const [left, right] = socketpair();
      const out = way.batch({ count: 3, size: 8, controlSize: rights.space(3), family: a.family });
      const into = way.batch({ count: 3, size: 8, controlSize: rights.space(3), family: a.family });
      for (let i = 0; i < 3; i++) out.push(`${i}`, null, [rights([left, right, left])]);
      const before = countDescriptors();
      await way.face.sendmmsg(a, out);
      await way.face.recvmmsg(b, into);
      assert.equal(countDescriptors(), before + 9);
      const [item] = into.control(1);
      assert.deepEqual([item?.level, item?.type], [SOL_SOCKET, SCM_RIGHTS]);
      const fds = rights.find(into.control(1))!;
      into.clear();
      assert.equal(countDescriptors(), before + 3);
      for (const fd of fds) close(fd);

      const narrow = way.batch({ count: 3, size: 8, controlSize: rights.space(1), family: a.family });
      await way.face.sendmmsg(a, out);
      await way.face.recvmmsg(b, narrow);
      assert.ok(narrow.flags(0) & MSG_CTRUNC);
      assert.ok(countDescriptors() > before);
      await way.face.sendmmsg(a, out);
      await way.face.recvmmsg(b, narrow); // filling it again closes those of the last time
      narrow.clear();
      assert.equal(countDescriptors(), before);
      for (const socket of [a, b, left, right]) socket.close();
    });

    test('a batch can have 1,024 messages', async t => {
      const [a, b] = udpPair();
      b.setsockopt(SOL_SOCKET, SO_RCVBUF, 4 << 20);
      if (b.getsockopt(SOL_SOCKET, SO_RCVBUF) < 1 << 20) {
        return t.skip('net.core.rmem_max is too small: sysctl net.core.rmem_max=4194304');
      }
      const sent = Array.from({ length: 1024 }, (_, i) => Buffer.from(`${i}`));
      const batch = way.batch({ count: 1024, size: 8 });
      for (const data of sent) batch.push(data, b.getsockname());
      await way.face.sendmmsg(a, batch);
      assert.deepEqual(await gather(way, b, batch, 1024), sent);
      a.close();
      b.close();
    });
  });
}

test('a batch lists its messages as recvmsg returns them', async () => {
  const [a, b] = udpPair();
  const batch = new MessageBatch({ count: 4, size: 16 });
  batch.push('one', b.getsockname());
  batch.push('two', b.getsockname());
  a.sendmmsgSync(batch);
  b.recvmmsgSync(batch);
  const expected = ['one', 'two'].map(text => ({
    data: Buffer.from(text),
    control: [],
    flags: 0,
    address: a.getsockname(),
  }));
  assert.deepEqual([...batch], expected);
  assert.equal(batch.address(0), batch.address(1), 'one object for one sender');
  a.close();
  b.close();
});

test('descriptors in a collected batch are closed', {
  skip: withoutRights || (!globalThis.gc && 'needs node --expose-gc'),
}, async () => {
  const [a, b] = socketpair(undefined, SOCK_DGRAM);
  const before = countDescriptors();
  (() => {
    const batch = new MessageBatch({ count: 1, size: 8, controlSize: rights.space(1), family: a.family });
    a.sendFdsSync('x', [a]);
    b.recvmmsgSync(batch);
  })();
  assert.equal(countDescriptors(), before + 1);
  await until(() => {
    globalThis.gc?.();
    return countDescriptors() === before;
  });
  assert.equal(countDescriptors(), before);
  a.close();
  b.close();
});
