// Plants each fault of plants.mjs into a copy of this directory, and runs the attacks there until one finds it.
//
//   usage: npm run test:attack -- planted [<part of a name> …]
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parts } from './parts.mjs';
import { plants } from './plants.mjs';

/** What a copy does not need. The compiled files are copied, so that only what changes is compiled again. */
const left =
  /^(\.git|node_modules|build\/(package|packages|consumers|runtimes|compilers|wine|drop-ins|attack))(\/|$)/;

/** The longest run of a part, in milliseconds. A fault that makes it run longer is found too. */
const LIMIT = 15 * 60_000;

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
  ]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`the copy does not compile: ${stdout}${stderr}`);
  }
}

/** Runs the short form of a part. Returns what it has found; `undefined` if nothing. */
function search(folder, { name, short = [] }) {
  const json = join(folder, 'outcome.json');
  rmSync(json, { force: true });
  const args = ['--expose-gc', `build/test/attack/${name}/main.js`, '--seed', '1', '--json', json, ...short];
  const options = {
    cwd: folder,
    encoding: 'utf8',
    timeout: LIMIT,
    killSignal: 'SIGKILL',
    maxBuffer: 2 ** 28,
  };
  const { status, signal, stderr } = spawnSync(process.execPath, args, options);
  if (status === 0) return undefined;
  const failures = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')).failures : [];
  return String(failures[0] ?? signal ?? stderr.trim().split('\n').at(-1)).split('\n')[0];
}

/** Plants each fault whose name contains one of `names`, and prints which part finds it. Returns whether all are found. */
export function findPlanted(root, names) {
  const wanted = plants.filter(({ name }) => names.length === 0 || names.some(part => name.includes(part)));
  const existing = parts.filter(({ name }) => existsSync(join(root, `test/attack/${name}/main.ts`)));
  const rows = [];
  for (const fault of wanted) {
    const folder = mkdtempSync(join(tmpdir(), 'berkeley-planted-'));
    try {
      copyTo(root, folder);
      plant(folder, fault);
      compile(folder);
      const found = existing
        .map(part => [part.name, search(folder, part)])
        .filter(([, what]) => what !== undefined);
      rows.push({ fault, found });
      for (const [part, what] of found) console.log(`${fault.name}: ${part}: ${what.slice(0, 200)}`);
      if (found.length === 0) console.log(`${fault.name}: NOT FOUND`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log(`\n| fault | effect | found by |\n|---|---|---|`);
  for (const { fault, found } of rows)
    console.log(
      `| ${fault.name} | ${fault.effect} | ${found.map(([part]) => part).join(', ') || '**nothing**'} |`,
    );
  return rows.every(({ found }) => found.length > 0);
}
