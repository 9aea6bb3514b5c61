/** Compiles the library of shim.c, and starts programs under it. */
import { spawnSync } from 'node:child_process';
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../../tables/root.js';
import { CONTROL_SIZE } from './control.js';

const sources = join(root, 'test/attack/faults');

const { libc } = createRequire(import.meta.url)(join(root, 'binding.cjs')) as { libc(): string };

/** Why the library cannot be used here; `false` if it can. */
export const skip: string | false =
  process.platform !== 'linux' || libc() !== 'glibc'
    ? 'the library replaces functions of glibc on Linux'
    : spawnSync('gcc', ['--version']).status !== 0 && 'needs a C compiler: apt-get install gcc';

/** Compiles the library into a folder, and returns its path. */
export function buildShim(folder: string): string {
  const output = join(folder, 'shim.so');
  const files = readdirSync(sources)
    .filter(file => file.endsWith('.c'))
    .map(file => join(sources, file));
  const flags = [
    '-std=gnu11',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-O2',
    '-fPIC',
    '-shared',
    '-fvisibility=hidden',
  ];
  const { status, stderr } = spawnSync('gcc', [...flags, '-pthread', '-o', output, ...files], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the library did not compile: ${stderr}`);
  return output;
}

/** Creates a control file in a folder, and returns its path. */
export function createControl(folder: string, name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  truncateSync(path, CONTROL_SIZE);
  return path;
}

/** The environment of a process under the library. */
export function environment(shim: string, control: string, wakeup: string): NodeJS.ProcessEnv {
  return { ...process.env, LD_PRELOAD: shim, FAULTS_CONTROL: control, BERKELEY_WAKEUP: wakeup };
}
