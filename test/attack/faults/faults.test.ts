/**
 * The short form of the fault injection: some cases by chance, and those that have found a fault before.
 * `npm run test:attack -- faults` plays all. A failure prints the seed, which BERKELEY_SEED repeats.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { found } from './found.js';
import { runJob } from './process.js';
import { buildShim, skip } from './shim-build.js';

const seed = Number(process.env.BERKELEY_SEED ?? Date.now() % 2 ** 31);
const places = (['uv', 'thread'] as const).flatMap(wakeup =>
  (['main', 'worker', 'fresh'] as const).map(where => ({ wakeup, where })),
);

/** The part of the cases of each place. */
const SHARE = { main: 0.01, worker: 0.01, fresh: 0.02 } as const;

describe('calls to the C library fail', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-faults-'));
  let shim = '';
  before(() => {
    shim = buildShim(folder);
  });
  after(() => rmSync(folder, { recursive: true }));

  // One place of each kind per run. The seed chooses which, so that a few runs cover all.
  const chosen = [0, 1].map(i => places[(seed + i * 4) % places.length]!);
  for (const place of chosen) {
    test(`by chance: ${place.wakeup}, ${place.where}`, async context => {
      context.diagnostic(`seed ${seed}`);
      const { failures, cases } = await runJob(
        { ...place, seed, share: SHARE[place.where], name: '' },
        shim,
        folder,
      );
      assert.deepEqual(failures, [], `BERKELEY_SEED=${seed}`);
      assert.ok(cases > 0, 'a call has failed');
    });
  }

  for (const wakeup of ['uv', 'thread'] as const) {
    test(`in the ways that have found a fault before: ${wakeup}`, async () => {
      const job = { wakeup, where: 'main', seed, share: 1, name: '', titles: found } as const;
      const { failures, cases } = await runJob(job, shim, folder);
      assert.deepEqual(failures, []);
      assert.ok(cases > 0, 'a call has failed');
    });
  }
});
