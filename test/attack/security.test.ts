/** The security part of the attack in its short form. `npm run test:attack -- security` runs the long one. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onWindows } from '../support/local.js';
import { play } from './part.js';
import { scenes } from './security/scenes.js';

const seed = Number(process.env.BERKELEY_SEED ?? Date.now() % 2 ** 31);

describe('security', {
  skip: onWindows && 'the scenes look at Linux: descriptors, modes of paths, capabilities',
}, () => {
  for (const [name, scene] of Object.entries(scenes)) {
    test(name, { timeout: 240_000 }, async context => {
      context.diagnostic(`BERKELEY_SEED=${seed}`);
      const { figures, failures } = await play(name, scene, seed, 'short');
      assert.deepEqual(failures, []);
      for (const { name, value } of figures)
        if (name.includes('skipped')) context.diagnostic(`${name}: ${value}`);
      assert.ok(figures.length > 0);
    });
  }
});
