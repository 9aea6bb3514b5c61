/** The syntax of a subject. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columns, isInstalled } from '../../tables/columns.js';
import { missingHeaders, probe } from '../../tables/probe.js';
import { constantsOf, measuresOf } from '../../tables/subject.js';

test('names are words, or lines with more information', () => {
  const names = 'A B=C\n  D: what it is.\n  E=F + 1: and this.';
  const read = constantsOf({ about: '', names }).map(({ name, expression, about }) => [
    name,
    expression,
    about,
  ]);
  assert.deepEqual(read, [
    ['A', 'A', undefined],
    ['B', 'C', undefined],
    ['D', 'D', 'what it is.'],
    ['E', 'F + 1', 'and this.'],
  ]);
});

test('fields are words, with a path, an expression or a size', () => {
  assert.deepEqual(measuresOf({ name: 's', about: '', fields: 'a b=c.d+ e=@sizeof(int)' }), [
    { key: 's.size', expression: 'sizeof(struct s)' },
    { key: 's.a', expression: 'offsetof(struct s, a)' },
    { key: 's.b', expression: 'offsetof(struct s, c.d)' },
    { key: 's.b_size', expression: 'sizeof(((struct s *)0)->c.d)' },
    { key: 's.e', expression: 'sizeof(int)' },
  ]);
});

const [native] = columns;

test('the probe reads macros, enums, casts and expressions, and reports missing ones', {
  skip: !isInstalled(native!) && `needs a C compiler: ${native!.cure}`,
}, () => {
  const headers = [
    '#define MACRO 7',
    '#define WIDE 0xffffffffu',
    '#define LOW -5',
    'no/such/header.h',
    '#define ENUM enum { AN_ENUM = 3 }',
  ];
  const asked = [
    'MACRO',
    'WIDE',
    'LOW',
    '(unsigned char)-1',
    'MACRO << 20',
    '-1LL << 40',
    'NOT_THERE',
    'ALSO_NOT',
  ];
  const answers = probe(
    native!.compiler,
    headers,
    asked.map((expression, i) => ({ key: `${i}`, expression })),
  );
  assert.deepEqual([...answers.values.values()], [7, 4294967295, -5, 255, 7 << 20, -(2 ** 40)]);
  assert.deepEqual(answers.absent, ['6', '7']);
  assert.deepEqual(answers.lacking, ['no/such/header.h']);
});

test('the headers that a compiler does not find are identified', {
  skip: !isInstalled(native!) && `needs a C compiler: ${native!.cure}`,
}, () => {
  const headers = ['stddef.h', '#define MACRO 7', 'no/such/header.h', 'nor/this-1.h'];
  assert.deepEqual(missingHeaders(native!.compiler, headers), ['no/such/header.h', 'nor/this-1.h']);
});
