import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { errorOf, record, type Scene, type Statement, thrown, withoutPorts } from '../statement.js';

const EVENTS = [
  'lookup',
  'connectionAttempt',
  'connectionAttemptFailed',
  'connectionAttemptTimeout',
  'connect',
  'ready',
  'error',
  'close',
];

/** Connects, and returns the events until the socket is connected or closed. */
async function eventsOf(scene: Scene, ...args: unknown[]): Promise<unknown> {
  const socket = scene.own(new scene.net.Socket());
  const events = record(socket, ...EVENTS);
  const problem = thrown(() => (socket.connect as (...args: unknown[]) => unknown)(...args));
  if (problem !== 'nothing thrown') return problem;
  await new Promise(resolve => socket.once('ready', resolve).once('close', resolve));
  return events;
}

/** A lookup function that returns these addresses. */
const lookupOf =
  (addresses: readonly LookupAddress[]) =>
  (_host: string, options: { all?: boolean }, callback: (...args: unknown[]) => void): void => {
    if (options.all) process.nextTick(callback, null, addresses);
    else process.nextTick(callback, null, addresses[0]!.address, addresses[0]!.family);
  };

const portOf = async (scene: Scene): Promise<number> =>
  ((await scene.listening()).address() as AddressInfo).port;

/** Returns a port on which no server listens. */
async function freePort(scene: Scene): Promise<number> {
  const server = await scene.listening();
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

export const connecting: readonly Statement[] = [
  {
    of: 'new net.Socket()',
    text: 'is a Duplex without a connection',
    run: ({ net }) => {
      const socket = new net.Socket();
      const { connecting, pending, readyState, destroyed, bytesRead, bytesWritten, bufferSize, timeout } =
        socket;
      const { remoteAddress, remotePort, localAddress, autoSelectFamilyAttemptedAddresses: tried } = socket;
      return [
        { connecting, pending, readyState, destroyed, bytesRead, bytesWritten, bufferSize, timeout },
        [remoteAddress, remotePort, localAddress, tried, socket.address()],
        (socket as unknown as { server: unknown }).server,
      ];
    },
  },
  {
    of: 'new net.Socket(options)',
    text: 'refuses object mode, and options of another type',
    run: ({ net }) =>
      [
        { objectMode: true },
        { readableObjectMode: true },
        { writableObjectMode: 1 },
        { keepAliveInitialDelay: 'x' },
        { fd: 'x' },
        { fd: -1 },
        { signal: 5 },
      ].map(options => thrown(() => new net.Socket(options as never))),
  },
  {
    of: 'new net.Socket(options)',
    text: 'a descriptor that is not a stream socket is ERR_INVALID_FD_TYPE',
    run: ({ net }) => thrown(() => new net.Socket({ fd: 99_999 })),
  },
  {
    of: 'socket.connect(port, host, listener)',
    text: "emits 'connect' and 'ready', and calls the listener once",
    run: async scene => {
      const port = await portOf(scene);
      let calls = 0;
      const socket = scene.own(new scene.net.Socket());
      const events = record(socket, ...EVENTS);
      socket.connect(port, '127.0.0.1', () => calls++);
      await once(socket, 'ready');
      return withoutPorts([events, calls, socket.listenerCount('connect')], port);
    },
  },
  {
    of: 'socket.connect()',
    text: 'returns the socket, and does not emit before it has returned',
    run: async scene => {
      const port = await portOf(scene);
      const socket = scene.own(new scene.net.Socket());
      const events = record(socket, ...EVENTS);
      const isSame = socket.connect(port, '127.0.0.1') === socket;
      const before = events.length;
      await null;
      const { connecting, pending, readyState } = socket;
      await once(socket, 'connect');
      const after = [socket.connecting, socket.pending, socket.readyState];
      return [isSame, before, connecting, pending, readyState, after];
    },
  },
  {
    of: 'socket.connect(options)',
    text: 'takes a port as a string',
    run: async scene => {
      const port = await portOf(scene);
      return withoutPorts(await eventsOf(scene, { port: String(port), host: '127.0.0.1' }), port);
    },
  },
  {
    of: 'socket.connect(path)',
    text: 'connects to a Unix path',
    run: async scene => {
      const path = scene.path();
      await scene.listening({}, { path });
      const text = JSON.stringify([await eventsOf(scene, path), await eventsOf(scene, { path })]);
      return JSON.parse(text.replaceAll(path, '<path>'));
    },
  },
  {
    of: 'socket.connect(path)',
    text: 'reports ENOENT with the path',
    run: scene => eventsOf(scene, '/nonexistent/socket'),
  },
  {
    of: 'socket.connect(options)',
    text: 'throws without port and path, and for invalid ones',
    run: async scene => [
      await eventsOf(scene),
      await eventsOf(scene, {}),
      await eventsOf(scene, { port: -1 }),
      await eventsOf(scene, { port: 65536 }),
      await eventsOf(scene, 65536),
      await eventsOf(scene, { port: 'x' }),
      await eventsOf(scene, ''),
      await eventsOf(scene, { port: {} }),
      await eventsOf(scene, { port: null }),
      await eventsOf(scene, { path: 5 }),
    ],
  },
  {
    of: 'socket.connect(options)',
    text: 'throws for invalid options',
    run: async scene => [
      await eventsOf(scene, { port: 1, localAddress: 'x' }),
      await eventsOf(scene, { port: 1, localPort: 'x' }),
      await eventsOf(scene, { port: 1, lookup: 5 }),
      await eventsOf(scene, { port: 1, autoSelectFamily: 5 }),
      await eventsOf(scene, { port: 1, autoSelectFamilyAttemptTimeout: 0 }),
      await eventsOf(scene, { port: 1, autoSelectFamilyAttemptTimeout: 'x' }),
      await eventsOf(scene, { port: 1, family: 5 }),
      await eventsOf(scene, { port: 1, hints: 12345 }),
      await eventsOf(scene, { port: 1, host: 5 }),
    ],
  },
  {
    of: 'socket.connect(options)',
    text: 'reports ECONNREFUSED with address and port',
    run: async scene => {
      const port = await freePort(scene);
      return withoutPorts(await eventsOf(scene, { port, host: '127.0.0.1' }), port);
    },
  },
  {
    of: 'socket.connect(options)',
    text: 'reports an address that the kernel refuses immediately with the local address',
    run: scene => eventsOf(scene, { port: 1, host: '255.255.255.255' }),
  },
  {
    of: "Event: 'lookup'",
    text: 'is emitted for a host name, with the error if there is one',
    run: async scene => {
      const port = await portOf(scene);
      const known = await eventsOf(scene, { port, host: 'localhost', family: 4 });
      return withoutPorts([known, await eventsOf(scene, { port, host: 'name.invalid' })], port);
    },
  },
  {
    of: 'socket.connect(options)',
    text: 'lookup replaces dns.lookup',
    run: async scene => {
      const port = await portOf(scene);
      const lookup = lookupOf([{ address: '127.0.0.1', family: 4 }]);
      return withoutPorts(await eventsOf(scene, { port, host: 'a.name', lookup }), port);
    },
  },
  {
    of: 'socket.connect(options)',
    text: 'gets family, hints and all for the lookup from the options',
    run: async scene => {
      const calls: unknown[] = [];
      const attempt = async (options: object): Promise<void> => {
        const lookup = (host: string, given: object, callback: (error: Error) => void): void => {
          calls.push([host, given]);
          process.nextTick(callback, new Error('no address'));
        };
        await eventsOf(scene, { port: 1, host: 'a.name', lookup, ...options });
      };
      for (const family of [undefined, 0, 4, 6, 'IPv4', 'IPv6']) await attempt({ family });
      for (const options of [{ hints: 1 }, { autoSelectFamily: false }, { localAddress: '127.0.0.1' }])
        await attempt(options);
      return calls;
    },
  },
  {
    of: 'socket.connect(options)',
    text: 'reports addresses of the lookup that are not valid',
    run: async scene => {
      const attempt = (address: string, family: number, autoSelectFamily: boolean): Promise<unknown> =>
        eventsOf(scene, {
          port: 1,
          host: 'a.name',
          autoSelectFamily,
          lookup: lookupOf([{ address, family }]),
        });
      return [
        await attempt('x', 4, false),
        await attempt('x', 4, true),
        await attempt('127.0.0.1', 9, false),
        await attempt('127.0.0.1', 9, true),
      ];
    },
  },
  {
    of: 'socket.connect(options)',
    text: 'autoSelectFamily tries all addresses, alternately, until one accepts',
    run: async scene => {
      const port = await portOf(scene);
      const socket = scene.own(new scene.net.Socket());
      const events = record(socket, ...EVENTS);
      const lookup = lookupOf([
        { address: '127.0.0.2', family: 4 },
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ]);
      socket.connect({ port, host: 'a.name', lookup: lookup as never, autoSelectFamilyAttemptTimeout: 5000 });
      await once(socket, 'ready');
      return withoutPorts([events, socket.autoSelectFamilyAttemptedAddresses], port);
    },
  },
  {
    of: 'socket.connect(options)',
    text: 'if all addresses fail, the error is an AggregateError with all of them',
    run: async scene => {
      const port = await freePort(scene);
      const lookup = lookupOf([
        { address: '::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ]);
      const socket = scene.own(new scene.net.Socket());
      const failed = once(socket, 'error');
      socket.connect({ port, host: 'a.name', lookup: lookup as never, autoSelectFamilyAttemptTimeout: 5000 });
      const [error] = await failed;
      const { errors, code, message } = error as AggregateError & { code: string };
      const isAggregate = error instanceof AggregateError;
      return withoutPorts([isAggregate, code, message, errors.map(errorOf)], port);
    },
  },
  {
    of: 'socket.connect(options)',
    text: 'without autoSelectFamily, only the first address is tried',
    run: async scene => {
      const port = await portOf(scene);
      const lookup = lookupOf([
        { address: '127.0.0.2', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
      return withoutPorts(
        await eventsOf(scene, { port, host: 'a.name', lookup, autoSelectFamily: false }),
        port,
      );
    },
  },
  {
    of: 'socket.connect(options)',
    text: 'localAddress and localPort are those of the socket',
    run: async scene => {
      const { server, port } = await scene.pair();
      const local = await freePort(scene);
      const accepted = once(server, 'connection');
      const options = { port, host: '127.0.0.1', localAddress: '127.0.0.1', localPort: local };
      const client = scene.own(scene.net.connect(options));
      const [[peer]] = (await Promise.all([accepted, once(client, 'connect')])) as [[Socket], unknown];
      return [client.localAddress, client.localPort === local, peer.remotePort === local];
    },
  },
  {
    of: 'socket.connect(options)',
    text: 'reports a local address that cannot be bound',
    run: async scene => {
      const [port, local] = [await portOf(scene), await portOf(scene)];
      const own = await eventsOf(scene, { port, host: '127.0.0.1', localAddress: '192.0.2.1' });
      const used = { port, host: '127.0.0.1', localAddress: '127.0.0.1', localPort: local };
      return withoutPorts([own, await eventsOf(scene, used)], port, local);
    },
  },
  {
    of: 'socket.connect(options)',
    text: 'an error names the local address and port if both are given',
    run: async scene => {
      const [port, local] = [await freePort(scene), await freePort(scene)];
      const options = { port, host: '127.0.0.1', localAddress: '127.0.0.1', localPort: local };
      const socket = scene.own(scene.net.connect(options));
      const [error] = await once(socket, 'error');
      const { localAddress, localPort, message } = error as Record<string, unknown>;
      return withoutPorts([localAddress, localPort, message], port, local);
    },
  },
  {
    of: 'socket.connect()',
    text: "can be called again after 'close'",
    run: async scene => {
      const { client, peer: first, port, server } = await scene.pair();
      first.resume();
      client.end('first');
      client.resume();
      server.once('connection', peer => peer.end('second'));
      await once(client, 'close');
      client.connect(port, '127.0.0.1');
      await once(client, 'connect');
      const [data] = await once(client, 'data');
      return [String(data), client.destroyed];
    },
  },
  {
    of: 'net.connect(options)',
    text: 'timeout is the idle timeout, also while it connects',
    run: async scene => {
      const port = await portOf(scene);
      const socket = scene.own(scene.net.connect({ port, host: '127.0.0.1', timeout: 30 }));
      await once(socket, 'timeout');
      return [socket.timeout, socket.destroyed];
    },
  },
  {
    of: 'new net.Socket(options)',
    text: 'signal destroys the socket with an AbortError',
    run: async scene => {
      const port = await portOf(scene);
      const controller = new AbortController();
      const socket = scene.own(scene.net.connect({ port, host: '127.0.0.1', signal: controller.signal }));
      await once(socket, 'connect');
      const failed = once(socket, 'error');
      controller.abort();
      const [error] = await failed;
      return [
        (error as Error).name,
        (error as { code: string }).code,
        (error as Error).message,
        socket.destroyed,
      ];
    },
  },
  {
    of: 'new net.Socket(options)',
    text: 'a signal that is already aborted destroys the socket',
    run: async scene => {
      const socket = scene.own(new scene.net.Socket({ signal: AbortSignal.abort() }));
      const [error] = await once(socket, 'error');
      return (error as Error).name;
    },
  },
  {
    of: 'socket.connect()',
    text: 'destroy() while connecting ends the attempt',
    run: async scene => {
      const port = await portOf(scene);
      const socket = scene.own(new scene.net.Socket());
      const events = record(socket, 'connect', 'ready', 'error', 'close');
      socket.connect(port, '127.0.0.1');
      socket.destroy();
      await once(socket, 'close');
      await new Promise(resolve => setTimeout(resolve, 20));
      return [events, socket.connecting, socket.destroyed];
    },
  },
  {
    of: 'socket.write()',
    text: 'before the connection, data is kept until it is established',
    run: async scene => {
      const server = await scene.listening();
      const accepted = once(server, 'connection');
      const { port } = server.address() as AddressInfo;
      const socket = scene.own(scene.net.connect(port, '127.0.0.1'));
      const results = [socket.write('one '), socket.write('two'), socket.bytesWritten, socket.writableLength];
      const [peer] = await accepted;
      let text = '';
      peer.on('data', (data: Buffer) => {
        text += data;
      });
      socket.end();
      await once(peer, 'end');
      return [results, text, socket.bytesWritten];
    },
  },
  {
    of: 'socket.write()',
    text: 'fails with ERR_SOCKET_CLOSED_BEFORE_CONNECTION if the connection is destroyed before',
    run: async scene => {
      const port = await portOf(scene);
      const socket = scene.own(scene.net.connect(port, '127.0.0.1'));
      const result = new Promise(resolve => socket.write('x', error => resolve(errorOf(error))));
      socket.destroy();
      return (await result) as { code: string };
    },
  },
  {
    of: 'socket.write()',
    text: 'on a socket that was never connected is ERR_SOCKET_CLOSED',
    run: async scene => {
      const socket = scene.own(new scene.net.Socket());
      return new Promise(resolve => socket.write('x', error => resolve(errorOf(error))));
    },
  },
];
