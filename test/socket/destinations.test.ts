/**
 * The destinations of sends and connects: host names, AF_UNSPEC, TCP fast open, and pending errors of other
 * datagrams.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  AF_INET,
  AF_UNIX,
  createServer,
  MessageBatch,
  SOCK_DGRAM,
  Socket,
  type SocketError,
  socketpair,
} from 'berkeley';
import { ip } from 'berkeley/options';
import { errnoNumber } from '#src/errors/codes.js';
import { warmUp } from '../support/descriptors.js';
import { notInWine, notOnWindows } from '../support/kernel.js';
import { onWindows } from '../support/local.js';
import { startPeer } from '../support/peer.js';
import { until } from '../support/until.js';

await warmUp(); // a limit of time does not include the start of the peer's thread

const EINPROGRESS = -errnoNumber('EINPROGRESS');

function udp(): Socket {
  const socket = new Socket(AF_INET, SOCK_DGRAM);
  socket.bind({ host: '127.0.0.1', port: 0 });
  return socket;
}

/** The destination of a datagram. */
type Target = ReturnType<Socket['getsockname']>;

/** An unused address: a datagram to it causes an ICMP error. */
function deadAddress(): Target {
  using socket = udp();
  return socket.getsockname();
}

describe('connect to AF_UNSPEC dissolves an association', () => {
  for (const form of ['promise', 'Sync']) {
    test(`of UDP, ${form}`, async () => {
      using one = udp();
      using two = udp();
      using socket = udp();
      await socket.connect(one.getsockname());
      assert.deepEqual(socket.getpeername(), one.getsockname());
      if (form === 'Sync') socket.connectSync({ family: 'unspec' });
      else await socket.connect({ family: 'unspec' });
      assert.throws(() => socket.getpeername(), { code: 'ENOTCONN' });
      await socket.sendto('free', two.getsockname());
      assert.equal(String(await two.recv(9)), 'free');
    });
  }

  test('of Unix datagrams', { skip: notOnWindows('datagrams of AF_UNIX') }, async () => {
    const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
    using one = a;
    using other = b;
    await one.connect({ family: 'unspec' });
    assert.throws(() => one.sendSync('x'), { code: 'ENOTCONN' });
    assert.equal(other.closed, false);
  });
});

describe('a timeout of 0 with a host name', () => {
  test('connectEx returns EINPROGRESS', async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    const { port } = server.getsockname();
    using socket = new Socket();
    assert.equal(await socket.connectEx({ host: 'localhost', port }, { timeout: 0 }), EINPROGRESS);
    (await server.accept({ timeout: 5000 })).socket.close();
  });

  test('sendto sends, several at once and in order', async () => {
    using receiver = udp();
    const { port } = receiver.getsockname();
    using sender = new Socket(AF_INET, SOCK_DGRAM);
    const texts = ['0', '1', '2', '3', '4'];
    await Promise.all(texts.map(text => sender.sendto(text, { host: 'localhost', port }, { timeout: 0 })));
    assert.deepEqual(
      texts.map(() => String(receiver.recvSync(9, { timeout: 1000 }))),
      texts,
    );
  });
});

test('sends to names and to numbers go out in the order of the calls', async () => {
  using receiver = udp();
  const { port } = receiver.getsockname();
  using sender = new Socket(AF_INET, SOCK_DGRAM);
  const hosts = ['localhost', '127.0.0.1', '127.0.0.1', 'localhost', '127.0.0.1'];
  const calls = hosts.map((host, i) =>
    i % 2 === 0
      ? sender.sendto(`${i}`, { host, port })
      : sender.sendmsg({ data: `${i}`, address: { host, port } }),
  );
  await Promise.all(calls);
  const arrived = hosts.map(() => String(receiver.recvSync(9, { timeout: 1000 })));
  assert.deepEqual(arrived, ['0', '1', '2', '3', '4']);
});

