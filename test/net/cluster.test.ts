/** The servers of the workers of a cluster share a port, as those of `node:net` do. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { notOnWindows } from '../support/kernel.js';
import { freshPath } from '../support/names.js';

const program = fileURLToPath(new URL('cluster-program.js', import.meta.url));

async function resultsOf(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args, freshPath()], {
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  return JSON.parse(stdout);
}

describe('servers in the workers of a cluster', { skip: notOnWindows('descriptors of handles') }, () => {
  for (const policy of ['rr', 'none'])
    test(`scheduling policy ${policy}: the same as with node:net`, { timeout: 120_000 }, async () => {
      const [theirs, ours] = [await resultsOf('node:net', policy), await resultsOf('berkeley/net', policy)];
      assert.deepEqual(ours, theirs);
      const { port, exclusivePorts } = ours as { port: Record<string, unknown>; exclusivePorts: number };
      assert.deepEqual([port.isOne, port.workers, exclusivePorts], [true, policy === 'rr' ? 2 : 'any', 2]);
    });
});
