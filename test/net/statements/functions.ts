import { once } from 'node:events';
import { type Statement, thrown } from '../statement.js';

/** The functions of the module that are not about a connection. */
export const functions: readonly Statement[] = [
  {
    of: 'net.isIP(input)',
    text: 'returns 6 for IPv6, 4 for IPv4, and 0 for anything else',
    run: ({ net }) =>
      ['::1', '127.0.0.1', '127.000.000.001', '127.0.0.1/24', 'fhqwhgads', 5].map(x => net.isIP(x as string)),
  },
  {
    of: 'net.isIPv4(input)',
    text: 'returns whether the input is IPv4 in dot-decimal notation without leading zeroes',
    run: ({ net }) => ['127.0.0.1', '127.000.000.001', '127.0.0.1/24', '::1'].map(net.isIPv4),
  },
  {
    of: 'net.isIPv6(input)',
    text: 'returns whether the input is IPv6',
    run: ({ net }) => ['::1', '::ffff:127.0.0.1', '127.0.0.1', 'x'].map(net.isIPv6),
  },
  {
    of: 'net.getDefaultAutoSelectFamily()',
    text: 'returns the default of autoSelectFamily',
    run: ({ net }) => net.getDefaultAutoSelectFamily(),
  },
  {
    of: 'net.setDefaultAutoSelectFamily(value)',
    text: 'takes only a boolean',
    run: ({ net }) => thrown(() => net.setDefaultAutoSelectFamily(1 as never)),
  },
  {
    of: 'net.getDefaultAutoSelectFamilyAttemptTimeout()',
    text: 'returns the default of autoSelectFamilyAttemptTimeout',
    run: ({ net }) => net.getDefaultAutoSelectFamilyAttemptTimeout(),
  },
  {
    of: 'net.setDefaultAutoSelectFamilyAttemptTimeout(value)',
    text: 'takes only a positive integer',
    run: ({ net }) =>
      [0, -1, 1.5, 'x'].map(x => thrown(() => net.setDefaultAutoSelectFamilyAttemptTimeout(x as never))),
  },
  {
    of: 'net.BlockList',
    text: 'is the class of Node: one list serves both modules',
    run: ({ net }) => {
      const list = new net.BlockList();
      list.addSubnet('10.0.0.0', 8);
      return [list.check('10.1.2.3'), list.check('11.1.2.3'), list.rules];
    },
  },
  {
    of: 'net.SocketAddress',
    text: 'is the class of Node',
    run: ({ net }) => {
      const { address, family, port, flowlabel } = new net.SocketAddress({ address: '1.2.3.4', port: 5 });
      return { address, family, port, flowlabel };
    },
  },
  {
    of: 'net.createConnection()',
    text: 'is another name of net.connect()',
    run: async scene => {
      const server = await scene.listening();
      const { port } = server.address() as { port: number };
      const socket = scene.own(scene.net.createConnection(port, '127.0.0.1'));
      await once(socket, 'connect');
      return [socket instanceof scene.net.Socket, socket.remotePort === port];
    },
  },
  {
    of: 'net.createServer()',
    text: 'returns a net.Server, which is an EventEmitter',
    run: ({ net }) => {
      const server = net.createServer();
      return [server instanceof net.Server, typeof server.on, server.listening, server.address()];
    },
  },
  {
    of: 'net.Stream',
    text: 'is an older name of net.Socket',
    run: ({ net }) => (net as unknown as { Stream: unknown }).Stream === net.Socket,
  },
  {
    of: 'require("net")',
    text: 'the documented names exist',
    run: ({ net }) =>
      [
        'BlockList',
        'SocketAddress',
        'Server',
        'Socket',
        'connect',
        'createConnection',
        'createServer',
        'isIP',
      ].map(name => typeof (net as unknown as Record<string, unknown>)[name]),
  },
];
