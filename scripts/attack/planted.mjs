// Plants each fault of plants.mjs into a copy of this directory, and runs the short form of the parts there until one finds it.
//
//   usage: npm run test:attack -- planted [long] [<part of a name> …] [--report]
//     long    runs every part, also after one has found the fault
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { plants } from './plants.mjs';
import { runPart } from './run-part.mjs';

/** What a copy does not need. The compiled files are copied, so that only what changes is compiled again. */
const left =
  /^(\.git|node_modules|build\/(packages|consumers|runtimes|compilers|wine|drop-ins|attack|stryker|mutation|site))(\/|$)/;

/** Without a fault, no part may find one, or what it finds means nothing. */
const NOTHING = { name: 'no fault' };

function copyTo(root, folder) {
  const filter = path => !left.test(relative(root, path));
  cpSync(root, folder, { recursive: true, preserveTimestamps: true, filter });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
}

/** Replaces the text of a fault. Throws if it does not occur exactly once. */
export function plant(folder, { name, file, from, to }) {
  const path = join(folder, file);
  const [before, after, ...more] = readFileSync(path, 'utf8').split(from);
  if (after === undefined || more.length > 0) throw new Error(`${name}: its text is not once in ${file}`);
  writeFileSync(path, before + to + after);
}

function compile(folder) {
  for (const args of [
    ['scripts/build-native.mjs', '--force'],
    ['node_modules/typescript-7/bin/tsc', '-b', 'tsconfig.dev.json'],
    ['scripts/build-package.mjs'],
  ]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`the copy does not compile: ${stdout}${stderr}`);
  }
}

/** How many cases, inputs or scripts there were before the first failure. */
function amountOf(figures, unit) {
  if (unit === undefined) return undefined;
  const same = figures.filter(({ name, of }) => name === unit && of === undefined);
  const all = same.length > 0 ? same : figures.filter(({ name }) => name === unit);
  return all.length === 0
    ? undefined
    : `${all.reduce((sum, { value }) => sum + value, 0).toLocaleString('en')} ${unit}`;
}

/** Runs the short form of a part until its first failure. */
async function search(folder, { name, unit, shortLimit }, seed) {
  const args = ['--short', '--first'];
  const options = { seed, args, limit: shortLimit, json: 'outcome.json', stdio: 'ignore' };
  const { failures, figures, seconds } = await runPart(folder, name, options);
  const what = String(failures[0] ?? '')
    .split('\n')[0]
    .replaceAll(folder, '');
  return { part: name, isFound: failures.length > 0, what, amount: amountOf(figures, unit), seconds };
}

/** The parts, the likely one first. */
function inOrder(searching, { likely }) {
  const isLikely = ({ name }) => name === likely;
  return [...searching.filter(isLikely), ...searching.filter(part => !isLikely(part))];
}

/** Plants a fault in a copy of its own, and runs the parts of `searching` there: all, or until one finds the fault. */
async function tryFault(root, fault, searching, { seed, isLong }) {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-planted-'));
  try {
    copyTo(root, folder);
    if (fault !== NOTHING) plant(folder, fault);
    compile(folder);
    const found = [];
    for (const part of inOrder(searching, fault)) {
      const one = await search(folder, part, seed);
      found.push(one);
      const told = one.isFound ? `FOUND ${one.amount ?? ''} ${one.what.slice(0, 200)}` : 'nothing';
      console.log(`${fault.name}: ${one.part}, ${one.seconds.toFixed(0)} s: ${told}`);
      if (one.isFound && fault !== NOTHING && !isLong) break;
    }
    return { fault, found };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Plants each fault whose name contains one of `names`, and prints which parts find it. Returns what each part found. */
export async function findPlanted(root, names, searching, options) {
  const wanted = plants.filter(({ name }) => names.length === 0 || names.some(part => name.includes(part)));
  console.log(`seed ${options.seed}`);
  if (names.length === 0) {
    const { found } = await tryFault(root, NOTHING, searching, options);
    const wrong = found.filter(({ isFound }) => isFound).map(({ part, what }) => `${part}: ${what}`);
    if (wrong.length > 0) throw new Error(`faults are found where none is planted: ${wrong.join('; ')}`);
  }
  const rows = [];
  for (const fault of wanted) {
    const row = await tryFault(root, fault, searching, options);
    rows.push(row);
    if (!row.found.some(({ isFound }) => isFound)) console.log(`${fault.name}: NOT FOUND`);
  }
  return rows;
}
