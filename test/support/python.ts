/** Python as a peer: finds the interpreter and runs programs. */
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The oldest version with os.waitstatus_to_exitcode and in which socket.timeout is TimeoutError. */
const OLDEST = '3.10';

function find(): string | undefined {
  // The interpreter itself: python3 can be a script that searches for it at each start.
  const question = `import sys
if sys.version_info < (${OLDEST.replace('.', ', ')}): sys.exit(1)
print(sys.executable)`;
  const { status, stdout } = spawnSync('python3', ['-c', question], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

const found = find();

/** The path of the Python interpreter. */
export const python: string = found ?? 'python3';

/** For `test(…, { skip: withoutPython })`: the reason and the remedy. */
export const withoutPython: string | false =
  found === undefined && `needs python3, ${OLDEST} or later: apt-get install python3, or put one on the PATH`;

/** No question takes that long. */
const LONGEST = 60_000;

/** Returns the path of a Python program beside the TypeScript source of the module with this URL. */
export function besideSource(name: string, module: string): string {
  return fileURLToPath(new URL(name, module.replace('/build/', '/')));
}

/** Runs a Python program with JSON on its standard input, and parses the JSON that it prints. */
export function askPython<T>(program: string, question: unknown): T {
  const input = JSON.stringify(question);
  const limits = { timeout: LONGEST, maxBuffer: 2 ** 28 };
  const output = execFileSync(python, [program], { input, encoding: 'utf8', ...limits });
  return JSON.parse(output) as T;
}
