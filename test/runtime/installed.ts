/** The runtimes that are installed on this machine, and how each runs a compiled program. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { outputOf } from '../support/output.js';

const folder = fileURLToPath(new URL('../../runtimes/node_modules', import.meta.url));

const [bun, deno] = {
  x64: [`${folder}/@oven/bun-linux-x64/bin/bun`, `${folder}/@deno/linux-x64-glibc/deno`],
  arm64: [`${folder}/@oven/bun-linux-aarch64/bin/bun`, `${folder}/@deno/linux-arm64-glibc/deno`],
}[process.arch as string] ?? ['', ''];

const LIMIT = 60_000;

/** A runtime, with one of the two wake-ups. */
export interface Runtime {
  readonly name: string;
  /** `false`, or how to install it. */
  readonly skip: string | false;
  /** Runs a program of this directory (`name.js`). Resolves with its output, and rejects if it fails. */
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
      // The test runner would treat a child that prints a test report as part of our run.
      const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
      return outputOf(command, [...options, file, ...args], {
        environment: { ...inherited, ...environment },
        timeout: LIMIT,
      });
    },
  };
}

export const runtimes: readonly Runtime[] = [
  runtime('Node.js, woken by libuv', process.execPath),
  runtime('Node.js, woken by a thread', process.execPath, [], { BERKELEY_WAKEUP: 'thread' }),
  runtime('Bun', bun!),
  runtime('Deno', deno!, ['run', '--allow-all', '--quiet']),
];
