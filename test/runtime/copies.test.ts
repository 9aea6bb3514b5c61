/** Several copies of the package in one thread. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runtimes } from './installed.js';

for (const { name, skip, run } of runtimes) {
  test(name, { skip }, async () => {
    assert.equal(await run('copies'), 'sharedMemory\ndescriptors\nwakeUps\nclosing\ndone\n');
  });
}
