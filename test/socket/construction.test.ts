/**
 * Every function that opens or adopts a descriptor is run with each of its system calls failing. It must then
 * own nothing and leave nothing open.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import net from 'node:net';
import { afterEach, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  AF_INET6,
  close,
  createConnection,
  createConnectionSync,
  createServer,
  fromfd,
  fromNodeSocket,
  SOCK_DGRAM,
  Socket,
  sctp_peeloff,
  setDefaultTimeout,
  socketpair,
} from 'berkeley';
import { binding } from '#src/binding.js';
import { SCTP_SOCKOPT_PEELOFF_FLAGS } from '#src/families/inet/sctp.js';
import { sctp_peeloff_flags } from '#src/families/inet/sctp-layout.js';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { type Fault, withFault } from '../support/faults.js';
import { notOnWindows } from '../support/kernel.js';
import { LOCAL, localAddress, onWindows } from '../support/local.js';
import { freshPath } from '../support/names.js';

await warmUp();

interface Closable {
  close(): void;
}

/** One way to obtain descriptors. */
interface Scene {
  /** Creates them, with injected failures. The result is closed. */
  make(): unknown;
  /** Closes what existed before. */
  end?(): void;
}

function closeAll(made: unknown): void {
  for (const one of Array.isArray(made) ? made : [made]) {
    if (typeof one === 'number') closeSync(one);
    else (one as Closable | undefined)?.close();
  }
}

function pair(): [Socket<'unix'>, Socket<'unix'>, () => void] {
  const [a, b] = socketpair();
  return [
    a,
    b,
    () => {
      a.close();
      b.close();
    },
  ];
}

const scenes: Readonly<Record<string, () => Scene | Promise<Scene>>> = {
  'new Socket': () => ({ make: () => new Socket() }),
  'new Socket with a default timeout': () => {
    setDefaultTimeout(1000);
    return { make: () => new Socket() };
  },
  socketpair: () => ({ make: () => socketpair() }),
  'a socketpair with a default timeout': () => {
    setDefaultTimeout(1000);
    return { make: () => socketpair() };
  },
  fromfd: () => {
    const [a, , end] = pair();
    return { make: () => fromfd(a.fd), end };
  },
  'Socket.adopt': () => {
    const fd = new Socket(LOCAL, SOCK_DGRAM).detach();
    let taken: Socket<'unix'> | undefined;
    return {
      make: () => {
        taken = Socket.adopt<'unix'>(fd);
      },
      end: () => (taken === undefined ? close(fd) : taken.close()),
    };
  },
  sctp_peeloff: () => peelOffScene(),
  dup: () => {
    const [a, , end] = pair();
    return { make: () => a.dup(), end };
  },
  accept: () => acceptScene(async server => (await server.accept({ timeout: 1000 })).socket),
  'an accept that waits': () => waitingAcceptScene(),
  acceptSync: () => acceptScene(server => server.acceptSync({ timeout: 1000 }).socket),
  'connections()': () =>
    acceptScene(async server => {
      for await (const { socket } of server.connections({ timeout: 1000 })) return socket;
      return undefined;
    }),
  recvFds: () => descriptorScene(async socket => (await socket.recvFds(1, 3)).fds),
  recvFdsSync: () => descriptorScene(socket => socket.recvFdsSync(1, 3).fds),
  toDuplex: () => {
    const [a, , end] = pair();
    return { make: () => void a.toDuplex(), end };
  },
  'toDuplex with a signal that is aborted': () => {
    const [a, , end] = pair();
    return { make: () => void a.toDuplex({ signal: AbortSignal.abort() }).on('error', () => undefined), end };
  },
  toWeb: () => {
    const [a, , end] = pair();
    return { make: () => void a.toWeb(), end };
  },
  makefile: () => {
    const [a, , end] = pair();
    return { make: () => void a.makefile('rb').closeSync(), end };
  },
  'makefile, and the socket closed under it': () => {
    const [a, b] = pair();
    let file: { closeSync(): void } | undefined;
    return {
      make: () => {
        file = a.makefile('rb');
        a.close();
      },
      end: () => {
        file?.closeSync();
        a.close();
        b.close();
      },
    };
  },
  writeWithFds: () => {
    const [a, , end] = pair();
    const stream = a.toDuplex().on('error', () => undefined);
    return {
      make: () => void stream.writeWithFds('x', [0, 1, 2]),
      end: () => {
        stream.destroy();
        end();
      },
    };
  },
  sendfile: () => {
    const [a, , end] = pair();
    const file = openSync(onWindows ? fileURLToPath(import.meta.url) : '/proc/self/cmdline', 'r');
    return {
      make: () => a.sendfile(file).then(() => undefined),
      end: () => {
        closeSync(file);
        end();
      },
    };
  },
  fromNodeSocket: async () => {
    const server = net.createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
    const [accepted] = (await once(server, 'connection')) as [net.Socket];
    server.close();
    return {
      make: () => fromNodeSocket(accepted),
      end: () => {
        accepted.destroy();
        client.destroy();
      },
    };
  },
  'createServer, IPv4': () => ({ make: () => createServer({ port: 0 }, { reusePort: true }) }),
  'createServer, IPv6': () => ({
    make: () => createServer({ port: 0 }, { family: AF_INET6, dualStack: true }),
  }),
  'createServer, a path': () => ({ make: () => createServer({ path: freshPath() }, { mode: 0o600 }) }),
  'createServer, a path that a dead server has left': () => {
    const path = freshPath();
    createServer({ path }).close();
    return { make: () => createServer({ path }, { unlink: 'stale' }) };
  },
  createConnection: () => connectionScene(port => createConnection({ host: '127.0.0.1', port })),
  'createConnection, from an address': () =>
    connectionScene(port =>
      createConnection({ host: '127.0.0.1', port }, { sourceAddress: { host: '127.0.0.1', port: 0 } }),
    ),
  createConnectionSync: () =>
    connectionScene(port => createConnectionSync({ host: '127.0.0.1', port }, { timeout: 1000 })),
  'createConnection, a path': () => pathScene(path => createConnection({ path })),
  'createConnectionSync, a path': () => pathScene(path => createConnectionSync({ path }, { timeout: 1000 })),
};

