/** Descriptors: creating, duplicating, adopting and detaching them. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  close,
  fromfd,
  SO_PROTOCOL,
  SOCK_CLOEXEC,
  SOCK_NONBLOCK,
  SOCK_RAW,
  SOL_SOCKET,
  Socket,
  SocketError,
  setDefaultTimeout,
  socketpair,
} from 'berkeley';
import { countDescriptors, isNonblocking } from '../../support/descriptors.js';
import { failsWith } from '../../support/failure.js';
import { type AnySocket, isConnecting, isSocketpair, type Tested } from '../../support/rows.js';
import type { Behaviour, Context } from '../behaviour.js';

async function assertConnected(context: Context, a: AnySocket, b: AnySocket): Promise<void> {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    await context.face.send(from, 'still');
    assert.equal((await context.face.recv(to, 100)).toString(), 'still');
  }
}

const HAS_SOCKET = fileURLToPath(new URL('../../support/has-socket.js', import.meta.url));

/** Whether the descriptor is open in a child process. */
function childHas(fd: number): boolean {
  if (process.platform === 'win32')
    return spawnSync(process.execPath, [HAS_SOCKET, String(fd)], { stdio: 'ignore' }).status === 0;
  const script = `[ -e /proc/self/fd/${fd} ] && echo yes || echo no`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }) === 'yes\n';
}

