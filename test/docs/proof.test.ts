/** The families of the README are those that tests have proved: what the table says is recorded, and nothing else is said. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { familiesPage, findings, isProved, readmeWith, writeFamilies } from '../../reference/proof/pages.js';
import { formatProof, merge, type Proof, readProof, recordFile } from '../../reference/proof/record.js';
import { families, subjects, testFiles } from '../../reference/proof/subjects.js';
import { read, root } from './pages.js';

const proof = readProof();

describe('the families', () => {
  test('stand in README.md and docs/families.md as docs/families.json has them: else npm run proof', () => {
    assert.equal(readmeWith(proof, read('README.md')), read('README.md'));
    assert.equal(writeFamilies(proof), read(familiesPage));
    assert.equal(formatProof(proof), read(recordFile));
  });

  for (const subject of subjects()) {
    test(`${subject.name} is proved: else npm test, npm run test:vm, npm run proof`, () => {
      assert.ok(subject.tests.length > 0, 'it has tests');
      for (const { file } of subject.tests) assert.ok(existsSync(join(root, file)), file);
      assert.ok(existsSync(join(root, subject.subject)), subject.subject);
      const why = 'of one of its files no test has passed in a recorded run, or one has failed';
      assert.ok(isProved(proof, subject), why);
    });
  }

  test('have all the tests of test/families', () => {
    const known = new Set(
      subjects().flatMap(({ tests, more }) => [...tests, ...more].map(({ file }) => file)),
    );
    assert.deepEqual(
      testFiles().filter(file => !known.has(file)),
      [],
    );
    assert.ok(families().length >= 12);
  });
});

/** A file of tests for the reporter: where it stands, it is a test of AF_INET. */
const program = `
import { describe, test } from 'node:test';
import assert from 'node:assert';
test('passes', () => {});
test('fails', () => assert.fail());
describe('a suite', () => {
  test('passes', () => {});
  test('is skipped', { skip: 'needs a reason' }, () => {});
});
describe('a skipped suite', { skip: 'needs much' }, () => test('never runs', () => {}));
`;

describe('the record', () => {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-record-'));
  after(() => rmSync(folder, { recursive: true }));

  function record(): string {
    const file = join(folder, 'some.test.mjs');
    writeFileSync(file, program);
    const reporter = `--test-reporter=${join(root, 'scripts/record.mjs')}`;
    const { NODE_TEST_CONTEXT: _, ...env } = process.env; // else the child takes itself for a part of this run
    const run = spawnSync(process.execPath, ['--test', reporter, file], { encoding: 'utf8', env });
    assert.equal(run.status, 1, run.stderr);
    return run.stdout.replaceAll(/"[^"]*some\.test\.mjs"/g, '"test/families/inet.test.ts"');
  }

  const nothing: Proof = { machines: {}, outcomes: {} };
  const outcomeOf = ({ outcomes }: Proof) => Object.values(outcomes['test/families/inet.test.ts'] ?? {})[0];

  test('has what became of each test, and where', () => {
    const text = record();
    const merged = merge(nothing, [text]);
    const [machine] = Object.values(merged.machines);
    assert.ok(release().startsWith(machine!.kernel) || machine!.debian);
    assert.equal(machine!.node, process.versions.node);
    const { time, ...outcome } = outcomeOf(merged)!;
    assert.ok(Math.abs(Date.parse(time) - Date.now()) < 3_600_000);
    assert.deepEqual(outcome, {
      passed: ['passes', 'a suite › passes'],
      failed: ['fails'],
      skipped: { 'a suite › is skipped': 'needs a reason', 'a skipped suite': 'needs much' },
    });
    const inet = subjects().find(({ name }) => name === 'AF_INET')!;
    assert.equal(isProved(merged, inet), false, 'one has failed');
    assert.equal(findings(merged, inet.tests).length, 5);
  });

  test('does not have the file at which a run was cut short, and keeps what was known of it', () => {
    const text = record();
    const cut = text.slice(0, text.lastIndexOf('\n', text.length - 2) - 3);
    assert.deepEqual(merge(nothing, [cut]).outcomes, {});
    assert.deepEqual(merge(merge(nothing, [text]), [cut]).outcomes, merge(nothing, [text]).outcomes);
  });

  test('keeps the later of two runs, whichever it meets first', () => {
    const text = record();
    const early = text.replace(/"time":"[^"]*"/, '"time":"2001-01-01T00:00:00.000Z"');
    const late = merge(nothing, [text]);
    assert.deepEqual(merge(late, [early]), late);
    assert.deepEqual(merge(merge(nothing, [early]), [text]), late);
  });

  test('forgets a test file that is no more', () => {
    const text = record().replaceAll('inet.test.ts', 'no-such-family.test.ts');
    assert.deepEqual(merge(nothing, [text]), nothing);
    assert.equal(readFileSync(join(root, recordFile), 'utf8').includes('no-such-family'), false);
  });
});
