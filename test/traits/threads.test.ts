/** Threads that end while calls wait on their sockets. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { countDescriptors, warmUp } from '../support/descriptors.js';

await warmUp();

async function startWaiting(): Promise<Worker> {
  const worker = new Worker(new URL('./children/waiting-worker.js', import.meta.url));
  await once(worker, 'message');
  return worker;
}

test('a terminated thread leaves no descriptors behind', async () => {
  const before = countDescriptors();
  const worker = await startWaiting();
  assert.ok(countDescriptors() > before);
  await worker.terminate();
  assert.equal(countDescriptors(), before);
});

test('terminating threads in sequence, and several at once, is safe', async () => {
  for (let i = 0; i < 3; i++) {
    const workers = await Promise.all([startWaiting(), startWaiting()]);
    await Promise.all(workers.map(worker => worker.terminate()));
  }
});

test('terminating a thread while it starts is safe', async () => {
  for (let i = 0; i < 5; i++) {
    const worker = new Worker(new URL('./children/waiting-worker.js', import.meta.url));
    await new Promise(resolve => setTimeout(resolve, i * 10));
    await worker.terminate();
  }
});
