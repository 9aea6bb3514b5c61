/** Programs that open, name, connect and close sockets. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  createConnection,
  createConnectionSync,
  createServer,
  fromfd,
  SHUT_WR,
  SO_RCVBUF,
  SO_REUSEADDR,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  socketpair,
} from 'berkeley';
import { so, tcp } from 'berkeley/options';
import type { Loose, Program, Scene, Stage } from '../stage.js';

const LOOPBACK = { host: '127.0.0.1', port: 0 } as const;

/** A program for a call that has one form. */
function once(name: string, prepare: (stage: Stage) => Scene | Promise<Scene>): Program {
  return { name, forms: ['Sync'], prepare };
}

/** A program that makes one call on a TCP socket that is connected. */
function onTcp(name: string, run: (socket: Socket<'inet'>, stage: Stage) => unknown): Program {
  return once(name, stage => {
    const [socket] = stage.tcp();
    return { run: () => run(socket, stage) };
  });
}

/** Checks that two sockets are connected. */
function talks(a: Loose, b: Loose): void {
  a.sendSync('ping');
  assert.equal(b.recvSync(9).toString(), 'ping');
}

const single: readonly Program[] = [
  once('new Socket', stage => ({ run: () => stage.keep(new Socket(AF_INET, SOCK_STREAM)) })),
  once('socketpair', stage => ({
    run: () => socketpair().map(socket => stage.keep(socket)),
    verify: result => talks((result as Loose)[0], (result as Loose)[1]),
  })),
  onTcp('fromfd', (socket, stage) => stage.keep(fromfd(socket.fd))),
  onTcp('dup', (socket, stage) => stage.keep(socket.dup())),
  once('adopt', stage => {
    const [socket] = stage.tcp();
    const fd = socket.dup().detach();
    let adopted: Socket<Loose> | undefined;
    stage.later(() => (adopted === undefined ? Socket.adopt(fd).close() : adopted.close()));
    return {
      run: () => {
        adopted = Socket.adopt(fd);
      },
    };
  }),
  once('detach', stage => {
    const [socket] = stage.tcp();
    let fd: number | undefined;
    stage.later(() => fd !== undefined && Socket.adopt(fd).close());
    return {
      run: () => {
        fd = socket.detach();
      },
    };
  }),
  onTcp('close', socket => socket.close()),
  {
    name: 'close during recv',
    forms: ['promise'],
    codes: ['EBADF'],
    prepare(stage): Scene {
      const [a] = stage.tcp();
      return {
        run: async () => {
          const receiving = stage.call(a, 'recv', [9]);
          receiving.catch(() => {});
          try {
            a.close();
          } finally {
            await receiving;
          }
        },
      };
    },
  },
  onTcp('getsockname', socket => socket.getsockname()),
  onTcp('getpeername', socket => socket.getpeername()),
  onTcp('shutdown', socket => socket.shutdown(SHUT_WR)),
  onTcp('getInheritable', socket => socket.getInheritable()),
  onTcp('setInheritable', socket => socket.setInheritable(true)),
  onTcp('timeout', socket => {
    socket.timeout = 5000;
  }),
  onTcp('setBlocking', socket => socket.setBlocking(false)),
  onTcp('getsockopt', socket => socket.getsockopt(SOL_SOCKET, SO_RCVBUF)),
  onTcp('getsockopt of bytes', socket => socket.getsockopt(SOL_SOCKET, SO_RCVBUF, 4)),
  onTcp('setsockopt', socket => socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)),
  onTcp('setsockopt of bytes', socket =>
    socket.setsockopt(SOL_SOCKET, SO_RCVBUF, Buffer.from([0, 16, 0, 0])),
  ),
  onTcp('getOption', socket => socket.getOption(tcp.info)),
  onTcp('setOption', socket => socket.setOption(so.linger, { seconds: 1 })),
  once('bind', stage => {
    const socket = stage.keep(new Socket(AF_INET, SOCK_STREAM));
    return { run: () => socket.bind(LOOPBACK) };
  }),
  once('bind to a path', stage => {
    const socket = stage.keep(new Socket(AF_UNIX, SOCK_STREAM));
    const path = join(stage.folder(), 'socket');
    return { run: () => socket.bind({ path }) };
  }),
  once('listen', stage => {
    const socket = stage.keep(new Socket(AF_INET, SOCK_STREAM));
    socket.bind(LOOPBACK);
    return { run: () => socket.listen() };
  }),
  once('createServer', stage => ({ run: () => stage.keep(createServer(LOOPBACK)) })),
  once('createServer on both stacks', stage => ({
    run: () =>
      stage.keep(createServer({ host: '', port: 0 }, { family: AF_INET6, dualStack: true } as Loose)),
  })),
  once('createServer on a path', stage => {
    const path = join(stage.folder(), 'socket');
    return { run: () => stage.keep(createServer({ path })) };
  }),
];

