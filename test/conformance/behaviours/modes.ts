/**
 * The three modes of the Sync face (blocking, non-blocking, with a timeout), and their counterparts in the
 * promise face.
 */
import assert from 'node:assert/strict';
import {
  BlockingError,
  fromfd,
  getDefaultTimeout,
  MSG_WAITALL,
  SO_RCVTIMEO,
  SOL_SOCKET,
  setDefaultTimeout,
  socketpair,
  TimeoutError,
} from 'berkeley';
import { timeval } from '#src/constants/layout.js';
import { isNonblocking } from '../../support/descriptors.js';
import type { CallOptions, Face } from '../../support/face.js';
import { failsWith, failureOr } from '../../support/failure.js';
import { type AnySocket, isStream } from '../../support/rows.js';
import { type Behaviour, type Context, OFTEN } from '../behaviour.js';

type Receive = (face: Face, socket: AnySocket, options?: CallOptions) => Promise<unknown>;

const receives: readonly (readonly [syscall: string, Receive])[] = [
  ['recv', (face, socket, options) => face.recv(socket, 9, options)],
  ['recv', (face, socket, options) => face.recvInto(socket, Buffer.alloc(9), options)],
  ['recvfrom', (face, socket, options) => face.recvfrom(socket, 9, options)],
  ['recvfrom', (face, socket, options) => face.recvfromInto(socket, Buffer.alloc(9), options)],
];

/** A way to limit one call. */
type Limited = (face: Face, receive: Receive, socket: AnySocket, timeout: number) => Promise<unknown>;

const byOptions: Limited = (face, receive, socket, timeout) => receive(face, socket, { timeout });

const byMode: Limited = async (face, receive, socket, timeout) => {
  socket.timeout = timeout;
  try {
    return await receive(face, socket);
  } finally {
    socket.timeout = null;
  }
};

/** The mode of a socket limits only its Sync calls. */
const limits = ({ face }: Context): readonly Limited[] =>
  face.name === 'Sync' ? [byOptions, byMode] : [byOptions];

function assertMode(socket: AnySocket, timeout: number | null): void {
  assert.equal(socket.timeout, timeout);
  assert.equal(socket.getBlocking(), timeout !== 0);
  assert.equal(isNonblocking(socket.fd), timeout !== null);
}

