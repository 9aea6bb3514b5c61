/** How look-ups wait, and how waits end: runs against a slow resolver (slow.c). */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../../../test/resolver/slow.c', import.meta.url));
const child = fileURLToPath(new URL('./slow-child.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'berkeley-slow-'));
const library = join(folder, 'slow.so');

before(() => {
  const flags = ['-D_GNU_SOURCE', '-shared', '-fPIC', '-o', library, source, '-ldl'];
  execFileSync(process.env.CC ?? 'cc', flags, { stdio: 'inherit' });
});
after(() => rmSync(folder, { recursive: true }));

let count = 0;

/** The output of the scenario. */
function run(scenario: string): string {
  const log = join(folder, `log-${count++}`);
  const env = { ...process.env, LD_PRELOAD: library, SLOW_LOG: log, UV_THREADPOOL_SIZE: '4' };
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [child, scenario], {
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.deepEqual({ status, signal }, { status: 0, signal: null }, stdout + stderr);
  return stdout;
}

for (const scenario of [
  'fails in the end',
  'an abort rejects at once, with its reason',
  'an aborted signal asks nothing',
  'a timeout rejects in time',
  'a timeout that is not reached, or that no timer can count, changes nothing',
  'leaves workers for others',
  'what was taken back while it waited its turn is never asked',
  'a worker is terminated meanwhile',
  'a worker ends itself meanwhile',
  'the process ends meanwhile',
]) {
  test(scenario, () => void run(scenario));
}

test('a promise settles even if nothing else keeps the process alive', () => {
  assert.equal(run('a promise that nothing else waits with still settles'), 'settled\n');
});
