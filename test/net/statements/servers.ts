import { EventEmitter, once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import type { AddressInfo, Server, Socket } from 'node:net';
import { notOnWindows } from '../../support/kernel.js';
import { clusterResults } from '../cluster.js';
import { errorOf, record, type Scene, type Statement, thrown, withoutPorts } from '../statement.js';

/** Returns the result of listening: the address, or the error. */
async function listenResult(scene: Scene, ...args: unknown[]): Promise<unknown> {
  const server = scene.ownServer(scene.net.createServer());
  try {
    (server.listen as (...args: unknown[]) => Server)(...args);
  } catch (error) {
    return { thrown: errorOf(error) };
  }
  const outcome = await Promise.race([
    once(server, 'listening').then(() => server.address()),
    new Promise(resolve => server.on('error', error => resolve(errorOf(error)))),
  ]);
  const { port } = outcome as { port?: number };
  return port && typeof outcome === 'object' && 'family' in outcome!
    ? { ...outcome, port: port > 0 }
    : outcome;
}

const count = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => server.getConnections((error, n) => (error ? reject(error) : resolve(n))));

export const servers: readonly Statement[] = [
  {
    of: 'server.listen()',
    text: "emits 'listening', and adds the last argument as a listener",
    run: async ({ net }) => {
      const server = net.createServer();
      const events = record(server, 'listening', 'close');
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      const isListening = server.listening;
      await new Promise(resolve => server.close(resolve));
      return [events, isListening, server.listening];
    },
  },
  {
    of: 'server.listen()',
    text: "does not emit 'listening' before it returns",
    run: async ({ net }) => {
      const server = net.createServer();
      const events = record(server, 'listening');
      server.listen(0, '127.0.0.1');
      const before = events.length;
      await once(server, 'listening');
      await new Promise(resolve => server.close(resolve));
      return [before, events.length];
    },
  },
  {
    of: 'server.listen()',
    text: 'throws ERR_SERVER_ALREADY_LISTEN when it listens already',
    run: async scene => {
      const server = await scene.listening();
      return thrown(() => server.listen(0));
    },
  },
  {
    of: 'server.listen()',
    text: 'can be called again after close()',
    run: async scene => {
      const server = await scene.listening();
      await new Promise(resolve => server.close(resolve));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server.listening;
    },
  },
  {
    of: 'server.listen()',
    text: 'can be called again after an error',
    run: async scene => {
      const other = await scene.listening();
      const { port } = other.address() as AddressInfo;
      const server = scene.ownServer(scene.net.createServer());
      server.listen(port, '127.0.0.1');
      const [error] = await once(server, 'error');
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return withoutPorts([errorOf(error), server.listening], port);
    },
  },
  {
    of: 'server.listen()',
    text: 'chooses a port if it is 0, undefined, null or omitted',
    run: async scene => [
      await listenResult(scene),
      await listenResult(scene, 0),
      await listenResult(scene, undefined),
      await listenResult(scene, null),
      await listenResult(scene, { port: undefined, host: '127.0.0.1' }),
      await listenResult(scene, () => {}),
    ],
  },
  {
    of: 'server.listen(port, host, backlog)',
    text: 'takes port and host, and a port as a string',
    run: async scene => [
      await listenResult(scene, 0, '127.0.0.1'),
      await listenResult(scene, '0', '127.0.0.1', 5),
      await listenResult(scene, { port: '0', host: 'localhost', backlog: 1 }),
      await listenResult(scene, 0, '::1'),
    ],
  },
  {
    of: 'server.listen(port)',
    text: 'listens on :: when IPv6 is available, and accepts IPv4 there',
    run: async scene => {
      const server = await scene.listening({}, { port: 0 });
      const { address, family, port } = server.address() as AddressInfo;
      const accepted = once(server, 'connection');
      scene.own(scene.net.connect(port, '127.0.0.1'));
      const [peer] = await accepted;
      return [address, family, peer.remoteAddress, peer.remoteFamily];
    },
  },
  {
    of: 'server.listen(options)',
    text: 'with ipv6Only, :: does not accept IPv4',
    run: async scene => {
      const server = await scene.listening({}, { port: 0, host: '::', ipv6Only: true });
      const { port } = server.address() as AddressInfo;
      const socket = scene.own(scene.net.connect(port, '127.0.0.1'));
      const [error] = await once(socket, 'error');
      return (error as { code: string }).code;
    },
  },
  {
    of: 'server.listen(options)',
    text: 'throws for invalid ports, and without port and path',
    run: async scene => [
      await listenResult(scene, -1),
      await listenResult(scene, 65536),
      await listenResult(scene, { port: 'x' }),
      await listenResult(scene, {}),
      await listenResult(scene, { path: 5 }),
      await listenResult(scene, true),
    ],
  },
  {
    of: 'server.listen(options)',
    text: 'signal closes the server',
    run: async scene => {
      const controller = new AbortController();
      const server = await scene.listening({}, { port: 0, host: '127.0.0.1', signal: controller.signal });
      controller.abort();
      await once(server, 'close');
      return server.listening;
    },
  },
  {
    of: 'server.listen(options)',
    text: 'a signal that is already aborted closes the server',
    run: async ({ net }) => {
      const server = net.createServer();
      const closed = once(server, 'close');
      server.listen({ port: 0, host: '127.0.0.1', signal: AbortSignal.abort() });
      await closed;
      return server.listening;
    },
  },
  {
    of: 'server.listen(options)',
    text: 'refuses a signal of another type',
    run: scene => listenResult(scene, { port: 0, signal: 5 }),
  },
  {
    of: 'server.listen(path)',
    text: 'listens on a Unix path, which close() removes',
    run: async scene => {
      const path = scene.path();
      const server = scene.ownServer(scene.net.createServer());
      server.listen(path);
      await once(server, 'listening');
      const states = [server.address() === path, existsSync(path)];
      await new Promise(resolve => server.close(resolve));
      while (existsSync(path)) await new Promise(setImmediate);
      return [...states, existsSync(path)];
    },
  },
  {
    of: 'server.address()',
    text: 'returns null after close(), also for a path',
    run: async scene => {
      const server = await scene.listening({}, { path: scene.path() });
      server.close();
      return server.address() === null;
    },
    result: true,
    different: 'This is what the documentation states; Node.js returns the path.',
  },
  {
    of: 'server.listen(path)',
    text: 'listens in the abstract namespace, with \\0 at the beginning',
    run: async scene => {
      const path = `\0berkeley-net-${process.pid}-${Math.random()}`;
      const server = await scene.listening({}, { path });
      const accepted = once(server, 'connection');
      const client = scene.own(scene.net.connect(path));
      await Promise.all([accepted, once(client, 'connect')]);
      return [server.address() === path, client.remoteAddress, client.address()];
    },
  },
  {
    of: 'server.listen(path)',
    text: 'reports errors with the path: EADDRINUSE, and EACCES for a folder that does not exist',
    run: async scene => {
      const path = scene.path();
      await scene.listening({}, { path });
      const hide = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll(path, '<path>'));
      return [hide(await listenResult(scene, path)), await listenResult(scene, '/nonexistent/x.sock')];
    },
  },
  {
    of: 'server.listen(path)',
    text: 'a path that is longer than sun_path is an error',
    run: async scene => {
      const path = `/tmp/${'x'.repeat(200)}`;
      return JSON.stringify(await listenResult(scene, path)).includes('108');
    },
    result: true,
    different:
      'Node.js 20 cuts the path and listens on another one; here it is an error before any system call.',
  },
  {
    of: 'server.listen(options)',
    text: 'readableAll and writableAll set the permissions of the path',
    run: async scene => {
      const modes: string[] = [];
      for (const extra of [
        { readableAll: true },
        { writableAll: true },
        { readableAll: true, writableAll: true },
      ]) {
        const path = scene.path();
        await scene.listening({}, { path, ...extra });
        modes.push((statSync(path).mode & 0o777).toString(8));
      }
      return modes;
    },
  },
  {
    of: 'server.listen(options)',
    text: 'refuses readableAll for an abstract name',
    run: scene => listenResult(scene, { path: '\0x', readableAll: true }),
  },
  {
    of: 'server.listen(handle)',
    text: 'a descriptor that is not a socket is EINVAL',
    run: async scene => [await listenResult(scene, { fd: 99_999 })],
  },
  {
    of: 'server.listen()',
    text: 'reports EADDRINUSE, EADDRNOTAVAIL and ENOTFOUND with the address',
    run: async scene => {
      const server = await scene.listening();
      const { port } = server.address() as AddressInfo;
      const inUse = withoutPorts(await listenResult(scene, port, '127.0.0.1'), port);
      return [inUse, await listenResult(scene, 0, '192.0.2.1'), await listenResult(scene, 0, 'name.invalid')];
    },
  },
  {
    of: 'server.address()',
    text: 'returns address, family and port; null before listening and after close()',
    run: async scene => {
      const server = scene.net.createServer();
      const before = server.address();
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { address, family, port } = server.address() as AddressInfo;
      server.close();
      return [before, address, family, port > 0, server.address()];
    },
  },
  {
    of: "Event: 'connection'",
    text: 'has a net.Socket, whose server is this one',
    run: async scene => {
      const { server, peer, client } = await scene.pair();
      const its = (socket: Socket): unknown => (socket as { server?: unknown }).server;
      return [peer instanceof scene.net.Socket, its(peer) === server, its(client)];
    },
  },
  {
    of: 'server.close()',
    text: "emits 'close' when all connections have ended, and keeps them until then",
    run: async scene => {
      const { server, client, peer } = await scene.pair();
      const events = record(server, 'close');
      server.close();
      await new Promise(resolve => setTimeout(resolve, 20));
      const before = events.length;
      peer.on('data', data => peer.write(data));
      client.write('still there');
      const [data] = await once(client, 'data');
      client.end();
      await once(server, 'close');
      return [before, String(data), [...events]];
    },
  },
  {
    of: 'server.close()',
    text: 'accepts no more connections',
    run: async scene => {
      const server = await scene.listening();
      const { port } = server.address() as AddressInfo;
      server.close();
      const [error] = await once(scene.own(scene.net.connect(port, '127.0.0.1')), 'error');
      return (error as { code: string }).code;
    },
  },
  {
    of: 'server.close(callback)',
    text: 'calls it with ERR_SERVER_NOT_RUNNING if the server was not open, and without arguments otherwise',
    run: async scene => {
      const server = await scene.listening();
      const close = (): Promise<unknown[]> =>
        new Promise(resolve => server.close((...args) => resolve(args)));
      const first = await close();
      return [first, (await close()).map(errorOf)];
    },
  },
  {
    of: 'server[Symbol.asyncDispose]()',
    text: 'closes the server; again, it does nothing',
    run: async scene => {
      const server = await scene.listening();
      const dispose = (server as unknown as Record<symbol, () => Promise<void>>)[
        (Symbol as { asyncDispose?: symbol }).asyncDispose!
      ]!;
      await dispose.call(server);
      await dispose.call(server);
      return server.listening;
    },
  },
  {
    of: 'server.getConnections(callback)',
    text: 'counts the connections, asynchronously',
    run: async scene => {
      const { server, client, peer } = await scene.pair();
      const one = await count(server);
      client.destroy();
      peer.resume();
      await once(peer, 'close');
      return [one, await count(server)];
    },
  },
  {
    of: 'server.maxConnections',
    text: "drops further connections, with 'drop' and their addresses",
    run: async scene => {
      const { server, client, port } = await scene.pair();
      server.maxConnections = 1;
      const dropped = once(server, 'drop');
      const other = scene.own(scene.net.connect(port, '127.0.0.1'));
      const [data] = await dropped;
      other.resume();
      await once(other, 'close');
      const names = Object.keys(data as object).sort();
      const { localAddress, localFamily, localPort, remoteAddress, remoteFamily } = data as Record<
        string,
        unknown
      >;
      return [
        names,
        localAddress,
        localFamily,
        localPort === port,
        remoteAddress,
        remoteFamily,
        client.destroyed,
      ];
    },
  },
  {
    of: 'server.maxConnections',
    text: "for a Unix server, 'drop' has no argument",
    run: async scene => {
      const { server } = await scene.pair({ where: { path: scene.path() } });
      server.maxConnections = 1;
      const dropped = once(server, 'drop');
      scene.own(scene.net.connect(server.address() as string));
      return (await dropped)[0] === undefined;
    },
  },
  {
    of: 'server.maxConnections',
    text: '0 drops every connection',
    run: async scene => {
      const server = await scene.listening();
      server.maxConnections = 0;
      scene.own(scene.net.connect((server.address() as AddressInfo).port, '127.0.0.1'));
      await once(server, 'drop');
      return true;
    },
    result: true,
    more: 'Node.js 21',
  },
  {
    of: 'net.createServer(options)',
    text: 'pauseOnConnect: nothing is received before resume()',
    run: async scene => {
      const { client, peer } = await scene.pair({ server: { pauseOnConnect: true } });
      client.write('hello');
      const states = [peer.isPaused(), peer.bytesRead];
      const data = once(peer, 'data');
      peer.resume();
      return [...states, String((await data)[0]), peer.bytesRead];
    },
  },
  {
    of: 'net.createServer(options)',
    text: 'highWaterMark is that of both directions of connections',
    run: async scene => {
      const { peer } = await scene.pair({ server: { highWaterMark: 1234 } });
      return [peer.readableHighWaterMark, peer.writableHighWaterMark];
    },
  },
  {
    of: 'net.createServer(options)',
    text: 'refuses options of another type',
    run: ({ net }) =>
      [5, 'x', { keepAliveInitialDelay: 'x' }, { highWaterMark: 'x' }].map(options =>
        thrown(() => net.createServer(options as never)),
      ),
  },
  {
    of: 'net.createServer(options)',
    text: 'takes null and undefined as no options',
    run: ({ net }) =>
      [null, undefined].map(options => net.createServer(options as never) instanceof EventEmitter),
  },
  {
    of: 'net.createServer(options)',
    text: 'allowHalfOpen: connections can send after the peer has ended',
    run: async scene => {
      const { client, peer } = await scene.pair({ server: { allowHalfOpen: true } });
      peer.resume();
      client.end();
      await once(peer, 'end');
      const state = [peer.writable, peer.readyState];
      peer.end('later');
      const [data] = await once(client, 'data');
      return [...state, String(data)];
    },
  },
  {
    of: 'server.ref()',
    text: 'ref() and unref() return the server',
    run: ({ net }) => {
      const server = net.createServer();
      return [server.ref() === server, server.unref() === server];
    },
  },
  {
    of: 'captureRejections',
    text: 'a connection whose async listener fails is destroyed with its error',
    run: async scene => {
      const { server, peer } = await scene.pair();
      const error = once(peer, 'error');
      const { captureRejectionSymbol } = EventEmitter as unknown as { captureRejectionSymbol: symbol };
      const failed = (server as unknown as Record<symbol, (...args: unknown[]) => void>)[
        captureRejectionSymbol
      ]!;
      failed.call(server, new Error('in a listener'), 'connection', peer);
      return [errorOf((await error)[0]), peer.destroyed];
    },
  },
  {
    of: 'cluster',
    text: 'the workers of a cluster share a port or a path, and get connections in turn',
    skip: notOnWindows('descriptors of handles'),
    run: async scene => clusterResults(scene.specifier, 'rr', scene.path()),
  },
];
