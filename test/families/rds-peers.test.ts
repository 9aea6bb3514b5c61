/**
 * AF_RDS: the kernel's answer to a ping, and, over TCP with Python in another network namespace, order,
 * congestion and cancellation.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { AF_RDS, SOCK_SEQPACKET, Socket } from 'berkeley';
import { RDS_TRANS_TCP } from 'berkeley/constants';
import { rdsCongestion, spaceFor } from 'berkeley/control';
import { rds } from 'berkeley/options';
import { assertSame } from '../support/bytes.js';
import { failureOf } from '../support/failure.js';
import { needsNamespaces, needsSocket } from '../support/kernel.js';
import { ip, Namespace } from '../support/namespaces.js';
import { besideSource, python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 40_000 };
const needsRds = needsSocket('AF_RDS', AF_RDS, SOCK_SEQPACKET);
const program = besideSource('rds_peer.py', import.meta.url);
const slowProgram = besideSource('rds_slow.py', import.meta.url);

function open(host = '127.0.0.1', port = 0): Socket<'rds'> {
  const socket = new Socket(AF_RDS, SOCK_SEQPACKET);
  socket.bind({ host, port });
  return socket;
}

describe('AF_RDS on one machine', { skip: needsRds }, () => {
  test('the kernel answers a ping, which is an empty datagram to port 0', async () => {
    using socket = open();
    await socket.sendto('', { host: '127.0.0.1', port: 0 }, wait);
    const { data, address } = await socket.recvfrom(10, wait);
    assert.deepEqual([data.length, address], [0, { family: 'inet', host: '127.0.0.1', port: 0 }]);
  });

  test('a cancellation needs an address', () => {
    using socket = open();
    socket.setOption(rds.cancelSentTo, { host: '127.0.0.1', port: 7 });
    assert.throws(() => socket.setOption(rds.cancelSentTo, { host: 'no.address', port: 7 }), /host/);
    assert.throws(() => socket.setOption(rds.cancelSentTo, { host: '127.0.0.1', port: -7 }), /port/);
    using unbound = new Socket(AF_RDS, SOCK_SEQPACKET);
    const cancel = () => unbound.setOption(rds.cancelSentTo, { host: '127.0.0.1', port: 7 });
    assert.throws(cancel, { code: 'ENOTCONN', syscall: 'setsockopt' });
  });
});

const skip = needsRds || needsNamespaces || withoutPython;

describe('AF_RDS over TCP, with Python', { skip }, () => {
  let there: Namespace;
  const cable = `rds${process.pid % 100_000}`;
  const [ours, theirs, fresh, port] = ['10.211.7.1', '10.211.7.2', '10.211.7.3', 4321];
  before(async () => {
    there = new Namespace();
    ip(['link', 'add', cable, 'type', 'veth', 'peer', 'name', 'cable', 'netns', there.name]);
    ip(['address', 'add', `${ours}/24`, 'dev', cable]);
    for (const address of [theirs, fresh]) ip(['address', 'add', `${address}/24`, 'dev', 'cable'], there);
    ip(['link', 'set', cable, 'up']);
    ip(['link', 'set', 'cable', 'up'], there);
    await connectHosts();
  });
  after(() => there?.remove());

  /**
   * Exchanges one datagram, after which order and delivery are certain. RDS opens eight TCP connections per pair of hosts.
   * Until both kernels know this, datagrams take the first one, and then the one that the port of the socket selects
   * (rds_send_mprds_hash in net/rds/send.c). The kernel of the peer resets those that it accepts too early, and what was
   * sent over them is lost (rds_tcp_accept_one in net/rds/tcp_listen.c).
   */
  async function connectHosts(): Promise<void> {
    using socket = open(ours);
    await using python = await peer(program, theirs, String(port));
    await exchange(socket, ['hello']);
    await dismiss(socket, python);
  }

  /** Python, bound in the namespace. */
  async function peer(...args: string[]): Promise<Child> {
    const child = new Child(...there.command(python, ...args));
    await child.prints(/bound/);
    return child;
  }

  /** Sends datagrams, and then receives the answers of rds_peer.py. */
  async function exchange(socket: Socket<'rds'>, datagrams: readonly string[]): Promise<void> {
    const to = { host: theirs, port };
    for (const data of datagrams) assert.equal(await socket.sendto(data, to, wait), data.length);
    for (const data of datagrams) {
      const answer = await socket.recvfrom(1 << 20, wait);
      assertSame(answer.data, Buffer.from(data.toUpperCase()));
      assert.deepEqual(answer.address, { family: 'inet', ...to });
    }
  }

  /** Ends rds_peer.py. The socket must stay open until then, or close() could discard the datagram. */
  async function dismiss(socket: Socket<'rds'>, python: Child): Promise<void> {
    await socket.sendto('bye', { host: theirs, port }, wait);
    await python.ends();
  }

  test('datagrams go in both directions, whole and in order', async () => {
    using socket = open(ours);
    assert.equal(socket.getOption(rds.transport), RDS_TRANS_TCP);
    await using python = await peer(program, theirs, String(port));
    await exchange(socket, ['one', 'x'.repeat(100_000), 'three']);
    await dismiss(socket, python);
  });

  test('an unread port becomes congested, and the sender is notified when it is not any more', async () => {
    const told = port + 1;
    await using python = await peer(slowProgram, theirs, String(port), String(told));
    using sender = open(ours);
    sender.setOption(rds.congMonitor, true);
    const to = { host: theirs, port };
    let sent = 0;
    const error = await failureOf(async () => {
      for (; sent < 5000; sent++) await sender.sendto(Buffer.alloc(4000, sent), to, wait);
    });
    assert.equal((error as { code?: string }).code, 'ENOBUFS', String(error));
    assert.ok(sent > 1, `${sent} were sent before the port was full`);
    await sender.sendto(String(sent), { host: theirs, port: told }, wait);
    const { data, control } = await sender.recvmsg(100, { control: spaceFor(rdsCongestion), ...wait });
    assert.equal(data.length, 0);
    assert.equal(rdsCongestion.find(control), 1n << BigInt(port % 64));
    await sender.sendto('again', to, wait);
    const output = await python.ends();
    assert.deepEqual(
      JSON.parse(/\[.*\]/.exec(output)![0]),
      Array.from({ length: sent }, (_, i) => i % 256),
    );
    assert.match(output, /b'again'/);
  });

  // If there was no connection before, the data that TCP has already accepted is sent even if it is
  // cancelled.
  test('datagrams wait while the cable is unplugged, and cancelled ones are not sent', async () => {
    using socket = open(ours);
    await using python = await peer(program, fresh, String(port));
    const to = { host: fresh, port };
    execFileSync('ip', ['-n', there.name, 'link', 'set', 'cable', 'down']);
    for (let i = 0; i < 20; i++) await socket.sendto(`lost ${i}`, to, wait);
    socket.setOption(rds.cancelSentTo, to);
    await socket.sendto('kept', to, wait);
    await socket.sendto('bye', to, wait);
    execFileSync('ip', ['-n', there.name, 'link', 'set', 'cable', 'up']);
    await python.ends();
    assert.deepEqual(python.output.trim().split('\n'), ['bound', '4 kept', '3 bye']);
  });
});
