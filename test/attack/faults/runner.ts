/**
 * Plays cases, in a process that runs under the library of shim.c: in its main thread or in a worker. It writes one line
 * of JSON per failure, and one at the end. main.ts starts it, and watches the number of the current case.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { chanceOf } from './cases.js';
import { Control } from './control.js';
import type { Wakeup } from './ends-reactor.js';
import { freshParts, playFresh } from './fresh.js';
import { coolDown, listDescriptors, type Outcome, play, warmUp } from './play.js';
import { random } from './random.js';
import { allParts, type FaultedPart, titleOf } from './schedule.js';

/** What to play. */
export interface Job {
  readonly control: string;
  readonly wakeup: Wakeup;
  /** In the main thread, in one worker, or each case in a worker of its own. */
  readonly where: 'main' | 'worker' | 'fresh';
  readonly seed: number;
  /** The part of all cases that this run takes: 1 for all. */
  readonly share: number;
  /** The number of cases to skip, because an earlier process played them. */
  readonly from: number;
  /** Only programs whose name contains this. */
  readonly name: string;
  /** Whether to end after the first failure. */
  readonly isFirst?: boolean;
  /** Only cases whose title is one of these. */
  readonly titles?: readonly string[];
}

/** One line of the output. */
export type Line =
  | { readonly kind: 'failure'; readonly what: string; readonly why: string }
  /** The cases since the last tally. */
  | { readonly kind: 'tally'; readonly cases: number; readonly programs: string[]; readonly faults: string[] }
  | { readonly kind: 'done' };

/** Writes a line at once: the process can end at any time. */
export function report(line: Line): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

/** Counts the cases of each program, and reports them when the next begins: a crash loses little. */
class Tally {
  #cases = 0;
  #program = '';
  readonly #faults = new Set<string>();

  begin(program: string): void {
    if (program === this.#program) return;
    this.end();
    this.#program = program;
  }

  add({ fault }: FaultedPart): void {
    this.#cases++;
    this.#faults.add(`${fault.plan.slot}: ${fault.fault}`);
  }

  end(): void {
    if (this.#cases > 0)
      report({ kind: 'tally', cases: this.#cases, programs: [this.#program], faults: [...this.#faults] });
    this.#cases = 0;
    this.#faults.clear();
  }
}

/** Reports a program that fails although nothing is disturbed. */
function failed(error: unknown): void {
  report({ kind: 'failure', what: 'a program', why: String((error as Error).stack) });
}

/** The cases of a job, and how to play one. */
interface Playlist {
  readonly parts: AsyncGenerator<FaultedPart>;
  play(part: FaultedPart): Promise<Outcome>;
}

function playlistOf(job: Job, control: Control): Playlist {
  if (job.where === 'fresh')
    return {
      parts: freshParts(job.control, job.wakeup),
      play: part => playFresh(job.control, job.wakeup, part),
    };
  return { parts: allParts(control, job, failed), play: part => play(control, part) };
}

async function playAll(job: Job): Promise<void> {
  const control = new Control(job.control);
  const draw = random(job.seed);
  const tally = new Tally();
  await warmUp();
  let step = 0;
  const playlist = playlistOf(job, control);
  for await (const part of playlist.parts) {
    const isChosen = draw() < chanceOf(part.fault, job.share);
    if (++step <= job.from || !isChosen) continue;
    control.note({ step, title: titleOf(part) });
    tally.begin(part.program.name);
    const { isHit, failure, isStuck } = await playlist
      .play(part)
      .catch((error): Outcome => ({ isHit: true, failure: String(error.stack ?? error) }));
    if (isHit) tally.add(part);
    if (failure !== undefined) report({ kind: 'failure', what: titleOf(part), why: failure });
    if (isStuck === true) process.exit(3);
    if (failure !== undefined && job.isFirst === true) break;
  }
  coolDown();
  control.close();
  tally.end();
  report({ kind: 'done' });
}

async function playInWorker(job: Job): Promise<void> {
  await once(new Worker('', { eval: true }), 'exit'); // the first worker opens what stays open
  const before = listDescriptors();
  const worker = new Worker(new URL(import.meta.url), { workerData: job, trackUnmanagedFds: false });
  const code = await new Promise<number>((resolve, reject) =>
    worker.once('error', reject).once('exit', resolve),
  );
  if (code !== 0) process.exit(code);
  const after = listDescriptors();
  if (after !== before)
    report({ kind: 'failure', what: 'the end of the worker', why: `${before}\n\n${after}` });
}

for (const event of ['uncaughtException', 'unhandledRejection'])
  process.on(event, error => {
    report({ kind: 'failure', what: event, why: String(error?.stack ?? error) });
    process.exit(4);
  });

const job: Job | undefined = isMainThread ? JSON.parse(process.argv[2] ?? 'null') : workerData;
if (job !== undefined && job !== null) {
  if (isMainThread && job.where === 'worker') await playInWorker(job);
  else await playAll(job);
  if (isMainThread) process.exit(0);
}
