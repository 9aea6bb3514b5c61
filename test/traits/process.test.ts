/** What keeps a process alive, and how the process ends. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from '../support/child.js';
import { notOnWindows } from '../support/kernel.js';

const program = new URL('./children/liveness.js', import.meta.url);

/** Long enough for an idle process to exit. */
const A_WHILE = 400;

describe('the process stays alive with', { concurrency: 2 }, () => {
  for (const way of [
    'a receive',
    'a receive with another that was served',
    'a receive, unref and ref again',
    'a receive, unref, and a receive elsewhere',
    'an accept',
    'a send',
    'a connect to a full queue',
  ]) {
    test(way, async () => {
      const child = startChild(program, way);
      await child.ready;
      const outcome = await Promise.race([child.ended, delay(A_WHILE, 'alive')]);
      child.kill('SIGTERM');
      assert.equal(outcome, 'alive');
      assert.equal((await child.ended).signal, 'SIGTERM');
    });
  }
});

describe('the process exits with', { concurrency: 2 }, () => {
  for (const way of [
    'nothing but open sockets',
    'a receive, unref',
    'a receive, unref later',
    'a receive that was aborted',
    'a receive whose socket was closed',
    'a receive with a timeout that passed',
    'a receive with a timeout, unref',
    'a send that pauses, unref',
    'all receives with timeouts, unref later',
    'a receive that was served',
    'an accept, unref',
    'a loop over connections that was left',
    'a send, unref',
    'a connect to a full queue, unref',
    'calls in all directions and a call of process.exit',
  ]) {
    const skip =
      way === 'a send that pauses, unref' && notOnWindows('datagrams that wait for space (AF_UNIX)');
    test(way, { skip }, async () => {
      const { code, signal, stderr } = await startChild(program, way).ended;
      assert.deepEqual({ code, signal, stderr }, { code: 0, signal: null, stderr: '' });
    });
  }
});
