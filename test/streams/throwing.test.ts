/**
 * A listener or a callback that throws, in a program that handles 'uncaughtException' and continues. Compared
 * with node:net.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startChild } from '../support/child.js';
import { notOnWindows } from '../support/kernel.js';

const ended = await startChild(new URL('throwing-child.js', import.meta.url)).ended;
assert.equal(ended.code, 0, ended.stderr);
const { outcomes, descriptors } = JSON.parse(ended.stdout) as {
  outcomes: Record<string, Record<'net' | 'tcp' | 'unix', object>>;
  descriptors: object;
};

describe('a stream whose listener throws behaves like a net.Socket:', () => {
  for (const [scene, { net, tcp, unix }] of Object.entries(outcomes)) {
    test(scene, () => {
      assert.ok((net as { uncaught: string[] }).uncaught.length > 0);
      assert.deepEqual(tcp, net);
      assert.deepEqual(unix, net);
    });
  }

  const skip = notOnWindows('descriptors in messages (SCM_RIGHTS)');
  test('fds: the data that came with the descriptors is delivered', { skip }, () => {
    assert.deepEqual(descriptors, {
      received: 'onetwothree',
      count: 2,
      uncaught: ['uncaughtException: listener of fds', 'uncaughtException: listener of fds'],
    });
  });
});
