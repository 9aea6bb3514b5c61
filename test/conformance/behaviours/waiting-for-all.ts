/** MSG_WAITALL: recv(2) "requests that the operation block until the full request is satisfied". */
import assert from 'node:assert/strict';
import {
  BlockingError,
  ConnectionResetError,
  MSG_DONTWAIT,
  MSG_PEEK,
  MSG_WAITALL,
  SHUT_WR,
  SO_LINGER,
  SOL_SOCKET,
} from 'berkeley';
import { failsWith } from '../../support/failure.js';
import { type AnySocket, can, isStream } from '../../support/rows.js';
import type { Behaviour, Context } from '../behaviour.js';

/** The peer sends in pieces, so that only a receive that waits gets all of them. */
function sendSlowly(context: Context, socket: AnySocket, ...pieces: string[]): void {
  void context.peer(socket, ...pieces.flatMap(send => [{ pause: 5 }, { send }]));
}

export const waitingForAll: readonly Behaviour[] = [
  {
    name: 'MSG_WAITALL waits until the memory is full',
    when: isStream,
    async run(context) {
      const [a, b] = await context.pair();
      sendSlowly(context, a, 'ab', 'cd', 'efgh');
      assert.equal((await context.face.recv(b, 6, MSG_WAITALL)).toString(), 'abcdef');
      assert.equal((await context.face.recv(b, 2, MSG_WAITALL)).toString(), 'gh');
    },
  },
  {
    name: 'MSG_WAITALL waits in every form of receiving',
    when: isStream,
    async run(context) {
      const { face } = context;
      const [a, b] = await context.pair();
      const memory = Buffer.alloc(4);
      sendSlowly(context, a, 'abc', 'de', 'fghi', 'jkl');
      assert.equal(await face.recvInto(b, memory, MSG_WAITALL), 4);
      assert.equal(memory.toString(), 'abcd');
      assert.equal((await face.recvfrom(b, 4, MSG_WAITALL)).data.toString(), 'efgh');
      assert.equal((await face.recvfromInto(b, memory, MSG_WAITALL)).bytesRead, 4);
      assert.equal(memory.toString(), 'ijkl');
    },
  },
  {
    name: 'MSG_WAITALL in timeout mode waits for all, and gives what there is when the time is over',
    when: isStream,
    async run(context) {
      const [a, b] = await context.pair();
      sendSlowly(context, a, 'ab', 'cd');
      assert.equal(
        (await context.face.recv(b, 4, { flags: MSG_WAITALL, timeout: 10_000 })).toString(),
        'abcd',
      );
      await context.face.send(a, 'ef');
      assert.equal((await context.face.recv(b, 4, { flags: MSG_WAITALL, timeout: 20 })).toString(), 'ef');
    },
  },
  {
    name: 'MSG_WAITALL ends with the stream',
    when: can('stream', 'half-closed'),
    async run(context) {
      const [a, b] = await context.pair();
      await context.face.send(a, 'abc');
      a.shutdown(SHUT_WR);
      assert.equal((await context.face.recv(b, 100, MSG_WAITALL)).toString(), 'abc');
      assert.equal((await context.face.recv(b, 100, MSG_WAITALL)).length, 0);
    },
  },
  {
    name: 'MSG_WAITALL that a reset cuts short gives what came, and the next receive meets the reset',
    when: can('stream', 'reset'),
    async run(context) {
      const [a, b] = await context.pair();
      void context.peer(a, { send: 'abc' }, { pause: 20 });
      // SO_LINGER with a time of 0 makes the last close a reset. The peer's script holds the last descriptor.
      a.setsockopt(SOL_SOCKET, SO_LINGER, new Uint8Array(Int32Array.of(1, 0).buffer));
      a.close();
      assert.equal(
        (await context.face.recv(b, 100, { flags: MSG_WAITALL, timeout: 10_000 })).toString(),
        'abc',
      );
      await failsWith(() => context.face.recv(b, 100), ConnectionResetError, 'ECONNRESET', 'recv');
      assert.equal((await context.face.recv(b, 100)).length, 0);
    },
  },
  {
    name: 'MSG_WAITALL with MSG_DONTWAIT gives what is there',
    when: isStream,
    async run(context) {
      const flags = MSG_WAITALL | MSG_DONTWAIT;
      const [a, b] = await context.pair();
      await failsWith(() => context.face.recv(b, 10, flags), BlockingError, 'EAGAIN', 'recv');
      await context.face.send(a, 'abc');
      context.arrives(b);
      assert.equal((await context.face.recv(b, 10, flags)).toString(), 'abc');
    },
  },
  {
    name: 'MSG_WAITALL with MSG_PEEK shows no byte twice',
    when: isStream,
    async run(context) {
      const [a, b] = await context.pair();
      await context.face.send(a, 'ab');
      assert.equal(
        (await context.face.recv(b, 4, { flags: MSG_WAITALL | MSG_PEEK, timeout: 20 })).toString(),
        'ab',
      );
      assert.equal((await context.face.recv(b, 4)).toString(), 'ab');
    },
  },
];
