/** How a connection ends: in one direction, in both, orderly or by a reset. */
import assert from 'node:assert/strict';
import {
  BlockingError,
  BrokenPipeError,
  ConnectionRefusedError,
  ConnectionResetError,
  SHUT_RD,
  SHUT_RDWR,
  SHUT_WR,
  SO_LINGER,
  SOL_SOCKET,
  SocketError,
} from 'berkeley';
import { failsWith } from '../../support/failure.js';
import { type AnySocket, can, hasAddress, isInternet } from '../../support/rows.js';
import type { Behaviour, Context } from '../behaviour.js';

/** Resets the connection after a short time. */
function resetLater(context: Context, socket: AnySocket): void {
  // SO_LINGER with a time of 0 makes the last close a reset. The peer's script holds the last descriptor.
  socket.setsockopt(SOL_SOCKET, SO_LINGER, new Uint8Array(Int32Array.of(1, 0).buffer));
  void context.peer(socket, { pause: 15 });
  socket.close();
}

export const ending: readonly Behaviour[] = [
  {
    name: 'the end of a connection is an empty receive, each time',
    when: can('end'),
    async run(context) {
      const { face } = context;
      const [a, b] = await context.pair();
      await face.send(a, 'last');
      a.close();
      assert.equal((await face.recv(b, 100)).toString(), 'last');
      for (let i = 0; i < 3; i++) assert.equal((await face.recv(b, 100)).length, 0);
      assert.equal(await face.recvInto(b, Buffer.alloc(4)), 0);
      assert.equal((await face.recvfrom(b, 100)).data.length, 0);
    },
  },
  {
    name: 'a receive that waits hears of the end',
    when: can('end'),
    async run(context) {
      const [a, b] = await context.pair();
      const peer = context.peer(a, { pause: 15 });
      a.close();
      assert.equal((await context.face.recv(b, 100)).length, 0);
      await peer;
    },
  },
  {
    name: 'SHUT_WR ends one direction, the other goes on',
    when: can('half-closed'),
    async run(context) {
      const [a, b] = await context.pair();
      await context.face.send(a, 'question');
      a.shutdown(SHUT_WR);
      assert.equal((await context.face.recv(b, 100)).toString(), 'question');
      assert.equal((await context.face.recv(b, 100)).length, 0);
      await context.face.sendAll(b, 'answer');
      assert.equal((await context.face.recv(a, 100)).toString(), 'answer');
      await failsWith(() => context.face.send(a, 'x'), BrokenPipeError, 'EPIPE', 'send');
    },
  },
  {
    name: 'SHUT_RD ends the receives',
    when: can('end'),
    async run(context) {
      const [, b] = await context.pair();
      b.shutdown(SHUT_RD);
      assert.equal((await context.face.recv(b, 100)).length, 0);
    },
  },
  {
    name: 'SHUT_RDWR ends both directions, for both ends',
    when: can('end'),
    async run(context) {
      const [a, b] = await context.pair();
      a.shutdown(SHUT_RDWR);
      assert.equal((await context.face.recv(a, 100)).length, 0);
      assert.equal((await context.face.recv(b, 100)).length, 0);
      await failsWith(() => context.face.send(a, 'x'), BrokenPipeError, 'EPIPE', 'send');
    },
  },
  {
    name: 'shutdown wakes a receive that waits in the same thread',
    when: can('end'),
    face: 'promise',
    async run(context) {
      const [, b] = await context.pair();
      const receiving = b.recv(100);
      b.shutdown(SHUT_RD);
      assert.equal((await receiving).length, 0);
    },
  },
  {
    name: 'shutdown of what is not connected fails with ENOTCONN',
    when: row => isInternet(row) && hasAddress(row),
    async run(context) {
      const how = () => context.open().shutdown(SHUT_RDWR);
      await failsWith(how, SocketError, 'ENOTCONN', 'shutdown');
    },
  },
  {
    name: 'a receive on what is not connected fails with ENOTCONN',
    when: can('reset'),
    async run(context) {
      await failsWith(() => context.face.recv(context.open(), 1), SocketError, 'ENOTCONN', 'recv');
    },
  },
  {
    name: 'a reset by the peer fails the receive that waits, and the sends',
    when: can('reset'),
    async run(context) {
      const [a, b] = await context.pair();
      resetLater(context, a);
      await failsWith(() => context.face.recv(b, 100), ConnectionResetError, 'ECONNRESET', 'recv');
      await failsWith(() => context.face.send(b, 'x'), BrokenPipeError, 'EPIPE', 'send');
    },
  },
  {
    name: 'a reset is told once; then the stream is at its end',
    when: can('reset', 'stream'),
    async run(context) {
      const [a, b] = await context.pair();
      resetLater(context, a);
      await failsWith(() => context.face.recv(b, 100), ConnectionResetError, 'ECONNRESET', 'recv');
      assert.equal((await context.face.recv(b, 100)).length, 0);
    },
  },
  {
    name: 'an error that a datagram brought back is reported once, and the socket goes on',
    when: can('datagrams', 'udp'),
    async run(context) {
      const [a, b] = await context.pair();
      const peer = context.reach(b);
      b.close();
      await context.face.send(a, 'to nobody');
      const refused = await failsWith(
        () => context.face.recv(a, 100),
        ConnectionRefusedError,
        'ECONNREFUSED',
      );
      assert.equal(refused.syscall, 'recv');
      await failsWith(() => context.face.recv(a, 100, { timeout: 0 }), BlockingError, 'EAGAIN');
      const again = context.open();
      again.bind(peer);
      await context.face.connect(again, context.reach(a));
      await context.face.send(again, 'back again');
      assert.equal((await context.face.recv(a, 100)).toString(), 'back again');
    },
  },
];
