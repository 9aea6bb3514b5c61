/** What is committed against what the compilers of this machine say: `npm run tables -- --check`, as a test. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { survey } from '../../tables/check.js';
import { columns, isInstalled } from '../../tables/columns.js';
import { generate } from '../../tables/generate.js';
import { root } from '../../tables/root.js';
import { Columns } from '../../tables/table.js';

const native = columns[0]!;

test('the recorded values are what the compilers say', {
  skip: !isInstalled(native) && `needs a C compiler: ${native.cure}`,
}, context => {
  const { differences, notes } = survey(false);
  for (const note of notes) context.diagnostic(note);
  assert.deepEqual(differences, []);
});

test('the generated files are what the recorded values say', () => {
  for (const [file, text] of generate(new Columns())) {
    assert.equal(readFileSync(join(root, file), 'utf8'), text, `${file}: run npm run tables`);
  }
});
