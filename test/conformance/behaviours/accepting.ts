import assert from 'node:assert/strict';
import { BlockingError, SocketError, setDefaultTimeout, TimeoutError } from 'berkeley';
import { isNonblocking } from '../../support/descriptors.js';
import { failsWith } from '../../support/failure.js';
import { type AnySocket, hasAddress, isConnecting, isDatagram } from '../../support/rows.js';
import type { Behaviour, Context } from '../behaviour.js';

async function connectTo(context: Context, server: AnySocket): Promise<AnySocket> {
  const client = context.client();
  await context.connect(client, server);
  return client;
}

export const accepting: readonly Behaviour[] = [
  {
    name: 'accept gives a socket like the server, and the address of its peer',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      const client = await connectTo(context, server);
      const { socket, address } = await context.accept(server);
      assert.deepEqual(address, context.seen(client));
      assert.deepEqual(address, socket.getpeername());
      const kind = ({ family, type, protocol }: AnySocket) => ({ family, type, protocol });
      assert.deepEqual(kind(socket), kind(server));
      assert.equal(socket.getInheritable(), false);
    },
  },
  {
    name: 'accept waits for a client',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      const client = context.client();
      void context.peer(client, { pause: 15 }, { connect: context.reach(server) });
      assert.deepEqual((await context.accept(server)).address, context.seen(client));
    },
  },
  {
    name: 'clients are accepted in the order in which they connected',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      const clients = [];
      for (let i = 0; i < 5; i++) clients.push(await connectTo(context, server));
      for (const client of clients)
        assert.deepEqual((await context.accept(server)).address, context.seen(client));
    },
  },
  {
    name: 'accepted sockets block, whatever mode the server is in',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      for (const timeout of [null, 0, 10_000]) {
        server.timeout = timeout;
        await connectTo(context, server);
        const { socket } = await context.accept(server);
        assert.equal(socket.timeout, null);
        assert.equal(isNonblocking(socket.fd), false);
      }
    },
  },
  {
    name: 'accepted sockets start with the default timeout, if there is one',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      await connectTo(context, server);
      setDefaultTimeout(1234);
      try {
        const { socket } = await context.accept(server);
        assert.equal(socket.timeout, 1234);
        assert.equal(isNonblocking(socket.fd), true);
      } finally {
        setDefaultTimeout(null);
      }
    },
  },
  {
    name: 'accept without a client fails with EAGAIN at once, or with ETIMEDOUT when the time is over',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      await failsWith(() => context.face.accept(server, { timeout: 0 }), BlockingError, 'EAGAIN', 'accept');
      const started = performance.now();
      await failsWith(
        () => context.face.accept(server, { timeout: 15 }),
        TimeoutError,
        'ETIMEDOUT',
        'accept',
      );
      assert.ok(Math.ceil(performance.now() - started) >= 15);
    },
  },
  {
    name: 'accept on what does not listen fails with EINVAL',
    when: isConnecting,
    async run(context) {
      await failsWith(() => context.face.accept(context.bound()), SocketError, 'EINVAL', 'accept');
    },
  },
  {
    name: 'datagram sockets neither listen nor accept',
    when: row => isDatagram(row) && hasAddress(row),
    async run(context) {
      const socket = context.bound();
      // EOPNOTSUPP has the same number on Linux, and Node.js uses this name.
      await failsWith(() => socket.listen(), SocketError, 'ENOTSUP', 'listen');
      await failsWith(() => context.face.accept(socket), SocketError, 'ENOTSUP', 'accept');
    },
  },
  {
    name: 'a promise accept does not block the thread after the mode was set',
    when: isConnecting,
    face: 'promise',
    async run(context) {
      const server = context.listening();
      await connectTo(context, server);
      await context.accept(server);
      server.timeout = null;
      await failsWith(() => server.accept({ timeout: 20 }), TimeoutError, 'ETIMEDOUT', 'accept');
      await connectTo(context, server);
      await context.accept(server);
    },
  },
  {
    name: 'a promise accept that waits does not block the thread when the mode is set meanwhile',
    when: isConnecting,
    face: 'promise',
    async run(context) {
      const server = context.listening();
      const first = server.accept();
      const second = failsWith(() => server.accept({ timeout: 50 }), TimeoutError, 'ETIMEDOUT', 'accept');
      server.timeout = null;
      await connectTo(context, server);
      context.own((await first).socket);
      await second;
    },
  },
  {
    name: 'a promise accept does not block the thread after a duplicate of the server set its mode',
    when: isConnecting,
    face: 'promise',
    async run(context) {
      const server = context.listening();
      const copy = context.own(server.dup());
      await connectTo(context, server);
      await context.accept(server);
      copy.timeout = null; // O_NONBLOCK belongs to the open file description, which both descriptors share
      await failsWith(() => server.accept({ timeout: 20 }), TimeoutError, 'ETIMEDOUT', 'accept');
    },
  },
  {
    name: 'acceptSync blocks after a promise accept',
    when: isConnecting,
    face: 'Sync',
    async run(context) {
      const server = context.listening();
      const waiting = server.accept();
      await connectTo(context, server);
      context.own((await waiting).socket);
      void context.peer(context.client(), { pause: 15 }, { connect: context.reach(server) });
      await context.accept(server);
    },
  },
];
