// Runs the program of one part, for a limited time.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The time in which a part kills the processes of its scene, in milliseconds. */
const GRACE = 5000;

/** Kills a process and those of its group. A part first ends its scene, which has a group of its own. */
async function killGroup(child) {
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), GRACE);
  await ended;
  clearTimeout(timer);
}

/** Returns a promise for what ended the process early: `undefined` if it ended by itself with 0 or 1. */
async function endOf(child, limit) {
  let why;
  const stop = () => void killGroup(child).then(() => process.exit(1));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const timer = setTimeout(() => {
    why = `not ended after ${limit} s`;
    void killGroup(child);
  }, limit * 1000);
  const [code, signal] = await once(child, 'exit');
  clearTimeout(timer);
  process.off('SIGINT', stop).off('SIGTERM', stop);
  return why ?? (code === 0 || code === 1 ? undefined : `ended with ${signal ?? code}`);
}

/**
 * Runs a part in the directory `root`. Returns its outcome, also if it wrote none: then the reason is its failure.
 *
 * @param args the options of its program, beside --seed and --json
 * @param limit in seconds
 */
export async function runPart(root, name, { seed, args, limit, json, stdio = 'inherit' }) {
  const file = join(root, json);
  rmSync(file, { force: true });
  const program = [`build/test/attack/${name}/main.js`, '--seed', `${seed}`, '--json', file, ...args];
  const start = performance.now();
  const options = { cwd: root, stdio, detached: true };
  const child = spawn(process.execPath, ['--expose-gc', ...program], options);
  const why = await endOf(child, limit);
  const seconds = (performance.now() - start) / 1000;
  const found = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const none = { part: name, seed, figures: [], failures: [] };
  const outcome = { ...none, ...found, seconds };
  if (why !== undefined) outcome.failures.push(`${name}: ${why}`);
  else if (found === undefined) outcome.failures.push(`${name}: it has written no figures`);
  return outcome;
}
