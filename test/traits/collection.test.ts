import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startChild } from '../support/child.js';

test('a socket that is lost to the garbage collector is closed, with a warning', async () => {
  const { code, stderr } = await startChild(new URL('./children/lost.js', import.meta.url)).ended;
  assert.equal(code, 0, stderr);
});
