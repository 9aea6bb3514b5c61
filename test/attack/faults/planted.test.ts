/** The faults of `npm run test:attack -- planted` can still be planted: their texts are in the sources, once. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../../../tables/root.js';

interface Plant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const script = pathToFileURL(join(root, 'scripts/attack/plants.mjs')).href;
const { plants } = (await import(script)) as { plants: readonly Plant[] };

test('ten faults can be planted', () => {
  assert.ok(plants.length >= 10);
  for (const { name, file, from, to } of plants) {
    const parts = readFileSync(join(root, file), 'utf8').split(from);
    assert.equal(parts.length, 2, `${name}: its text is not once in ${file}`);
    assert.notEqual(from, to);
  }
});