export const descriptors: readonly Behaviour[] = [
  {
    name: 'dup is another descriptor of the same socket',
    async run(context) {
      const [a, b] = await context.pair();
      const copy = context.own(a.dup());
      assert.notEqual(copy.fd, a.fd);
      assert.deepEqual([copy.family, copy.type, copy.protocol], [a.family, a.type, a.protocol]);
      assert.deepEqual(copy.getsockname(), a.getsockname());
      assert.equal(copy.getInheritable(), false);
      a.close();
      await assertConnected(context, copy, b);
    },
  },
  {
    name: 'dup starts with the timeout of the socket, whatever the default is',
    quiet: true,
    async run(context) {
      const [a] = await context.pair();
      for (const timeout of [null, 0, 500]) {
        a.timeout = timeout;
        setDefaultTimeout(timeout === null ? 100 : null);
        try {
          assert.equal(context.own(a.dup()).timeout, timeout);
        } finally {
          setDefaultTimeout(null);
        }
        assert.equal(isNonblocking(a.fd), timeout !== null, 'the mode that both share');
      }
    },
  },
  {
    name: 'fromfd is a socket on a duplicate, and finds out what it is',
    async run(context) {
      const [a, b] = await context.pair();
      const copy = context.own(fromfd<Tested>(a.fd));
      assert.notEqual(copy.fd, a.fd);
      const { family, type } = context.row;
      const protocol = a.getsockopt(SOL_SOCKET, SO_PROTOCOL);
      assert.deepEqual([copy.family, copy.type, copy.protocol], [family, type, protocol]);
      await assertConnected(context, copy, b);
      copy.close();
      await assertConnected(context, a, b);
    },
  },
  {
    name: 'Socket.adopt takes the descriptor over',
    async run(context) {
      const [a, b] = await context.pair();
      const { fd } = a;
      assert.equal(a.detach(), fd);
      const adopted = context.own(Socket.adopt<Tested>(fd));
      assert.equal(adopted.fd, fd);
      assert.deepEqual([adopted.family, adopted.type], [context.row.family, context.row.type]);
      await assertConnected(context, adopted, b);
    },
  },
  {
    name: 'Socket.adopt and fromfd believe what they are told',
    quiet: true,
    async run(context) {
      const [a] = await context.pair();
      const told = { family: context.row.family, type: SOCK_RAW, protocol: 99 };
      const copy = context.own(fromfd(a.fd, told));
      assert.deepEqual({ family: copy.family, type: copy.type, protocol: copy.protocol }, told);
    },
  },
  {
    name: 'SOCK_NONBLOCK and SOCK_CLOEXEC set the mode, and are no part of the type',
    quiet: true,
    async run(context) {
      const { family, type, protocol } = context.row;
      const flagged = type | SOCK_NONBLOCK | SOCK_CLOEXEC;
      const made = isSocketpair(context.row)
        ? socketpair<Tested>(family, flagged)
        : [new Socket<Tested>(family, flagged, protocol)];
      for (const socket of made.map(each => context.own(each))) {
        assert.equal(socket.type, type);
        assert.equal(socket.timeout, 0);
        assert.equal(socket.getBlocking(), false);
        assert.equal(isNonblocking(socket.fd), true);
        assert.equal(socket.getInheritable(), false);
      }
    },
  },
  {
    name: 'detach gives the descriptor away, open and in the mode of the socket',
    async run(context) {
      for (const timeout of [null, 0, 500]) {
        const [a, b] = await context.pair();
        a.timeout = timeout;
        const { fd } = a;
        assert.equal(a.detach(), fd);
        assert.equal(a.closed, true);
        assert.equal(a.fd, -1);
        assert.equal(a.detach(), -1);
        a.close(); // does not close anything
        assert.equal(isNonblocking(fd), timeout !== null);
        await assertConnected(context, context.own(Socket.adopt<Tested>(fd)), b);
      }
    },
  },
  {
    name: 'promise calls do not leave a descriptor non-blocking to whoever gets it',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      const client = context.open();
      const accepting = server.accept();
      await client.connect(context.reach(server));
      const socket = context.own((await accepting).socket);
      await socket.send('x');
      await client.recv(1);
      for (const each of [server, client, socket]) {
        const fd = each.detach();
        try {
          assert.equal(isNonblocking(fd), false);
        } finally {
          close(fd);
        }
      }
    },
  },
  {
    name: 'a descriptor that is made inheritable is in the mode of the socket',
    when: isConnecting,
    face: 'promise',
    async run(context) {
      for (const timeout of [null, 500]) {
        const server = context.listening();
        server.timeout = timeout;
        const accepting = failsWith(() => server.accept(), SocketError, 'EBADF', 'accept');
        assert.equal(isNonblocking(server.fd), true);
        server.setInheritable(true);
        assert.equal(isNonblocking(server.fd), timeout !== null);
        server.close();
        await accepting;
      }
    },
  },
  {
    name: 'close frees the descriptor, once',
    quiet: true,
    async run(context) {
      const before = countDescriptors();
      const [a, b] = await context.pair();
      const during = countDescriptors();
      assert.equal(during, before + 2);
      for (const socket of [a, b]) {
        socket.close();
        socket.close();
        assert.equal(socket.fd, -1);
        assert.equal(socket.closed, true);
      }
      assert.equal(countDescriptors(), before);
    },
  },
  {
    name: 'using and await using close at the end of the block',
    quiet: true,
    async run(context) {
      const { family, type, protocol } = context.row;
      const kept: AnySocket[] = [];
      {
        using socket = new Socket<Tested>(family, type, protocol);
        await using other = new Socket<Tested>(family, type, protocol);
        kept.push(socket, other);
        assert.deepEqual(
          kept.map(({ closed }) => closed),
          [false, false],
        );
      }
      assert.deepEqual(
        kept.map(({ closed }) => closed),
        [true, true],
      );
    },
  },
  {
    name: 'child processes inherit a descriptor only when told so',
    quiet: true,
    async run(context) {
      const [a] = await context.pair();
      assert.equal(a.getInheritable(), false);
      assert.equal(childHas(a.fd), false);
      a.setInheritable(true);
      assert.equal(a.getInheritable(), true);
      assert.equal(childHas(a.fd), true);
      a.setInheritable(false);
      assert.equal(childHas(a.fd), false);
    },
  },
  {
    name: 'what is no socket is refused, and left as it is',
    when: isSocketpair,
    async run(context) {
      const [a] = await context.pair();
      const fd = a.detach();
      close(fd);
      await failsWith(() => Socket.adopt(fd), SocketError, 'EBADF', 'getsockopt');
      await failsWith(() => fromfd(fd), SocketError, 'EBADF', 'dup');
      await failsWith(() => close(fd), SocketError, 'EBADF', 'close');
      const file = openSync('/dev/null', 'r');
      try {
        const before = countDescriptors();
        await failsWith(() => Socket.adopt(file), SocketError, 'ENOTSOCK', 'getsockopt');
        await failsWith(() => fromfd(file), SocketError, 'ENOTSOCK', 'getsockopt');
        assert.equal(countDescriptors(), before);
      } finally {
        closeSync(file);
      }
    },
  },
];
