/**
 * The bundled entry points export what the compiled sources export, with the same number for each constant.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../../tables/root.js';
import { PackedProject } from '../support/packed.js';

const project = new PackedProject();
after(() => project.dispose());
const require = createRequire(join(project.folder, 'index.js'));

type Exports = Readonly<Record<string, unknown>>;

const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, string | object>;
};
const entries = Object.keys(exports).filter(name => typeof exports[name] === 'object');

/** Real constants are above this. Numbers below it stand for constants that the platform lacks. */
const LOWEST = -0xffff;

/** The part of an export that can be compared with another copy. */
function shapeOf(value: unknown): unknown {
  if (typeof value === 'number') return value < LOWEST ? 'absent' : value;
  return typeof value === 'string' ? value : typeof value;
}

/** The names and lengths of exported functions. */
function signatures(exported: Exports): readonly unknown[] {
  return Object.keys(exported)
    .sort()
    .map(key => exported[key])
    .filter(value => typeof value === 'function')
    .map(({ name, length }) => [name, length]);
}

function shapes(exported: Exports): Map<string, unknown> {
  const names = Object.keys(exported).filter(name => name !== 'default' && name !== 'module.exports');
  return new Map(names.sort().map(name => [name, shapeOf(exported[name])]));
}

describe('each entry point', () => {
  for (const entry of entries) {
    test(entry.replace('.', 'berkeley'), async () => {
      const specifier = entry.replace('.', 'berkeley');
      const required = require(specifier) as Exports;
      const imported = (await import(
        pathToFileURL(join(project.installed, `dist/${entry.slice(2) || 'index'}.js`)).href
      )) as Exports;
      const own = (await import(specifier)) as Exports;
      assert.ok(Object.keys(own).length > 0);
      assert.deepEqual(shapes(required), shapes(own));
      assert.deepEqual(shapes(imported), shapes(own));
      for (const name of Object.keys(own)) assert.equal(imported[name], required[name], name);
      assert.deepEqual(signatures(required), signatures(own));
    });
  }

  test('gives one number to a constant', () => {
    const all = require('berkeley/constants') as Exports;
    const [main, netlink] = [require('berkeley') as Exports, require('berkeley/netlink') as Exports];
    for (const [name, value] of [...Object.entries(main), ...Object.entries(netlink)]) {
      if (typeof value === 'number') assert.equal(value, all[name], name);
    }
  });
});
