import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, enqueue } from '#src/resolver/pool.js';

test('two tasks run at a time, in order, and withdrawn tasks never run', () => {
  const started: number[] = [];
  const withdraw = [0, 1, 2, 3, 4].map(i => enqueue(() => void started.push(i)));
  assert.deepEqual(started, [0, 1]);
  withdraw[2]!();
  withdraw[0]!(); // has already started
  done();
  assert.deepEqual(started, [0, 1, 3]);
  done();
  done();
  done();
  assert.deepEqual(started, [0, 1, 3, 4]);
  enqueue(() => void started.push(5));
  assert.deepEqual(started, [0, 1, 3, 4, 5]);
  done();
});

test('a task that completes at once lets the next start', () => {
  let count = 0;
  for (let i = 0; i < 10; i++) {
    enqueue(() => {
      count++;
      done();
    });
  }
  assert.equal(count, 10);
});