/** What scenes need, if not every system has it. */
const lacking: ReadonlyMap<string, string> = new Map([
  ...['recvFds', 'recvFdsSync', 'writeWithFds'].map(name => [name, 'descriptors in messages'] as const),
  ...[
    'createServer, a path',
    'createServer, a path that a dead server has left',
    'createConnection, a path',
    'createConnectionSync, a path',
  ].map(name => [name, 'sockets at paths with a mode, and in Wine at all'] as const),
  ['fromNodeSocket', 'file descriptors of node:net’s sockets'],
]);

/** A kernel without SCTP cannot peel off an association, so a duplicate takes its place. */
function peelOffScene(): Scene {
  const { getsockopt } = binding;
  const socket = new Socket(AF_INET6, SOCK_DGRAM);
  binding.getsockopt = (fd, level, name, into) => {
    if (name !== SCTP_SOCKOPT_PEELOFF_FLAGS) return getsockopt(fd, level, name, into);
    const copy = binding.dup(fd);
    new DataView(into.buffer, into.byteOffset).setInt32(sctp_peeloff_flags.sd, copy, true);
    return copy < 0 ? copy : into.length;
  };
  return {
    make: () => sctp_peeloff(socket, 1),
    end: () => {
      binding.getsockopt = getsockopt;
      socket.close();
    },
  };
}

function acceptScene(accept: (server: Socket<'unix'>) => unknown): Scene {
  const server = createServer(localAddress());
  const client = createConnectionSync(server.getsockname());
  return {
    make: () => accept(server),
    end: () => {
      client.close();
      server.close();
    },
  };
}

function waitingAcceptScene(): Scene {
  const server = createServer(localAddress());
  const client = new Socket(LOCAL);
  return {
    make: async () => {
      const accepting = server.accept({ timeout: 500 });
      accepting.catch(() => undefined);
      await client.connect(server.getsockname());
      return (await accepting).socket;
    },
    end: () => {
      client.close();
      server.close();
    },
  };
}

function descriptorScene(receive: (socket: Socket<'unix'>) => unknown): Scene {
  const [a, b, end] = pair();
  b.sendFdsSync('x', [0, 1, 2]);
  return { make: () => receive(a), end };
}

function connectionScene(connect: (port: number) => unknown): Scene {
  const server = createServer({ host: '127.0.0.1', port: 0 });
  const { port } = server.getsockname();
  return { make: () => connect(port), end: () => server.close() };
}

function pathScene(connect: (path: string) => unknown): Scene {
  const path = freshPath();
  const server = createServer({ path });
  return { make: () => connect(path), end: () => server.close() };
}

/** Plays a scene in which the `index`th system call fails. Returns false if the scene makes fewer calls. */
async function play(prepare: () => Scene | Promise<Scene>, index: number, fault: Fault): Promise<boolean> {
  await turn();
  const before = countDescriptors();
  const { make, end } = await prepare();
  const { failed } = await withFault(index, fault, async () => {
    try {
      closeAll(await make());
    } catch {
      // It may have failed before it opened anything.
    }
  });
  end?.();
  await turn();
  await turn();
  assert.equal(countDescriptors(), before, `${fault} in call ${index}, ${failed}`);
  return failed !== undefined;
}

afterEach(() => setDefaultTimeout(null));

describe('no descriptor stays open when a system call fails, in', () => {
  for (const [name, prepare] of Object.entries(scenes)) {
    for (const fault of ['EIO', 'exception'] as const) {
      test(`${name}, ${fault}`, { skip: lacking.has(name) && notOnWindows(lacking.get(name)!) }, async () => {
        let steps = 0;
        while (await play(prepare, steps, fault)) steps++;
        assert.ok(steps > 0 || name === 'toWeb', 'a step has failed');
      });
    }
  }
});

test('the count does not depend on what stdout is', { skip: notOnWindows('/proc') }, () => {
  const program = fileURLToPath(new URL('./count-program.js', import.meta.url));
  const output = openSync('/dev/null', 'w'); // like a file, it needs no stream of libuv
  try {
    const { status } = spawnSync(process.execPath, [program], { stdio: ['ignore', output, output] });
    assert.equal(status, 0);
  } finally {
    closeSync(output);
  }
});
