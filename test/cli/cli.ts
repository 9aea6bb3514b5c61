/** Runs `berkeley` as a user does: as a process with its standard streams. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The command line of this checkout. */
export const main: string = fileURLToPath(new URL('../../cli/main.js', import.meta.url));

/** Nothing takes that long, not even on a busy machine. */
const LIMIT = 240_000;

export interface Result {
  /** The exit code; a signal's name if it ended the program. */
  readonly code: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly result: Promise<Result>;
  /** What it has printed until now. */
  stdout(): string;
  stderr(): string;
  /** Waits until either stream has this text. */
  printed(text: string): Promise<void>;
}

export interface Surroundings {
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly input?: string | Buffer;
  /** The command to run the program with, such as `ip netns exec NAME`. */
  readonly within?: readonly string[];
  /** Whether to leave the standard input open. */
  readonly open?: boolean | undefined;
}

/** Starts any program. */
export function start(command: readonly string[], surroundings: Surroundings = {}): Running {
  const { env, uid, input, within = [], open } = surroundings;
  const [program, ...args] = [...within, ...command] as [string, ...string[]];
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    uid,
    timeout: LIMIT,
    killSignal: 'SIGKILL',
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('latin1').on('data', text => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text;
  });
  child.stdin.on('error', () => {}); // the program may have ended
  if (input !== undefined) child.stdin.write(input);
  if (!open) child.stdin.end();
  const closed = once(child, 'close');
  const result = closed.then(() => ({ code: child.exitCode ?? child.signalCode, stdout, stderr }));
  const printed = async (text: string): Promise<void> => {
    let isOver = false;
    void closed.then(() => {
      isOver = true;
    });
    while (!(stdout + stderr).includes(text)) {
      if (isOver) throw new Error(`${command.join(' ')} ended without printing ${text}:\n${stdout}${stderr}`);
      await Promise.race([closed, delay(10)]);
    }
  };
  return { child, result, printed, stdout: () => stdout, stderr: () => stderr };
}

/** Starts `berkeley`. */
export function startCli(args: readonly string[], surroundings?: Surroundings): Running {
  return start([process.execPath, main, ...args], surroundings);
}

/** Runs `berkeley` to its end. */
export function cli(args: readonly string[], surroundings?: Surroundings): Promise<Result> {
  return startCli(args, surroundings).result;
}

/** The JSON values that a command printed, one per line. */
export function jsonLines(text: string): Record<string, never>[] {
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, never>);
}
