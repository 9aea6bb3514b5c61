/** Programs that ask the resolver and the other databases, and programs of the other entry points. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  AF_INET,
  AF_INET6,
  getaddrinfo,
  getaddrinfoSync,
  getfqdn,
  getfqdnSync,
  gethostbyaddr,
  gethostbyaddrSync,
  gethostbyname,
  gethostbynameEx,
  gethostbynameExSync,
  gethostbynameSync,
  gethostname,
  getnameinfo,
  getnameinfoSync,
  getprotobyname,
  getservbyname,
  getservbyport,
  if_indextoname,
  if_nameindex,
  if_nametoindex,
  SOCK_DGRAM,
  Socket,
  sethostname,
} from 'berkeley';
import { createSocket } from 'berkeley/dgram';
import { createServer as createNetServer, connect as netConnect } from 'berkeley/net';
import { listLinks, listLinksSync } from 'berkeley/netlink';
import { ip, multicast } from 'berkeley/options';
import type { Loose, Program, Scene, Stage } from '../stage.js';

const functions: Readonly<Record<string, readonly [promise: Loose, sync: Loose, ...call: unknown[]]>> = {
  getaddrinfo: [getaddrinfo, getaddrinfoSync, 'localhost', 80],
  getnameinfo: [getnameinfo, getnameinfoSync, { host: '127.0.0.1', port: 80 }],
  gethostbyname: [gethostbyname, gethostbynameSync, 'localhost'],
  gethostbynameEx: [gethostbynameEx, gethostbynameExSync, 'localhost'],
  gethostbyaddr: [gethostbyaddr, gethostbyaddrSync, '127.0.0.1'],
};

const resolving: readonly Program[] = Object.entries(functions).map(([name, [promise, sync, ...call]]) => ({
  name,
  prepare: (stage: Stage): Scene => ({
    run: async () => await (stage.form === 'Sync' ? sync : promise)(...call),
  }),
}));

/** A program for a function with one form. */
function single(name: string, run: () => unknown): Program {
  return { name, forms: ['Sync'], prepare: () => ({ run }) };
}

/** Options that take an interface in another form than the kernel does, so that they look for its address. */
const interfaces: readonly Program[] = [
  {
    name: 'the interface of multicast, by its name',
    forms: ['Sync'],
    // A program that does not notice a failure sends from the address of another interface.
    impossible: {
      faults: ['ioctl: EADDRNOTAVAIL', 'ioctl: ENODEV', 'if_indextoname: ENXIO'],
      why: 'the loopback interface exists, and has an address',
    },
    prepare(stage): Scene {
      const socket = stage.keep(new Socket(AF_INET, SOCK_DGRAM));
      return {
        run: () => socket.setOption(ip.multicastIf, 'lo'),
        verify: () => assert.equal(socket.getOption(ip.multicastIf), '127.0.0.1'),
      };
    },
  },
  {
    name: 'a group on an IPv6 socket, by an address of the interface',
    forms: ['Sync'],
    codes: ['EADDRNOTAVAIL'], // if the interface seems to have no address
    prepare(stage): Scene {
      const socket = stage.keep(new Socket(AF_INET6, SOCK_DGRAM));
      const group = { group: 'ff02::fb', interface: '127.0.0.1' };
      return {
        run: () => multicast.join(socket, group),
        verify: () => multicast.leave(socket, group),
      };
    },
  },
];

const databases: readonly Program[] = [
  {
    name: 'getfqdn',
    prepare: stage => ({
      run: async () => (stage.form === 'Sync' ? getfqdnSync('localhost') : await getfqdn('localhost')),
    }),
  },
  single('gethostname', () => gethostname()),
  single('sethostname', () => {
    try {
      sethostname(gethostname());
    } catch (error) {
      // Only a process with CAP_SYS_ADMIN can set the name.
      if ((error as Loose).code !== 'EPERM') throw error;
    }
  }),
  single('if_nametoindex', () => if_nametoindex('lo')),
  single('if_indextoname', () => if_indextoname(1)),
  single('if_nameindex', () => if_nameindex()),
  single('getservbyname', () => getservbyname('http', 'tcp' as Loose)),
  single('getservbyport', () => getservbyport(80, 'tcp' as Loose)),
  single('getprotobyname', () => getprotobyname('tcp')),
];

/** Rejects at the first error of an emitter, and accepts more of them. */
function firstError(emitter: Loose): Promise<never> {
  const failed = new Promise<never>((_, reject) => emitter.on('error', reject));
  failed.catch(() => {});
  return failed;
}

/** The limit of a program whose calls have none. */
function deadline({ limit }: Stage): Promise<unknown>[] {
  return limit === undefined ? [] : [new Promise(resolve => setTimeout(resolve, limit))];
}

const others: readonly Program[] = [
  {
    name: 'netlink: links',
    prepare(stage): Scene {
      return {
        run: async () =>
          stage.form === 'Sync'
            ? listLinksSync({ timeout: stage.limit })
            : await listLinks({ timeout: stage.limit }),
      };
    },
  },
  {
    name: 'dgram: send and receive',
    isOfNode: true,
    patient: () => true,
    forms: ['promise'],
    prepare(stage): Scene {
      return {
        run: async () => {
          const socket = createSocket('udp4');
          stage.later(() => {
            try {
              socket.close();
            } catch {} // it has failed to open
          });
          const failed = firstError(socket);
          socket.bind(0, '127.0.0.1');
          await Promise.race([once(socket, 'listening'), failed]);
          const arrived = once(socket, 'message');
          arrived.catch(() => {});
          const sent = new Promise<void>((resolve, reject) =>
            socket.send('x', socket.address().port, '127.0.0.1', (error: Error | null) =>
              error ? reject(error) : resolve(),
            ),
          );
          await Promise.race([Promise.all([sent, arrived]), failed, ...deadline(stage)]);
        },
      };
    },
  },
  {
    name: 'net: listen, connect, write and end',
    isOfNode: true,
    patient: () => true,
    forms: ['promise'],
    prepare(stage): Scene {
      return {
        run: async () => {
          const server = createNetServer();
          const failures = [firstError(server)];
          const connections = new Set<Loose>();
          server.on('connection', connection => {
            connections.add(connection);
            failures.push(firstError(connection));
            connection.end('x');
          });
          stage.later(() => {
            for (const connection of connections) connection.destroy();
            server.close();
          });
          server.listen(0, '127.0.0.1');
          await Promise.race([once(server, 'listening'), ...failures]);
          const client = netConnect((server.address() as Loose).port, '127.0.0.1');
          stage.later(() => client.destroy());
          failures.push(firstError(client));
          client.resume();
          client.end();
          await Promise.race([once(client, 'close'), ...failures, ...deadline(stage)]);
        },
      };
    },
  },
];

/** The programs of this file. */
export const names: readonly Program[] = [...resolving, ...interfaces, ...databases, ...others];
