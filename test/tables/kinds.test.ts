/** The kind of each constant, with which the compiler checks arguments: see test/types/constants.ts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constantsOf, kindOf, strayNames } from '../../tables/subject.js';
import { subjects } from '../../tables/subjects/index.js';
import { groups } from '../options/rows.js';

const constants = subjects.flatMap(subject => subject.groups.flatMap(constantsOf));
const kinds = new Map(constants.map(constant => [constant.name, kindOf(constant)]));

/** The names that start with one of these words but are of another kind. */
function others(kind: string, prefixes: RegExp): string[] {
  return [...kinds].filter(([name, its]) => prefixes.test(name) && its !== kind).map(([name]) => name);
}

test('every row of berkeley/options has the name of an option', () => {
  const names = groups.flatMap(([, rows]) => rows.map(([, row]) => row.name));
  assert.ok(names.length > 400);
  assert.deepEqual(
    names.filter(name => kinds.get(name) !== 'option'),
    [],
  );
});

test('prefixes identify families, types, levels and protocols, with these exceptions', () => {
  assert.deepEqual(others('family', /^[AP]F_/), ['AF_SYS_CONTROL']);
  assert.deepEqual(others('level', /^SOL_/), []);
  assert.deepEqual(others('how', /^SHUT_/), []);
  assert.deepEqual(others('protocol', /^BTPROTO_|^ETH_P_/), ['ETH_P_802_3_MIN']);
  assert.deepEqual(others('protocol and level', /^IPPROTO_/), ['IPPROTO_MAX']);
});

test('values, limits and control messages are plain numbers', () => {
  const plain =
    'TCP_ESTABLISHED TCP_CM_INQ IP_PMTUDISC_DO BT_MODE_ERTM L2CAP_LM_AUTH SCM_RIGHTS MSG_PEEK ALG_SET_OP';
  for (const name of plain.split(' ')) assert.equal(kinds.get(name), undefined, name);
});

test('a group with exceptions lists only names that it has', () => {
  const group = { about: '', names: 'A B', kind: 'option', only: 'A', except: 'C' } as const;
  assert.deepEqual(strayNames(group), ['C']);
  assert.deepEqual(
    constantsOf({ ...group, except: 'B' }).map(constant => kindOf(constant)),
    ['option', undefined],
  );
});
