import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, enqueue } from '#src/resolver/pool.js';

test('two run at a time, first come first served, and what is taken back never runs', () => {
  const started: number[] = [];
  const takeBack = [0, 1, 2, 3, 4].map(i => enqueue(() => void started.push(i)));
  assert.deepEqual(started, [0, 1]);
  takeBack[2]!();
  takeBack[0]!(); // has begun: nothing to take back
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

test('one that is done at once makes room for the next', () => {
  let count = 0;
  for (let i = 0; i < 10; i++) {
    enqueue(() => {
      count++;
      done();
    });
  }
  assert.equal(count, 10);
});
