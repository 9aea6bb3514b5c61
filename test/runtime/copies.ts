/**
 * Several copies of the package in one thread that share one `.node` file, as with a bundle alongside the
 * package, or the realms of a test runner. Each copy has its own shared memory and its own wake-up. Prints
 * one line per check.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Berkeley from 'berkeley';

type Copy = typeof Berkeley;

const root = fileURLToPath(new URL('../../..', import.meta.url));
const COPIES = 3;

/** The package in another directory, with the same `.node` file. */
async function load(folder: string): Promise<Copy> {
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  for (const file of ['package.json', 'binding.cjs']) cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'prebuilds'), join(folder, 'prebuilds'));
  return import(pathToFileURL(join(folder, 'dist/index.js')).href);
}

const folders = Array.from({ length: COPIES }, () => mkdtempSync(join(tmpdir(), 'berkeley-')));
const copies = await Promise.all(folders.map(load));

function bound(copy: Copy): Berkeley.Socket<'inet'> {
  const socket = new copy.Socket(copy.AF_INET, copy.SOCK_DGRAM);
  socket.bind({ host: '127.0.0.1', port: 0 });
  return socket;
}

function sharedMemory(): void {
  const sockets = copies.map(bound);
  const ports = sockets.map(socket => socket.getsockname().port);
  assert.equal(new Set(ports).size, COPIES);
  assert.ok(ports.every(port => port > 0));
  for (const socket of sockets) socket.close();
}

function descriptors(): void {
  const pairs = copies.map(copy => copy.socketpair());
  assert.equal(new Set(pairs.flat().map(({ fd }) => fd)).size, 2 * COPIES);
  assert.ok(pairs.flat().every(({ fd }) => fd > 2));
  for (const socket of pairs.flat()) socket.close();
}

/** Calls wait in all copies at once, and an event of one does not wake another. */
async function wakeUps(): Promise<void> {
  const sockets = copies.map(bound);
  const waiting = sockets.map(socket => socket.recvfrom(10));
  for (const [i, socket] of sockets.entries()) {
    await socket.sendto(`${i}`, sockets[(i + 1) % COPIES]!.getsockname());
  }
  const received = await Promise.all(waiting);
  assert.deepEqual(
    received.map(({ data }) => `${data}`),
    ['2', '0', '1'],
  );
  for (const socket of sockets) socket.close();
}

async function closing(): Promise<void> {
  const [first, second] = copies.map(copy => copy.socketpair());
  const closed = first![0].recv(1);
  const open = second![0].recv(1);
  first![0].close();
  await assert.rejects(closed, { code: 'EBADF' });
  await second![1].send('x');
  assert.equal(`${await open}`, 'x');
  for (const socket of [...first!, ...second!]) socket.close();
}

for (const check of [sharedMemory, descriptors, wakeUps, closing]) {
  await check();
  console.log(check.name);
}
for (const folder of folders) rmSync(folder, { recursive: true });
// A waiting call on an unref socket of one copy does not keep the process alive for another.
const [idle] = copies[0]!.socketpair();
void idle
  .unref()
  .recv(1)
  .catch(() => {});
console.log('done');
