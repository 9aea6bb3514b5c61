/** Sockets that keep message boundaries: datagrams and sequenced packets. */
import assert from 'node:assert/strict';
import { MSG_PEEK, MSG_TRUNC, SocketError } from 'berkeley';
import { failsWith } from '../../support/failure.js';
import { can, hasAddress, hasMessages, isDatagram, isUnix } from '../../support/rows.js';
import type { Behaviour } from '../behaviour.js';

export const messages: readonly Behaviour[] = [
  {
    name: 'each receive gives one message',
    when: hasMessages,
    async run(context) {
      const [a, b] = await context.pair();
      for (const text of ['one', 'two', 'three']) await context.face.send(a, text);
      for (const text of ['one', 'two', 'three'])
        assert.equal((await context.face.recv(b, 100)).toString(), text);
    },
  },
  {
    name: 'a message that is longer than the receive is cut, and its rest is lost',
    when: can('cut'),
    async run(context) {
      const [a, b] = await context.pair();
      await context.face.send(a, 'too long');
      await context.face.send(a, 'next');
      assert.equal((await context.face.recv(b, 3)).toString(), 'too');
      assert.equal((await context.face.recv(b, 100)).toString(), 'next');
    },
  },
  {
    name: 'MSG_TRUNC tells the true length of what was cut',
    when: can('cut'),
    async run(context) {
      const { face } = context;
      const [a, b] = await context.pair();
      const memory = Buffer.alloc(3);
      await face.send(a, 'too long');
      assert.equal(await face.recvInto(b, memory, MSG_TRUNC | MSG_PEEK), 8);
      assert.equal((await face.recvfromInto(b, memory, MSG_TRUNC | MSG_PEEK)).bytesRead, 8);
      assert.equal((await face.recv(b, 3, MSG_TRUNC | MSG_PEEK)).toString(), 'too');
      assert.equal((await face.recvfrom(b, 3, MSG_TRUNC)).data.toString(), 'too');
      assert.equal(memory.toString(), 'too');
    },
  },
  {
    name: 'a message may be empty',
    when: can('empty'),
    async run(context) {
      const { face } = context;
      const [a, b] = await context.pair();
      assert.equal(await face.send(a, ''), 0);
      await face.sendAll(a, new Uint8Array(0));
      await face.send(a, 'after');
      assert.equal((await face.recv(b, 100)).length, 0);
      assert.equal((await face.recvfrom(b, 100)).data.length, 0);
      assert.equal((await face.recv(b, 100)).toString(), 'after');
    },
  },
  {
    name: 'an empty message can be sent to an address',
    when: row => can('datagrams', 'empty')(row) && hasAddress(row),
    async run(context) {
      const [sender, receiver] = [context.bound(), context.bound()];
      assert.equal(await context.face.sendto(sender, '', context.reach(receiver)), 0);
      const received = await context.face.recvfrom(receiver, 100);
      assert.deepEqual(received, { data: Buffer.alloc(0), address: context.seen(sender) });
    },
  },
  {
    name: 'a receive of nothing takes a message off the queue',
    when: can('datagrams', 'cut'),
    async run(context) {
      const [a, b] = await context.pair();
      await context.face.send(a, 'gone');
      await context.face.send(a, 'next');
      assert.equal((await context.face.recv(b, 0)).length, 0);
      assert.equal((await context.face.recv(b, 100)).toString(), 'next');
    },
  },
  {
    name: 'a connected socket hears only its peer',
    when: can('datagrams', 'udp'),
    async run(context) {
      const [a, b] = await context.pair();
      const stranger = context.bound();
      await context.face.sendto(stranger, 'not for you', context.reach(b));
      await context.face.send(a, 'for you');
      assert.equal((await context.face.recv(b, 100)).toString(), 'for you');
    },
  },
  {
    name: 'sending without an address to send to fails',
    when: row => isDatagram(row) && hasAddress(row),
    async run(context) {
      const code = isUnix(context.row) ? 'ENOTCONN' : 'EDESTADDRREQ';
      await failsWith(() => context.face.send(context.bound(), 'x'), SocketError, code, 'send');
    },
  },
  {
    name: 'sending to an address where nobody is fails, and the error names it',
    when: row => isDatagram(row) && isUnix(row) && hasAddress(row),
    async run(context) {
      const address = context.row.address!();
      const error = await failureOfSend(() => context.face.sendto(context.bound(), 'x', address));
      const name = 'path' in address ? address.path : `unix:@${(address as { abstract: string }).abstract}`;
      assert.equal(error.address, name);
      assert.ok(error.message.startsWith(`${error.syscall} ${error.code} ${name} (`), error.message);
    },
  },
];

/** A path that does not exist is ENOENT. An unused abstract name is ECONNREFUSED. */
async function failureOfSend(send: () => Promise<number>): Promise<SocketError> {
  try {
    await send();
  } catch (error) {
    assert.ok(error instanceof SocketError);
    assert.match(error.code, /^(ENOENT|ECONNREFUSED)$/);
    return error;
  }
  return assert.fail('sent to nobody');
}
