/** Runs a program in its own process, for what a test cannot do in its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ended {
  /** The exit code; `null` if a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A child process that runs a compiled test program. */
export interface Child {
  /** Resolves when the child has printed that it is ready. */
  readonly ready: Promise<void>;
  readonly ended: Promise<Ended>;
  kill(signal?: NodeJS.Signals): void;
}

/** No test program takes that long. A child that hangs is killed, and its test fails with the signal. */
const LIMIT = 60_000;

/** Starts `program`, with `gc()` exposed. */
export function startChild(program: URL, ...args: string[]): Child {
  return startChildIn({}, program, ...args);
}

/** Starts `program`, with additional environment variables. */
export function startChildIn(
  environment: Readonly<Record<string, string>>,
  program: URL,
  ...args: string[]
): Child {
  // A child that is a test itself must print its results instead of reporting them to our run.
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--expose-gc', program.pathname, ...args], {
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.includes('ready\n')) resolve();
    });
    child.on('close', code => reject(new Error(`ended with ${code} before it was ready: ${stderr}`)));
  });
  ready.catch(() => {}); // tests that only wait for the end ignore it
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]): Ended => ({ code, signal, stdout, stderr }));
  return { ready, ended, kill: signal => void child.kill(signal) };
}
