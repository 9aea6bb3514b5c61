import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import {
  ConnectionRefusedError,
  SO_ERROR,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  SocketError,
  TimeoutError,
} from 'berkeley';
import { EINPROGRESS, EISCONN } from '#src/errors/codes.js';
import { isNonblocking } from '../../support/descriptors.js';
import { failsWith, failureOf } from '../../support/failure.js';
import {
  type AnyAddress,
  can,
  hasAddress,
  isConnecting,
  isDatagram,
  isUnix,
  type Tested,
} from '../../support/rows.js';
import type { Behaviour, Context } from '../behaviour.js';

/** An address whose socket has been closed. */
function deserted(context: Context): AnyAddress {
  const socket = context.bound();
  const address = context.reach(socket);
  socket.close();
  return address;
}

const isLocalServer = (row: Context['row']) => isConnecting(row) && isUnix(row);

export const connecting: readonly Behaviour[] = [
  {
    name: 'connect to where nobody listens fails with ECONNREFUSED, and the error names the address',
    when: isConnecting,
    async run(context) {
      const address = deserted(context);
      const connect = () => context.face.connect(context.open(), address);
      const error = await failsWith(connect, ConnectionRefusedError, 'ECONNREFUSED', 'connect');
      if (!('host' in address)) return;
      assert.equal(error.address, address.host);
      assert.equal(error.port, address.port);
      assert.equal(error.message, `connect ECONNREFUSED ${address.host}:${address.port}`);
    },
  },
  {
    name: 'connectEx gives 0, or the positive number of the error',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      assert.equal(await context.face.connectEx(context.open(), context.reach(server)), 0);
      const { errno } = await failsWith(
        () => context.face.connect(context.open(), deserted(context)),
        ConnectionRefusedError,
        'ECONNREFUSED',
      );
      assert.equal(await context.face.connectEx(context.open(), deserted(context)), -errno);
    },
  },
  {
    name: 'connectEx that may not wait gives EINPROGRESS, then 0 or EISCONN',
    when: can('handshake'),
    async run(context) {
      const [inProgress, isConnected] = [-EINPROGRESS, -EISCONN];
      const server = context.listening();
      const client = context.open();
      assert.equal(await context.face.connectEx(client, context.reach(server), { timeout: 0 }), inProgress);
      await context.accept(server);
      assert.ok(
        [0, isConnected].includes(
          await context.face.connectEx(client, context.reach(server), { timeout: 0 }),
        ),
      );
      assert.equal(client.getsockopt(SOL_SOCKET, SO_ERROR), 0);
      assert.deepEqual(client.getpeername(), context.seen(server));
      assert.equal(await context.face.connectEx(client, context.reach(server)), isConnected);
    },
  },
  {
    name: 'connect of a connected socket fails with EISCONN, in each mode',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      for (const timeout of [undefined, 10_000]) {
        const client = context.open();
        await context.face.connect(client, context.reach(server), { timeout });
        const again = () => context.face.connect(client, context.reach(server), { timeout });
        await failsWith(again, SocketError, 'EISCONN', 'connect');
        await failsWith(again, SocketError, 'EISCONN', 'connect');
        assert.deepEqual(client.getpeername(), context.seen(server));
        const { socket } = await context.accept(server);
        await context.face.send(client, 'still there');
        assert.equal((await context.face.recv(socket, 100)).toString(), 'still there');
      }
    },
  },
  {
    name: 'connect acts at once: what is called next finds the address set',
    when: row => isConnecting(row) || (isDatagram(row) && hasAddress(row)),
    face: 'promise',
    async run(context) {
      const server = isDatagram(context.row) ? context.bound() : context.listening();
      const client = context.open();
      const connecting = client.connect(context.reach(server));
      const receiving = client.recv(100);
      const sending = client.send('in the same turn');
      if (isDatagram(context.row)) assert.deepEqual(client.getpeername(), context.seen(server));
      await Promise.all([connecting, sending]);
      const other = isDatagram(context.row) ? server : (await context.accept(server)).socket;
      assert.equal((await other.recv(100)).toString(), 'in the same turn');
      client.close();
      await failsWith(() => receiving, SocketError, 'EBADF', 'recv');
    },
  },
  {
    name: 'connect leaves the descriptor in the mode of the socket',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      for (const timeout of [null, 10_000]) {
        const client = context.open();
        client.timeout = timeout;
        await context.face.connect(client, context.reach(server));
        assert.equal(client.timeout, timeout);
        assert.equal(isNonblocking(client.fd), timeout !== null);
        const failing = context.open();
        failing.timeout = timeout;
        await context.face.connectEx(failing, deserted(context));
        assert.equal(isNonblocking(failing.fd), timeout !== null);
      }
    },
  },
  {
    name: 'connect that nobody answers ends when the time is over',
    when: can('handshake'),
    async run(context) {
      // When the queue of clients is full, the kernel drops further clients, which stay in progress.
      const server = context.listening(0);
      await context.face.connect(context.open(), context.reach(server));
      const client = context.open();
      const started = performance.now();
      const connect = () => context.face.connect(client, context.reach(server), { timeout: 20 });
      const error = await failsWith(connect, TimeoutError, 'ETIMEDOUT', 'connect');
      assert.ok(Math.ceil(performance.now() - started) >= 20);
      assert.equal(error.port, (server.getsockname() as { port: number }).port);
      assert.equal(
        await context.face.connectEx(context.open(), context.reach(server), { timeout: 10 }),
        -error.errno,
      );
    },
  },
  {
    name: 'connect waits for a place in a full queue',
    when: isLocalServer,
    async run(context) {
      const server = context.listening(0);
      const address = context.reach(server);
      await context.face.connect(context.open(), address);
      void context.peer(server, { pause: 20 }, { accept: 2 });
      await context.face.connect(context.open(), address);
    },
  },
  {
    name: 'connect waits for a place in a full queue as long as it may',
    when: isLocalServer,
    async run(context) {
      const server = context.listening(0);
      const address = context.reach(server);
      await context.face.connect(context.open(), address);
      assert.equal(await context.face.connectEx(context.open(), address, { timeout: 0 }), 11); // EAGAIN
      const started = performance.now();
      const late = () => context.face.connect(context.open(), address, { timeout: 20 });
      await failsWith(late, TimeoutError, 'ETIMEDOUT', 'connect');
      assert.ok(Math.ceil(performance.now() - started) >= 20);
      void context.peer(server, { pause: 20 }, { accept: 2 });
      await context.face.connect(context.open(), address, { timeout: 10_000 });
    },
  },
  {
    name: 'twenty clients get through a queue of one',
    when: isLocalServer,
    face: 'promise',
    async run(context) {
      const server = context.listening(1);
      const address = context.reach(server);
      const clients = Array.from({ length: 20 }, () => context.open());
      const connections = clients.map(client => client.connect(address));
      for (let i = 0; i < clients.length; i++) await context.accept(server);
      await Promise.all(connections);
      for (const client of clients) assert.deepEqual(client.getpeername(), address);
    },
  },
  {
    name: 'a send waits while the connection is being made',
    when: isLocalServer,
    face: 'promise',
    async run(context) {
      const server = context.listening(0);
      const address = context.reach(server);
      await context.open().connect(address);
      const client = context.open();
      const connecting = client.connect(address);
      await turn();
      const sending = client.send('early');
      context.own((await server.accept()).socket);
      await connecting;
      assert.equal(await sending, 5);
      const { socket } = await context.accept(server);
      assert.equal((await socket.recv(100)).toString(), 'early');
    },
  },
  {
    name: 'a datagram socket may be connected again, to somebody else',
    when: row => isDatagram(row) && hasAddress(row),
    async run(context) {
      const [client, one, other] = [context.bound(), context.bound(), context.bound()];
      for (const server of [one, other]) {
        await context.face.connect(client, context.reach(server));
        assert.deepEqual(client.getpeername(), context.seen(server));
        await context.face.send(client, 'to you');
        assert.equal((await context.face.recv(server, 100)).toString(), 'to you');
      }
    },
  },
  {
    name: 'connect to a socket of another type fails',
    when: row => isUnix(row) && hasAddress(row),
    async run(context) {
      const other = isDatagram(context.row) ? SOCK_STREAM : SOCK_DGRAM;
      const client = context.own(new Socket<Tested>(context.row.family, other));
      const connect = () => context.face.connect(client, context.reach(context.bound()));
      const error = await failureOf(connect);
      assert.ok(error instanceof SocketError);
      // In the abstract namespace each socket type has its own names, so no socket has this name
      // (net/unix/af_unix.c).
      assert.match(error.message, /^connect (EPROTOTYPE|ECONNREFUSED) /);
    },
  },
  {
    name: 'a datagram socket without an address is given its own address by connect',
    when: can('datagrams', 'udp'),
    async run(context) {
      const client = context.open();
      await context.face.connect(client, context.reach(context.bound()));
      assert.ok((client.getsockname() as { port: number }).port > 0);
    },
  },
];
