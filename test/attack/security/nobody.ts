/** A program that runs as nobody, without capabilities. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The user and the group of nobody. */
export const NOBODY = 65_534;

/** The reason why such a program cannot be started; `false` if it can. */
export const needsRootToBecomeNobody: string | false =
  process.getuid?.() === 0 ? false : 'needs root, to start a program as nobody: sudo npm test';

export interface Answer {
  readonly pid: number;
  readonly stdout: string;
}

/** Runs a program of this folder. It must succeed. */
export async function asNobody(program: string, args: readonly string[] = []): Promise<Answer> {
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  // The program itself becomes nobody: the files of the project may be readable only for root.
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL(`./${program}.js`, import.meta.url)), ...args],
    {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', data => {
    stdout += data;
  });
  child.stderr.setEncoding('utf8').on('data', data => {
    stderr += data;
  });
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ended with ${signal ?? code}:\n${stdout}${stderr}`);
  return { pid: child.pid!, stdout };
}

/** Gives up root's user, groups and so all capabilities. For the program itself, after it has loaded its modules. */
export function becomeNobody(): void {
  process.setgroups!([]);
  process.setgid!(NOBODY);
  process.setuid!(NOBODY);
}
