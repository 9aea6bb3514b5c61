/** Runs a program with watch.c before libc and poison in its unused memory. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../support/names.js';
import { besideSource } from '../../support/python.js';
import { PERTURB } from './poison.js';

/** A system call of the addon: its name, the part of its arguments, and the bytes or the flags. */
export interface Recorded {
  readonly call: string;
  readonly part: string;
  readonly bytes: Buffer;
  readonly flags: number;
}

let library: string | undefined;

function compiled(): string {
  library ??= join(temporaryFolder(), 'watch.so');
  if (!existsSync(library)) {
    const source = besideSource('watch.c', import.meta.url);
    execFileSync('gcc', [
      '-O1',
      '-Wall',
      '-Wextra',
      '-Werror',
      '-shared',
      '-fPIC',
      '-o',
      library,
      source,
      '-ldl',
    ]);
  }
  return library;
}

function parse(line: string): Recorded {
  const [call = '', part = '', value = ''] = line.split(' ');
  const isFlags = part === 'flags';
  return { call, part, bytes: Buffer.from(isFlags ? '' : value, 'hex'), flags: isFlags ? Number(value) : 0 };
}

export interface Watched {
  readonly stdout: string;
  readonly recorded: readonly Recorded[];
}

let count = 0;

/** Runs `program` of this folder, or a file; it must succeed. */
export function watch(program: string, args: readonly string[] = []): Watched {
  const record = join(temporaryFolder(), `record-${++count}`);
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
  const env = {
    ...inherited,
    LD_PRELOAD: compiled(),
    BERKELEY_WATCH: record,
    MALLOC_PERTURB_: `${PERTURB}`,
  };
  const file = program.startsWith('/') ? program : fileURLToPath(new URL(`./${program}.js`, import.meta.url));
  const run = spawnSync(process.execPath, ['--expose-gc', file, ...args], {
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (run.status !== 0)
    throw new Error(`${program} ended with ${run.signal ?? run.status}:\n${run.stdout}${run.stderr}`);
  const lines = readFileSync(record, 'latin1').split('\n').filter(Boolean);
  return { stdout: run.stdout, recorded: lines.map(parse) };
}
