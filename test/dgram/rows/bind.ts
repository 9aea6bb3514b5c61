/** `bind()`, `bindSync()` and `address()`. */

import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { AF_INET, AF_INET6, SOCK_DGRAM, SOCK_STREAM, Socket } from 'berkeley';
import { different, type Subject, same } from '../lab.js';

/** Opens a bound UDP socket whose descriptor another module takes over. */
function descriptor(family: typeof AF_INET | typeof AF_INET6 = AF_INET): number {
  const socket = new Socket(family as typeof AF_INET, SOCK_DGRAM);
  socket.bind({ host: family === (AF_INET6 as number) ? '::1' : '127.0.0.1', port: 0 });
  return socket.detach();
}

export const bind: Subject = {
  title: 'Binding',
  statements: [
    same('`bind()` emits `listening`, later', async lab => {
      const socket = lab.socket();
      const seen = lab.record(socket, 'listening');
      socket.bind();
      const before = [...seen];
      await once(socket, 'listening');
      return [before, seen];
    }),
    same('`bind()` returns the socket', lab => {
      const socket = lab.socket();
      return socket.bind() === socket;
    }),
    same('the callback is called without arguments when the socket is bound', async lab => {
      const socket = lab.socket();
      return lab.called(done => socket.bind(0, done));
    }),
    same('the callback can be the only argument, or follow a port, an address or an object', async lab => {
      const forms: unknown[][] = [[], [0], [0, '127.0.0.1'], [{ port: 0 }], [{}], [undefined, undefined]];
      const seen = [];
      for (const form of forms) {
        const socket = lab.socket();
        await lab.called(done => socket.bind(...form, done));
        seen.push(socket.address().address);
      }
      return seen;
    }),
    same('the callback is called with the socket as `this`', async lab => {
      const socket = lab.socket();
      return new Promise(resolve =>
        socket.bind(0, function (this: unknown) {
          resolve(this === socket);
        }),
      );
    }),
    same('without an address, the socket is bound to all interfaces', async lab => {
      const seen = [];
      for (const type of ['udp4', 'udp6']) {
        const socket = lab.socket(type);
        await lab.called(done => socket.bind(0, done));
        const { address, family, port } = socket.address();
        seen.push([address, family, port > 0]);
      }
      return seen;
    }),
    same('without a port, or with port 0, the kernel chooses one', async lab => {
      const socket = await lab.bound();
      return socket.address().port > 0;
    }),
    same('`address()` has `address`, `family` and `port`, in this order', async lab => {
      const socket = await lab.bound();
      return Object.keys(socket.address());
    }),
    same('`address()` of an unbound socket fails with `EBADF`', lab => {
      const socket = lab.socket();
      return lab.thrown(() => socket.address());
    }),
    same('`localhost` is resolved', async lab => {
      const socket = lab.socket();
      await lab.called(done => socket.bind(0, 'localhost', done));
      return socket.address().address;
    }),
    same('a second `bind()` throws `ERR_SOCKET_ALREADY_BOUND`', async lab => {
      const socket = lab.socket();
      socket.bind(0);
      const during = lab.thrown(() => socket.bind(0));
      await once(socket, 'listening');
      return [during, lab.thrown(() => socket.bind(0))];
    }),
    same('`bind()` of a closed socket throws `ERR_SOCKET_DGRAM_NOT_RUNNING`', lab => {
      const socket = lab.socket();
      socket.close();
      return lab.thrown(() => socket.bind(0));
    }),
    same('a failure is emitted as `error`, with the address and the port', async lab => {
      const first = await lab.bound();
      const socket = lab.socket();
      socket.bind(first.address().port, '127.0.0.1');
      return lab.failure(socket);
    }),
    same('an address that this machine does not have fails with `EADDRNOTAVAIL`', async lab => {
      const socket = lab.socket();
      socket.bind(0, '192.0.2.1');
      return lab.failure(socket);
    }),
    same('an unknown host fails with the error of the lookup', async lab => {
      const socket = lab.socket();
      socket.bind(0, 'nonesuch.invalid');
      const { kind, syscall, message } = (await lab.failure(socket)) as Record<string, string>;
      return [kind, syscall, message!.replace(/E[A-Z_]+/, 'CODE')];
    }),
    same('after a failure, the callback is not called, and the socket can be bound again', async lab => {
      const socket = lab.socket();
      let calls = 0;
      socket.bind(0, '192.0.2.1', () => calls++);
      await lab.failure(socket);
      await lab.called(done => socket.bind(0, '127.0.0.1', done));
      return [calls, socket.address().address, socket.listenerCount('listening')];
    }),
    same('a port can be a string', async lab => {
      const socket = lab.socket();
      await lab.called(done => socket.bind('0', '127.0.0.1', done));
      return socket.address().address;
    }),
    different(
      'a port that is out of range is cut to 16 bits',
      'binding to a port that nobody asked for is a fault: it throws `ERR_SOCKET_BAD_PORT`, as `connect()` does',
      {
        kind: 'RangeError',
        code: 'ERR_SOCKET_BAD_PORT',
        message: 'Port should be >= 0 and < 65536. Received type number (65536).',
      },
      lab => {
        const socket = lab.socket();
        return lab.thrown(() => socket.bind(65_536, '127.0.0.1'));
      },
    ),
    different(
      'a port that is not a number is ignored',
      'it throws `ERR_SOCKET_BAD_PORT`: a path, for example, is meant for a Unix socket',
      {
        kind: 'RangeError',
        code: 'ERR_SOCKET_BAD_PORT',
        message: "Port should be >= 0 and < 65536. Received type string ('/run/x').",
      },
      lab => {
        const socket = lab.socket();
        return lab.thrown(() => socket.bind('/run/x'));
      },
    ),
    same('`bind({ fd })` uses an existing socket', async lab => {
      const socket = lab.socket();
      const done = lab.called(callback => socket.bind({ fd: descriptor() }, callback));
      await done;
      const { address, family } = socket.address();
      lab.socket().send('x', socket.address().port, '127.0.0.1');
      const [message] = await lab.received(socket);
      return [address, family, String(message)];
    }),
    same('`bind({ fd })` ignores the port and the address', async lab => {
      const socket = lab.socket();
      await lab.called(done => socket.bind({ fd: descriptor(), port: 1, address: '192.0.2.1' }, done));
      return socket.address().address;
    }),
    same('`bind({ fd })` of something else throws `ERR_INVALID_FD_TYPE`', lab => {
      const file = openSync('/dev/null', 'r');
      const tcp = new Socket(AF_INET, SOCK_STREAM);
      try {
        return [file, tcp.fd].map(fd => lab.thrown(() => lab.socket().bind({ fd })));
      } finally {
        closeSync(file);
        tcp.close();
      }
    }),
    same('`bind({ fd })` of a closed descriptor throws `ERR_INVALID_FD_TYPE`', lab =>
      lab.thrown(() => lab.socket().bind({ fd: 1_000_000 })),
    ),
    same('`exclusive` is accepted outside a cluster', async lab => {
      const socket = lab.socket();
      await lab.called(done => socket.bind({ port: 0, address: '127.0.0.1', exclusive: true }, done));
      return socket.address().address;
    }),
    same('`close()` before the socket is bound prevents `listening`', async lab => {
      const socket = lab.socket();
      const seen = lab.record(socket, 'listening', 'close', 'error');
      socket.bind(0);
      socket.close();
      await lab.settled();
      return seen;
    }),
    same(
      '`bindSync()` binds immediately, returns the address, and emits `listening` later',
      async lab => {
        const socket = lab.socket();
        const seen = lab.record(socket, 'listening');
        const { address, family, port } = socket.bindSync({ address: '127.0.0.1' });
        const before = [...seen];
        await once(socket, 'listening');
        return [address, family, port === socket.address().port, before, seen];
      },
      { since: [26, 4], result: ['127.0.0.1', 'IPv4', true, [], ['listening']] },
    ),
    same(
      '`bindSync()` throws what `bind()` emits, and does not resolve names',
      async lab => {
        const first = await lab.bound();
        const inUse = lab.thrown(() =>
          lab.socket().bindSync({ port: first.address().port, address: '127.0.0.1' }),
        );
        const codes = [{ address: 'localhost' }, { port: 70_000 }, { address: 5 }, null].map(
          options => (lab.thrown(() => lab.socket().bindSync(options)) as { code: string }).code,
        );
        return [inUse, codes, (lab.thrown(() => first.bindSync()) as { code: string }).code];
      },
      {
        since: [26, 4],
        result: [
          {
            kind: 'Error',
            code: 'EADDRINUSE',
            message: 'bind EADDRINUSE 127.0.0.1:PORT',
            errno: -98,
            syscall: 'bind',
            address: '127.0.0.1',
            port: 'PORT',
          },
          ['ERR_INVALID_ARG_VALUE', 'ERR_SOCKET_BAD_PORT', 'ERR_INVALID_ARG_TYPE', 'ERR_INVALID_ARG_TYPE'],
          'ERR_SOCKET_ALREADY_BOUND',
        ],
        only: 'linux',
      },
    ),
    same('`bind({ fd: 0 })` ignores the descriptor', async lab => {
      const socket = lab.socket();
      await lab.called(done => socket.bind({ fd: 0, address: '127.0.0.1' }, done));
      return socket.address().port > 0;
    }),
  ],
};
