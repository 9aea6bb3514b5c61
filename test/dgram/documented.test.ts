/**
 * What `node:dgram` documents and does, statement by statement. Each is tried with Node's own module and with
 * `berkeley/dgram`, and the results are compared. docs/dgram.md has the table of all statements.
 */
import assert from 'node:assert/strict';
import * as nodeDgram from 'node:dgram';
import { describe, test } from 'node:test';
import * as ours from 'berkeley/dgram';
import { type Dgram, Lab, type Statement } from './lab.js';
import { subjects } from './rows/index.js';
import { readPage, table } from './table.js';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** Returns whether this version of Node.js has what a statement is about. */
function isKnown({ since }: Statement): boolean {
  return since === undefined || major > since[0] || (major === since[0] && minor >= since[1]);
}

async function outcome(dgram: Dgram, { run }: Statement): Promise<unknown> {
  const lab = new Lab(dgram, dgram === (ours as unknown as Dgram));
  try {
    return await run(lab);
  } finally {
    lab.dispose();
  }
}

async function check(statement: Statement): Promise<void> {
  const actual = await outcome(ours as unknown as Dgram, statement);
  if (statement.result !== undefined) assert.deepEqual(actual, statement.result, 'berkeley/dgram');
  if (!isKnown(statement)) return;
  const theirs = await outcome(nodeDgram as unknown as Dgram, statement);
  if (statement.ours === 'same') assert.deepEqual(actual, theirs, 'berkeley/dgram and node:dgram');
  else assert.notDeepEqual(actual, theirs, 'they do not differ: the statement is out of date');
}

for (const { title, statements } of subjects) {
  describe(title, () => {
    for (const statement of statements) {
      const { only, says } = statement;
      const skip = only !== undefined && only !== process.platform ? `only on ${only}` : false;
      test(`${says} (${statement.ours})`, { skip, timeout: 60_000 }, () => check(statement));
    }
  });
}

test('each statement that is not the same everywhere says what happens, and why', () => {
  for (const { says, ours: how, why, since, result } of subjects.flatMap(({ statements }) => statements)) {
    assert.equal(how === 'same', why === undefined, says);
    if (since !== undefined || how !== 'same') assert.notEqual(result, undefined, says);
  }
});

test('docs/dgram.md has the table of all statements (to write it: node build/test/dgram/write-table.js)', () => {
  assert.equal(readPage()[1], table());
});
