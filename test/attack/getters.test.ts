/**
 * Calls read their values before they read the descriptor. Reading a value can run the caller's code, which
 * can close the socket, and the next descriptor to be opened then gets its number. Each call here gets an
 * object that does this. The call has to fail with EBADF, and must not affect the new owner of the number.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import {
  AF_INET,
  borrow,
  createConnectionSync,
  createServer,
  MessageBatch,
  SOCK_DGRAM,
  Socket,
  socketpair,
} from 'berkeley';
import { ip, multicast, so, withParameter } from 'berkeley/options';
import { POLLIN, Selector, select, selectSync } from 'berkeley/select';
import { warmUp } from '../support/descriptors.js';
import { notOnWindows } from '../support/kernel.js';
import { onWindows } from '../support/local.js';

await warmUp();

const folder = mkdtempSync(join(tmpdir(), 'berkeley-getters-'));
writeFileSync(join(folder, 'file'), 'the file');
after(() => rmSync(folder, { recursive: true }));

type Inet = Socket<'inet'>;

/** Creates an object with an additional property, which runs code when it is read. */
type Trap = <T>(name: string, value: T, others?: object) => never;

interface Call {
  readonly name: string;
  readonly make?: () => Inet;
  /** Whether the call fails with another error before it reads the descriptor. */
  readonly otherwise?: RegExp;
  run(socket: Inet, trap: Trap): unknown;
}

const udp = () => new Socket(AF_INET, SOCK_DGRAM);
const to = { host: '127.0.0.1', port: 9 };

/** A connected TCP socket. Its peer is closed with it. */
function connected(): Inet {
  const server = createServer({ host: '127.0.0.1', port: 0 });
  const client = createConnectionSync(server.getsockname() as typeof to) as Inet;
  server.close();
  return client;
}

const both = (
  name: string,
  run: (s: Inet, method: 'promise' | 'Sync', trap: Trap) => unknown,
  make = udp,
): Call[] => [
  { name, make, run: (s, trap) => run(s, 'promise', trap) },
  { name: `${name}Sync`, make, run: (s, trap) => run(s, 'Sync', trap) },
];

/** Calls a method, by its name with or without Sync. */
function call(socket: Inet, name: string, form: 'promise' | 'Sync', ...given: unknown[]): unknown {
  const method = form === 'Sync' ? `${name}Sync` : name;
  return (socket as unknown as Record<string, (...all: unknown[]) => unknown>)[method]!(...given);
}

const flags = (trap: Trap) => trap('flags', 0);
const timeout = (trap: Trap) => trap('timeout', 50);
const address = (trap: Trap) => trap('host', '127.0.0.1', { port: 9 });

