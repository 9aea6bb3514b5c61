/** Workers that are ended in the middle of operations: each closes its descriptors, and frees its memory. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { socketpair } from 'berkeley';
import { countDescriptors } from '../../support/descriptors.js';
import { until } from '../../support/until.js';
import type { Trial } from '../part.js';
import { MIB, usage } from './usage.js';
import { operations } from './worker-operation.js';

const AT_ONCE = 4;
const names = Object.keys(operations);

/** Starts a worker, and ends it at a random moment after or during its start. */
async function runAndEnd(operation: string, pause: number): Promise<void> {
  const worker = new Worker(new URL('./worker-operation.js', import.meta.url), { workerData: { operation } });
  const failed = once(worker, 'error').then(([error]) => {
    throw error;
  });
  failed.catch(() => {});
  // Every eighth is ended while it still loads the package.
  if (pause % 8 !== 0) await Promise.race([once(worker, 'message'), failed]);
  await delay(pause % 16);
  await worker.terminate();
}

async function endAll(trial: Trial, count: number): Promise<void> {
  let next = trial.between(0, names.length);
  const end = next + count;
  const run = async (): Promise<void> => {
    while (next < end) await runAndEnd(names[next++ % names.length]!, trial.between(0, 63));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
}

/** The runtime closes descriptors of its own shortly after a thread has ended. */
async function settled(least: number): Promise<number> {
  await until(() => countDescriptors() <= least);
  return countDescriptors();
}

export async function workers(trial: Trial): Promise<void> {
  await endAll(trial, trial.amount(4, 2 * names.length));
  await delay(500); // the runtime's own descriptors of its first threads are closed
  const before = await usage();
  const count = trial.amount(8, 150, 5000);
  const start = performance.now();
  await endAll(trial, count);
  const seconds = (performance.now() - start) / 1000;
  const left = (await settled(before.descriptors)) - before.descriptors;
  const after = await usage();
  const [a, b] = socketpair();
  await a.sendAll('still works');
  trial.expect((await b.recv(64)).toString() === 'still works', 'another socket does not work afterwards');
  for (const socket of [a, b]) socket.close();
  trial.expect(left <= 0, `${left} descriptors are left by ${count} workers`);
  trial.figure('workers ended', count);
  trial.figure('ended', count / seconds, 'per second');
  trial.figure('descriptors left', left);
  trial.figure('resident afterwards', (after.rss - before.rss) / MIB, 'MiB more');
  trial.figure('heap afterwards', (after.heap - before.heap) / 1024, 'KiB more');
}
