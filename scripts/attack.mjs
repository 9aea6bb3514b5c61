// Runs the attacks: tests that search for faults, which take longer than `npm test` allows. `npm test` runs a short form
// of each part.
//
//   usage: npm run test:attack [-- [<part> …] [long] [--only <part>,<part>] [--seed <n>] [--report]]
//          npm run test:attack -- planted [long] [<fault> …] [--only <part>,<part>] [--seed <n>] [--report]
//            shows which parts find faults that are planted by hand
//
// A part is the program test/attack/<part>/main.ts. It accepts `--seed <n>`, `--short`, `--long`, `--first` and
// `--json <file>`, prints its seed first and its figures last, and exits with 1 if it found a fault. Its JSON is
// `{ part, seed, seconds, scenes?, figures: [{ scene, of?, name, value, unit? }], failures: […] }`. All parts of a run have
// the same seed. A part that does not end in its time has failed.
//
// `--report` runs every part and writes the figures to docs/reliability.md; the working tree must be that of a commit.
// With `planted`, it writes the table of the planted faults.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parts } from './attack/parts.mjs';
import { findPlanted } from './attack/planted.mjs';
import { page, writeFigures, writePlanted } from './attack/report.mjs';
import { runPart } from './attack/run-part.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const results = 'build/attack';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    seed: { type: 'string' },
    long: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
});
const isLong = values.long || positionals.includes('long');
const seed = Number(values.seed ?? Date.now() % 2 ** 31);

/** A part of a long run that takes longer than a day does not end any more. In seconds. */
const DAY = 24 * 60 * 60;

function fail(text) {
  console.error(`berkeley: ${text}`);
  process.exit(1);
}

/** The parts to run, in the order of the table. */
function chosen(named) {
  const names = values.only === undefined ? named : [...named, ...values.only.split(',')];
  const unknown = names.filter(name => !parts.some(part => part.name === name));
  if (unknown.length > 0) fail(`there is no part ${unknown.join(', ')}; there are ${namesOf(parts)}`);
  if (values.report && names.length > 0) fail('--report is for a run of all parts');
  return parts.filter(({ name }) => names.length === 0 || names.includes(name));
}

function namesOf(list) {
  return list.map(({ name }) => name).join(', ');
}

function git(...args) {
  return execFileSync('git', args, { encoding: 'utf8' }).trim();
}

/** The files that differ from the commit, except for the page that the reports are written to. */
function changes() {
  const lines = git('status', '--porcelain', '--untracked-files=no').split('\n');
  return lines.filter(line => line !== '' && !line.endsWith(page));
}

/** The commit that is tested. A report is of one commit, so that its figures can be repeated. */
function commitOfReport() {
  const changed = changes();
  if (changed.length > 0) fail(`--report needs the files of a commit; changed:\n${changed.join('\n')}`);
  return git('rev-parse', '--short=12', 'HEAD');
}

/** Runs one part. Returns its outcome, which is also in build/attack. */
async function run({ name, limit }) {
  console.log(`\n== ${name}`);
  const args = isLong ? ['--long'] : [];
  const json = join(results, `${name}.json`);
  const outcome = await runPart(root, name, { seed, args, limit: isLong ? DAY : limit, json });
  for (const failure of outcome.failures) console.error(`FAILED ${String(failure).split('\n')[0]}`);
  writeFileSync(json, `${JSON.stringify(outcome, null, 2)}\n`);
  return outcome;
}

/** Runs the chosen parts. Returns whether none found a fault. */
async function runAll() {
  const commit = values.report ? commitOfReport() : undefined;
  mkdirSync(results, { recursive: true });
  const running = chosen(positionals.filter(name => name !== 'long'));
  console.log(`seed ${seed}`);
  const outcomes = [];
  for (const part of running) outcomes.push(await run(part));
  const failed = outcomes.filter(({ failures }) => failures.length > 0);
  console.log(`\n${running.length} parts (${namesOf(running)}), ${failed.length} failed`);
  if (values.report) writeFigures(root, { commit, seed, isLong, outcomes });
  return failed.length === 0 && running.length > 0;
}

/** Plants faults. Returns whether each was found. */
async function runPlanted(names) {
  if (values.report && names.length > 0) fail('--report is for a run of all faults');
  const commit = values.report ? commitOfReport() : undefined;
  const rows = await findPlanted(root, names, chosen([]), { seed, isLong });
  if (values.report) writePlanted(root, { commit, seed, isLong, rows });
  return rows.every(({ found }) => found.some(({ isFound }) => isFound));
}

if (!existsSync('build/package/package.json')) fail('the package is not built: npm run build');
const [command, ...names] = positionals;
const isClean =
  command === 'planted' ? await runPlanted(names.filter(name => name !== 'long')) : await runAll();
if (!isClean) process.exitCode = 1;
