/**
 * A short run of the fuzzing, and the inputs that have found faults. BERKELEY_SEED repeats a run; `npm run test:attack --
 * fuzz` runs as many inputs as it is told.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { notOnWindows } from '../../support/kernel.js';
import { attackNative, skip as skipNative } from './native.js';
import { attack, inputOf, readCases } from './run.js';
import { fast, slow } from './targets.js';

/** Any number, so that each run of the gate tries other inputs. */
const seed = Number(process.env.BERKELEY_SEED ?? Math.trunc(Math.random() * 2 ** 31));
const COUNT = 30;

const all = [...fast, ...slow];

describe('committed cases', () => {
  for (const one of readCases()) {
    test(one.file, { skip: notOnWindows('the structures of Linux') }, async () => {
      const target = all.find(({ name }) => name === one.target);
      assert.ok(target !== undefined, `no target has the name ${one.target}`);
      await target.check(inputOf(one));
    });
  }
});

describe('random inputs', { skip: notOnWindows('the structures of Linux') }, () => {
  test(`${fast.length} readers and functions that compute`, async t => {
    t.diagnostic(`BERKELEY_SEED=${seed}`);
    for (const target of fast) report(await attack(target, COUNT, seed));
  });

  test('control data for the reader in C', { skip: skipNative }, async () => {
    assert.equal(await attackNative(20_000, seed), undefined, `BERKELEY_SEED=${seed}`);
  });

  test(`${slow.length} calls`, async () => {
    for (const target of slow) report(await attack(target, 1, seed));
  });
});

function report({ fault }: Awaited<ReturnType<typeof attack>>): void {
  if (fault === undefined) return;
  const { target, input, error } = fault;
  assert.fail(`BERKELEY_SEED=${seed}, ${target}: ${input}\n${error}`);
}