const calls: Call[] = [
  ...both('connect', (s, form, trap) => call(s, 'connect', form, address(trap))),
  ...both('connect, options', (s, form, trap) => call(s, 'connect', form, to, timeout(trap))),
  ...both('recv', (s, form, trap) => call(s, 'recv', form, 9, flags(trap))),
  ...both('recv, MSG_WAITALL', (s, form, trap) => call(s, 'recv', form, 9, trap('flags', 0x100)), connected),
  ...both('recvInto', (s, form, trap) => call(s, 'recvInto', form, Buffer.alloc(9), flags(trap))),
  ...both('recvfrom', (s, form, trap) => call(s, 'recvfrom', form, 9, flags(trap))),
  ...both('recvfromInto', (s, form, trap) => call(s, 'recvfromInto', form, Buffer.alloc(9), flags(trap))),
  ...both('recvmsg', (s, form, trap) => call(s, 'recvmsg', form, 9, trap('control', 64))),
  ...both('recvmsgInto', (s, form, trap) =>
    call(s, 'recvmsgInto', form, trap('0', Buffer.alloc(9), arrayLike())),
  ),
  ...both('recvFds', (s, form, trap) => call(s, 'recvFds', form, 9, 1, flags(trap))),
  ...both('recvSegments', (s, form, trap) => call(s, 'recvSegments', form, trap('size', 9))),
  ...both('recvError', (s, form, trap) => call(s, 'recvError', form, timeout(trap))),
  ...both('recvmmsg', (s, form, trap) =>
    call(s, 'recvmmsg', form, new MessageBatch({ count: 1, size: 9 }), flags(trap)),
  ),
  ...both('accept', (s, form, trap) => call(s, 'accept', form, timeout(trap))),
  ...both('send', (s, form, trap) => call(s, 'send', form, 'x', flags(trap)), connected),
  ...both('sendAll', (s, form, trap) => call(s, 'sendAll', form, 'x', flags(trap)), connected),
  ...both('sendZeroCopy', (s, form, trap) => call(s, 'sendZeroCopy', form, 'x', flags(trap)), connected),
  ...both('sendto', (s, form, trap) => call(s, 'sendto', form, 'x', address(trap))),
  ...both('sendto, options', (s, form, trap) => call(s, 'sendto', form, 'x', to, flags(trap))),
  ...both('sendmsg, data', (s, form, trap) => call(s, 'sendmsg', form, trap('data', 'x', { address: to }))),
  ...both('sendmsg, address', (s, form, trap) =>
    call(s, 'sendmsg', form, { data: 'x', address: address(trap) }),
  ),
  ...both('sendmsg, control', (s, form, trap) =>
    call(s, 'sendmsg', form, {
      data: 'x',
      address: to,
      control: [trap('type', 2, { level: 0, data: Buffer.of(5, 0, 0, 0) })],
    }),
  ),
  ...both('sendFds, descriptors', (s, form, trap) => call(s, 'sendFds', form, 'x', [trap('fd', 1)])),
  ...both('sendFds, address', (s, form, trap) =>
    call(s, 'sendFds', form, 'x', [1], { address: address(trap) }),
  ),
  ...both('sendSegments', (s, form, trap) =>
    call(s, 'sendSegments', form, 'xx', 1, { address: address(trap) }),
  ),
  ...both('sendmmsg', (s, form, trap) => {
    const batch = new MessageBatch({ count: 1, size: 9 });
    batch.push('x', to);
    return call(s, 'sendmmsg', form, batch, flags(trap));
  }),
  ...both('sendfile, file', (s, form, trap) => call(s, 'sendfile', form, trap('fd', 1)), connected),
  ...both('sendfile, options', (s, form, trap) => call(s, 'sendfile', form, 1, trap('offset', 0)), connected),
  { name: 'bind', run: (s, trap) => s.bind(trap('host', '127.0.0.1', { port: 0 })) },
  { name: 'setOption', run: (s, trap) => s.setOption(so.linger, trap('seconds', 7)) },
  {
    name: 'setOption, the row',
    run: (s, trap) => s.setOption(trap('level', 1, { ...so.keepalive }), true as never),
  },
  {
    name: 'setOption, the codec of a row',
    run: (s, trap) =>
      s.setOption(
        { ...so.keepalive, write: trap('passing', undefined, { ...so.keepalive.write }) } as never,
        true as never,
      ),
  },
  {
    name: 'setOption, a filter',
    run: (s, trap) => s.setOption(so.attachFilter, [trap('code', 6, { jt: 0, jf: 0, k: 0 })] as never),
  },
  {
    name: 'setOption, a group',
    run: (s, trap) => s.setOption(ip.addMembership, trap('group', '239.1.2.3', { interface: 'lo' })),
  },
  { name: 'getOption', run: (s, trap) => s.getOption(trap('level', 1, { ...so.keepalive })) },
  {
    name: 'getOption, the codec of a row',
    run: (s, trap) =>
      s.getOption({ ...so.keepalive, read: trap('size', 4, { ...so.keepalive.read }) } as never),
  },
  {
    name: 'getOption, a parameter',
    run: (s, trap) =>
      s.getOption(withParameter(ip.mcastMsfilter, trap('group', '239.1.2.3', { interface: 1 }))),
  },
  ...(['join', 'leave', 'sources'] as const).map(
    (name): Call => ({
      name: `multicast.${name}`,
      run: (s, trap) => multicast[name](s, trap('group', '239.1.2.3', { interface: '127.0.0.1' })),
    }),
  ),
  ...(['block', 'unblock'] as const).map(
    (name): Call => ({
      name: `multicast.${name}`,
      run: (s, trap) =>
        multicast[name](s, trap('source', '127.0.0.1', { group: '239.1.2.3', interface: 'lo' })),
    }),
  ),
  {
    name: 'multicast.setSources',
    run: (s, trap) => multicast.setSources(s, trap('mode', 'include', { group: '239.1.2.3', sources: [] })),
  },
  { name: 'makefile', make: connected, run: (s, trap) => s.makefile('r', trap('buffering', 9)).readSync(1) },
  { name: 'chunks', make: connected, run: (s, trap) => s.chunks(trap('size', 9)).next(), otherwise: /done/ },
  { name: 'connections', run: (s, trap) => s.connections(timeout(trap)).next(), otherwise: /done/ },
  { name: 'datagrams', run: (s, trap) => s.datagrams(trap('size', 9)).next(), otherwise: /done/ },
  { name: 'errors', run: (s, trap) => s.errors(timeout(trap)).next(), otherwise: /done/ },
  { name: 'select', run: (s, trap) => select([s], [], [], timeout(trap)) },
  { name: 'selectSync', run: (s, trap) => selectSync([s], [], [], timeout(trap)) },
  {
    name: 'Selector.register',
    run: (s, trap) => {
      using selector = new Selector<string>();
      selector.register(s, POLLIN, 'data', trap('edge', false));
    },
  },
];

