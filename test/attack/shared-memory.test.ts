/**
 * A frozen address shares no memory with another address: writing to the bytes of one does not change the
 * other.
 */
import assert from 'node:assert/strict';
import { unlinkSync } from 'node:fs';
import { describe, test } from 'node:test';
import { AF_UNIX, MessageBatch, parseAddress, SOCK_DGRAM, Socket, type UnixAddress } from 'berkeley';
import { freshName } from '../support/names.js';

type Unix = Socket<'unix'>;

function viewsIn(address: object): Uint8Array[] {
  return Object.values(address).filter(value => value instanceof Uint8Array);
}

function bytesOf(address: object): Buffer {
  return Buffer.concat(viewsIn(address));
}

function overwrite(address: object): void {
  for (const view of viewsIn(address)) view.fill(33);
}

/** Calls that return senders. Each receives two datagrams. */
const calls: Readonly<Record<string, (socket: Unix) => Promise<unknown[]> | unknown[]>> = {
  recvfrom: async s => [(await s.recvfrom(9)).address, (await s.recvfrom(9)).address],
  recvfromSync: s => [s.recvfromSync(9).address, s.recvfromSync(9).address],
  recvfromInto: async s => [
    (await s.recvfromInto(Buffer.alloc(9))).address,
    (await s.recvfromInto(Buffer.alloc(9))).address,
  ],
  recvfromIntoSync: s => [
    s.recvfromIntoSync(Buffer.alloc(9)).address,
    s.recvfromIntoSync(Buffer.alloc(9)).address,
  ],
  recvmsg: async s => [(await s.recvmsg(9)).address, (await s.recvmsg(9)).address],
  recvmsgSync: s => [s.recvmsgSync(9).address, s.recvmsgSync(9).address],
  recvmsgInto: async s => [
    (await s.recvmsgInto([Buffer.alloc(9)])).address,
    (await s.recvmsgInto([Buffer.alloc(9)])).address,
  ],
  recvmsgIntoSync: s => [
    s.recvmsgIntoSync([Buffer.alloc(9)]).address,
    s.recvmsgIntoSync([Buffer.alloc(9)]).address,
  ],
  recvFds: async s => [(await s.recvFds(9, 0)).address, (await s.recvFds(9, 0)).address],
  recvFdsSync: s => [s.recvFdsSync(9, 0).address, s.recvFdsSync(9, 0).address],
  recvSegments: async s => [(await s.recvSegments()).address, (await s.recvSegments()).address],
  recvmmsg: async s => {
    const batch = new MessageBatch<'unix'>({ count: 2, size: 9, family: AF_UNIX });
    await s.recvmmsg(batch);
    return [batch.address(0), batch.address(1)];
  },
  'recvmmsg, one message twice': async s => {
    const batch = new MessageBatch<'unix'>({ count: 2, size: 9, family: AF_UNIX });
    await s.recvmmsg(batch);
    return [batch.address(0), batch.address(0)];
  },
  'messages of recvmmsg': s => {
    const batch = new MessageBatch<'unix'>({ count: 2, size: 9, family: AF_UNIX });
    s.recvmmsgSync(batch);
    return Array.from(batch, ({ address }) => address);
  },
  datagrams: async s => {
    const all: unknown[] = [];
    for await (const { address } of s.datagrams()) if (all.push(address) === 2) break;
    return all;
  },
  getsockname: s => [s.getsockname(), s.getsockname()],
};

describe('two addresses of one sender share no memory', () => {
  /** A name as bytes, which every abstract name is, and a path that is not UTF-8. */
  const names: (() => Exclude<UnixAddress, { unnamed: true }>)[] = [
    () => ({ family: 'unix', abstract: Buffer.from(freshName()) }),
    () => ({ family: 'unix', path: Buffer.concat([Buffer.from(`/tmp/${freshName()}`), Buffer.of(0xff)]) }),
  ];
  for (const [name, call] of Object.entries(calls)) {
    test(name, async () => {
      for (const make of names) {
        using receiver = new Socket(AF_UNIX, SOCK_DGRAM);
        using sender = new Socket(AF_UNIX, SOCK_DGRAM);
        const [to, from] = [make(), make()];
        receiver.bind(to);
        sender.bind(from);
        for (const text of ['1', '2']) sender.sendtoSync(text, to);
        const [first, second] = (await call(receiver)) as [UnixAddress, UnixAddress];
        const before = bytesOf(second);
        assert.ok(before.length > 0 && Object.isFrozen(first));
        overwrite(first);
        assert.deepEqual(bytesOf(second), before);
        for (const name of [to, from]) if ('path' in name) unlinkSync(name.path as Buffer);
      }
    });
  }

  test('the destination keeps its name when the address object changes', async () => {
    using receiver = new Socket(AF_UNIX, SOCK_DGRAM);
    using sender = new Socket(AF_UNIX, SOCK_DGRAM);
    const name = freshName();
    receiver.bind({ abstract: name });
    const to = Object.freeze({ family: 'unix', abstract: Buffer.from(name) } as const);
    sender.sendtoSync('1', to);
    to.abstract.fill(33);
    assert.throws(() => sender.sendtoSync('2', to), { code: 'ECONNREFUSED' }, 'what it says now');
    to.abstract.write(name);
    await sender.sendto('3', to);
    assert.deepEqual([String(receiver.recvSync(9)), String(receiver.recvSync(9))], ['1', '3']);
  });

  test('parsing a text twice gives addresses without shared memory', () => {
    for (const text of ['unix:@name', 'unix:/tmp/%ff', 'unknown:99:0102']) {
      const [first, second] = [parseAddress(text), parseAddress(text)];
      overwrite(first);
      assert.deepEqual(second, parseAddress(text));
    }
  });
});
