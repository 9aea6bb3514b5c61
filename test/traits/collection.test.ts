import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startChild } from '../support/child.js';

test('a socket is closed with a warning when it is garbage-collected', async () => {
  const { code, stderr } = await startChild(new URL('./children/lost.js', import.meta.url)).ended;
  assert.equal(code, 0, stderr);
});
