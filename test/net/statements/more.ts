import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { AF_UNIX, Socket as BerkeleySocket, SOCK_STREAM, socketpair } from 'berkeley';
import { IPPROTO_MPTCP, VMADDR_CID_ANY, VMADDR_CID_LOCAL, VMADDR_PORT_ANY } from 'berkeley/constants';
import type { AnySocket, Server as OurServer, Socket as OurSocket } from 'berkeley/net';
import { ip, ipv6, so, tcp } from 'berkeley/options';
import { needsRoot } from '../../support/kernel.js';
import { needsVsockLoopback } from '../../support/vsock.js';
import { errorOf, type Statement, thrown } from '../statement.js';

const handleOf = (socket: Socket): AnySocket => (socket as unknown as OurSocket).handle!;

export const more: readonly Statement[] = [
  {
    of: 'options.options',
    text: 'sets socket options before the socket is connected',
    more: true,
    run: async scene => {
      const { client } = await scene.pair({
        client: {
          options: [
            [tcp.userTimeout, 5000],
            [so.rcvlowat, 1],
          ],
        },
      });
      return handleOf(client).getOption(tcp.userTimeout as never);
    },
    result: 5000,
  },
  {
    of: 'options.options',
    text: 'skips the rows of the other IP family, and refuses other rows that do not fit',
    more: true,
    run: async scene => {
      const both = [
        [ip.mtuDiscover, 2],
        [ipv6.tclass, 16],
      ];
      const { client, port } = await scene.pair({ client: { options: both } });
      const wrong = { port, host: '127.0.0.1', options: [[so.passcred, true]] };
      const [error] = await once(scene.own(scene.net.connect(wrong as never)), 'error');
      return [handleOf(client).getOption(ip.mtuDiscover as never), (error as { code: string }).code];
    },
    result: [2, 'ERR_INVALID_ARG_VALUE'],
  },
  {
    of: 'options.options',
    text: 'reports a mistake before a socket is created',
    more: true,
    run: ({ ours }) =>
      [
        thrown(() => ours.connect({ port: 1, options: 5 as never })),
        thrown(() => ours.connect({ port: 1, options: [[tcp.userTimeout, 'x']] })),
        thrown(() => ours.connect({ port: 1, mark: 'x' as never })),
        thrown(() => ours.connect({ port: 1, bindToDevice: 5 as never })),
      ].map(error => (error as { code: string }).code),
    result: ['ERR_INVALID_ARG_TYPE', 'ERR_INVALID_ARG_TYPE', 'ERR_INVALID_ARG_TYPE', 'ERR_INVALID_ARG_TYPE'],
  },
  {
    of: 'options.bindToDevice',
    text: 'restricts the socket to an interface',
    more: true,
    run: async scene => {
      const { client } = await scene.pair({ client: { bindToDevice: 'lo' } });
      return handleOf(client).getOption(so.bindtodevice as never);
    },
    result: 'lo',
  },
  {
    of: 'options.mark',
    text: 'sets the mark of sent packets',
    more: true,
    skip: needsRoot,
    run: async scene =>
      handleOf((await scene.pair({ client: { mark: 7 } })).client).getOption(so.mark as never),
    result: 7,
  },
  {
    of: 'server.listen(options)',
    text: 'takes initial options for the listening socket',
    more: true,
    run: async scene => {
      const where = { port: 0, host: '127.0.0.1', options: [[tcp.deferAccept, 5]] };
      const server = (await scene.listening({}, where)) as unknown as OurServer;
      return (server.handle!.getOption(tcp.deferAccept) as number) > 0;
    },
    result: true,
  },
  {
    of: 'net.createServer(options)',
    text: 'takes initial options for each connection',
    more: true,
    run: async scene => {
      const { peer } = await scene.pair({ server: { options: [[tcp.userTimeout, 1234]] } });
      return handleOf(peer).getOption(tcp.userTimeout as never);
    },
    result: 1234,
  },
  {
    of: 'options.address',
    text: 'connects and listens with other families: vsock',
    more: true,
    skip: needsVsockLoopback,
    run: async scene => {
      const address = { family: 'vsock', cid: VMADDR_CID_ANY, port: VMADDR_PORT_ANY };
      const server = (await scene.listening({}, { address })) as unknown as OurServer;
      const { port } = server.address() as { port: number };
      const accepted = once(server, 'connection');
      const client = scene.ours.connect({
        address: { family: 'vsock', cid: VMADDR_CID_LOCAL, port } as never,
      });
      scene.onEnd(() => client.destroy());
      const [[peer]] = await Promise.all([accepted, once(client, 'connect')]);
      peer.end('over vsock');
      const [data] = await once(client, 'data');
      return String(data);
    },
    result: 'over vsock',
  },
  {
    of: 'options.protocol',
    text: 'creates the socket with another protocol: MPTCP',
    more: true,
    run: async scene => {
      const where = { port: 0, host: '127.0.0.1', protocol: IPPROTO_MPTCP };
      const { client } = await scene.pair({ where, client: { protocol: IPPROTO_MPTCP } });
      return handleOf(client).protocol;
    },
    result: IPPROTO_MPTCP as number,
  },
  {
    of: 'options.handle',
    text: 'takes over a connected socket of this package',
    more: true,
    run: async ({ ours }) => {
      const [here, there] = socketpair(AF_UNIX, SOCK_STREAM);
      const socket = new ours.Socket({ handle: here });
      there.sendAllSync('hello');
      const [data] = await once(socket, 'data');
      socket.destroy();
      there.close();
      return [String(data), here.closed];
    },
    result: ['hello', true],
  },
  {
    of: 'server.listen(handle)',
    text: 'listens on a bound socket of this package, and on a descriptor',
    more: true,
    run: async scene => {
      const results: unknown[] = [];
      for (const form of ['handle', 'fd']) {
        const socket = new BerkeleySocket();
        socket.bind({ host: '127.0.0.1', port: 0 });
        const server = scene.ours.createServer();
        server.listen(form === 'fd' ? { fd: socket.detach() } : socket);
        await once(server, 'listening');
        const client = scene.ours.connect((server.address() as AddressInfo).port, '127.0.0.1');
        await once(client, 'connect');
        results.push(client.remoteAddress);
        client.destroy();
        server.close();
      }
      return results;
    },
    result: ['127.0.0.1', '127.0.0.1'],
  },
  {
    of: 'net.BoundSocket',
    text: 'reserves a port or a path, which a server or a connection takes over',
    more: 'Node.js 24.19',
    run: async scene => {
      const { BoundSocket, createServer, Socket } = scene.ours;
      const bound = new BoundSocket({ host: '127.0.0.1' });
      const { port } = bound.address() as AddressInfo;
      const server = createServer();
      server.listen(bound);
      await once(server, 'listening');
      const source = new BoundSocket({ host: '127.0.0.1' });
      const { port: from } = source.address() as AddressInfo;
      const client = new Socket({ handle: source });
      client.connect(port, '127.0.0.1');
      await once(client, 'connect');
      const path = scene.path();
      const unix = new BoundSocket({ path });
      const isThere = existsSync(path);
      unix.close();
      const results = [client.localPort === from, (server.address() as AddressInfo).port === port];
      client.destroy();
      server.close();
      return [...results, isThere, existsSync(path), unix.isPipe, thrown(() => bound.address())];
    },
    result: [
      true,
      true,
      true,
      false,
      true,
      { kind: 'Error', message: 'The socket handle was already adopted', code: 'ERR_SOCKET_HANDLE_ADOPTED' },
    ],
  },
  {
    of: 'options.blockList',
    text: 'a connection to a listed address fails with ERR_IP_BLOCKED, and one from it is closed',
    more: 'Node.js 22.13',
    run: async scene => {
      const blockList = new scene.net.BlockList();
      blockList.addAddress('127.0.0.1');
      const socket = scene.own(scene.net.connect({ port: 1, host: '127.0.0.1', blockList } as never));
      const [error] = await once(socket, 'error');
      const server = await scene.listening({ blockList });
      const client = scene.own(scene.net.connect((server.address() as AddressInfo).port, '127.0.0.1'));
      client.resume();
      await once(client, 'close');
      return errorOf(error);
    },
    result: {
      kind: 'Error',
      message: 'IP(127.0.0.1) is blocked by net.BlockList',
      code: 'ERR_IP_BLOCKED',
    },
  },
  {
    of: 'socket.setTypeOfService(tos)',
    text: 'sets and reads the type of service, also before the connection',
    more: 'Node.js 24.15',
    run: async scene => {
      const { port } = await scene.pair();
      const socket = new scene.ours.Socket({ typeOfService: 32 });
      const before = socket.getTypeOfService();
      socket.connect(port, '127.0.0.1');
      await once(socket, 'connect');
      const results = [before, socket.getTypeOfService(), socket.setTypeOfService(16).getTypeOfService()];
      socket.destroy();
      return [...results, thrown(() => socket.setTypeOfService(256))];
    },
    result: [
      32,
      32,
      16,
      {
        kind: 'RangeError',
        message: 'The value of "tos" is out of range. It must be >= 0 && <= 255. Received 256',
        code: 'ERR_OUT_OF_RANGE',
      },
    ],
  },
  {
    of: 'socket.setKeepAlive(options)',
    text: 'takes an object, with the interval and the number of probes',
    more: 'Node.js 24.19',
    run: async scene => {
      const { client } = await scene.pair();
      (client as unknown as OurSocket).setKeepAlive({
        enable: true,
        initialDelay: 4000,
        interval: 2000,
        count: 3,
      });
      const handle = handleOf(client);
      return [tcp.keepidle, tcp.keepintvl, tcp.keepcnt].map(row => handle.getOption(row as never));
    },
    result: [4, 2, 3],
  },
  {
    of: 'server.listen(options)',
    text: 'reusePort: several servers share a port',
    more: 'Node.js 22.12',
    run: async scene => {
      const first = await scene.listening({}, { port: 0, host: '127.0.0.1', reusePort: true });
      const { port } = first.address() as AddressInfo;
      const second = await scene.listening({}, { port, host: '127.0.0.1', reusePort: true });
      return (second.address() as AddressInfo).port === port;
    },
    result: true,
  },
  {
    of: 'server[Symbol.asyncIterator]()',
    text: "yields each connection, and ends with 'close'",
    more: 'a later version of Node.js',
    run: async scene => {
      const server = (await scene.listening()) as unknown as OurServer;
      scene.own(scene.net.connect((server.address() as AddressInfo).port, '127.0.0.1'));
      let connections = 0;
      for await (const socket of server) {
        connections++;
        socket.destroy();
        server.close();
      }
      return connections;
    },
    result: 1,
  },
  {
    of: 'socket.connect(options)',
    text: 'a slow attempt continues while the next address is tried',
    more: true,
    run: async scene => {
      const { port } = await scene.pair();
      const lookup = (_: string, __: object, callback: (...args: unknown[]) => void): void =>
        callback(null, [
          { address: '127.0.0.1', family: 4 },
          { address: '::1', family: 6 },
        ]);
      const options = { port, host: 'a.name', lookup, autoSelectFamilyAttemptTimeout: 10 };
      const client = scene.own(scene.net.connect(options as never));
      await once(client, 'connect');
      return client.remoteAddress;
    },
    result: '127.0.0.1',
  },
];
