/** The load part of the attack in its short form, without limits of time. `npm run test:attack -- load` runs the long one. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onWindows } from '../support/local.js';
import { scenes } from './load/scenes.js';
import { lineThrough } from './load/usage.js';
import { play } from './part.js';

const seed = Number(process.env.BERKELEY_SEED ?? Date.now() % 2 ** 31);

describe('under load', {
  skip: onWindows && 'the scenes count descriptors and stop processes as on Linux',
}, () => {
  for (const [name, scene] of Object.entries(scenes)) {
    test(name, { timeout: 240_000 }, async context => {
      context.diagnostic(`BERKELEY_SEED=${seed}`);
      const { figures, failures } = await play(name, scene, seed, 'short');
      assert.deepEqual(failures, []);
      assert.ok(figures.length > 0);
    });
  }
});

describe('the line through samples', () => {
  test('finds growth below noise, and no growth in noise', () => {
    const noise = (i: number): number => ((i * 7919) % 13) - 6;
    const rising = lineThrough(Array.from({ length: 40 }, (_, i) => [i, i + noise(i)]));
    assert.ok(Math.abs(rising.growth - 39) < 3 * rising.error, `${rising.growth}`);
    assert.ok(rising.growth - 3 * rising.error > 20);
    const flat = lineThrough(Array.from({ length: 40 }, (_, i) => [i, noise(i)]));
    assert.ok(flat.growth - 3 * flat.error < 0);
    assert.ok(
      Math.abs(
        lineThrough([
          [0, 1],
          [1, 3],
          [2, 5],
        ]).growth - 4,
      ) < 1e-9,
    );
  });

  test('needs samples', () =>
    assert.throws(
      () =>
        lineThrough([
          [0, 1],
          [1, 1],
        ]),
      RangeError,
    ));
});
