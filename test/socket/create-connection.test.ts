/** The attempts of createConnection for a host with several addresses. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { race } from '#src/internet/race.js';
import { failureOf } from '../support/failure.js';

interface Attempt {
  readonly candidate: string;
  readonly stop: AbortSignal;
}

const candidates = ['first', 'second', 'third'];

/** Starts a race whose attempts only end when they are stopped. */
function hanging(delay: number, signal: AbortSignal): { started: Attempt[]; result: Promise<unknown> } {
  const started: Attempt[] = [];
  const result = race(candidates, delay, signal, (candidate, stop) => {
    started.push({ candidate, stop });
    return new Promise<never>((_, reject) => {
      stop.addEventListener('abort', () => reject(stop.reason));
    });
  });
  return { started, result };
}

describe('an abort between the attempts', () => {
  const cases = [
    ['while one of them runs', 1000, 1],
    ['while all of them run', 0, candidates.length],
  ] as const;
  for (const [when, pause, count] of cases) {
    test(`${when} rejects with the reason, stops what runs and starts nothing`, async () => {
      const controller = new AbortController();
      const { started, result } = hanging(pause, controller.signal);
      while (started.length < count) await delay(1);
      const reason = new Error('changed my mind');
      setImmediate(() => controller.abort(reason));
      assert.equal(await failureOf(() => result), reason);
      await delay(5);
      assert.deepEqual(
        started.map(({ candidate }) => candidate),
        candidates.slice(0, count),
      );
      assert.ok(started.every(({ stop }) => stop.aborted));
    });
  }

  test('closes a connection that is made in the same turn', async () => {
    const controller = new AbortController();
    let closed = 0;
    let connect = () => {};
    const result = race(['only'], 0, controller.signal, () => {
      return new Promise<{ close(): void }>(resolve => {
        connect = () => resolve({ close: () => void closed++ });
      });
    });
    connect();
    controller.abort();
    assert.equal(await failureOf(() => result), controller.signal.reason);
    await delay(1);
    assert.equal(closed, 1);
  });
});

test('an attempt that fails starts the next one at once, and all failures are one error', async () => {
  const start = performance.now();
  const error = await failureOf(() =>
    race(candidates, 10_000, undefined, async candidate => {
      throw Object.assign(new Error(candidate), { code: candidate });
    }),
  );
  assert.ok(performance.now() - start < 5000);
  assert.ok(error instanceof AggregateError);
  assert.deepEqual(
    error.errors.map(({ message }) => message),
    candidates,
  );
  assert.equal((error as { code?: string }).code, 'first');
});
