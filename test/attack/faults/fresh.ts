/** Plays the cases that need a thread of their own: the import, the first wait, and the end of the reactor. */
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { casesFor } from './cases.js';
import type { Wakeup } from './ends-reactor.js';
import type { FreshOutcome, Scenery } from './fresh-thread.js';
import { listDescriptors } from './play.js';
import { programs } from './programs/index.js';
import { type FaultedPart, isPossible, withLimit } from './schedule.js';
import type { Program } from './stage.js';

/** The functions that matter here. The others are disturbed without a new thread. */
const slots =
  /^(calloc|malloc|realloc|close|epoll_create1|epoll_ctl_add|epoll_pwait|eventfd|ppoll|pthread_create|read|write|dlsym)$/;

/** The import of the package, which is no program. */
export const IMPORT: Program = { name: 'import', prepare: () => ({ run: () => {} }) };

/** The programs whose call is the first that waits in its thread, or the first that opens a descriptor. */
const firsts = [
  ...['recv, Unix, waiting', 'Selector, waiting'],
  ...['new Socket', 'socketpair', 'recvFds of a high number'],
].map(name => programs.find(program => program.name === name)!);

const url = new URL('./fresh-thread.js', import.meta.url);

/** Plays a case in a new worker. */
async function inWorker(scenery: Scenery): Promise<FreshOutcome> {
  const before = listDescriptors();
  const worker = new Worker(url, { workerData: scenery, trackUnmanagedFds: false });
  const [outcome] = (await once(worker, 'message')) as [FreshOutcome];
  await worker.terminate();
  for (let i = 0; i < 100 && listDescriptors() !== before; i++) await turn();
  const after = listDescriptors();
  if (after === before || outcome.failure !== undefined) return outcome;
  return { ...outcome, failure: `the worker leaves descriptors: ${before}\n\n${after}` };
}

/** Cases of one program in new threads. */
export async function* freshParts(path: string, wakeup: Wakeup): AsyncGenerator<FaultedPart> {
  for (const program of [IMPORT, ...firsts]) {
    const { counts, failure } = await inWorker({ control: path, wakeup, program: program.name });
    if (failure !== undefined) throw new Error(`${program.name}, in a new thread, undisturbed: ${failure}`);
    for (const fault of casesFor(new Map(counts))) {
      const part = { program, form: program.forms?.[0] ?? 'promise', fault: withLimit(fault, program) };
      if (slots.test(fault.plan.slot) && isPossible(part)) yield part;
    }
  }
}

/** Plays a case of {@link freshParts}. */
export function playFresh(
  path: string,
  wakeup: Wakeup,
  { program, fault }: FaultedPart,
): Promise<FreshOutcome> {
  return inWorker({ control: path, wakeup, program: program.name, fault });
}
