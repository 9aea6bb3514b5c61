/** Which constants each entry point exports. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as root from 'berkeley';
import * as constants from 'berkeley/constants';
import { publicNames } from '../../tables/public-names.js';
import { pythonNames } from '../../tables/root-names.js';
import { constantsOf, kindOf } from '../../tables/subject.js';
import { subjects } from '../../tables/subjects/index.js';

const python = pythonNames();
const taken = subjects
  .flatMap(subject => subject.groups.flatMap(constantsOf))
  .filter(one => /^(family|type|protocol)/.test(kindOf(one) ?? ''))
  .map(constant => constant.name);

test('berkeley/constants exports every constant, and nothing else', () => {
  assert.deepEqual(Object.keys(constants).sort(), publicNames().sort());
});

test('berkeley exports the constants of Python’s socket module and those that new Socket accepts, and no others', () => {
  assert.ok(python.length > 480 && taken.length > 400);
  const all = new Set(publicNames());
  const exported = Object.keys(root).filter(name => all.has(name));
  assert.deepEqual(exported.sort(), [...new Set([...python, ...taken])].sort());
});

test('a constant is the same in both', () => {
  const values = new Map<string, unknown>(Object.entries(constants));
  const unlike = Object.entries(root).filter(([name, value]) => (values.get(name) ?? value) !== value);
  assert.deepEqual(unlike, []);
});
