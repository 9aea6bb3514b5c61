/** `createSocket`, its options, and the class. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EventEmitter, once } from 'node:events';
import { BlockList } from 'node:net';
import { type Any, more, type Subject, same } from '../lab.js';

export const create: Subject = {
  title: 'Creating a socket',
  statements: [
    same('`createSocket(type)` creates a socket with that `type`', lab =>
      ['udp4', 'udp6'].map(type => [lab.socket(type).type, lab.socket({ type }).type]),
    ),
    same('a socket is an `EventEmitter`, and an instance of `dgram.Socket`', lab => [
      lab.socket() instanceof EventEmitter,
      lab.socket() instanceof lab.dgram.Socket,
    ]),
    same('the callback is a listener for `message`', lab => {
      const listener = () => {};
      return lab.socket('udp4', listener).listeners('message')[0] === listener;
    }),
    same('a callback that is not a function is ignored', lab =>
      lab.socket('udp4', 5).listenerCount('message'),
    ),
    more(
      'another type throws `ERR_SOCKET_BAD_TYPE`',
      'the message names the type `unix` too',
      ['udp', null, 4].map(() => ({
        kind: 'TypeError',
        code: 'ERR_SOCKET_BAD_TYPE',
        message: 'Bad socket type specified. Valid types are: udp4, udp6, unix',
      })),
      lab => ['udp', null, 4].map(type => lab.thrown(() => lab.socket(type))),
    ),
    same('`lookup` must be a function', lab => [
      lab.thrown(() => lab.socket({ type: 'udp4', lookup: null })),
      lab.thrown(() => lab.socket({ type: 'udp4', lookup: 'dns' })),
    ]),
    same('`lookup` resolves host names, for binding and sending', async lab => {
      const asked: unknown[] = [];
      const lookup = (name: string, family: number, callback: Any) => {
        asked.push([name, family]);
        process.nextTick(callback, null, '127.0.0.1', 4);
      };
      const socket = lab.socket({ type: 'udp4', lookup });
      socket.bind(0, 'some.host');
      await once(socket, 'listening');
      await lab.called(done => socket.send('x', socket.address().port, 'other.host', done));
      return [asked, socket.address().address];
    }),
    same('`lookup` is asked for numeric addresses too, and for the default address', async lab => {
      const asked: unknown[] = [];
      const lookup = (name: string, family: number, callback: Any) => {
        asked.push([name, family]);
        process.nextTick(callback, null, name, family);
      };
      const socket = lab.socket({ type: 'udp4', lookup });
      socket.bind(0);
      await once(socket, 'listening');
      await lab.called(done => socket.send('x', socket.address().port, done));
      return asked;
    }),
    same('an error of `lookup` is emitted by `bind()`, and given to the callback of `send()`', async lab => {
      const lookup = (_: string, __: number, callback: Any) => process.nextTick(callback, new Error('no'));
      const socket = lab.socket({ type: 'udp4', lookup });
      socket.bind(0);
      return lab.failure(socket);
    }),
    same('an address that `lookup` invents fails with `EINVAL`', async lab => {
      const lookup = (_: string, __: number, callback: Any) => process.nextTick(callback, null, 'nowhere', 4);
      const socket = lab.socket({ type: 'udp4', lookup });
      socket.bind(0);
      return lab.failure(socket);
    }),
    same('`recvBufferSize` and `sendBufferSize` set the sizes of the buffers', async lab => {
      const socket = await lab.bound({ type: 'udp4', recvBufferSize: 10_000, sendBufferSize: 15_000 });
      return [socket.getRecvBufferSize(), socket.getSendBufferSize()];
    }),
    same('buffer sizes must be numbers of 32 bits; falsy ones are ignored', lab =>
      ['8', 1.5, -1, 2 ** 40, Number.NaN, 0, null, ''].flatMap(size => [
        lab.thrown(() => lab.socket({ type: 'udp4', recvBufferSize: size })),
        lab.thrown(() => lab.socket({ type: 'udp4', sendBufferSize: size })),
      ]),
    ),
    same('without `reuseAddr`, a second socket cannot be bound to a port', async lab => {
      const first = await lab.bound();
      const second = lab.socket();
      second.bind(first.address().port, '127.0.0.1');
      return lab.failure(second);
    }),
    same('with `reuseAddr`, a second socket can be bound to the port', async lab => {
      const first = await lab.bound({ type: 'udp4', reuseAddr: true });
      const second = lab.socket({ type: 'udp4', reuseAddr: true });
      second.bind(first.address().port, '127.0.0.1');
      await once(second, 'listening');
      return second.address().port === first.address().port;
    }),
    same(
      'with `reusePort`, several sockets can be bound to a port',
      async lab => {
        const first = await lab.bound({ type: 'udp4', reusePort: true });
        const second = lab.socket({ type: 'udp4', reusePort: true });
        second.bind(first.address().port, '127.0.0.1');
        await once(second, 'listening');
        return second.address().port === first.address().port;
      },
      { since: [22, 12], result: true, only: 'linux' },
    ),
    same('an IPv6 socket receives IPv4 datagrams too', async lab => {
      const socket = lab.socket('udp6');
      socket.bind(0);
      await once(socket, 'listening');
      const sender = lab.socket('udp4');
      sender.send('x', socket.address().port, '127.0.0.1');
      const [message, { address, family, size }] = await lab.received(socket);
      return [String(message), address, family, size];
    }),
    same('with `ipv6Only`, IPv4 and IPv6 sockets can be bound to one port', async lab => {
      const six = lab.socket({ type: 'udp6', ipv6Only: true });
      six.bind(0);
      await once(six, 'listening');
      const four = lab.socket('udp4');
      four.bind(six.address().port, '0.0.0.0');
      await once(four, 'listening');
      return four.address().port === six.address().port;
    }),
    same('without `ipv6Only`, that fails', async lab => {
      const six = lab.socket('udp6');
      six.bind(0);
      await once(six, 'listening');
      const four = lab.socket('udp4');
      four.bind(six.address().port, '0.0.0.0');
      return lab.failure(four);
    }),
    same('`signal` must be an `AbortSignal`', lab =>
      [null, 5, {}, 'x'].map(signal => lab.thrown(() => lab.socket({ type: 'udp4', signal }))),
    ),
    same('aborting `signal` closes the socket', async lab => {
      const controller = new AbortController();
      const socket = await lab.bound({ type: 'udp4', signal: controller.signal });
      controller.abort();
      await once(socket, 'close');
      return lab.thrown(() => socket.address());
    }),
    same('an aborted `signal` closes the socket immediately', async lab => {
      const socket = lab.socket({ type: 'udp4', signal: AbortSignal.abort() });
      await once(socket, 'close');
      return lab.thrown(() => socket.bind());
    }),
    same('aborting `signal` after `close()` does nothing', async lab => {
      const controller = new AbortController();
      const socket = await lab.bound({ type: 'udp4', signal: controller.signal });
      const seen = lab.record(socket, 'close', 'error');
      socket.close();
      await once(socket, 'close');
      controller.abort();
      await lab.settled();
      return seen;
    }),
    same(
      'datagrams from addresses of `receiveBlockList` are dropped',
      async lab => {
        const blocked = new BlockList();
        blocked.addAddress('127.0.0.1');
        const socket = await lab.bound({ type: 'udp4', receiveBlockList: blocked });
        const seen = lab.record(socket, 'message', 'error');
        const sender = lab.socket();
        await lab.called(done => sender.send('x', socket.address().port, '127.0.0.1', done));
        await lab.settled();
        return seen;
      },
      { since: [22, 13], result: [] },
    ),
    same(
      '`send()` and `connect()` to an address of `sendBlockList` fail with `ERR_IP_BLOCKED`',
      async lab => {
        const blocked = new BlockList();
        blocked.addAddress('127.0.0.1');
        const socket = lab.socket({ type: 'udp4', sendBlockList: blocked });
        const sent = await lab.called(done => socket.send('x', 9, '127.0.0.1', done));
        return [sent, await lab.called(done => socket.connect(9, '127.0.0.1', done))];
      },
      { since: [22, 13], result: blockedTwice() },
    ),
    same(
      'block lists must be instances of `net.BlockList`',
      lab =>
        [
          lab.thrown(() => lab.socket({ type: 'udp4', receiveBlockList: [] })),
          lab.thrown(() => lab.socket({ type: 'udp4', sendBlockList: 'x' })),
        ].map(error => (error as { code: string }).code),
      { since: [22, 13], result: ['ERR_INVALID_ARG_TYPE', 'ERR_INVALID_ARG_TYPE'] },
    ),
    same('the diagnostics channel `udp.socket` reports each new socket', lab => {
      const seen: unknown[] = [];
      const onSocket = (message: unknown) => seen.push((message as { socket: unknown }).socket);
      subscribe('udp.socket', onSocket);
      const socket = lab.socket();
      unsubscribe('udp.socket', onSocket);
      return seen.length === 1 && seen[0] === socket;
    }),
    same('listeners run in the asynchronous context in which the socket was created', async lab => {
      const storage = new AsyncLocalStorage<string>();
      const socket = storage.run('created', () => lab.socket());
      const seen = new Promise(resolve => socket.on('message', () => resolve(storage.getStore())));
      await new Promise<void>(resolve => storage.run('bound', () => socket.bind(0, '127.0.0.1', resolve)));
      storage.run('sent', () => lab.socket().send('x', socket.address().port));
      return seen;
    }),
  ],
};

function blockedTwice(): unknown[] {
  const error = {
    kind: 'Error',
    code: 'ERR_IP_BLOCKED',
    message: 'IP(127.0.0.1) is blocked by net.BlockList',
  };
  return [[error], [error]];
}
