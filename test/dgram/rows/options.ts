/** TTL, broadcast, multicast options, buffer sizes. */
import { type Any, different, type Lab, more, type Subject, same } from '../lab.js';

const UNBOUND = ['setBroadcast', 'setTTL', 'setMulticastTTL', 'setMulticastLoopback'] as const;

async function each(lab: Lab, method: string, values: readonly unknown[], type = 'udp4'): Promise<unknown[]> {
  const socket = await lab.bound(type);
  return values.map(value => {
    try {
      return socket[method](value);
    } catch {
      return lab.thrown(() => socket[method](value));
    }
  });
}

const notRunning = { kind: 'Error', code: 'ERR_SOCKET_DGRAM_NOT_RUNNING', message: 'Not running' };

export const options: Subject = {
  title: 'Options',
  statements: [
    same('on an unbound socket, setting an option fails with `EBADF`', lab =>
      UNBOUND.map(method => {
        const socket = lab.socket();
        return lab.thrown(() => socket[method](1));
      }),
    ),
    same('`setTTL()` accepts 1 to 255, and returns its argument', lab => each(lab, 'setTTL', [1, 255, 64.7])),
    same('`setTTL()` fails with `EINVAL` otherwise', lab =>
      each(lab, 'setTTL', [0, 256, -1, Number.NaN, Number.POSITIVE_INFINITY, 0.5]),
    ),
    same('`setTTL()` must get a number', lab => each(lab, 'setTTL', ['1', undefined, null, {}])),
    same('`setTTL()` works for IPv6', lab => each(lab, 'setTTL', [1, 255, 0, 256], 'udp6')),
    same('`setMulticastTTL()` accepts 0 to 255, and returns its argument', lab =>
      each(lab, 'setMulticastTTL', [0, 1, 255]),
    ),
    same('`setMulticastTTL()` fails with `EINVAL` otherwise', lab =>
      each(lab, 'setMulticastTTL', [256, -1, 1000]),
    ),
    same('`setMulticastTTL()` must get a number', lab =>
      each(lab, 'setMulticastTTL', ['1', undefined, null]),
    ),
    same('`setMulticastTTL()` works for IPv6', lab =>
      each(lab, 'setMulticastTTL', [0, 255, 256, -1], 'udp6'),
    ),
    same('`setMulticastLoopback()` returns its argument, whatever it is', lab =>
      each(lab, 'setMulticastLoopback', [true, false, 1, 0, 'x', undefined, null]),
    ),
    same('`setBroadcast()` accepts any value', lab =>
      each(lab, 'setBroadcast', [true, false, 1, 'x', undefined]),
    ),
    same('after `setBroadcast(true)`, a datagram can be broadcast', async lab => {
      const socket = lab.socket();
      await lab.called(done => socket.bind(0, done));
      socket.setBroadcast(true);
      const arrived = lab.received(socket);
      const sent = await lab.called(done => socket.send('x', socket.address().port, '127.255.255.255', done));
      return [sent, String((await arrived)[0])];
    }),
    same('`setRecvBufferSize()` and `setSendBufferSize()` set what the other methods return', async lab => {
      const socket = await lab.bound();
      const results = [socket.setRecvBufferSize(20_000), socket.setSendBufferSize(30_000)];
      return [results, socket.getRecvBufferSize(), socket.getSendBufferSize()];
    }),
    same('a buffer size that is not an integer of 32 bits throws `ERR_SOCKET_BAD_BUFFER_SIZE`', async lab => {
      const socket = await lab.bound();
      return [-1, 1.5, '8', Number.NaN, undefined, null, {}].flatMap(size => [
        lab.thrown(() => socket.setRecvBufferSize(size)),
        lab.thrown(() => socket.setSendBufferSize(size)),
      ]);
    }),
    same('a buffer size above 31 bits throws `ERR_SOCKET_BUFFER_SIZE`', async lab => {
      const socket = await lab.bound();
      return [
        lab.thrown(() => socket.setRecvBufferSize(2 ** 31)),
        lab.thrown(() => socket.setSendBufferSize(2 ** 32 - 1)),
      ];
    }),
    same('on an unbound socket, buffer sizes throw `ERR_SOCKET_BUFFER_SIZE`, with `info`', lab => {
      const socket = lab.socket();
      const infoOf = (call: () => unknown): unknown => {
        try {
          return call();
        } catch (error) {
          const { info, name } = error as Any;
          return { name, ...info };
        }
      };
      return [
        lab.thrown(() => socket.getRecvBufferSize()),
        lab.thrown(() => socket.setSendBufferSize(8192)),
        infoOf(() => socket.setRecvBufferSize(8192)),
        infoOf(() => socket.getSendBufferSize()),
      ];
    }),
    same('a buffer size of 0 sets nothing', async lab => {
      const socket = await lab.bound();
      const before = socket.getRecvBufferSize();
      socket.setRecvBufferSize(0);
      return socket.getRecvBufferSize() === before;
    }),
    different(
      'on a closed socket, setting an option reads a property of `null`',
      'it throws `ERR_SOCKET_DGRAM_NOT_RUNNING`, as the other methods do',
      [...UNBOUND, 'getRecvBufferSize', 'getSendQueueSize'].map(() => notRunning),
      lab =>
        [...UNBOUND, 'getRecvBufferSize', 'getSendQueueSize'].map(method => {
          const socket = lab.socket();
          socket.close();
          return lab.thrown(() => socket[method](1));
        }),
    ),
    same('`setMulticastInterface()` accepts an address of the machine', lab =>
      each(lab, 'setMulticastInterface', ['127.0.0.1', '0.0.0.0']),
    ),
    same(
      '`setMulticastInterface()` accepts an IPv6 address with a zone',
      lab => each(lab, 'setMulticastInterface', ['::%lo', '::'], 'udp6'),
      { only: 'linux' },
    ),
    same('`setMulticastInterface()` fails for an address of no interface', lab =>
      each(lab, 'setMulticastInterface', ['192.0.2.1']),
    ),
    same('`setMulticastInterface()` must get a string', async lab => {
      const socket = await lab.bound();
      return [undefined, null, {}].map(value => lab.thrown(() => socket.setMulticastInterface(value)));
    }),
    more(
      '`setMulticastInterface()` fails with `EINVAL` for the name of an interface',
      'names and indexes are accepted, for both families',
      [undefined, undefined],
      async lab => {
        const seen = [];
        for (const type of ['udp4', 'udp6'])
          seen.push(...(await each(lab, 'setMulticastInterface', ['lo'], type)));
        return seen;
      },
    ),
    same('`setMulticastInterface()` of an unbound socket fails with `EBADF`', lab => {
      const socket = lab.socket();
      return lab.thrown(() => socket.setMulticastInterface('127.0.0.1'));
    }),
    same('`setMulticastInterface()` of a closed socket throws `ERR_SOCKET_DGRAM_NOT_RUNNING`', lab => {
      const socket = lab.socket();
      socket.close();
      return lab.thrown(() => socket.setMulticastInterface('127.0.0.1'));
    }),
  ],
};
