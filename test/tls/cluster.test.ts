/** The workers of a cluster share the keys of session tickets, as those of `node:tls` do. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { notOnWindows } from '../support/kernel.js';

const program = fileURLToPath(new URL('cluster-program.js', import.meta.url));
const skip = notOnWindows('descriptors of handles');

test('a session of one worker is resumed by the other', { skip, timeout: 120_000 }, async () => {
  const limits = { timeout: 60_000, killSignal: 'SIGKILL' } as const;
  const { stdout } = await promisify(execFile)(process.execPath, [program], limits);
  const { ports, visits } = JSON.parse(stdout);
  assert.equal(ports[0], ports[1]);
  assert.deepEqual(
    visits.map(({ isResumed }: { isResumed: boolean }) => isResumed),
    [false, true, true, true],
  );
  assert.equal(new Set(visits.map(({ worker }: { worker: string }) => worker)).size, 2);
});
