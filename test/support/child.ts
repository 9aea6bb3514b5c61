/** Runs a program in its own process, for what a test cannot do in its own. */
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Running, startProgram } from './output.js';

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

/** Waits until a program has printed that it is ready. */
async function becomesReady({ child, closed, stdout, stderr }: Running): Promise<void> {
  let isOver = false;
  const end = closed.then(() => {
    isOver = true;
  });
  while (!stdout().includes('ready\n')) {
    if (isOver) throw new Error(`ended with ${child.exitCode} before it was ready: ${stderr()}`);
    await Promise.race([end, delay(10)]);
  }
}

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
  const running = startProgram(process.execPath, ['--expose-gc', fileURLToPath(program), ...args], {
    environment: { ...inherited, ...environment },
    timeout: LIMIT,
  });
  const { child, closed, stdout, stderr } = running;
  const ready = becomesReady(running);
  ready.catch(() => {}); // tests that only wait for the end ignore it
  const ended = closed.then(
    (): Ended => ({
      code: child.exitCode,
      signal: child.signalCode,
      stdout: stdout(),
      stderr: stderr(),
    }),
  );
  return { ready, ended, kill: signal => void child.kill(signal) };
}
