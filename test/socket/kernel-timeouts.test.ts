/** Blocking calls obey SO_RCVTIMEO and SO_SNDTIMEO once, in the main thread and in workers. See socket(7). */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { play, scenes } from './kernel-timeouts-scenes.js';

/**
 * The limit that the scenes set, and the time that a call may take. A call that waited twice for the limit
 * would take longer.
 */
const LIMIT = 200;
const MOST = 2 * LIMIT - 20;

/** A busy machine makes some calls late; a call that waits twice never takes less. */
const ATTEMPTS = 10;

interface Result {
  readonly code: string;
  readonly ms: number;
}

async function check(measure: () => Result | Promise<Result>, expected: string): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ATTEMPTS && least >= MOST; i++) {
    const { code, ms } = await measure();
    assert.equal(code, expected);
    assert.ok(ms >= LIMIT - 1, `it waits for the limit: ${ms} ms`);
    least = Math.min(least, ms);
  }
  assert.ok(least < MOST, `and not for another: ${least} ms`);
}

async function playInWorker(scene: string): Promise<Result> {
  const worker = new Worker(new URL('./kernel-timeouts-scenes.js', import.meta.url), {
    workerData: { scene, limit: LIMIT },
  });
  const [[result]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
  return result;
}

for (const [name, { code }] of Object.entries(scenes)) {
  describe(name, () => {
    test('a blocking call times out once in the main thread', () => check(() => play(name, LIMIT), code));
    test('a blocking call times out once in a worker', () => check(() => playInWorker(name), code));
  });
}
