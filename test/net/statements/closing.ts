import { once } from 'node:events';
import { closing as closedNow, errorOf, record, type Statement, thrown } from '../statement.js';

export const closing: readonly Statement[] = [
  {
    of: "Event: 'close'",
    text: 'hadError is false after an orderly end',
    run: async scene => {
      const { client, peer } = await scene.pair();
      client.resume();
      peer.end();
      peer.resume();
      return closedNow(client);
    },
  },
  {
    of: "Event: 'close'",
    text: "hadError is true after an error, and comes after 'error'",
    run: async scene => {
      const { client } = await scene.pair();
      const events = record(client, 'error', 'close');
      client.destroy(new Error('a reason'));
      await closedNow(client);
      return events;
    },
  },
  {
    of: 'socket.destroy()',
    text: 'returns the socket; it is destroyed at once, and closed later',
    run: async scene => {
      const { client } = await scene.pair();
      const events = record(client, 'close');
      const states = [
        client.destroy() === client,
        client.destroyed,
        client.pending,
        client.readyState,
        events.length,
      ];
      await closedNow(client);
      return [states, events];
    },
  },
  {
    of: 'socket.destroy()',
    text: "on a socket that was never connected emits 'close'",
    run: async ({ net }) => {
      const socket = new net.Socket();
      const closed = once(socket, 'close');
      socket.destroy();
      return [(await closed).length, socket.destroyed];
    },
  },
  {
    of: 'socket.destroySoon()',
    text: 'destroys the socket after all data is written',
    run: async scene => {
      const { client, peer } = await scene.pair();
      let length = 0;
      peer.on('data', data => {
        length += data.length;
      });
      client.write(Buffer.alloc(1 << 20));
      client.destroySoon();
      await once(peer, 'end');
      return [length, client.destroyed];
    },
  },
  {
    of: 'socket.resetAndDestroy()',
    text: 'sends RST: the peer gets ECONNRESET',
    run: async scene => {
      const { client, peer } = await scene.pair();
      const failed = once(peer, 'error');
      peer.resume();
      const isSame = client.resetAndDestroy() === client;
      return [isSame, errorOf((await failed)[0]), client.destroyed];
    },
  },
  {
    of: 'socket.resetAndDestroy()',
    text: 'while connecting, happens once the socket is connected',
    run: async scene => {
      const server = await scene.listening();
      const accepted = once(server, 'connection');
      const { port } = server.address() as { port: number };
      const client = scene.own(scene.net.connect(port, '127.0.0.1'));
      client.resetAndDestroy();
      const before = client.destroyed;
      await closedNow(client);
      await accepted;
      return [before, client.destroyed];
    },
  },
  {
    of: 'socket.resetAndDestroy()',
    text: 'without a connection destroys the socket with ERR_SOCKET_CLOSED',
    run: async scene => {
      const socket = scene.own(new scene.net.Socket());
      socket.resetAndDestroy();
      return errorOf((await once(socket, 'error'))[0]);
    },
  },
  {
    of: 'socket.resetAndDestroy()',
    text: 'throws ERR_INVALID_HANDLE_TYPE for a Unix socket',
    run: async scene => {
      const { client } = await scene.pair({ where: { path: scene.path() } });
      return thrown(() => client.resetAndDestroy());
    },
  },
  {
    of: "Event: 'error'",
    text: 'a reset connection is ECONNRESET from read',
    run: async scene => {
      const { client, peer } = await scene.pair();
      const events = record(client, 'error', 'close');
      client.resume();
      peer.resetAndDestroy();
      await closedNow(client);
      return events;
    },
  },
  {
    of: "Event: 'error'",
    text: 'write to a connection that the peer has closed is EPIPE or ECONNRESET from write or read',
    run: async scene => {
      const { client, peer } = await scene.pair({ client: { allowHalfOpen: true } });
      client.pause();
      peer.destroy();
      await once(peer, 'close');
      const failed = once(client, 'error');
      const timer = setInterval(() => client.write('x'), 5);
      const [error] = await failed;
      clearInterval(timer);
      const { code, syscall } = error as { code: string; syscall: string };
      return [['EPIPE', 'ECONNRESET'].includes(code), ['write', 'read'].includes(syscall)];
    },
  },
  {
    of: "Event: 'timeout'",
    text: 'is emitted after inactivity, and the socket stays open',
    run: async scene => {
      const { client } = await scene.pair();
      let calls = 0;
      const isSame = client.setTimeout(20, () => calls++) === client;
      await once(client, 'timeout');
      return [isSame, calls, client.timeout, client.destroyed, client.listenerCount('timeout')];
    },
  },
  {
    of: 'socket.setTimeout()',
    text: '0 disables the timeout, and removes the callback',
    run: async scene => {
      const { client } = await scene.pair();
      const callback = (): void => {};
      client.setTimeout(20, callback);
      const before = client.listenerCount('timeout');
      client.setTimeout(0, callback);
      const events = record(client, 'timeout');
      await new Promise(resolve => setTimeout(resolve, 60));
      return [before, events, client.timeout];
    },
  },
  {
    of: 'socket.setTimeout()',
    text: 'refuses values of another type',
    run: ({ net }) => {
      const socket = new net.Socket();
      return [
        ...['x', -1, Number.NaN, Number.POSITIVE_INFINITY].map(value =>
          thrown(() => socket.setTimeout(value as never)),
        ),
        thrown(() => socket.setTimeout(5, 5 as never)),
      ];
    },
  },
];
