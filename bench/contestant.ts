import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from './client.js';
import { compile } from './compile.js';
import { compiled, sources } from './paths.js';
import { requirePackage } from './servers/packages.js';
import type { Settings } from './settings.js';
import type { Target } from './target.js';

/** The directories of `servers/`. */
export type Language = 'c' | 'python' | 'node' | 'berkeley' | 'bun' | 'deno';

/** One server, and its name in the table. */
export interface Contestant {
  readonly name: string;
  readonly language: Language;
  /** The first argument of a server that has several modes. */
  readonly way?: string;
  /** The npm package that it needs. It takes part only if that is installed. */
  readonly needs?: string;
  /** The server's name, if it differs from the question's. */
  readonly program?: string;
  /** The client's task, if this server does not support the question's. */
  readonly task?: Task;
  /** The interpreter that runs it: Node.js by default. */
  readonly runtime?: 'bun' | 'deno';
  readonly target?: Target;
  /** The compiled benchmarks of another commit, whose server runs instead. */
  readonly tree?: string;
}

export function isJavaScript({ language }: Contestant): boolean {
  return language !== 'c' && language !== 'python';
}

/** Whether this is Node's own module, whose overhead is 1. */
export function isNodeItself({ language, needs, runtime }: Contestant): boolean {
  return language === 'node' && needs === undefined && runtime === undefined;
}

/** The contestants that this run measures. With a base, each of ours is followed by the base's. */
export function participants<T extends Contestant>(all: readonly T[], { base }: Settings): T[] {
  const present = all.filter(isPresent);
  if (base === undefined) return present;
  const ours = present.filter(({ language }) => language === 'berkeley');
  return ours.flatMap(each => [each, { ...each, name: baseName(each.name), tree: base.compiled }]);
}

/** The name of the base's version of a contestant. */
export function baseName(name: string): string {
  return `${name}, base`;
}

function isPresent({ needs, runtime }: Contestant): boolean {
  if (runtime !== undefined && !existsSync(runtimes[runtime])) return false;
  if (needs === undefined) return true;
  try {
    requirePackage.resolve(needs);
    return true;
  } catch {
    return false;
  }
}

/** The command that runs a contestant's server named `server`. */
export function commandOf(contestant: Contestant, server: string, flags: readonly string[]): string[] {
  const { language, way, program = server } = contestant;
  const rest = way === undefined ? [] : [way];
  switch (language) {
    case 'c':
      return [compile(`c-${program}`, [`servers/c/${program}.c`]), ...rest];
    case 'python':
      return [python(), '-B', join(sources, 'servers/python', `${program}.py`), ...rest];
    default:
      return [...runtimeOf(contestant, flags), script(contestant, program), ...rest];
  }
}

function script({ language, tree = compiled }: Contestant, program: string): string {
  return join(tree, 'servers', language, `${program}.js`);
}

/** The directory into which `npm run runtimes` installs Bun and Deno. */
const installed = join(compiled, '../runtimes/node_modules');
const architecture = process.arch === 'arm64' ? 'aarch64' : process.arch;
const runtimes = {
  bun: join(installed, `@oven/bun-linux-${architecture}/bin/bun`),
  deno: join(installed, `@deno/linux-${process.arch}-glibc/deno`),
};

function runtimeOf({ runtime }: Contestant, flags: readonly string[]): string[] {
  if (runtime === undefined) return [process.execPath, ...flags];
  return [runtimes[runtime], ...(runtime === 'deno' ? ['run', '-A'] : [])];
}

let interpreter: string | undefined;

/**
 * The interpreter itself, not a version manager's script, because the started process is the one that is
 * measured.
 */
function python(): string {
  interpreter ??= execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
  }).trim();
  return interpreter;
}
