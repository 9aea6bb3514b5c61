/** A worker that blocks in a Sync call can be terminated, and does not keep the process from exiting. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { startChild } from '../support/child.js';
import { notOnWindows } from '../support/kernel.js';

const program = new URL('./children/blocked-thread.js', import.meta.url);

for (const call of [
  'recvSync',
  'recvSync with MSG_WAITALL',
  'acceptSync',
  'sendAllSync',
  'connectSync',
  'recvErrorSync',
]) {
  const skip = call === 'recvErrorSync' && notOnWindows('an error queue (MSG_ERRQUEUE)');
  describe(`a worker in ${call}`, { concurrency: 2, skip }, () => {
    test('can be terminated', { timeout: 10_000 }, async () => {
      const worker = new Worker(program, { workerData: { call } });
      await once(worker, 'message');
      await new Promise(resolve => setTimeout(resolve, 20));
      assert.equal(await worker.terminate(), 1);
    });

    test('does not delay process.exit()', async () => {
      const { code, signal, stderr } = await startChild(program, call).ended;
      assert.deepEqual({ code, signal }, { code: 0, signal: null }, stderr);
    });
  });
}
