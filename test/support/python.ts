/** Python as a peer: where it is, and how to ask it something. */
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** os.waitstatus_to_exitcode and their like; and where the timeout is a TimeoutError, which is newer still. */
const OLDEST = '3.10';

function find(): string | undefined {
  // The interpreter itself: what is called python3 may be a script that looks for it anew each time.
  const question = `import sys
if sys.version_info < (${OLDEST.replace('.', ', ')}): sys.exit(1)
print(sys.executable)`;
  const { status, stdout } = spawnSync('python3', ['-c', question], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

const found = find();

/** The Python interpreter. */
export const python: string = found ?? 'python3';

/** For `test(…, { skip: withoutPython })`: why, and what would help. */
export const withoutPython: string | false =
  found === undefined && `needs python3, ${OLDEST} or later: apt-get install python3, or put one on the PATH`;

/** Nothing that is asked takes as long. */
const LONGEST = 60_000;

/** The path of a Python program that lies beside the TypeScript source of the module with this URL. */
export function besideSource(name: string, module: string): string {
  return fileURLToPath(new URL(name, module.replace('/build/', '/')));
}

/** Runs a Python program with JSON on its standard input, and reads JSON from its output. */
export function askPython<T>(program: string, question: unknown): T {
  const input = JSON.stringify(question);
  const limits = { timeout: LONGEST, maxBuffer: 2 ** 28 };
  const output = execFileSync(python, [program], { input, encoding: 'utf8', ...limits });
  return JSON.parse(output) as T;
}
