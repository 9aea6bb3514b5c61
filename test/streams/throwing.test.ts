/**
 * A listener or a callback that throws, in a program that handles 'uncaughtException' and continues. Compared
 * with node:net.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('throwing-child.js', import.meta.url));
const { outcomes, descriptors } = JSON.parse(
  execFileSync(process.execPath, [child], { encoding: 'utf8', timeout: 60_000 }),
) as { outcomes: Record<string, Record<'net' | 'tcp' | 'unix', object>>; descriptors: object };

describe('a stream whose listener throws behaves like a net.Socket:', () => {
  for (const [scene, { net, tcp, unix }] of Object.entries(outcomes)) {
    test(scene, () => {
      assert.ok((net as { uncaught: string[] }).uncaught.length > 0);
      assert.deepEqual(tcp, net);
      assert.deepEqual(unix, net);
    });
  }

  test('fds: the data that came with the descriptors is delivered', () => {
    assert.deepEqual(descriptors, {
      received: 'onetwothree',
      count: 2,
      uncaught: ['uncaughtException: listener of fds', 'uncaughtException: listener of fds'],
    });
  });
});
