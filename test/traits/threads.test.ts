/** Threads that end while their sockets wait. */
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

test('a thread that is terminated leaves no descriptors behind', async () => {
  const before = countDescriptors();
  const worker = await startWaiting();
  assert.ok(countDescriptors() > before);
  await worker.terminate();
  assert.equal(countDescriptors(), before);
});

test('threads that are terminated one after the other, and several at once, do no harm', async () => {
  for (let i = 0; i < 3; i++) {
    const workers = await Promise.all([startWaiting(), startWaiting()]);
    await Promise.all(workers.map(worker => worker.terminate()));
  }
});

test('a thread that is terminated while it starts does no harm', async () => {
  for (let i = 0; i < 5; i++) {
    const worker = new Worker(new URL('./children/waiting-worker.js', import.meta.url));
    await new Promise(resolve => setTimeout(resolve, i * 10));
    await worker.terminate();
  }
});
