/**
 * Plays one case in a thread or in a process that has not waited before. This module imports nothing of the package, so
 * that the import itself can be disturbed.
 */
import { writeSync } from 'node:fs';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { Case } from './cases.js';
import { Control } from './control.js';
import { endsReactor } from './ends-reactor.js';
import type { Outcome } from './play.js';
import type { Program } from './stage.js';

/** What to play. */
export interface Scenery {
  readonly control: string;
  readonly wakeup: 'uv' | 'thread';
  /** The name of the program. */
  readonly program: string;
  readonly fault?: Case;
}

/** How it ended, and how often each function was called. */
export interface FreshOutcome extends Outcome {
  readonly counts: [slot: string, count: number][];
}

async function playImport(control: Control, fault: Case | undefined): Promise<Outcome> {
  control.arm(fault?.plan);
  let failure: string | undefined;
  try {
    await import('berkeley');
  } catch (error) {
    // The addon has no instance yet that could return a number.
    if (fault === undefined || !/out of memory/.test(String(error))) failure = String(error);
  }
  return { isHit: control.disarm() > 0, ...(failure !== undefined && { failure }) };
}

/** Finds a program. A thread that imports all of them takes longer to start. */
async function findProgram(name: string): Promise<Program> {
  const { data } = await import('./programs/data.js');
  const { selecting } = await import('./programs/select.js');
  const light = [...data, ...selecting].find(program => program.name === name);
  return light ?? (await import('./programs/index.js')).programs.find(program => program.name === name)!;
}

async function playProgram(control: Control, { program, fault, wakeup }: Scenery): Promise<Outcome> {
  const { play } = await import('./play.js');
  const found = await findProgram(program);
  const hasReactor = fault === undefined || !endsReactor(fault, 'promise', wakeup);
  const part = { program: found, form: found.forms?.[0] ?? ('promise' as const), fault };
  return play(control, part, { hasReactor, isNew: true });
}

async function playScenery(scenery: Scenery): Promise<FreshOutcome> {
  const control = new Control(scenery.control);
  const outcome = await (scenery.program === 'import'
    ? playImport(control, scenery.fault)
    : playProgram(control, scenery)
  ).catch(error => ({ isHit: true, failure: String(error.stack ?? error) }));
  const counts = [...control.counts()];
  control.close();
  return { ...outcome, counts };
}

if (!isMainThread && workerData?.program !== undefined)
  parentPort!.postMessage(await playScenery(workerData as Scenery));
if (isMainThread && process.argv[2] !== undefined) {
  writeSync(1, `${JSON.stringify(await playScenery(JSON.parse(process.argv[2])))}\n`);
  process.exit(0);
}
