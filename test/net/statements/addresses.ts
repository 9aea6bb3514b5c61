import { once } from 'node:events';
import type { Statement } from '../statement.js';

export const addresses: readonly Statement[] = [
  {
    of: 'socket.address()',
    text: 'returns the local address: address, family and port',
    run: async scene => {
      const { client, peer, port } = await scene.pair();
      const { address, family } = client.address() as { address: string; family: string };
      return [address, family, (peer.address() as { port: number }).port === port];
    },
  },
  {
    of: 'socket.localAddress',
    text: 'localAddress, localPort and localFamily are those of the address',
    run: async scene => {
      const { client, peer, port } = await scene.pair();
      return [
        client.localAddress,
        client.localFamily,
        peer.localPort === port,
        client.localPort === peer.remotePort,
      ];
    },
  },
  {
    of: 'socket.remoteAddress',
    text: 'remoteAddress, remotePort and remoteFamily are those of the peer',
    run: async scene => {
      const { client, port } = await scene.pair();
      return [client.remoteAddress, client.remoteFamily, client.remotePort === port];
    },
  },
  {
    of: 'socket.remoteAddress',
    text: 'of an IPv6 connection are IPv6',
    run: async scene => {
      const { client, peer } = await scene.pair({ where: { port: 0, host: '::1' } });
      return [client.remoteAddress, client.remoteFamily, peer.localAddress, peer.localFamily];
    },
  },
  {
    of: 'socket.remoteAddress',
    text: 'is undefined after the socket is destroyed, unless it was read before',
    run: async scene => {
      const { client, peer } = await scene.pair();
      const before = client.remoteAddress;
      client.destroy();
      peer.destroy();
      await once(client, 'close');
      return [before, client.remoteAddress, peer.remoteAddress, client.localAddress, client.address()];
    },
  },
  {
    of: 'socket.remoteAddress',
    text: 'is undefined for Unix sockets',
    run: async scene => {
      const { client, peer } = await scene.pair({ where: { path: scene.path() } });
      return [client.remoteAddress, client.remotePort, peer.localAddress, peer.address()];
    },
  },
];
