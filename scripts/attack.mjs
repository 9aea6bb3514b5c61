// Runs the attacks: tests that search for faults, which take longer than `npm test` allows. `npm test` runs a short form
// of each part.
//
//   usage: npm run test:attack [-- [<part> …] [long] [--only <part>,<part>] [--seed <n>] [--report]]
//          npm run test:attack -- planted [<fault> …]    shows which parts find faults that are planted by hand
//
// A part is the program test/attack/<part>/main.ts. It accepts `--seed <n>`, `--long` and `--json <file>`, prints its
// seed first and its figures last, and exits with 1 if it found a fault. Its JSON is
// `{ part, seed, seconds, figures: [{ name, value, unit? }], failures: […] }`. `--report` writes the figures of all parts
// to docs/reliability.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parts } from './attack/parts.mjs';
import { findPlanted } from './attack/planted.mjs';
import { writeReport } from './attack/report.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const results = join(root, 'build/attack');

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

/** A part that runs longer than this does not end any more. In milliseconds. */
const LIMIT = (isLong ? 24 * 60 : 45) * 60_000;

/** The parts to run, in the order of the table. */
function chosen() {
  const named = positionals.filter(name => name !== 'long');
  const names = values.only === undefined ? named : [...named, ...values.only.split(',')];
  const unknown = names.filter(name => !parts.some(part => part.name === name));
  if (unknown.length > 0) {
    console.error(`berkeley: there is no part ${unknown.join(', ')}; there are ${namesOf(parts)}`);
    process.exit(1);
  }
  const wanted = parts.filter(({ name }) => names.length === 0 || names.includes(name));
  return wanted.filter(({ name }) => existsSync(`test/attack/${name}/main.ts`));
}

function namesOf(list) {
  return list.map(({ name }) => name).join(', ');
}

/** The commit that is tested, with a mark if files have changed since. */
function commit() {
  const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const hash = git('rev-parse', '--short', 'HEAD');
  return git('status', '--porcelain', '--untracked-files=no') === '' ? hash : `${hash} with changes`;
}

/** Runs one part. Returns whether it found no fault; its JSON is in build/attack. */
function run({ name }) {
  console.log(`\n== ${name}`);
  const file = join(results, `${name}.json`);
  rmSync(file, { force: true });
  const args = [`build/test/attack/${name}/main.js`, '--json', file];
  if (values.seed !== undefined) args.push('--seed', values.seed);
  if (isLong) args.push('--long');
  const { status, signal } = spawnSync(process.execPath, ['--expose-gc', ...args], {
    stdio: 'inherit',
    timeout: LIMIT,
    killSignal: 'SIGKILL',
  });
  if (status !== 0) console.error(`berkeley: ${name} failed (${signal ?? `exit code ${status}`})`);
  if (!existsSync(file)) return false;
  const outcome = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, `${JSON.stringify({ ...outcome, commit: commit(), isLong }, null, 2)}\n`);
  return status === 0 && outcome.failures.length === 0;
}

/** Runs the chosen parts. Returns whether none found a fault. */
function runAll() {
  mkdirSync(results, { recursive: true });
  const running = chosen();
  const failed = running.filter(part => !run(part));
  console.log(`\n${running.length} parts (${namesOf(running)}), ${failed.length} failed`);
  if (values.report) writeReport(root, results);
  return failed.length === 0 && running.length > 0;
}

const [command, ...names] = positionals;
const isClean = command === 'planted' ? findPlanted(root, names) : runAll();
if (!isClean) process.exitCode = 1;
