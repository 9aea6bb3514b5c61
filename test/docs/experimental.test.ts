/** Exports of the families that have not run on their system are marked `@experimental`, and no others. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../tables/root.js';

/** The families of platforms that docs/platforms.md calls “built, not run”, and of Hyper-V, which Wine lacks. */
const families = ['divert', 'hyperv', 'system'];

/** The files of their options. */
const options = ['options/hyperv.ts', 'options/utun.ts'];

const source = join(root, 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
const textOf = (file: string): string => readFileSync(join(source, file), 'utf8');

/** The names that a family exports. */
function exportsOf(family: string): string[] {
  const lists = textOf(`families/${family}/index.ts`).matchAll(/^export (?:type )?\{([^}]*)\}/gm);
  return [...lists].flatMap(([, list]) => list!.match(/\w+/g)!);
}

/** The declarations of a file with the tag. */
function experimentalIn(file: string): string[] {
  const declarations = /\/\*\*(?:(?!\*\/)[\s\S])*?@experimental(?:(?!\*\/)[\s\S])*?\*\/\s*export \w+ (\w+)/g;
  return [...textOf(file).matchAll(declarations)].map(([, name]) => name!);
}

test('a family that has not run exports only experimental names', () => {
  for (const family of families) {
    const inFamily = files.filter(file => file.replaceAll('\\', '/').startsWith(`families/${family}/`));
    assert.deepEqual(inFamily.flatMap(experimentalIn).sort(), exportsOf(family).sort(), family);
  }
});

test('so do the files of their options', () => {
  for (const file of options) {
    const exported = [...textOf(file).matchAll(/^export \w+ (\w+)/gm)].map(([, name]) => name!);
    assert.ok(exported.length > 0);
    assert.deepEqual(experimentalIn(file), exported, file);
  }
});

test('no other declaration is experimental, and the README names the families', () => {
  const marked = files.filter(file => textOf(file).includes('@experimental'));
  const allowed = [...families.map(family => `families/${family}/`), ...options];
  assert.deepEqual(
    marked
      .map(file => file.replaceAll('\\', '/'))
      .filter(file => !allowed.some(place => file.startsWith(place))),
    [],
  );
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const stability = readme.split(/^## /m).find(part => part.startsWith('Stability'))!;
  for (const family of families) assert.ok(stability.includes(`AF_${family.toUpperCase()}`), family);
});
