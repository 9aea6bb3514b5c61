/**
 * The table of differences names existing rows and behaviours. If a behaviour is renamed, its differences
 * must be renamed too.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rows } from '../support/rows.js';
import { differences } from './differences/index.js';
import { moreRows } from './more-rows.js';
import { applies, behaviours } from './suite.js';

const everyRow = [...rows, ...moreRows];

for (const { rows: prefix, behaviours: names } of differences) {
  for (const name of names) {
    test(`${prefix}: ${name}`, () => {
      const some = everyRow.filter(row => row.name.startsWith(prefix));
      assert.ok(some.length > 0, `no row begins with ${prefix}`);
      const found = behaviours.filter(
        behaviour => behaviour.name.startsWith(name) && some.some(row => applies(behaviour, row)),
      );
      assert.ok(found.length > 0, 'no behaviour of such a row begins so');
    });
  }
}

test('behaviours have unique names, because differences refer to them by name', () => {
  const names = behaviours.map(({ name }) => name);
  assert.deepEqual(names.length, new Set(names).size);
});
