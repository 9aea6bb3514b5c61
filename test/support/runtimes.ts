/** The runtimes that a program of the tests runs in: Node.js with both wake-ups, and those that `npm run runtimes` installs. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const installed = fileURLToPath(new URL('../../runtimes/node_modules', import.meta.url));

const commands: Readonly<Record<string, readonly [bun: string, deno: string]>> = {
  'linux-x64': [`${installed}/@oven/bun-linux-x64/bin/bun`, `${installed}/@deno/linux-x64-glibc/deno`],
  'linux-arm64': [
    `${installed}/@oven/bun-linux-aarch64/bin/bun`,
    `${installed}/@deno/linux-arm64-glibc/deno`,
  ],
};
const [bun, deno] = commands[`${process.platform}-${process.arch}`] ?? ['', ''];

/** How to run a program in a runtime. */
export interface Runtime {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Why it cannot run here, with the remedy; `false` if it can. */
  readonly skip: string | false;
}

function runtime(
  name: string,
  command: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Runtime {
  const skip = existsSync(command) ? false : 'not installed here: npm run runtimes';
  return { name, command, args, env, skip };
}

export const runtimes: readonly Runtime[] = [
  runtime('Node.js, woken by libuv', process.execPath, ['--expose-gc']),
  runtime('Node.js, woken by a thread', process.execPath, ['--expose-gc'], { BERKELEY_WAKEUP: 'thread' }),
  runtime('Bun', bun),
  runtime('Deno', deno, ['run', '--allow-all', '--quiet']),
];

/** The program of Deno, if it is installed. */
export const denoCommand: string | undefined = existsSync(deno) ? deno : undefined;
