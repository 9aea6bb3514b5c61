/** Receiving more descriptors than the process may open. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MSG_CTRUNC } from 'berkeley';

const child = fileURLToPath(new URL('limit-child.js', import.meta.url));

test('at RLIMIT_NOFILE the descriptors that fit are delivered, MSG_CTRUNC is set, and none leaks', () => {
  const output = execFileSync('sh', ['-c', 'ulimit -n 1000 && exec "$@"', 'sh', process.execPath, child], {
    encoding: 'utf8',
  });
  const { outcomes, leaked } = JSON.parse(output);
  assert.equal(leaked, 0);
  assert.equal(outcomes.length, 8);
  for (const outcome of outcomes) assert.deepEqual(outcome, { fds: 3, flags: MSG_CTRUNC });
});