export const modes: readonly Behaviour[] = [
  {
    name: 'a new socket blocks, and the descriptor follows the mode',
    quiet: true,
    async run(context) {
      const [a] = await context.pair();
      assertMode(a, null);
      for (const timeout of [0, 25, null, 0.5, null, 0, null]) {
        a.timeout = timeout;
        assertMode(a, timeout);
      }
      a.setBlocking(false);
      assertMode(a, 0);
      a.setBlocking(true);
      assertMode(a, null);
      a.timeout = Number.POSITIVE_INFINITY;
      assertMode(a, null);
    },
  },
  {
    name: 'with a timeout of 0 a receive fails with EAGAIN, or gives what is there',
    async run(context) {
      const [a, b] = await context.pair();
      for (const limited of limits(context)) {
        for (const [syscall, receive] of receives) {
          const call = () => limited(context.face, receive, b, 0);
          await failsWith(call, BlockingError, 'EAGAIN', syscall);
        }
      }
      await context.face.send(a, 'there');
      context.arrives(b);
      assert.equal((await context.face.recv(b, 9, { timeout: 0 })).toString(), 'there');
    },
  },
  {
    name: 'with a timeout of 0 receives fail with EAGAIN however often they are made',
    quiet: true,
    async run(context) {
      const [, b] = await context.pair();
      for (let i = 0; i < OFTEN; i++) {
        await failsWith(() => context.face.recv(b, 9, { timeout: 0 }), BlockingError, 'EAGAIN', 'recv');
      }
    },
  },
  {
    name: 'with a timeout a receive fails with ETIMEDOUT, and not before',
    async run(context) {
      const [a, b] = await context.pair();
      for (const limited of limits(context)) {
        for (const [syscall, receive] of receives) {
          const started = performance.now();
          const call = () => limited(context.face, receive, b, 5);
          await failsWith(call, TimeoutError, 'ETIMEDOUT', syscall);
          // Node's timers count whole milliseconds, so one can fire a fraction early.
          const passed = performance.now() - started;
          assert.ok((context.face.name === 'Sync' ? passed : Math.ceil(passed)) >= 5, `after ${passed} ms`);
        }
      }
      await context.face.send(a, 'late');
      assert.equal((await context.face.recv(b, 9, { timeout: 2000 })).toString(), 'late');
    },
  },
  {
    name: 'with a timeout a receive waits as long as it may',
    async run(context) {
      const [a, b] = await context.pair();
      void context.peer(a, { pause: 20 }, { send: 'in time' });
      assert.equal((await context.face.recv(b, 9, { timeout: 20_000 })).toString(), 'in time');
    },
  },
  {
    name: 'the timeout is one for the whole call, however often the kernel wakes us',
    when: isStream,
    async run(context) {
      const [a, b] = await context.pair();
      const trickle = Array.from({ length: 500 }, () => [{ send: '.' }, { pause: 5 }]).flat();
      void context.peer(a, ...trickle);
      await context.face.recv(b, 1, { timeout: 20_000 });
      const received = await failureOr(() => context.face.recv(b, 499, { flags: MSG_WAITALL, timeout: 20 }));
      b.close(); // which stops the peer
      if (received instanceof Buffer) assert.ok(received.length < 499, 'what takes seconds came in 20 ms');
      else assert.ok(received instanceof TimeoutError, String(received)); // on a busy machine nothing may have arrived
    },
  },
  {
    name: 'a call that blocks does so though a duplicate made the descriptor non-blocking',
    when: isStream,
    async run(context) {
      const [a, b] = await context.pair();
      context.own(b.dup()).timeout = 0;
      assert.equal(isNonblocking(b.fd), true);
      assert.equal(b.timeout, null);
      void context.peer(
        a,
        { pause: 5 },
        { send: 'one' },
        { pause: 5 },
        { send: 'two' },
        { pause: 5 },
        { send: 'x' },
      );
      assert.equal((await context.face.recv(b, 6, MSG_WAITALL)).toString(), 'onetwo');
      assert.equal((await context.face.recv(b, 6)).toString(), 'x');
    },
  },
  {
    name: 'the kernel’s own timeout ends a blocking call with EAGAIN',
    quiet: true,
    face: 'Sync',
    async run(context) {
      const [, b] = await context.pair();
      const wide = timeval.tv_usec_size === 8;
      const { buffer } = wide ? BigInt64Array.of(0n, 20_000n) : Int32Array.of(0, 20_000);
      const twentyMilliseconds = new Uint8Array(buffer);
      b.setsockopt(SOL_SOCKET, SO_RCVTIMEO, twentyMilliseconds);
      const started = performance.now();
      await failsWith(() => context.face.recv(b, 9), BlockingError, 'EAGAIN', 'recv');
      assert.ok(performance.now() - started >= 10, 'the kernel counts in jiffies');
    },
  },
  {
    name: 'the default timeout is what new sockets start with, and only they',
    quiet: true,
    async run(context) {
      const [a] = await context.pair();
      assert.equal(getDefaultTimeout(), null);
      try {
        setDefaultTimeout(750);
        assert.equal(getDefaultTimeout(), 750);
        assertMode(a, null);
        assertMode(context.open(), 750);
        for (const socket of socketpair()) assertMode(context.own(socket), 750);
        setDefaultTimeout(0);
        assertMode(context.open(), 0);
        assert.equal(context.own(fromfd(a.fd)).timeout, 0);
        setDefaultTimeout(Number.POSITIVE_INFINITY);
        assert.equal(getDefaultTimeout(), null);
      } finally {
        setDefaultTimeout(null);
      }
    },
  },
];
