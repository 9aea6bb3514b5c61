/** Random scripts for the engine, always the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playAll, told } from '../model/run.js';

const SCRIPTS = 60;

test('the scripts', async () => {
  const { failure } = await playAll(SCRIPTS, 1);
  assert.ok(failure === undefined, failure && told(failure));
});
