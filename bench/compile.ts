/** Compiles the C programs, each once a run, into a folder that goes with the run. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sources } from './paths.js';

/** Where the programs are put, and the sockets that have paths. */
export const folder: string = mkdtempSync(join(tmpdir(), 'berkeley-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const programs = new Map<string, string>();

/** The program made of these source files, paths below `bench/`. */
export function compile(name: string, files: readonly string[]): string {
  let program = programs.get(name);
  if (program === undefined) {
    program = join(folder, name);
    const flags = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', '-D_GNU_SOURCE'];
    execFileSync(process.env.CC ?? 'cc', [
      ...flags,
      '-o',
      program,
      ...files.map(file => join(sources, file)),
    ]);
    programs.set(name, program);
  }
  return program;
}

/** The one client of all questions. */
export function compileClient(): string {
  const files = readdirSync(join(sources, 'client')).filter(file => file.endsWith('.c'));
  return compile(
    'client',
    files.map(file => join('client', file)),
  );
}
