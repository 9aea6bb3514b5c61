/** The servers of the workers of a cluster share the socket of the primary process, as those of `node:net` do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notOnWindows } from '../support/kernel.js';
import { freshPath } from '../support/names.js';
import { clusterResults } from './cluster.js';

// The other policy is a row of the statements.
const skip = notOnWindows('descriptors of handles');
test('without round-robin, the workers share the listening socket', { skip, timeout: 120_000 }, async () => {
  const theirs = await clusterResults('node:net', 'none', freshPath());
  const ours = await clusterResults('berkeley/net', 'none', freshPath());
  assert.deepEqual(ours, theirs);
  assert.equal((ours as { exclusivePorts: number }).exclusivePorts, 2);
});
