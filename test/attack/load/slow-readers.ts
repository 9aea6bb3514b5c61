/**
 * A GiB that is pending because the readers do not read: our process keeps no copy of it, and it arrives complete once
 * they read.
 */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createConnection, type Socket } from 'berkeley';
import { tcp } from 'berkeley/options';
import { digest, pattern } from '../../support/bytes.js';
import type { Trial } from '../part.js';
import { Process } from './process.js';
import { MIB, type Usage } from './usage.js';

/**
 * What a process can need for this beside the data: promises, streams and pages of the engine. A copy of the data of even a
 * twelfth of the connections would be more.
 */
const MOST = 80 * MIB;

/** Ours are asserted; those of Node.js are for comparison. */
const ways = ['sendAll', 'pipeline', 'toWeb', 'node:net write', 'node:net pipeline'] as const;

function bytesReceived(readers: readonly Socket<'inet' | 'inet6'>[]): number {
  return readers.reduce((sum, reader) => sum + Number(reader.getOption(tcp.info).bytesReceived ?? 0), 0);
}

/** Waits until the buffers of the kernel are full, so that the rest is pending in the writing process. */
async function untilFull(readers: readonly Socket<'inet' | 'inet6'>[]): Promise<number> {
  let last = -1;
  for (let same = 0; same < 3; ) {
    await delay(100);
    const now = bytesReceived(readers);
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}

async function hashOf(reader: Socket<'inet' | 'inet6'>, into: Buffer): Promise<string> {
  using own = reader;
  const hash = createHash('sha256');
  for (;;) {
    const length = await own.recvInto(into, { timeout: 120_000 });
    if (length === 0) return hash.digest('hex');
    hash.update(into.subarray(0, length));
  }
}

async function write(trial: Trial, way: string, connections: number, size: number): Promise<void> {
  using writer = new Process('slow-program', [way, `${connections}`, `${size}`]);
  const { before } = await writer.hear<{ before: Usage }>();
  const { port } = await writer.hear<{ port: number }>();
  const readers: Socket<'inet' | 'inet6'>[] = [];
  while (readers.length < connections) readers.push(await createConnection({ host: '127.0.0.1', port }));
  const inKernel = await untilFull(readers);
  const { pending } = await writer.ask<{ pending: Usage }>({});
  const ended = writer.hear<{ after: Usage }>();
  const expected = digest(pattern(size));
  const hashes = await Promise.all(readers.map(reader => hashOf(reader, Buffer.alloc(MIB))));
  const { after } = await ended;
  const total = connections * size - inKernel;
  trial.expect(
    hashes.every(hash => hash === expected),
    `${way}: the data that arrived is not the data that was sent`,
  );
  if (!way.startsWith('node')) {
    trial.expect(pending.rss - before.rss < MOST, `${way}: ${pending.rss - before.rss} bytes are resident`);
    trial.expect(after.descriptors <= pending.descriptors - connections, `${way}: descriptors are left`);
  }
  trial.compare(way, 'pending', total / MIB, 'MiB');
  trial.compare(way, 'resident meanwhile', (pending.rss - before.rss) / MIB, 'MiB more');
  trial.compare(way, 'heap meanwhile', (pending.heap - before.heap) / 1024, 'KiB more');
}

export async function slowReaders(trial: Trial): Promise<void> {
  // The kernel keeps up to 4 MiB of each connection on the way; the rest is pending.
  const [connections, size] = [trial.amount(16, 64), trial.amount(12, 24) * MIB];
  for (const way of trial.size === 'short' ? ways.slice(0, 1) : ways)
    await write(trial, way, connections, size);
}
