/** The table of differences names rows and behaviours that there are: a renamed behaviour takes its differences along. */
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

test('no two behaviours have one name, by which differences know them', () => {
  const names = behaviours.map(({ name }) => name);
  assert.deepEqual(names.length, new Set(names).size);
});
