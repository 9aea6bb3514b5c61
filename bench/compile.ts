/** Compiles the C programs, each once per run. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { folder } from './folder.js';
import { sources } from './paths.js';

const programs = new Map<string, string>();

/** Returns the program made from these source files, paths below `bench/`. */
export function compile(name: string, files: readonly string[], more: readonly string[] = []): string {
  let program = programs.get(name);
  if (program === undefined) {
    program = join(folder, name);
    const flags = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', '-D_GNU_SOURCE', ...more];
    const paths = files.map(file => join(sources, file));
    execFileSync(process.env.CC ?? 'cc', [...flags, '-o', program, ...paths]);
    programs.set(name, program);
  }
  return program;
}

/** Returns the addon with the least that a call through Node-API costs. */
export function compileAddon(): string {
  const headers = createRequire(import.meta.url)('node-api-headers') as { include_dir: string };
  return compile(
    'minimal.node',
    ['servers/addon/minimal.c'],
    ['-shared', '-fPIC', '-I', headers.include_dir],
  );
}

/** Returns the one client of all questions. */
export function compileClient(): string {
  const files = readdirSync(join(sources, 'client')).filter(file => file.endsWith('.c'));
  return compile(
    'client',
    files.map(file => join('client', file)),
  );
}
