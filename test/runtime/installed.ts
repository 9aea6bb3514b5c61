/** The runtimes that are installed here, and how each runs a compiled program. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const folder = fileURLToPath(new URL('../../runtimes/node_modules', import.meta.url));

const [bun, deno] = {
  x64: [`${folder}/@oven/bun-linux-x64/bin/bun`, `${folder}/@deno/linux-x64-glibc/deno`],
  arm64: [`${folder}/@oven/bun-linux-aarch64/bin/bun`, `${folder}/@deno/linux-arm64-glibc/deno`],
}[process.arch as string] ?? ['', ''];

/** Deno, if it is installed. */
export const denoCommand: string | undefined = existsSync(deno!) ? deno : undefined;

const LIMIT = 60_000;

/** A runtime, with one of the two wake-ups. */
export interface Runtime {
  readonly name: string;
  /** `false`, or how to install it. */
  readonly skip: string | false;
  /** Runs a program of this folder (`name.js`); resolves with what it prints, and rejects if it fails. */
  run(name: string, ...args: string[]): Promise<string>;
}

function runtime(
  name: string,
  command: string,
  options: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Runtime {
  return {
    name,
    skip: existsSync(command) ? false : 'not installed here: npm run runtimes',
    async run(program, ...args) {
      const file = fileURLToPath(new URL(`./${program}.js`, import.meta.url));
      // A program that prints what a test reporter prints takes part in our run.
      const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
      const { stdout } = await promisify(execFile)(command, [...options, file, ...args], {
        env: { ...inherited, ...environment },
        timeout: LIMIT,
        killSignal: 'SIGKILL',
      });
      return stdout;
    },
  };
}

export const runtimes: readonly Runtime[] = [
  runtime('Node.js, woken by libuv', process.execPath),
  runtime('Node.js, woken by a thread', process.execPath, [], { BERKELEY_WAKEUP: 'thread' }),
  runtime('Bun', bun!),
  runtime('Deno', deno!, ['run', '--allow-all', '--quiet']),
];
