/** Compiles the C programs, each once per run. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder.js';
import { sources } from './paths.js';

const programs = new Map<string, string>();

/** Returns the program made from these source files, paths below `bench/`. */
export function compile(name: string, files: readonly string[]): string {
  let program = programs.get(name);
  if (program === undefined) {
    program = join(folder, name);
    const flags = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', '-D_GNU_SOURCE'];
    const paths = files.map(file => join(sources, file));
    execFileSync(process.env.CC ?? 'cc', [...flags, '-o', program, ...paths]);
    programs.set(name, program);
  }
  return program;
}

/** Returns the one client of all questions. */
export function compileClient(): string {
  const files = readdirSync(join(sources, 'client')).filter(file => file.endsWith('.c'));
  return compile(
    'client',
    files.map(file => join('client', file)),
  );
}
