import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { compile } from './compile.js';
import { compiled, sources } from './paths.js';

/** The folders of `servers/`. */
export type Language = 'c' | 'python' | 'node' | 'berkeley';

/** One server, and how it stands in the table. */
export interface Contestant {
  readonly name: string;
  readonly language: Language;
  /** The server's first argument, for those that can serve in several ways. */
  readonly way?: string;
  /** What the design asks of it, in the words of the table. */
  readonly target?: string;
}

export function isJavaScript({ language }: Contestant): boolean {
  return language === 'node' || language === 'berkeley';
}

/** The command that runs a contestant's server of the name `server`. */
export function commandOf({ language, way }: Contestant, server: string, flags: readonly string[]): string[] {
  const rest = way === undefined ? [] : [way];
  switch (language) {
    case 'c':
      return [compile(`c-${server}`, [`servers/c/${server}.c`]), ...rest];
    case 'python':
      return [python(), '-B', join(sources, 'servers/python', `${server}.py`), ...rest];
    default:
      return [process.execPath, ...flags, join(compiled, 'servers', language, `${server}.js`), ...rest];
  }
}

let interpreter: string | undefined;

/** The interpreter itself, not a version manager's script: what is measured is the process that we start. */
function python(): string {
  interpreter ??= execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
  }).trim();
  return interpreter;
}
