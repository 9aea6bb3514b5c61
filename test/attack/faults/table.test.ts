/** The table of faults is complete: it has every function of libc that the addon imports. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../../../tables/root.js';
import { casesFor } from './cases.js';
import { skip } from './shim-build.js';
import { infallible, rows, slotOf } from './table.js';

const { target } = createRequire(import.meta.url)(join(root, 'binding.cjs')) as { target(): string };

/** Other names of the same function: 64-bit systems need no second one for 64-bit offsets. */
const aliases: Readonly<Record<string, string>> = {
  fcntl: 'fcntl64',
  lseek: 'lseek64',
  pread: 'pread64',
  sendfile: 'sendfile64',
};

interface Binary {
  readonly imports: readonly { readonly name: string; readonly weak: boolean }[];
}

/** Returns the functions that the addon imports from libc. */
async function imports(): Promise<string[]> {
  const script = pathToFileURL(join(root, 'scripts/binaries/elf.mjs')).href;
  const { readElf } = (await import(script)) as { readElf(bytes: Buffer): Binary };
  const { imports: all } = readElf(readFileSync(join(root, `prebuilds/${target()}.node`)));
  const needed = all.filter(({ name, weak }) => !weak && !name.startsWith('napi_'));
  return needed.map(({ name }) => aliases[name] ?? name);
}

test('every function that the addon imports has a row, or a reason why it cannot fail', {
  skip,
}, async () => {
  const known = new Set([...rows.map(({ symbol }) => symbol), ...Object.keys(infallible)]);
  const found = await imports();
  assert.ok(found.includes('recvmsg'), found.join());
  assert.deepEqual(
    found.filter(name => !known.has(name)),
    [],
    'add a row to test/attack/faults/table.ts, and a wrapper to shim-*.c',
  );
});

test('every row has a wrapper, and every wrapper a row', () => {
  const header = readFileSync(`${root}/test/attack/faults/shim.h`, 'utf8');
  const wrapped = [...header.matchAll(/EACH\((\w+)\)/g)]
    .map(([, name]) => name!)
    .filter(name => name !== 'EACH');
  assert.deepEqual(rows.map(slotOf).sort(), wrapped.sort());
});

test('every error has a number', () => {
  const cases = casesFor(new Map(rows.map(row => [slotOf(row), 1])));
  const failures = cases.filter(({ plan }) => plan.action === 'fail');
  assert.ok(failures.length > rows.length);
  for (const { plan, fault } of failures) {
    assert.ok(Number.isInteger(plan.value) && plan.value !== 0, fault);
    const known = (constants.errno as Record<string, number>)[fault];
    if (known !== undefined) assert.equal(plan.value, known);
  }
});
