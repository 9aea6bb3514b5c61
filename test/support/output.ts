/** Runs a program and gives what it printed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { temporaryFolder } from './names.js';

/** Windows's node.exe cannot open a pipe of Wine as its standard output, so there programs print to files. */
const printsToFiles = process.platform === 'win32';

let count = 0;

/** A program that runs, and what it has printed so far. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves when it has ended. */
  readonly closed: Promise<unknown>;
  stdout(): string;
  stderr(): string;
}

export interface Limits {
  readonly environment?: NodeJS.ProcessEnv;
  /** The longest time it can take, in milliseconds; then it is killed. */
  readonly timeout: number;
}

function spawnWithPipes(command: string, args: readonly string[], { environment, timeout }: Limits): Running {
  const child = spawn(command, args, {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout,
    killSignal: 'SIGKILL',
  });
  const closed = once(child, 'close');
  let stdout = '';
  let stderr = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return { child, closed, stdout: () => stdout, stderr: () => stderr };
}

function spawnWithFiles(command: string, args: readonly string[], { environment, timeout }: Limits): Running {
  const files = ['stdout', 'stderr'].map(name => `${temporaryFolder()}/${++count}-${name}`) as [
    string,
    string,
  ];
  const descriptors = files.map(file => openSync(file, 'w')) as [number, number];
  const child = spawn(command, args, {
    env: environment,
    stdio: ['ignore', ...descriptors],
    timeout,
    killSignal: 'SIGKILL',
  });
  for (const descriptor of descriptors) closeSync(descriptor);
  const [stdout, stderr] = files.map(file => () => readFileSync(file, 'utf8')) as [
    () => string,
    () => string,
  ];
  return { child, closed: once(child, 'close'), stdout, stderr };
}

/** Starts a program. */
export function startProgram(command: string, args: readonly string[], limits: Limits): Running {
  const running = (printsToFiles ? spawnWithFiles : spawnWithPipes)(command, args, limits);
  running.closed.catch(() => {}); // whoever waits for it hears of it
  return running;
}

/** Runs a program to its end. Resolves with what it printed, and rejects if it fails. */
export async function outputOf(command: string, args: readonly string[], limits: Limits): Promise<string> {
  const running = startProgram(command, args, limits);
  await running.closed;
  const { exitCode, signalCode } = running.child;
  if (exitCode === 0) return running.stdout();
  const what = [command, ...args].join(' ');
  throw new Error(`${what} ended with ${signalCode ?? exitCode}:\n${running.stdout()}${running.stderr()}`);
}
