/** Everything of the package that opens a descriptor, each once; what it opens is closed again. */
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import {
  AF_INET,
  AF_UNIX,
  createConnection,
  createConnectionSync,
  createServer,
  fromfd,
  getaddrinfo,
  if_nameindex,
  MessageBatch,
  SOCK_DGRAM,
  Socket,
  socketpair,
} from 'berkeley';
import { rights } from 'berkeley/control';
import * as dgram from 'berkeley/dgram';
import * as net from 'berkeley/net';
import { so } from 'berkeley/options';
import { Selector, selectSync } from 'berkeley/select';
import { freshName } from '../../support/names.js';

const LOCAL = { host: '127.0.0.1', port: 0 };

function closeAll(...sockets: readonly { close(): void }[]): void {
  for (const socket of sockets) socket.close();
}

/** A server and its client; `accept` completes it. */
async function accepted(accept: 'accept' | 'acceptSync'): Promise<void> {
  const server = createServer(LOCAL);
  const client = await createConnection(server.getsockname());
  const { socket } = await server[accept]();
  closeAll(server, client, socket);
}

/** Receives the descriptor that the message has, and closes it. */
async function passed(receive: (socket: Socket<'unix'>) => Promise<readonly number[]>): Promise<void> {
  const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
  await a.sendFds('x', [a.fd, 0]);
  for (const fd of await receive(b)) closeSync(fd);
  closeAll(a, b);
}

async function receivedInBatch(socket: Socket<'unix'>): Promise<readonly number[]> {
  const batch = new MessageBatch<'unix'>({ count: 2, size: 8, controlSize: 64, family: AF_UNIX });
  const count = await socket.recvmmsg(batch);
  return [...batch].slice(0, count).flatMap(({ control }) => rights.find(control) ?? []);
}

function peerPidfd(): void {
  const [a, b] = socketpair();
  try {
    closeSync(a.getOption(so.peerpidfd));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOPROTOOPT') throw error; // before Linux 6.5
  }
  closeAll(a, b);
}

export const openers: Readonly<Record<string, () => unknown>> = {
  socket: () => new Socket(AF_INET, SOCK_DGRAM).close(),
  socketpair: () => closeAll(...socketpair()),
  accept: () => accepted('accept'),
  acceptSync: () => accepted('acceptSync'),
  createConnectionSync: () => {
    const server = createServer({ abstract: freshName() });
    closeAll(createConnectionSync(server.getsockname()), server);
  },
  dup: () => {
    const [a, b] = socketpair();
    closeAll(a, a.dup(), b);
  },
  fromfd: () => {
    const [a, b] = socketpair();
    closeAll(a, fromfd(a.fd), b);
  },
  makefile: async () => {
    const [a, b] = socketpair();
    await a.makefile('rb').close();
    closeAll(a, b);
  },
  recvFds: () => passed(async socket => (await socket.recvFds(1, 2)).fds),
  recvmsg: () =>
    passed(async socket => rights.find((await socket.recvmsg(1, { control: 64 })).control) ?? []),
  recvmmsg: () => passed(receivedInBatch),
  Selector: () => {
    const [a, b] = socketpair();
    using selector = new Selector();
    selector.register(a, 1);
    closeAll(a, b);
  },
  selectSync: () => {
    const [a, b] = socketpair();
    selectSync([a], [b], [], 1);
    closeAll(a, b);
  },
  'the descriptor of a process': peerPidfd,
  'names of interfaces': () => if_nameindex(),
  getaddrinfo: () => getaddrinfo('localhost', 1),
  sendfile: async () => {
    const [a, b] = socketpair();
    const file = openSync('/etc/passwd', 'r');
    await a.sendfile(file, { count: 100 });
    closeSync(file);
    closeAll(a, b);
  },
  'berkeley/net': async () => {
    const server = net.createServer(socket => socket.end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = net.connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
    await once(client, 'close');
    server.close();
    await once(server, 'close');
  },
  'berkeley/dgram': async () => {
    const socket = dgram.createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.close();
    await once(socket, 'close');
  },
};
