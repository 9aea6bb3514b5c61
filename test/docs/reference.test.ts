/**
 * The pages of docs/reference match the sources, the sources document every public name, and the reference
 * reads the modules of the package.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { differing } from '../../reference/check.js';
import { generate } from '../../reference/generate.js';
import { readSurface, type Surface } from '../../reference/surface.js';
import { groups } from '../options/rows.js';
import { root } from './pages.js';

const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

describe('the reference', () => {
  let surface: Surface;
  let pages: ReadonlyMap<string, string>;
  before(async () => {
    surface = await readSurface();
    pages = generate(surface);
  });

  test('matches the sources: otherwise run npm run reference', () => {
    assert.deepEqual(differing(pages), []);
  });

  test('documents every public name and member, and every required type can be imported', () => {
    assert.deepEqual(surface.warnings, []);
  });

  test('has every option', () => {
    const rows = groups.flatMap(([group, rows]) => rows.map(([name]) => `| \`${group}.${name}\` |`));
    assert.ok(rows.length > 400);
    const text = [...pages.values()].join('');
    assert.deepEqual(
      rows.filter(row => text.split(row).length !== 2),
      [],
    );
  });

  test('is read from the modules that the package exports', () => {
    const exported = Object.values(json('package.json').exports as Record<string, { types?: string }>)
      .flatMap(({ types }) => types ?? [])
      .map(file => file.replace('./dist', 'src').replace('.d.ts', '.ts'));
    assert.deepEqual([...json('typedoc.json').entryPoints].sort(), exported.sort());
  });
});