describe('a host name that cannot be resolved', () => {
  test('fails only its own send', async () => {
    using receiver = udp();
    using sender = new Socket(AF_INET, SOCK_DGRAM);
    const failing = sender.sendto('lost', { host: 'no-such-host.invalid', port: 9 });
    const next = sender.sendto('next', receiver.getsockname());
    await assert.rejects(failing);
    await next;
    assert.equal(String(receiver.recvSync(9, { timeout: 1000 })), 'next');
  });

  test('can be aborted while it resolves', async () => {
    using sender = new Socket(AF_INET, SOCK_DGRAM);
    const controller = new AbortController();
    const send = sender.sendto('x', { host: 'localhost', port: 9 }, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await assert.rejects(send, { message: 'enough' });
  });
});

describe('an ICMP error of an earlier datagram does not make another send fail', () => {
  const live = udp();
  const address = live.getsockname();
  const dead = deadAddress();
  const batch = (text: string, to: object) => {
    const made = new MessageBatch({ count: 1, size: 64 });
    made.push(text, to as never);
    return made;
  };
  const sends: readonly [string, (socket: Socket, text: string, to: Target) => unknown][] = [
    ['sendto', (socket, text, to) => socket.sendto(text, to)],
    ['sendtoSync', (socket, text, to) => socket.sendtoSync(text, to)],
    ['sendmsg', (socket, text, to) => socket.sendmsg({ data: text, address: to })],
    ['sendmsgSync', (socket, text, to) => socket.sendmsgSync({ data: text, address: to })],
    ['sendmmsg', (socket, text, to) => socket.sendmmsg(batch(text, to))],
    ['sendSegments', (socket, text, to) => socket.sendSegments(text, 32, { address: to })],
  ];
  for (const [name, send] of sends) {
    const skip = name === 'sendSegments' && notOnWindows('UDP_SEGMENT');
    test(`${name}: in 100 rounds to a dead and a live peer, every datagram reaches the live peer`, {
      skip,
    }, async () => {
      using socket = new Socket(AF_INET, SOCK_DGRAM);
      if (!onWindows) socket.setOption(ip.recverr, true); // Windows reports them by default
      for (let i = 0; i < 100; i++) {
        await send(socket, 'q', dead);
        await send(socket, `${i}`, address);
        assert.equal(String(live.recvSync(64, { timeout: 1000 })), `${i}`);
      }
    });
  }

  const skip = notInWine('Wine reads the error of a socket itself, and forgets it');
  test('a connected socket reports the error, because its own peer caused it', { skip }, async () => {
    using socket = new Socket(AF_INET, SOCK_DGRAM);
    await socket.connect(dead);
    await socket.send('q');
    // The answer to the first datagram comes when the kernel has time. Sends until then cause more such answers.
    let error: unknown;
    await until(() => {
      try {
        socket.sendSync('q');
      } catch (caught) {
        error = caught;
      }
      return error !== undefined;
    });
    assert.equal((error as SocketError | undefined)?.code, 'ECONNREFUSED');
  });
  test.after(() => live.close());
});

describe('MSG_FASTOPEN to a new peer connects and sends', () => {
  const program = fileURLToPath(new URL('./fast-open.js', import.meta.url));
  const inside = ['-n', 'sh', '-c', 'ip link set lo up; sysctl -qw net.ipv4.tcp_fastopen=3; exec "$@"', 'sh'];
  const canUnshare = spawnSync('unshare', ['-n', 'true']).status === 0;
  for (const form of ['sendto', 'sendtoSync', 'sendtoSync with a limit', 'sendmsg']) {
    test(form, { skip: canUnshare ? false : 'no network namespace: run it as root' }, () => {
      const output = execFileSync('unshare', [...inside, process.execPath, program, form], {
        encoding: 'utf8',
        timeout: 20_000,
      });
      assert.equal(output, '5 early\n5 early\n');
    });
  }
});

test('an abort of connect during resolution leaves the socket usable', async () => {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  const address = server.getsockname();
  using socket = new Socket();
  const controller = new AbortController();
  const connecting = socket.connect({ ...address, host: 'localhost' }, { signal: controller.signal });
  controller.abort(new Error('enough'));
  await assert.rejects(connecting, { message: 'enough' });
  await socket.connect(address);
  await startPeer(server as never, [{ accept: 1 }]);
});