/** The kinds of peers that connect() reaches. */
const peers: Readonly<Record<string, (stage: Stage) => [Socket<Loose>, Socket<Loose>, Loose]>> = {
  TCP: stage => {
    const listening = stage.listener();
    return [stage.keep(new Socket(AF_INET, SOCK_STREAM)), listening, listening.getsockname()];
  },
  Unix: stage => {
    const listening = stage.keep(createServer({ path: join(stage.folder(), 'socket') }));
    return [stage.keep(new Socket(AF_UNIX, SOCK_STREAM)), listening, listening.getsockname()];
  },
  UDP: stage => {
    const to = stage.keep(new Socket(AF_INET, SOCK_DGRAM));
    to.bind(LOOPBACK);
    return [stage.keep(new Socket(AF_INET, SOCK_DGRAM)), to, to.getsockname()];
  },
};

const connecting: readonly Program[] = Object.entries(peers).map(([kind, open]) => ({
  name: `connect, ${kind}`,
  ...(kind === 'Unix' && {
    impossible: {
      faults: ['connect: EINPROGRESS'],
      why: 'a Unix socket connects at once or waits for the backlog: net/unix/af_unix.c, unix_stream_connect',
    },
  }),
  prepare(stage): Scene {
    const [socket, to, address] = open(stage);
    return {
      run: async () => await stage.call(socket, 'connect', [address]),
      verify: () => talks(socket, kind === 'UDP' ? to : stage.keep(to.acceptSync().socket)),
    };
  },
}));

/** Takes the connections that nobody has accepted. */
function takeAll(listening: Socket<Loose>): void {
  try {
    for (;;) listening.acceptSync({ timeout: 0 }).socket.close();
  } catch {}
}

function creation(kind: string, to: (port: number) => object): Program {
  return {
    name: `createConnection to ${kind}`,
    prepare(stage): Scene {
      const listening = stage.listener();
      const { port } = listening.getsockname();
      const wait = stage.limit === undefined ? {} : { timeout: stage.limit };
      const create = stage.form === 'Sync' ? createConnectionSync : createConnection;
      stage.later(() => takeAll(listening));
      return {
        run: async () => stage.keep((await create(to(port) as Loose, wait)) as Socket<Loose>),
        verify: socket => talks(socket, stage.keep(listening.acceptSync().socket)),
      };
    },
  };
}

const accepting: readonly Program[] = [
  {
    name: 'accept',
    prepare(stage): Scene {
      const listening = stage.listener();
      // Two clients, because the first connection can be lost.
      const clients = [0, 1].map(() => stage.keep(new Socket(AF_INET, SOCK_STREAM)));
      for (const client of clients) client.connectSync(listening.getsockname());
      stage.later(() => takeAll(listening));
      return { run: async () => stage.keep((await stage.call(listening, 'accept')).socket) };
    },
  },
  {
    name: 'accept, waiting',
    forms: ['promise'],
    prepare(stage): Scene {
      const listening = stage.listener();
      const clients = [0, 1].map(() => stage.keep(new Socket(AF_INET, SOCK_STREAM)));
      stage.later(() => takeAll(listening));
      const address = listening.getsockname();
      return {
        run: async () => {
          const accepted = stage.call(listening, 'accept');
          accepted.then(({ socket }: Loose) => stage.keep(socket)).catch(() => {});
          stage.later(() => listening.close()); // ends the call if it still waits
          for (const client of clients) await client.connect(address, { timeout: 20_000 });
          return await accepted;
        },
      };
    },
  },
  {
    name: 'connections()',
    forms: ['promise'],
    patient: fault =>
      /^(ECONNABORTED|EPROTO|E(NET|HOST)(DOWN|UNREACH)|ENONET|EPERM|E[MN]FILE|ENOBUFS|ENOMEM|ENOPROTOOPT)$/.test(
        fault,
      ),
    prepare(stage): Scene {
      const listening = stage.listener();
      const client = stage.keep(new Socket(AF_INET, SOCK_STREAM));
      client.connectSync(listening.getsockname());
      stage.later(() => takeAll(listening));
      return {
        run: async () => {
          const { limit } = stage;
          for await (const { socket } of listening.connections(limit === undefined ? {} : { timeout: limit }))
            return stage.keep(socket);
          return undefined;
        },
      };
    },
  },
  {
    name: 'accept from a path',
    prepare(stage): Scene {
      const listening = stage.keep(createServer({ path: join(stage.folder(), 'socket') }));
      const client = stage.keep(new Socket(AF_UNIX, SOCK_STREAM));
      client.connectSync(listening.getsockname());
      stage.later(() => takeAll(listening));
      return { run: async () => stage.keep((await stage.call(listening, 'accept')).socket) };
    },
  },
];

/** The programs of this file. */
export const opening: readonly Program[] = [
  ...single,
  ...connecting,
  creation('an address', port => ({ host: '127.0.0.1', port })),
  creation('localhost', port => ({ host: 'localhost', port })),
  ...accepting,
  once('new Socket of IPv6', stage => ({ run: () => stage.keep(new Socket(AF_INET6, SOCK_DGRAM)) })),
];
