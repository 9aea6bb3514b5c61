import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { executables } from './contestant.js';
import { root } from './paths.js';

/** The machine and the software of a run. */
export interface Machine {
  readonly machine: {
    readonly processor: string;
    readonly processors: number;
    readonly gibibytes: number;
    readonly kernel: string;
    /** The number of running or waiting programs at the start, averaged over a minute. */
    readonly load: number;
  };
  readonly versions: Readonly<Record<string, string>>;
}

/** Describes this machine and the versions of the measured software. */
export function describeMachine(): Machine {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      processors: cpus().length,
      gibibytes: Math.round(totalmem() / 2 ** 30),
      kernel: release(),
      load: loadavg()[0]!,
    },
    versions: {
      berkeley: version,
      commit: firstLine('git', 'describe', '--always', '--dirty'),
      node: process.versions.node,
      v8: process.versions.v8,
      python: firstLine('python3', '--version'),
      cc: firstLine(process.env.CC ?? 'cc', '--version'),
      bun: firstLine(executables.bun, '--version'),
      deno: firstLine(executables.deno, '--version').split(' ')[1] ?? '',
    },
  };
}

/** The first line that a program prints; '' if it cannot run. */
function firstLine(program: string, ...words: string[]): string {
  try {
    const output = execFileSync(program, words, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
    return output.toString().split('\n', 1)[0]!;
  } catch {
    return '';
  }
}
