/**
 * Urgent ("out-of-band") data of TCP: one byte outside the stream, and a mark at its position in the stream.
 * See tcp(7).
 */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { MSG_OOB, SO_OOBINLINE, SOL_SOCKET, SocketError } from 'berkeley';
import { failsWith } from '../../support/failure.js';
import { type AnySocket, can } from '../../support/rows.js';
import type { Behaviour, Context } from '../behaviour.js';

/** A read stops at the mark, even if more data follows. */
async function sendWithMark(context: Context, socket: AnySocket): Promise<void> {
  await context.face.send(socket, 'before');
  await context.face.send(socket, '!', MSG_OOB);
  await context.face.send(socket, 'after');
}

async function expectBothSides(context: Context, socket: AnySocket): Promise<void> {
  const limit = context.face.name === 'Sync' ? undefined : 5000;
  assert.equal((await context.face.recv(socket, 100, { timeout: limit })).toString(), 'before');
  assert.equal((await context.face.recv(socket, 100, { timeout: limit })).toString(), 'after');
}

export const urgent: readonly Behaviour[] = [
  {
    name: 'MSG_OOB sends a byte beside the stream, and receives it',
    when: can('urgent'),
    async run(context) {
      const [a, b] = await context.pair();
      assert.equal(await context.face.send(a, 'x!', MSG_OOB), 2);
      assert.equal((await context.face.recv(b, 100)).toString(), 'x');
      assert.equal((await context.face.recv(b, 1, MSG_OOB)).toString(), '!');
    },
  },
  {
    name: 'MSG_OOB fails with EINVAL when there is no urgent byte',
    when: can('urgent'),
    async run(context) {
      const [a, b] = await context.pair();
      await context.face.send(a, 'x');
      await failsWith(() => context.face.recv(b, 1, MSG_OOB), SocketError, 'EINVAL', 'recv');
    },
  },
  {
    name: 'a read stops at the mark, and the next goes on behind it',
    when: can('urgent'),
    async run(context) {
      const [a, b] = await context.pair();
      await sendWithMark(context, a);
      await expectBothSides(context, b);
      const late = () => context.face.recv(b, 1, MSG_OOB);
      await failsWith(late, SocketError, 'EINVAL', 'recv'); // reading past the mark discards the urgent byte
    },
  },
  {
    name: 'a read that stopped at the mark does not keep a later one waiting, on a socket known to be empty',
    when: can('urgent'),
    async run(context) {
      const [a, b] = await context.pair();
      // A short read first, so that the reactor watches the socket and takes it for empty.
      const waiting = context.face.name === 'promise' ? b.recv(100) : undefined;
      await context.face.send(a, 'start');
      assert.equal((await (waiting ?? context.face.recv(b, 100))).toString(), 'start');
      await sendWithMark(context, a);
      await expectBothSides(context, b);
    },
  },
  {
    name: 'a read that waited when the mark came does not keep a later one waiting',
    when: can('urgent'),
    face: 'promise',
    async run(context) {
      const [a, b] = await context.pair();
      for (let round = 0; round < 3; round++) {
        const both = Promise.all([b.recv(100, { timeout: 5000 }), b.recv(100, { timeout: 5000 })]);
        await sendWithMark(context, a);
        assert.deepEqual((await both).map(String), ['before', 'after']);
        await delay(1);
      }
    },
  },
  {
    name: 'MSG_OOB does not wait behind a read of the stream',
    when: can('urgent'),
    face: 'promise',
    async run(context) {
      const [a, b] = await context.pair();
      const stream = b.recv(100, { timeout: 5000 });
      await failsWith(() => b.recv(1, { flags: MSG_OOB, timeout: 1000 }), SocketError, 'EINVAL', 'recv');
      await a.send('!', MSG_OOB);
      await delay(10);
      assert.equal((await b.recv(1, { flags: MSG_OOB, timeout: 1000 })).toString(), '!');
      await a.send('in the stream');
      assert.equal((await stream).toString(), 'in the stream');
    },
  },
  {
    name: 'SO_OOBINLINE leaves the byte in the stream',
    when: can('urgent'),
    async run(context) {
      const [a, b] = await context.pair();
      b.setsockopt(SOL_SOCKET, SO_OOBINLINE, true);
      await sendWithMark(context, a);
      assert.equal((await context.face.recv(b, 100)).toString(), 'before');
      assert.equal((await context.face.recv(b, 100)).toString(), '!after');
      await failsWith(() => context.face.recv(b, 1, MSG_OOB), SocketError, 'EINVAL', 'recv');
    },
  },
];
