/** A waiting call keeps a reference to its socket, but no memory of the requested size. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { AF_UNIX, SOCK_DGRAM, type Socket, socketpair } from 'berkeley';
import { onWindows } from '../support/local.js';

const MIB = 1 << 20;

const receives: readonly [string, (socket: Socket<'unix'>) => Promise<unknown>][] = [
  ['recv', socket => socket.recv(MIB)],
  ['recvfrom', socket => socket.recvfrom(MIB)],
  ['recvmsg', socket => socket.recvmsg(MIB)],
  ['chunks', socket => socket.chunks({ size: MIB }).next()],
];

for (const [name, receive] of receives) {
  test(`${name} of one MiB holds no memory while it waits`, async () => {
    const pairs = Array.from({ length: 100 }, () => socketpair());
    await pairs[0]![1].send('x');
    await receive(pairs[0]![0]); // allocates the memory that all calls of the thread share
    globalThis.gc!();
    const before = process.memoryUsage().arrayBuffers;
    const calls = pairs.map(([socket]) => receive(socket).catch(() => {}));
    await delay(5);
    globalThis.gc!();
    const held = (process.memoryUsage().arrayBuffers - before) / pairs.length;
    for (const pair of pairs) for (const socket of pair) socket.close();
    await Promise.all(calls);
    assert.ok(held < 4096, `${held} bytes for each call`);
  });
}

test('a waiting call keeps its socket from being collected, in every direction', async () => {
  const warnings: string[] = [];
  const note = ({ message }: Error): unknown => warnings.push(message);
  process.on('warning', note);
  const { calls, peers } = start();
  for (let i = 0; i < 20; i++) {
    globalThis.gc!();
    await delay(1);
  }
  assert.deepEqual(warnings, []);
  await peers[0]!.send('for recv');
  await peers[1]!.recv(1 << 20);
  assert.equal(String(await calls[0]), 'for recv');
  await peers[1]!.recv(1 << 20);
  process.off('warning', note);
  for (const peer of peers) peer.close();
  await calls[1]!.catch(() => {});
});

/** Starts calls on sockets that have no other reference. Returns their peers. */
function start(): { readonly calls: Promise<unknown>[]; readonly peers: Socket<'unix'>[] } {
  const [a, b] = onWindows ? socketpair() : socketpair(AF_UNIX, SOCK_DGRAM);
  const [c, d] = socketpair();
  return { calls: [a.recv(100), c.sendAll(Buffer.alloc(1 << 26))], peers: [b, d] };
}
