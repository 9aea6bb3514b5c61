import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from './client.js';
import { compile, compileAddon } from './compile.js';
import { compiled, sources } from './paths.js';
import { requirePackage } from './servers/packages.js';
import type { Settings } from './settings.js';
import type { Target } from './target.js';

/** The directories of `servers/`. */
export type Language = 'c' | 'addon' | 'python' | 'node' | 'berkeley' | 'bun' | 'deno';

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
  /** What runs it: Node.js by default. The others are measured with `runtimes` on the command line. */
  readonly runtime?: 'bun' | 'deno';
  /** The reason why it cannot be measured. The table says it. */
  readonly absent?: string;
  readonly targets?: readonly Target[];
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

/** A question that a run cannot ask. */
export class Skipped extends Error {}

/** A contestant, and the reason why this run does not measure it, if there is one. */
export interface Participant {
  readonly contestant: Contestant;
  readonly absent?: string;
}

/**
 * The contestants of a run. Against a base, each of ours is followed by the base's.
 *
 * @param server the name of the question's servers
 * @throws Skipped if this run measures none of them
 */
export function participants(
  all: readonly Contestant[],
  server: string,
  { base, runtimes }: Settings,
): Participant[] {
  const asked = all.filter(each => takesPart(each, runtimes)).map(participant);
  const list = base === undefined ? asked : withBase(asked, server, base.compiled);
  const missing = list.find(({ absent }) => absent !== undefined)?.absent;
  if (list.every(({ absent }) => absent !== undefined)) throw new Skipped(missing ?? 'nothing to measure');
  return list;
}

function participant(contestant: Contestant): Participant {
  const absent = reasonOfAbsence(contestant);
  return { contestant, ...(absent !== undefined && { absent }) };
}

/** Ours, each with its pair of the base. What the base does not have is not measured on either side. */
function withBase(asked: readonly Participant[], server: string, compiledBase: string): Participant[] {
  const ours = asked.filter(({ contestant }) => contestant.language === 'berkeley');
  return ours.flatMap(own => {
    const before = { ...own.contestant, name: baseName(own.contestant.name), tree: compiledBase };
    if (existsSync(script(before, before.program ?? server))) return [own, { ...own, contestant: before }];
    return [{ ...own, absent: 'the base does not have it' }];
  });
}

/** With Bun and Deno, only what they run is measured, and Node's own module, which overheads are relative to. */
function takesPart(contestant: Contestant, runtimes: boolean): boolean {
  return runtimes
    ? contestant.runtime !== undefined || isNodeItself(contestant)
    : contestant.runtime === undefined;
}

/** The name of the base's version of a contestant. */
export function baseName(name: string): string {
  return `${name}, base`;
}

function reasonOfAbsence({ needs, runtime, absent }: Contestant): string | undefined {
  if (absent !== undefined) return absent;
  if (runtime !== undefined && !existsSync(executables[runtime])) return 'not installed (npm run runtimes)';
  if (needs === undefined) return undefined;
  try {
    requirePackage.resolve(needs);
    return undefined;
  } catch {
    return 'not installed (npm run bench:packages)';
  }
}

/** The command that runs a contestant's server named `server`. */
export function commandOf(contestant: Contestant, server: string, flags: readonly string[]): string[] {
  const { language, way, program = server } = contestant;
  const rest = way === undefined ? [] : [way];
  switch (language) {
    case 'c':
      return [compile(`c-${program}`, [`servers/c/${program}.c`]), ...rest];
    case 'addon':
      return [...runtimeOf(contestant, flags), script(contestant, program), compileAddon(), ...rest];
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
export const executables: Readonly<Record<'bun' | 'deno', string>> = {
  bun: join(installed, `@oven/bun-linux-${architecture}/bin/bun`),
  deno: join(installed, `@deno/linux-${process.arch}-glibc/deno`),
};

function runtimeOf({ runtime }: Contestant, flags: readonly string[]): string[] {
  if (runtime === undefined) return [process.execPath, ...flags];
  return [executables[runtime], ...(runtime === 'deno' ? ['run', '-A', '-q', '--unstable-net'] : [])];
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
