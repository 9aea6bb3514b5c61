/**
 * The committed values match the compilers of this machine. `npm run tables -- --check` asks the compilers that `npm run
 * compilers` installs, too: of macOS, FreeBSD and newer headers, and for the layouts. They take a minute.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Survey, survey } from '../../tables/check.js';
import { type Column, columns, isInstalled } from '../../tables/columns.js';
import { generate } from '../../tables/generate.js';
import { root } from '../../tables/root.js';
import { Columns } from '../../tables/table.js';

/** The columns for which .ci/run installs compilers and headers. None of them may be skipped there. */
const ofGate = process.env.CI === 'true' ? ['linux', 'win32'] : [];
const ofMachine = columns.filter(({ platform }) => platform === 'linux' || platform === 'win32');

function missing(column: Column): string | false {
  return !isInstalled(column) && `needs ${column.compiler[0]}: ${column.cure}`;
}

/** The run's output lists what was skipped. */
function assertSame({ unasked, notes, differences }: Survey, context: TestContext): void {
  for (const line of [...unasked, ...notes]) context.diagnostic(line);
  assert.deepEqual(differences, []);
}

for (const column of ofMachine) {
  const isOwed = ofGate.includes(column.platform);
  const skip = !isOwed && missing(column);
  test(`the recorded values of ${column.platform} match its compiler`, { skip }, context => {
    const found = survey(column);
    if (isOwed) assert.deepEqual(found.unasked, []);
    assertSame(found, context);
  });
}

test('the generated files match the recorded values', () => {
  for (const [file, text] of generate(new Columns())) {
    assert.equal(readFileSync(join(root, file), 'utf8'), text, `${file}: run npm run tables`);
  }
});
