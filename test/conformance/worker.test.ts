/** Runs the conformance suite in a worker. Each thread has its own poller, memory and sockets. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { onWindows } from '../support/local.js';

/** The result of a behaviour, as the worker reports it. */
export interface Outcome {
  readonly name: string;
  /** The stack of the error if the behaviour failed. */
  readonly failure?: string;
}

test('the conformance suite passes in a worker', async t => {
  if (onWindows) await warmUp(); // creates the sockets that the process keeps for readiness
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
