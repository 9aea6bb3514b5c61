/** Sockets on which a call has to wait. */
import {
  AF_INET,
  AF_UNIX,
  createServer,
  SO_RCVBUF,
  SO_SNDBUF,
  SOCK_DGRAM,
  SOL_SOCKET,
  Socket,
  socketpair,
} from 'berkeley';
import { fill, repeat } from '../support/full.js';
import { LOCAL, localAddress, onWindows } from '../support/local.js';
import { freshName } from '../support/names.js';
import type { AnyAddress, AnySocket } from '../support/rows.js';
import type { Need, Waiting } from './methods.js';

/** A socket on which the method has to wait, and the objects that keep it waiting. */
export interface Situation {
  readonly socket: AnySocket;
  /** The destination of a connect or sendto. */
  readonly address?: AnyAddress;
  /** Lets the call complete. */
  release(): void;
  [Symbol.dispose](): void;
}

function situation(sockets: readonly AnySocket[], release: () => void, address?: AnyAddress): Situation {
  return {
    socket: sockets[0]!,
    release,
    ...(address && { address }),
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.close();
    },
  };
}

function empty(socket: AnySocket): void {
  repeat(socket, () => socket.recvSync(1 << 20));
}

function sending(): Situation {
  const [a, b] = socketpair();
  a.setsockopt(SOL_SOCKET, SO_SNDBUF, 1 << 14);
  const data = Buffer.alloc(1024);
  fill(a, () => a.sendSync(data));
  return situation([a, b], () => empty(b));
}

function sendingDatagrams(): Situation {
  const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
  fill(a, () => a.sendSync('x'));
  return situation([a, b], () => empty(b));
}

function sendingOverTcp(): Situation {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  server.setsockopt(SOL_SOCKET, SO_RCVBUF, 1 << 14); // inherited; a buffer size that was set does not grow automatically
  const client = new Socket(AF_INET);
  client.connectSync(server.getsockname());
  const { socket } = server.acceptSync();
  client.setsockopt(SOL_SOCKET, SO_SNDBUF, 1 << 14);
  const data = Buffer.alloc(1 << 16);
  fill(client, () => client.sendSync(data));
  // What the peer takes without a reader, by a probe of its window, is no space for more then.
  client.setsockopt(SOL_SOCKET, SO_SNDBUF, 1 << 13);
  return situation([client, socket], () => empty(socket));
}

/** The queue of a Unix datagram socket is full after a few messages (net.unix.max_dgram_qlen). */
function sendingTo(): Situation {
  const [a, b] = [new Socket(AF_UNIX, SOCK_DGRAM), new Socket(AF_UNIX, SOCK_DGRAM)];
  b.bind({ abstract: freshName() });
  const address = b.getsockname();
  fill(a, () => a.sendtoSync('x', address));
  return situation([a, b], () => empty(b), address);
}

/** When the queue of clients is full, the kernel drops further clients, so they stay in progress. */
function connecting(): Situation {
  const server = createServer({ host: '127.0.0.1', port: 0 }, { backlog: 0 });
  const address = server.getsockname();
  const first = new Socket(AF_INET);
  first.connectSync(address);
  const client = new Socket(AF_INET);
  return situation([client, first, server], () => server.acceptSync().socket.close(), address);
}

/** A Unix socket waits for a place in the queue, and the kernel reports no event when one is free. */
function queueing(): Situation {
  const server = createServer({ abstract: freshName() }, { backlog: 0 });
  const address = server.getsockname();
  const first = new Socket(AF_UNIX);
  first.connectSync(address);
  const client = new Socket(AF_UNIX);
  return situation([client, first, server], () => server.acceptSync().socket.close(), address);
}

function receiving(): Situation {
  const [a, b] = socketpair();
  return situation([a, b], () => b.sendSync('released'));
}

function accepting(): Situation {
  const server = createServer(localAddress());
  const client = new Socket(LOCAL);
  return situation([server, client], () => client.connectSync(server.getsockname()));
}

const situations: Readonly<Record<Need, () => Situation>> = {
  receiving,
  sending,
  'sending to an address': sendingTo,
  'sending datagrams': sendingDatagrams,
  'sending over TCP': sendingOverTcp,
  accepting,
  connecting,
  queueing,
};

/**
 * Only Unix sockets wait in these situations, and Windows supports few of them. Other families accept a
 * datagram or drop it.
 */
const ofUnixSockets: readonly Need[] = ['sending to an address', 'sending datagrams', 'queueing'];

/** Whether this system supports such situations and calls. */
export function isPossible({ name, need }: Waiting): boolean {
  return !onWindows || !(ofUnixSockets.includes(need) || name === 'sendZeroCopy');
}

/** Creates a situation in which the method waits. */
export function situationOf({ need }: Waiting): Situation {
  return situations[need]();
}
