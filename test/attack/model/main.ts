/**
 * Plays random scripts of calls, kernel and time against the engine, over an addon whose kernel is scripted.
 *
 * usage: node build/test/attack/model/main.js [--seed N] [--short | --long] [--scripts N] [--json file] [--first]
 *
 * Half of the scripts run with each way in which the poller can wake the thread. A way ends with its first failure; with
 * --first, all do.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Figure, printFigure } from '../outcome.js';
import { type Failure, playAll, told } from './run.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    long: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    first: { type: 'boolean', default: false },
    scripts: { type: 'string' },
    json: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.trunc(Math.random() * 2 ** 31));
const scripts = Number(values.scripts ?? (values.long ? 200_000 : values.short ? 1000 : 10_000));

/** The scripts per piece, which has a seed of its own. */
const PIECE = 1000;

interface Part {
  readonly scripts: number;
  readonly steps: number;
  readonly failures: readonly Failure[];
}

const NONE: Part = { scripts: 0, steps: 0, failures: [] };

/** The figures of one way to wake the thread. */
function figuresOf(wakeup: string, { scripts: played, steps, failures }: Part): Figure[] {
  const figures = { scripts: played, steps, failures: failures.length };
  return Object.entries(figures).map(([name, value]) => ({ scene: 'model', of: wakeup, name, value }));
}

/** Plays scripts in this process. */
async function playHere(count: number): Promise<Part> {
  const failures: Failure[] = [];
  let [played, steps] = [0, 0];
  while (played < count && failures.length === 0) {
    const result = await playAll(Math.min(PIECE, count - played), seed + played);
    played += result.scripts;
    steps += result.steps;
    if (result.failure === undefined) continue;
    failures.push(result.failure);
    console.log(told(result.failure));
  }
  return { scripts: played, steps, failures };
}

/** Plays scripts in another process, in which a thread of its own watches the poller. */
function playByThread(count: number): Part {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-model-'));
  try {
    const file = join(folder, 'part.json');
    const options = ['--seed', String(seed), '--scripts', String(count), '--json', file];
    const env = { ...process.env, BERKELEY_WAKEUP: 'thread' };
    spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...options], { env, stdio: 'inherit' });
    return JSON.parse(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const json = values.json === undefined ? undefined : resolve(values.json);
// The clock of the test stands still, so the time is taken from the process.
const start = process.hrtime.bigint();
if (process.env.BERKELEY_WAKEUP === 'thread') {
  writeFileSync(json!, JSON.stringify(await playHere(scripts)));
} else {
  console.log(`--seed ${seed}`);
  const byLibuv = await playHere(Math.ceil(scripts / 2));
  const isOver = values.first && byLibuv.failures.length > 0;
  const byThread = isOver ? NONE : playByThread(Math.floor(scripts / 2));
  // The first line of a failure is what does not hold; the report shows only that.
  const failures = [...byLibuv.failures, ...byThread.failures].map(
    failure => `${failure.error.split('\n')[0]}\n${told(failure)}`,
  );
  const figures = [...figuresOf('libuv', byLibuv), ...figuresOf('thread', byThread)];
  for (const figure of figures) printFigure(figure);
  const seconds = Math.round(Number(process.hrtime.bigint() - start) / 1e9);
  if (json !== undefined)
    writeFileSync(json, `${JSON.stringify({ part: 'model', seed, seconds, figures, failures }, null, 2)}\n`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
