/**
 * Many look-ups leave no memory and no descriptors behind.
 *
 * The test counts allocated memory in both heaps. The size of the process is not suitable: the collector
 * returns pages of the young generation irregularly, many megabytes of them, and malloc(3) keeps freed
 * memory.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startChild } from '../support/child.js';

const glibc = 'glibcVersionRuntime' in (process.report.getReport() as { header: object }).header;
const program = new URL('./leaks-child.js', import.meta.url);
const source = fileURLToPath(new URL('../../../test/resolver/heap.c', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'berkeley-heap-'));
const addon = join(folder, 'heap.node');

before(() => {
  const { include_dir } = createRequire(import.meta.url)('node-api-headers') as { include_dir: string };
  const flags = ['-shared', '-fPIC', '-I', include_dir, '-o', addon, source];
  if (glibc) execFileSync(process.env.CC ?? 'cc', flags, { stdio: 'inherit' });
});
after(() => rmSync(folder, { recursive: true }));

const LOOK_UPS = 20_000;

// The smallest block of malloc(3) has 32 bytes. A closure has 32 bytes, and a promise more.
const MOST = 16;

for (const face of ['Sync', 'promise']) {
  test(`${LOOK_UPS} look-ups leave nothing behind, ${face}`, {
    skip: !glibc && 'counts with mallinfo2(3) of glibc',
  }, async () => {
    const { code, signal, stdout, stderr } = await startChild(program, face, `${LOOK_UPS}`, addon).ended;
    assert.deepEqual({ code, signal }, { code: 0, signal: null }, stderr);
    const left = JSON.parse(stdout);
    assert.equal(left.descriptors, 0);
    assert.ok(left.c <= MOST, `each left ${left.c} bytes of C's memory`);
    assert.ok(left.javascript <= MOST, `each left ${left.javascript} bytes of JavaScript's memory`);
  });
}
