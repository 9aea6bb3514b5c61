/** Runs the programs of the benchmarks, and ends all of them however the run ends. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';

const running = new Set<ChildProcess>();

/** The processors that a program may run on. */
export type Processors = number | readonly number[];

/** Starts `command` on these processors, with as many file descriptors as the system allows. */
export function startPinned(
  cpus: Processors,
  command: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  // Each part replaces the one before (exec), so that the started process is the one that is measured.
  // `setpriv` makes the kernel kill it if this process is killed, which no handler can catch.
  const script = 'ulimit -n "$(ulimit -H -n)" && exec "$@"';
  const words = [
    '-c',
    script,
    'sh',
    'setpriv',
    '--pdeathsig',
    'KILL',
    'taskset',
    '-c',
    String(cpus),
    ...command,
  ];
  const child = spawn('sh', words, options);
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Kills every running program. */
export function endChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Makes a signal end the process through its `exit` handlers, which remove programs and directories. */
export function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

process.on('exit', endChildren);
