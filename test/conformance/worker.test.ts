/** The same suite inside a worker: each thread has a poller, memory and sockets of its own. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { onWindows } from '../support/local.js';

/** What the worker tells of a behaviour. */
export interface Outcome {
  readonly name: string;
  /** The error's stack, if it failed. */
  readonly failure?: string;
}

test('the conformance suite runs in a worker', async t => {
  if (onWindows) await warmUp(); // sockets that the process keeps, through which it asks for readiness
  const before = countDescriptors();
  const worker = new Worker(new URL('./worker.js', import.meta.url));
  const outcomes: Outcome[] = [];
  worker.on('message', (outcome: Outcome) => outcomes.push(outcome));
  const [code] = await once(worker, 'exit');

  assert.equal(code, 0, 'the exit code of the worker');
  const failures = outcomes.filter(({ failure }) => failure !== undefined);
  for (const { name, failure } of failures) t.diagnostic(`${name}\n${failure}`);
  assert.deepEqual(
    failures.map(({ name }) => name),
    [],
  );
  const least = onWindows ? 300 : 1000;
  assert.ok(outcomes.length > least, `${outcomes.length} behaviours ran`);
  t.diagnostic(`${outcomes.length} behaviours ran`);
  assert.equal(countDescriptors(), before, 'the poller of the worker is closed with it');
});
