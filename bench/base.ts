/** Prepares another commit of this repository, whose servers are measured alongside ours. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folder } from './folder.js';
import { root } from './paths.js';
import { linkPackage } from './published.js';

/** Another commit. */
export interface Base {
  readonly name: string;
  /** Its compiled `bench/`. */
  readonly compiled: string;
}

/** Uses a directory that is already compiled, or compiles a commit in the temporary directory of the run. */
export function prepareBase(base: string): Base {
  if (existsSync(base) && statSync(base).isDirectory()) return fromFolder(base);
  const commit = execFileSync('git', ['rev-parse', '--verify', '--short', `${base}^{commit}`], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
  return { name: commit, compiled: build(commit) };
}

function fromFolder(path: string): Base {
  const compiled = resolve(path, 'build/bench');
  if (!existsSync(join(compiled, 'servers')))
    throw new Error(`${path} has no build/bench: compile it (npm run build), or name a commit`);
  linkPackage(resolve(path));
  return { name: path, compiled };
}

/** Extracts and compiles a commit, with the installed dependencies of this tree. */
function build(commit: string): string {
  const tree = join(folder, 'base');
  mkdirSync(tree);
  const archive = execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 1 << 30 });
  execFileSync('tar', ['-x', '-C', tree], { input: archive });
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  const run = (...words: string[]) => spawnSync(process.execPath, words, { cwd: tree, encoding: 'utf8' });
  const binary = run('scripts/build-native.mjs');
  // Type errors are ignored (dependencies of its tests might be missing), provided that the servers were
  // compiled.
  const compiler = run('node_modules/typescript-7/bin/tsc', '-b', 'tsconfig.dev.json');
  const compiled = join(tree, 'build/bench');
  if (binary.status !== 0 || !existsSync(join(compiled, 'servers')))
    throw new Error(`${commit} does not compile: ${binary.stderr}${compiler.stdout}`);
  const published = run('scripts/build-package.mjs');
  if (published.status !== 0) throw new Error(`${commit} does not make a package: ${published.stderr}`);
  linkPackage(tree);
  return compiled;
}
