/**
 * Runs a scene in a process of its own, which is killed at its limit: a scene that blocks its thread could not end itself.
 * What it has found before is kept.
 */
import { fork } from 'node:child_process';
import { type Figure, type Outcome, printFigure } from './outcome.js';

/** The last message of a scene. The others are its figures and its failures. */
export const DONE = '';

/** Kills the process of a scene and every process that it has started: they share its process group. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {} // it has ended
}

/** Resolves when the process has ended, or after `limit` seconds. Returns what was wrong with its end. */
async function end(
  child: ReturnType<typeof fork>,
  limit: number,
  tell: (found: Figure | string) => void,
): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  let isDone = false;
  try {
    return await new Promise(resolve => {
      timer = setTimeout(() => resolve(`not ended after ${limit} s`), limit * 1000);
      child.on('message', (found: Figure | string) => {
        if (found === DONE) isDone = true;
        else tell(found);
      });
      child.on('close', (code, signal) =>
        resolve(isDone ? undefined : `its process ended with ${signal ?? code}`),
      );
      child.on('error', error => resolve(String(error)));
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Runs the program of this part with `args`, for at most `limit` seconds. Prints what it finds. */
export async function superviseScene(name: string, args: readonly string[], limit: number): Promise<Outcome> {
  console.log(name);
  const [figures, failures] = [[] as Figure[], [] as string[]];
  const tell = (found: Figure | string): void => {
    if (typeof found === 'string') {
      failures.push(found);
      console.error(`  FAILED ${found}`);
    } else {
      figures.push(found);
      printFigure(found);
    }
  };
  const start = performance.now();
  const child = fork(process.argv[1]!, args, { execArgv: ['--expose-gc'], detached: true });
  const kill = (): void => killGroup(child.pid!);
  const stop = (): never => process.exit(1);
  process.once('exit', kill).once('SIGTERM', stop).once('SIGINT', stop);
  const why = await end(child, limit, tell);
  kill();
  process.off('exit', kill).off('SIGTERM', stop).off('SIGINT', stop);
  if (why !== undefined) tell(`${name}: ${why}`);
  return { name, seconds: (performance.now() - start) / 1000, figures, failures };
}
