/** The packages that `npm run consumers` installs: bundlers, test runners and package checkers. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../tables/root.js';

const folder = join(root, 'build/consumers');
const require = createRequire(join(folder, 'package.json'));

/** `false`, or how to install the missing package. */
export function missing(...names: string[]): string | false {
  const absent = names.filter(name => !existsSync(join(folder, 'node_modules', name)));
  return absent.length === 0 ? false : `${absent.join(', ')} not installed here: npm run consumers`;
}

/** Loads an installed package. */
export function load<T>(name: string): T {
  return require(name) as T;
}

/** The directory of an installed package. */
export function folderOf(name: string): string {
  return join(folder, 'node_modules', name);
}

/** The file of a command of an installed package. */
export function commandOf(name: string): string {
  const { bin } = JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8'));
  return join(folderOf(name), typeof bin === 'string' ? bin : bin[name]);
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
}

/** Runs a command in a directory. Resolves with its exit code and all its output. */
export async function run(cwd: string, command: string, ...args: string[]): Promise<Outcome> {
  // A child test runner must not report to our run.
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...env } = process.env;
  const options = { cwd, env: { ...env, CI: 'true', NO_COLOR: '1' }, timeout: 60_000 };
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, options);
    return { code: 0, out: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout + stderr };
  }
}

/** A program that uses two entry points of the package. It prints `it works true`. */
export const PROGRAM = `import { AF_UNIX, SOCK_STREAM, socketpair } from 'berkeley';
   import { so } from 'berkeley/options';
   const [left, right] = socketpair(AF_UNIX, SOCK_STREAM);
   right.sendSync('it works');
   console.log(String(left.recvSync(100)), left.getOption(so.type) === SOCK_STREAM);
   for (const socket of [left, right]) socket.close();`;
