/**
 * Terminates threads at random moments, and prints for each kind of them how many descriptors they left open.
 *
 * usage: terminated.js <name of the worker's program> <number of threads> [<name> <number> ...]
 */
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { until } from '../support/until.js';

const args = process.argv.slice(2);
const AT_ONCE = 4;

async function run(program: string, i: number): Promise<void> {
  const worker = new Worker(new URL(`./${program}.js`, import.meta.url), { workerData: i });
  const [message] = await once(worker, 'message');
  if (message !== 'ready') throw new Error(`${message}`);
  await delay(i % 7);
  await worker.terminate();
}

async function runAll(program: string, first: number, end: number): Promise<void> {
  for (let i = first; i < end; i += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, end - i) }, (_, k) => run(program, i + k)));
  }
}

function fileOf(fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined; // the descriptor with which the directory was read
  }
}

const standard = ['0', '1', '2'].map(fileOf);

/**
 * The files of the open descriptors. Runtimes duplicate standard streams for a thread, and keep the
 * duplicates.
 */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd')
    .map(fileOf)
    .filter(file => file !== undefined && !standard.includes(file)) as string[];
}

const descriptors = (): number => openFiles().length;

/** Some runtimes free a thread shortly after `terminate` has resolved. */
async function settled(least: number): Promise<number> {
  await until(() => descriptors() <= least);
  return descriptors();
}

await runAll(args[0]!, 0, AT_ONCE); // the runtime opens descriptors of its own for its first threads
await delay(500);
for (let i = 0; i < args.length; i += 2) {
  const before = descriptors();
  await runAll(args[i]!, AT_ONCE, AT_ONCE + Number(args[i + 1]));
  // A runtime can close what it had opened itself for earlier threads.
  const left = Math.max(0, (await settled(before)) - before);
  console.log(`${left} descriptors are left`);
}
process.exit();
