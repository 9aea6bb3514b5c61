/** Descriptors in every state that readiness distinguishes. */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AF_INET,
  AF_UNIX,
  type FamilyName,
  MSG_OOB,
  SHUT_RDWR,
  SHUT_WR,
  SO_LINGER,
  SO_SNDBUF,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  SocketError,
  socketpair,
} from 'berkeley';
import { freshPath } from '../support/names.js';

const { O_NONBLOCK, O_RDONLY } = constants;

/** Closes its resources at the end of a state. */
type Owned = { close(): void };

/** Creates a descriptor in some state. `own` registers resources that are closed later. */
export type Make = (own: <T extends Owned>(thing: T) => T) => number | Promise<number>;

function tcp(own: Parameters<Make>[0]): { client: Socket; server: Socket; listener: Socket } {
  const listener = own(new Socket(AF_INET, SOCK_STREAM));
  listener.bind({ host: '127.0.0.1', port: 0 });
  listener.listen(1);
  const client = own(new Socket(AF_INET, SOCK_STREAM));
  client.connectSync(listener.getsockname());
  const server = own(listener.acceptSync().socket);
  return { client, server, listener };
}

function pair(own: Parameters<Make>[0], type: number): [Socket<'unix'>, Socket<'unix'>] {
  const [a, b] = socketpair(AF_UNIX, type);
  return [own(a), own(b)];
}

function udp(own: Parameters<Make>[0]): Socket {
  const socket = own(new Socket(AF_INET, SOCK_DGRAM));
  socket.bind({ host: '127.0.0.1', port: 0 });
  return socket;
}

/** Sends until the buffers are full. */
function stuff<F extends FamilyName>(socket: Socket<F>): void {
  socket.timeout = 0;
  try {
    for (;;) socket.sendSync(Buffer.alloc(4096));
  } catch (error) {
    if (!(error instanceof SocketError) || error.code !== 'EAGAIN') throw error;
  }
}

function reset(socket: Socket): void {
  socket.setsockopt(SOL_SOCKET, SO_LINGER, new Uint8Array(new Int32Array([1, 0]).buffer));
  socket.close();
}

function file(own: Parameters<Make>[0], path: string, flags: string | number): number {
  const fd = openSync(path, flags);
  own({ close: () => closeSync(fd) });
  return fd;
}

function makeFifo(): string {
  const path = freshPath();
  execFileSync('mkfifo', [path]);
  return path;
}

function fifo(own: Parameters<Make>[0], flags: string): number {
  return file(own, makeFifo(), flags);
}

/** Events of the other end arrive after a moment, even on loopback. */
const soon = () => delay(5);

export const states: Record<string, Make> = {
  'a new TCP socket': own => own(new Socket(AF_INET, SOCK_STREAM)).fd,
  'a listening socket': own => tcp(own).listener.fd,
  'a listening socket with a connection': own => {
    const { listener } = tcp(own);
    own(new Socket(AF_INET, SOCK_STREAM)).connectSync(listener.getsockname());
    return listener.fd;
  },
  'a connection': own => tcp(own).client.fd,
  'a connection with data': async own => {
    const { client, server } = tcp(own);
    server.sendSync('x');
    await soon();
    return client.fd;
  },
  'a connection with urgent data': async own => {
    const { client, server } = tcp(own);
    server.sendSync('x', MSG_OOB);
    await soon();
    return client.fd;
  },
  'a connection whose peer has stopped writing': async own => {
    const { client, server } = tcp(own);
    server.shutdown(SHUT_WR);
    await soon();
    return client.fd;
  },
  'a connection that has stopped writing': async own => {
    const { client } = tcp(own);
    client.shutdown(SHUT_WR);
    await soon();
    return client.fd;
  },
  'a connection that is shut down': async own => {
    const { client } = tcp(own);
    client.shutdown(SHUT_RDWR);
    await soon();
    return client.fd;
  },
  'a connection whose peer is closed': async own => {
    const { client, server } = tcp(own);
    server.close();
    await soon();
    return client.fd;
  },
  'a connection that was reset': async own => {
    const { client, server } = tcp(own);
    reset(server);
    await soon();
    return client.fd;
  },
  'a connection that takes no more': async own => {
    const { client } = tcp(own);
    client.setsockopt(SOL_SOCKET, SO_SNDBUF, 4096);
    stuff(client);
    await soon();
    stuff(client);
    return client.fd;
  },
  'a connection that was refused': async own => {
    const { listener } = tcp(own);
    const address = listener.getsockname();
    listener.close();
    const client = own(new Socket(AF_INET, SOCK_STREAM));
    client.timeout = 0;
    client.connectExSync(address);
    await soon();
    return client.fd;
  },
  'a UDP socket': own => udp(own).fd,
  'a UDP socket with a datagram': own => {
    const socket = udp(own);
    udp(own).sendtoSync('x', socket.getsockname());
    return socket.fd;
  },
  'a UDP socket with an error': async own => {
    const [socket, nobody] = [udp(own), udp(own)];
    socket.connectSync(nobody.getsockname());
    nobody.close();
    socket.sendSync('x');
    await soon();
    return socket.fd;
  },
  'a Unix stream': own => pair(own, SOCK_STREAM)[0].fd,
  'a Unix stream with data': own => {
    const [a, b] = pair(own, SOCK_STREAM);
    b.sendSync('x');
    return a.fd;
  },
  'a Unix stream whose peer is closed': own => {
    const [a, b] = pair(own, SOCK_STREAM);
    b.close();
    return a.fd;
  },
  'a Unix stream whose peer has stopped writing': own => {
    const [a, b] = pair(own, SOCK_STREAM);
    b.shutdown(SHUT_WR);
    return a.fd;
  },
  'a Unix datagram socket whose peer takes no more': own => {
    const [a] = pair(own, SOCK_DGRAM);
    stuff(a);
    return a.fd;
  },
  'a file': own => file(own, '/etc/passwd', 'r'),
  'a folder': own => file(own, '/', 'r'),
  '/dev/null': own => file(own, '/dev/null', 'r+'),
  'a terminal': own => file(own, '/dev/ptmx', 'r+'),
  'a FIFO': own => fifo(own, 'r+'),
  'a FIFO with data': own => {
    const fd = fifo(own, 'r+');
    writeSync(fd, 'x');
    return fd;
  },
  'a FIFO that nobody writes any more': own => {
    const path = makeFifo();
    const fd = file(own, path, O_RDONLY | O_NONBLOCK);
    closeSync(openSync(path, 'w'));
    return fd;
  },
  'a FIFO that nobody reads any more': own => {
    const path = makeFifo();
    const reader = openSync(path, O_RDONLY | O_NONBLOCK);
    const fd = file(own, path, 'w');
    closeSync(reader);
    return fd;
  },
};
