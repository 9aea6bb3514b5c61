import assert from 'node:assert/strict';
import { BlockingError, BrokenPipeError, MSG_DONTWAIT, MSG_MORE, SocketError, TimeoutError } from 'berkeley';
import { assertSame, digest, pattern } from '../../support/bytes.js';
import { failsWith, failureOf, failureOr } from '../../support/failure.js';
import { repeat } from '../../support/full.js';
import { type AnySocket, can, hasMessages, isStream } from '../../support/rows.js';
import type { Behaviour, Context } from '../behaviour.js';

/** More data than the buffers hold. */
const much = ({ row }: Context): number => row.much ?? 8 * 1024 * 1024;
const CHUNK = Buffer.alloc(4096);

async function readAll(socket: AnySocket, length: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let left = length; left > 0; left -= pieces.at(-1)!.length) pieces.push(await socket.recv(left));
  return Buffer.concat(pieces);
}

export const sending: readonly Behaviour[] = [
  {
    name: 'send returns how many bytes were taken, and they arrive',
    async run(context) {
      const [a, b] = await context.pair();
      assert.equal(await context.face.send(a, 'Grüße'), 7);
      assert.equal((await context.face.recv(b, 100)).toString(), 'Grüße');
    },
  },
  {
    name: 'data may be any view or buffer, and only its own bytes are sent',
    async run(context) {
      const [a, b] = await context.pair();
      const bytes = Uint8Array.from('0123456789', digit => digit.charCodeAt(0));
      const shared = new Uint8Array(new SharedArrayBuffer(10));
      shared.set(bytes);
      const { buffer } = bytes;
      const views = [
        bytes.subarray(2, 5),
        new DataView(buffer, 2, 3),
        new Uint16Array(buffer, 2, 1),
        buffer,
        shared.subarray(2, 5),
      ];
      const texts = ['234', '234', '23', '0123456789', '234'];
      for (const [i, view] of views.entries()) {
        assert.equal(await context.face.send(a, view as Uint8Array), texts[i]!.length);
        assert.equal((await context.face.recv(b, 100)).toString(), texts[i]);
      }
    },
  },
  {
    name: 'sendAll sends megabytes, in order',
    when: can('stream', 'end'),
    async run(context) {
      const [a, b] = await context.pair();
      const data = pattern(much(context));
      const peer = context.peer(b, { drain: true });
      b.close();
      await context.face.sendAll(a, data);
      a.close();
      assert.deepEqual(await peer, { length: data.length, digest: digest(data) });
    },
  },
  {
    name: 'sendAll within one thread sends while the other end receives',
    when: isStream,
    face: 'promise',
    async run(context) {
      const [a, b] = await context.pair();
      const data = pattern(much(context) / 4);
      const [, received] = await Promise.all([a.sendAll(data), readAll(b, data.length)]);
      assertSame(received, data);
    },
  },
  {
    name: 'sendAll of a datagram sends one datagram',
    when: hasMessages,
    async run(context) {
      const [a, b] = await context.pair();
      await context.face.sendAll(a, 'all');
      assert.equal((await context.face.recv(b, 100)).toString(), 'all');
    },
  },
  {
    name: 'MSG_MORE gathers the pieces of one datagram',
    when: can('datagrams', 'udp'),
    async run(context) {
      const [a, b] = await context.pair();
      await context.face.send(a, 'one, ', MSG_MORE);
      await context.face.send(a, 'two');
      assert.equal((await context.face.recv(b, 100)).toString(), 'one, two');
    },
  },
  {
    name: 'send with MSG_DONTWAIT fails with EAGAIN when nothing fits',
    when: isStream,
    async run(context) {
      const [a] = await context.pair();
      // The peer can still take data out of the buffer, but not without end: nobody reads it there.
      for (;;) {
        repeat(a, () => a.sendSync(CHUNK));
        const outcome = await failureOr(async () => context.face.send(a, CHUNK, MSG_DONTWAIT));
        if (typeof outcome === 'number') continue;
        await failsWith(() => Promise.reject(outcome), BlockingError, 'EAGAIN', 'send');
        return;
      }
    },
  },
  {
    name: 'sendAll that times out says how much was sent',
    when: can('stream', 'end'),
    async run(context) {
      const [a, b] = await context.pair();
      const length = 2 * much(context);
      const failing = () => context.face.sendAll(a, pattern(length), { timeout: 20 });
      const error = await failsWith(failing, TimeoutError, 'ETIMEDOUT', 'send');
      const { bytesTransferred } = error;
      assert.ok(bytesTransferred! > 0 && bytesTransferred! < length, `${bytesTransferred}`);
      a.close();
      assertSame(await readAll(b, bytesTransferred!), pattern(bytesTransferred!));
      assert.equal((await b.recv(1)).length, 0, 'and no more');
    },
  },
  {
    name: 'sending to an end that is closed fails with EPIPE, and no signal ends the process',
    when: can('stream', 'end'),
    async run(context) {
      const [a, b] = await context.pair();
      b.close();
      // The first segment makes the peer answer with a reset. TCP then reports the error.
      await failureOf(async () => {
        for (let i = 0; i < 100; i++) await context.face.send(a, 'x');
        assert.fail('a hundred sends to nobody');
      }).then(error => assert.ok(error instanceof SocketError, String(error)));
      await failsWith(() => context.face.send(a, 'x'), BrokenPipeError, 'EPIPE', 'send');
      await failsWith(() => context.face.sendAll(a, 'x'), BrokenPipeError, 'EPIPE', 'send');
    },
  },
  {
    name: 'a datagram that is too long fails with EMSGSIZE, and nothing is sent',
    when: hasMessages,
    async run(context) {
      const [a, b] = await context.pair();
      const data = Buffer.alloc(2 ** 20);
      await failsWith(() => context.face.send(a, data), SocketError, 'EMSGSIZE', 'send');
      await failsWith(() => b.recv(1, MSG_DONTWAIT), BlockingError, 'EAGAIN');
    },
  },
];
