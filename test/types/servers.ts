/** Checks that only the compiler performs: the handlers of servers. */
import type { Socket } from 'berkeley';
import {
  type DeviceEvent,
  type Link,
  type LinkAddress,
  listSockets,
  listSocketsSync,
  type Neighbour,
  type Route,
  type SocketEntry,
  type UnixSocketEntry,
  watchDevices,
  watchRoutes,
} from 'berkeley/netlink';
import { tcp, unicast } from 'berkeley/options';
import {
  BaseRequestHandler,
  DatagramRequestHandler,
  type InternetFamily,
  StreamRequestHandler,
  TCPServer,
  UDPServer,
  UnixDatagramServer,
  UnixStreamServer,
} from 'berkeley/socketserver';
import { is } from './same.js';

const address = { host: '127.0.0.1', port: 0 };

class AnyStream extends StreamRequestHandler {}
class AnyDatagram extends DatagramRequestHandler {}

class Local extends StreamRequestHandler<InternetFamily, TCPServer> {
  override timeout = 5000;
  override async handle(): Promise<void> {
    this.connection.setOption(tcp.nodelay, true);
    is<number>()(this.clientAddress.port);
    is<number>()(this.server.activeRequests);
    await this.wfile.write(await this.rfile.readline());
  }
}

export const servers = [
  new TCPServer(address, AnyStream),
  new TCPServer(address, Local, { maxRequests: 1, requestQueueSize: 5 }),
  new TCPServer(address, new URL('file:///handler.js'), { workers: 2 }),
  new TCPServer(address, async (connection, client, server) => {
    connection.setOption(tcp.nodelay, true);
    is<string>()(client.host);
    await server.shutdown();
  }),
  new UDPServer(address, AnyDatagram, { maxPacketSize: 512 }),
  new UDPServer(address, ({ data, socket }, client) => socket.sendto(data, client)),
  new UnixStreamServer({ path: '/run/x' }, AnyStream),
  new UnixDatagramServer({ abstract: 'x' }, AnyDatagram),
];

// A handler of datagrams does not serve connections.
// @ts-expect-error
export const mixed = new TCPServer(address, AnyDatagram);
// @ts-expect-error
export const other = new UDPServer(address, AnyStream);
// A handler for TCP does not serve Unix sockets.
// @ts-expect-error
export const family = new UnixStreamServer({ path: '/run/x' }, Local);
// @ts-expect-error
export const path = new TCPServer({ path: '/run/x' }, AnyStream);
// Options of the other kind.
// @ts-expect-error
export const queue = new UDPServer(address, AnyDatagram, { requestQueueSize: 5 });
// @ts-expect-error
export const size = new TCPServer(address, AnyStream, { maxPacketSize: 5 });
// @ts-expect-error
export const text = new TCPServer(address, './handler.js');

export class Plain extends BaseRequestHandler<Socket<'unix'>> {
  override handle(): void {
    is<Socket<'unix'>>()(this.request);
  }
}

export class Checking extends TCPServer {
  override async verifyRequest(request: Socket<InternetFamily>): Promise<boolean> {
    return request.getpeername().port > 1023;
  }
  override async processRequest(...args: Parameters<TCPServer['processRequest']>): Promise<void> {
    await super.processRequest(...args);
  }
}

export async function lists(socket: Socket<InternetFamily>): Promise<void> {
  is<SocketEntry[]>()(await listSockets({ owners: true }));
  is<UnixSocketEntry[]>()(await listSockets({ family: 'unix' }));
  is<UnixSocketEntry[]>()(listSocketsSync({ family: 'unix', owners: true }));
  unicast.setHops(socket, 5);
  // @ts-expect-error
  await listSockets({ family: 'unix', protocol: 6 });
}

export async function notifications(): Promise<void> {
  for await (const event of watchRoutes()) {
    is<boolean | undefined>()(event.removed);
    is<Link | undefined>()(event.link);
    if (event.address) is<'address'>()(event.kind);
    if (event.removed) is<'link' | 'address' | 'route' | 'neighbour'>()(event.kind);
    if (event.kind === 'route') is<Route>()(event.route);
  }
  for await (const { kind, removed, address, neighbour } of watchRoutes()) {
    if (kind === 'lost') is<undefined>()(removed);
    if (kind === 'address') is<LinkAddress>()(address);
    if (neighbour) is<Neighbour>()(neighbour);
  }
  for await (const { device } of watchDevices()) is<DeviceEvent | undefined>()(device);
}
