/** `connect()`, `connectSync()`, `disconnect()` and `remoteAddress()`. */
import { once } from 'node:events';
import { different, type Subject, same } from '../lab.js';

export const connect: Subject = {
  title: 'Connecting',
  statements: [
    same('`connect()` emits `connect`, and calls the callback', async lab => {
      const [server, client] = [await lab.bound(), lab.socket()];
      const seen = lab.record(client, 'connect');
      const given = await lab.called(done => client.connect(server.address().port, '127.0.0.1', done));
      await lab.settled();
      return [given, seen];
    }),
    same('`connect()` returns nothing', lab => lab.socket().connect(9)),
    same('`connect()` binds an unbound socket', async lab => {
      const client = lab.socket();
      const seen = lab.record(client, 'listening', 'connect');
      await lab.called(done => client.connect(9, done));
      return [seen, client.address().port > 0];
    }),
    same('without an address, it is this machine', async lab => {
      const seen = [];
      for (const type of ['udp4', 'udp6']) {
        const client = lab.socket(type);
        await lab.called(done => client.connect(9, done));
        seen.push(client.remoteAddress());
      }
      return seen;
    }),
    same('a host name is resolved', async lab => {
      const client = lab.socket();
      await lab.called(done => client.connect(9, 'localhost', done));
      return client.remoteAddress();
    }),
    same('`remoteAddress()` of an unconnected socket throws `ERR_SOCKET_DGRAM_NOT_CONNECTED`', lab => {
      const socket = lab.socket();
      return lab.thrown(() => socket.remoteAddress());
    }),
    same('a second `connect()` throws `ERR_SOCKET_DGRAM_IS_CONNECTED`, also while connecting', async lab => {
      const client = lab.socket();
      client.connect(9);
      const during = lab.thrown(() => client.connect(9));
      await once(client, 'connect');
      return [during, lab.thrown(() => client.connect(9))];
    }),
    same('the port is required, and in range', lab =>
      [undefined, 0, -1, 65_536, 1.5, 'x', '', null, {}].map(port => {
        const socket = lab.socket();
        return lab.thrown(() => socket.connect(port));
      }),
    ),
    same('the address must be a string', lab =>
      [5, null, {}].map(address => {
        const socket = lab.socket();
        return lab.thrown(() => socket.connect(9, address));
      }),
    ),
    same('a failure is given to the callback, which is not a listener afterwards', async lab => {
      const client = lab.socket();
      const given = await lab.called(done => client.connect(9, '::1', done));
      return [given, client.listenerCount('connect')];
    }),
    same('without a callback, a failure is emitted as `error`', async lab => {
      const client = lab.socket();
      client.connect(9, '::1');
      return lab.failure(client);
    }),
    same('after a failure, the socket can be connected', async lab => {
      const client = lab.socket();
      await lab.called(done => client.connect(9, '::1', done));
      await lab.called(done => client.connect(9, '127.0.0.1', done));
      return client.remoteAddress();
    }),
    same('`disconnect()` removes the peer', async lab => {
      const [, client] = await lab.pair();
      const result = client.disconnect();
      return [result, lab.thrown(() => client.remoteAddress())];
    }),
    same('`disconnect()` of an unconnected socket throws `ERR_SOCKET_DGRAM_NOT_CONNECTED`', async lab => {
      const [, client] = await lab.pair();
      const before = lab.thrown(() => lab.socket().disconnect());
      client.disconnect();
      return [before, lab.thrown(() => client.disconnect())];
    }),
    same('after `disconnect()`, the socket can be connected to another peer', async lab => {
      const [, client] = await lab.pair();
      client.disconnect();
      await lab.called(done => client.connect(9, '127.0.0.1', done));
      return client.remoteAddress();
    }),
    same('a connected socket receives only from its peer', async lab => {
      const [server, client] = await lab.pair();
      const { port, address } = client.address();
      const stranger = lab.socket();
      await lab.called(done => stranger.send('stranger', port, address, done));
      server.send('peer', port, address);
      const [message] = await lab.received(client);
      return String(message);
    }),
    same('a refused datagram is an `error` of the connected sender, with `recvmsg`', async lab => {
      const [server, client] = await lab.pair();
      const { port } = server.address();
      server.close();
      await once(server, 'close');
      const failed = lab.failure(client);
      client.send('x');
      return [await failed, port > 0];
    }),
    different(
      '`connect()` of a closed socket that was bound waits for a `listening` event indefinitely',
      'it throws `ERR_SOCKET_DGRAM_NOT_RUNNING`, as the other methods do',
      { kind: 'Error', code: 'ERR_SOCKET_DGRAM_NOT_RUNNING', message: 'Not running' },
      async lab => {
        const socket = await lab.bound();
        socket.close();
        return lab.thrown(() => socket.connect(9));
      },
    ),
    same(
      '`connectSync()` connects immediately, and binds an unbound socket',
      async lab => {
        const client = lab.socket();
        const seen = lab.record(client, 'listening', 'connect');
        client.connectSync(9, '127.0.0.1');
        const remote = client.remoteAddress();
        await once(client, 'connect');
        return [remote, seen, lab.thrown(() => client.connectSync(9))];
      },
      {
        since: [26, 4],
        result: [
          { address: '127.0.0.1', family: 'IPv4', port: 9 },
          ['listening', 'connect'],
          { kind: 'Error', code: 'ERR_SOCKET_DGRAM_IS_CONNECTED', message: 'Already connected' },
        ],
      },
    ),
    same(
      '`connectSync()` does not resolve names, and checks the port',
      lab =>
        [[9, 'localhost'], [0], [9, 5]].map(
          given => (lab.thrown(() => lab.socket().connectSync(...given)) as { code: string }).code,
        ),
      { since: [26, 4], result: ['ERR_INVALID_ARG_VALUE', 'ERR_SOCKET_BAD_PORT', 'ERR_INVALID_ARG_TYPE'] },
    ),
  ],
};