/** The base of an object that is a list with one item. */
function arrayLike(): object {
  return {
    *[Symbol.iterator](this: { 0: unknown }) {
      yield this[0];
    },
  };
}

/** The state that would change if a call affected the socket. */
function stateOf(socket: Inet): unknown {
  return {
    name: socket.getsockname(),
    keepalive: socket.getOption(so.keepalive),
    timeout: socket.timeout,
    accepts: socket.getOption(so.acceptconn),
    ...(!onWindows && {
      linger: socket.getOption(so.linger),
      groups: [1, 2].map(() => socket.getsockopt(0 as never, 32 as never, 4).length),
      filter: socket.getOption(so.getFilter),
    }),
  };
}

/** Descriptors in messages, segments, BPF, and multicast by MCAST_ options and names of interfaces. */
const ofLinux =
  /^(sendFds|sendSegments|setOption, a (filter|group)|getOption, a parameter|multicast\.(sources|block|unblock|setSources))/;

describe('a value that closes the socket when it is read', () => {
  for (const { name, make = udp, run, otherwise } of calls) {
    const skip = ofLinux.test(name) && notOnWindows('what this call is for');
    test(name, { skip }, async () => {
      const socket = make();
      let victim: Inet | undefined;
      const peerPort = udp();
      peerPort.bind({ host: '127.0.0.1', port: 0 });
      let before: unknown;
      const trap: Trap = (property, value, others = {}) =>
        Object.defineProperty({ ...others }, property, {
          enumerable: true,
          get() {
            if (victim === undefined) {
              const { fd, type } = socket;
              socket.close();
              victim = new Socket(AF_INET, type as never);
              assert.equal(victim.fd, fd, 'the number was free, and is the lowest');
              if (type === SOCK_DGRAM) victim.connectSync(peerPort.getsockname());
              before = stateOf(victim);
            }
            return value;
          },
        }) as never;
      const result = await Promise.resolve()
        .then(() => run(socket, trap))
        .catch((error: unknown) => error);
      assert.ok(victim !== undefined, 'the value was read');
      if (otherwise === undefined) {
        assert.ok(result instanceof Error, `${name} failed`);
        assert.equal((result as { code?: string }).code, 'EBADF', String((result as Error).stack));
      }
      assert.deepEqual(stateOf(victim), before);
      peerPort.timeout = 0;
      assert.throws(() => peerPort.recvSync(9), { code: 'EAGAIN' }, 'nothing was sent');
      victim.close();
      peerPort.close();
    });
  }
});

describe('a descriptor argument is read last, and once', () => {
  test('sendfile reads its options before the file', async () => {
    const [socket, peer] = socketpair();
    const file = openSync(join(folder, 'file'), 'r');
    const opened = { fd: file };
    const options = {
      get offset() {
        closeSync(file);
        opened.fd = -1;
        return 0;
      },
    };
    assert.throws(() => socket.sendfileSync(opened, options), { code: 'ERR_INVALID_ARG_VALUE' });
    const other = openSync(join(folder, 'file'), 'r');
    let reads = 0;
    const counted = {
      get fd() {
        reads++;
        return other;
      },
    };
    assert.equal(await socket.sendfile(counted, { count: 1 }), 1);
    assert.equal(reads, 1);
    closeSync(other);
    socket.close();
    peer.close();
  });
});

test('a borrowed socket that Node.js closes meanwhile fails with EBADF', {
  skip: notOnWindows('descriptors of the sockets of node:net'),
}, async () => {
  const server = createServer({ host: '127.0.0.1', port: 0 });
  const { port } = server.getsockname();
  const node = connect(port, '127.0.0.1');
  await once(node, 'connect');
  const borrowed = borrow(node);
  let victim: Inet | undefined;
  const value = {
    get seconds() {
      node.destroy();
      victim = new Socket();
      return 7;
    },
  };
  assert.throws(() => borrowed.setOption(so.linger, value), { code: 'ERR_INVALID_STATE' });
  assert.ok(victim !== undefined);
  assert.equal(victim.getOption(so.linger), null);
  victim.close();
  server.close();
});
