/** Random scripts for the engine, always the same, with a thread that watches the poller: the way of Bun and Deno. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

const SCRIPTS = 30;

process.env.BERKELEY_WAKEUP = 'thread'; // read when the package is loaded
const { playAll, told } = await import('../model/run.js');

test('the scripts', async () => {
  const { failure } = await playAll(SCRIPTS, 2);
  assert.ok(failure === undefined, failure && told(failure));
});
