// Runs tests in a real node.exe for Windows, under Wine.
//
//   usage: node wine/run.mjs [--node 20|22] [--jobs 2] [name ...]
//
// Runs the test files whose path contains one of the names; without names, those of wine/files.mjs. A file that
// failed runs once more when nothing else does, because the limits of tests are short for a busy machine under Wine:
// its first failures are printed, and the second result counts. Exits with status 1 if a test failed.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { testFiles } from '../scripts/test-files.mjs';
import { isForWindows, reasonToSkip } from './files.mjs';
import { buildAddon, fail, installNode, makePrefix, prepareMachine } from './machine.mjs';
import { addonEnvironment, folder, project, runNode, windowsPath } from './process.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: 'string', default: '20' }, jobs: { type: 'string', default: '2' } },
});

/** The longest time for one file, in milliseconds. */
const LIMIT = 1_200_000;

function argumentsOf(file) {
  return ['--expose-gc', '--test-reporter=tap', windowsPath(join(project, file))];
}

/** The totals at the end of the report: `# pass 12`. */
function totalsOf(text) {
  const count = name => Number([...text.matchAll(new RegExp(`^# ${name} (\\d+)`, 'gm'))].at(-1)?.[1] ?? 0);
  return { tests: count('tests'), pass: count('pass'), fail: count('fail'), skipped: count('skipped') };
}

/** Failed tests, with the reporter's details. The totals of suites are left out. */
function failuresOf(text) {
  const blocks = text.matchAll(/^( *)not ok \d+ - (.*)\n\1 {2}---\n((?:\1 {2}.*\n|\n)*?)\1 {2}\.\.\.$/gm);
  return [...blocks]
    .filter(([, , , detail]) => !/failureType: 'subtestsFailed'/.test(detail))
    .map(([block]) => block);
}

prepareMachine();
buildAddon(join(project, 'scripts/build-native.mjs'));
const node = installNode(folder, Number(values.node));
const environment = addonEnvironment();
makePrefix(environment);
const files = testFiles(positionals).filter(file => positionals.length > 0 || isForWindows(file));
if (files.length === 0) fail(`no test file has ${positionals.join(' or ')} in its path`);
mkdirSync(join(folder, 'output'), { recursive: true });

const totals = { tests: 0, pass: 0, fail: 0, skipped: 0 };

function skipFile(file, reason) {
  totals.tests++;
  totals.skipped++;
  console.log(`ok ${file} # SKIP ${reason}`);
}

/** Why all suites of a file were skipped; undefined if a test ran. */
function reasonOf(text, { tests }) {
  return tests === 0 ? /^ok \d+ - .*? # SKIP (.*)$/m.exec(text)?.[1] : undefined;
}

/** Runs a file, and prints its result. */
async function resultOf(file) {
  const output = join(folder, 'output', `${file.replace(/^build\/test\//, '').replaceAll('/', '-')}.tap`);
  const { status, text } = await runNode(node, argumentsOf(file), output, environment, LIMIT);
  const found = totalsOf(text);
  const reason = reasonOf(text, found);
  if (status === 0 && reason !== undefined) return { status, reason: reason.trim() };
  console.log(
    `${status === 0 ? 'ok' : 'not ok'} ${file}: ${found.pass} of ${found.tests} passed, ${found.skipped} skipped`,
  );
  for (const failure of failuresOf(text)) console.log(failure);
  const broken = status !== 0 && found.fail === 0;
  if (broken) console.log(`${text.split('\n').slice(-30).join('\n')}\nended with ${status}: ${output}`);
  return { status, found: broken ? { ...found, fail: 1 } : found };
}

/** Adds the result of a file to the totals. A file that failed is kept for another run, unless this is that. */
async function testFile(file, failed) {
  const { status, reason, found } = await resultOf(file);
  if (reason !== undefined) return skipFile(file, reason);
  if (status !== 0 && failed !== undefined) return failed.push(file);
  for (const name of Object.keys(totals)) totals[name] += found[name];
}

/** Tests one file after the other, until none is left. */
async function work() {
  for (let file = files.shift(); file !== undefined; file = files.shift()) {
    const reason = reasonToSkip(file);
    if (reason === undefined) await testFile(file, failed);
    else skipFile(file, reason);
  }
}

const failed = [];
await Promise.all(Array.from({ length: Number(values.jobs) }, work));
for (const file of failed) {
  console.log(`again, alone: ${file}`);
  await testFile(file);
}
if (failed.length > 0) console.log(`ℹ files that ran twice ${failed.length}`);
for (const [name, count] of Object.entries(totals)) console.log(`ℹ ${name} ${count}`);
process.exitCode = totals.fail === 0 ? 0 : 1;
