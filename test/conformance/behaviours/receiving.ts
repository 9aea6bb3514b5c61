import assert from 'node:assert/strict';
import { BlockingError, MSG_DONTWAIT, MSG_PEEK, MSG_TRUNC, type WritableBytes } from 'berkeley';
import { assertSame, pattern } from '../../support/bytes.js';
import { failsWith } from '../../support/failure.js';
import { can, hasAddress, isDatagram, isSocketpair, isStream, isUnix } from '../../support/rows.js';
import { type Behaviour, Context, OFTEN } from '../behaviour.js';

/** Memory with guard bytes around the part that a receive may write to. */
function guarded(): { memory: Buffer; views: WritableBytes[] } {
  const memory = Buffer.alloc(16, '.');
  const { buffer, byteOffset } = memory;
  return {
    memory,
    views: [
      memory.subarray(4, 12),
      new Uint8Array(buffer, byteOffset + 4, 8),
      new DataView(buffer, byteOffset + 4, 8),
    ],
  };
}

export const receiving: readonly Behaviour[] = [
  {
    name: 'recv gives a Buffer of its own',
    async run(context) {
      const [a, b] = await context.pair();
      await context.face.send(a, 'first');
      const first = await context.face.recv(b, 100);
      await context.face.send(a, 'other');
      const other = await context.face.recv(b, 100);
      assert.ok(Buffer.isBuffer(first));
      assert.equal(`${first} ${other}`, 'first other');
    },
  },
  {
    name: 'receives of every length keep their bytes while later ones arrive',
    async run(context) {
      const [a, b] = await context.pair();
      // Sizes around the limit up to which received bytes are copied. Above it, the result is the buffer that
      // the call received into.
      const { longest = 65536 } = context.row;
      const all = [1, 4096, 32768, 32769, 40000, 40000, 65000, 20000, 65000, 1];
      const lengths = all.map(length => Math.min(length, longest));
      const kept: [Buffer, Buffer][] = [];
      for (const [i, length] of lengths.entries()) {
        const data = pattern(length, i * 2 ** 20);
        await context.face.sendAll(a, data);
        const pieces: Buffer[] = [];
        for (let left = length; left > 0; left -= pieces.at(-1)!.length) {
          pieces.push(await context.face.recv(b, isStream(context.row) ? left : 65536));
        }
        kept.push(
          [Buffer.concat(pieces), data],
          ...(pieces.length === 1 ? [[pieces[0]!, data] as [Buffer, Buffer]] : []),
        );
      }
      for (const [received, data] of kept) assertSame(received, data);
    },
  },
  {
    name: 'a receive of more than 64 KiB is filled with what is there',
    when: isStream,
    async run(context) {
      const [a, b] = await context.pair();
      const data = pattern(100_000);
      a.timeout = 0;
      const sent = a.sendSync(data);
      const received = Buffer.concat([await context.face.recv(b, 200_000)]);
      assertSame(received, data.subarray(0, received.length));
      assert.ok(received.length <= sent);
    },
  },
  {
    name: 'recvInto fills the memory it is given, and nothing beside it',
    async run(context) {
      const [a, b] = await context.pair();
      const { memory, views } = guarded();
      for (const view of views) {
        memory.fill('.');
        await context.face.send(a, 'berkeley');
        assert.equal(await context.face.recvInto(b, view), 8);
        assert.equal(memory.toString(), '....berkeley....');
      }
      await context.face.send(a, 'abc');
      assert.equal(await context.face.recvInto(b, views[0]!), 3);
      assert.equal(memory.toString(), '....abckeley....');
    },
  },
  {
    name: 'recvInto takes an ArrayBuffer and shared memory',
    async run(context) {
      const [a, b] = await context.pair();
      for (const memory of [new ArrayBuffer(8), new SharedArrayBuffer(8)]) {
        await context.face.send(a, 'abc');
        assert.equal(await context.face.recvInto(b, memory), 3);
        assert.equal(Buffer.from(memory).toString('latin1'), 'abc\0\0\0\0\0');
      }
    },
  },
  {
    name: 'recvfrom and recvfromInto say who sent a datagram',
    when: row => isDatagram(row) && hasAddress(row),
    async run(context) {
      const { face } = context;
      const [one, other, receiver] = [context.bound(), context.bound(), context.bound()];
      const memory = Buffer.alloc(8);
      // The same sender twice, then another, then the first again, because the last decoded address is
      // cached.
      for (const sender of [one, one, other, one]) {
        await face.sendto(sender, 'hello', context.reach(receiver));
        assert.deepEqual(await face.recvfrom(receiver, 100), {
          data: Buffer.from('hello'),
          address: context.seen(sender),
        });
        await face.sendto(sender, 'hi', context.reach(receiver));
        const { bytesRead, address } = await face.recvfromInto(receiver, memory);
        assert.equal(memory.toString('latin1', 0, bytesRead), 'hi');
        assert.deepEqual(address, context.seen(sender));
        assert.ok(Object.isFrozen(address));
      }
    },
  },
  {
    name: 'recvfrom has no address where the kernel gives none',
    when: row => isSocketpair(row) || can('stream', 'host')(row),
    async run(context) {
      const [a, b] = await context.pair();
      await context.face.send(a, 'ab');
      assert.deepEqual(await context.face.recvfrom(b, 1, MSG_PEEK), {
        data: Buffer.from('a'),
        address: null,
      });
      const read = await context.face.recvfromInto(b, Buffer.alloc(2));
      assert.deepEqual(read, { bytesRead: 2, address: null });
    },
  },
  {
    name: 'recvfrom on a connected Unix socket names the other end, if it has a name',
    when: row => isUnix(row) && hasAddress(row),
    async run(context) {
      const [a, b] = await context.pair();
      await context.face.send(a, 'x');
      const { address } = await context.face.recvfrom(b, 1);
      assert.deepEqual(address, context.seen(a));
    },
  },
  {
    name: 'sendto goes to each address, with flags and without',
    when: row => isDatagram(row) && hasAddress(row),
    async run(context) {
      const [sender, one, other] = [context.bound(), context.bound(), context.bound()];
      assert.equal(await context.face.sendto(sender, 'one', context.reach(one), MSG_DONTWAIT), 3);
      assert.equal(await sender.sendto('two', context.reach(other)), 3);
      assert.equal(sender.sendtoSync('!', context.reach(other)), 1);
      assert.equal((await context.face.recv(one, 9)).toString(), 'one');
      assert.equal((await context.face.recv(other, 9)).toString(), 'two');
      assert.equal((await context.face.recv(other, 9)).toString(), '!');
    },
  },
  {
    name: 'MSG_PEEK leaves the data where it is',
    async run(context) {
      const [a, b] = await context.pair();
      await context.face.send(a, 'stay');
      for (let i = 0; i < 3; i++)
        assert.equal((await context.face.recv(b, 100, MSG_PEEK)).toString(), 'stay');
      const memory = Buffer.alloc(2);
      assert.equal(await context.face.recvInto(b, memory, MSG_PEEK), 2);
      assert.equal(memory.toString(), 'st');
      assert.equal((await context.face.recv(b, 100)).toString(), 'stay');
    },
  },
  {
    name: 'MSG_DONTWAIT fails with EAGAIN when there is nothing',
    async run(context) {
      const { face } = context;
      const [a, b] = await context.pair();
      const memory = Buffer.alloc(4);
      await failsWith(() => face.recv(b, 4, MSG_DONTWAIT), BlockingError, 'EAGAIN', 'recv');
      await failsWith(() => face.recvInto(b, memory, MSG_DONTWAIT), BlockingError, 'EAGAIN', 'recv');
      await failsWith(() => face.recvfrom(b, 4, MSG_DONTWAIT), BlockingError, 'EAGAIN', 'recvfrom');
      await failsWith(() => face.recvfromInto(b, memory, MSG_DONTWAIT), BlockingError, 'EAGAIN', 'recvfrom');
      await face.send(a, 'x');
      context.arrives(b);
      assert.equal((await face.recv(b, 4, MSG_DONTWAIT)).toString(), 'x');
    },
  },
  {
    name: 'MSG_DONTWAIT fails with EAGAIN however often it is asked',
    async run(context) {
      const [a, b] = await context.pair();
      for (let i = 0; i < OFTEN; i++) {
        await failsWith(() => context.face.recv(b, 4, MSG_DONTWAIT), BlockingError, 'EAGAIN', 'recv');
      }
      await context.face.send(a, 'x');
      context.arrives(b);
      assert.equal((await context.face.recv(b, 4, MSG_DONTWAIT)).toString(), 'x');
    },
  },
  {
    name: 'MSG_TRUNC on a stream gives no bytes of anybody else',
    when: can('urgent'),
    async run(context) {
      // The kernel discards the bytes and writes nothing (tcp(7)). The previous content of the memory must
      // not reach the caller.
      const stranger = new Context(context.row, context.face);
      try {
        const [c, d] = await stranger.pair();
        await context.face.send(c, 'another connection’s secret');
        await context.face.recv(d, 100);
      } finally {
        await stranger.end();
      }
      const [a, b] = await context.pair();
      await context.face.send(a, 'thrown away');
      const data = await context.face.recv(b, 100, MSG_TRUNC);
      assert.equal(data.toString('latin1').replaceAll('\0', ''), '');
    },
  },
];
