/** Threads that end while calls on files and streams wait in them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { onWindows } from '../support/local.js';
import { freshPath } from '../support/names.js';

await warmUp();

test('a terminated thread leaves no descriptors of its files and streams behind', async () => {
  const before = countDescriptors();
  const worker = new Worker(new URL('./threads-worker.js', import.meta.url), { workerData: freshPath() });
  await once(worker, 'message');
  assert.ok(countDescriptors() > before + (onWindows ? 5 : 10)); // of sockets only on Windows
  await worker.terminate();
  assert.equal(countDescriptors(), before);
});
