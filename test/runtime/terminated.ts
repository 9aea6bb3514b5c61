/**
 * Terminates threads of one kind at random moments, and prints how many descriptors they left open.
 *
 * usage: terminated.js <name of the worker's program> <number of threads>
 */
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const [program, count] = [process.argv[2]!, Number(process.argv[3])];
const AT_ONCE = 4;

async function run(i: number): Promise<void> {
  const worker = new Worker(new URL(`./${program}.js`, import.meta.url), { workerData: i });
  const [message] = await once(worker, 'message');
  if (message !== 'ready') throw new Error(`${message}`);
  await delay(i % 7);
  await worker.terminate();
}

async function runAll(first: number, end: number): Promise<void> {
  for (let i = first; i < end; i += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, end - i) }, (_, k) => run(i + k)));
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
  for (let i = 0; i < 100 && descriptors() > least; i++) await delay(20);
  return descriptors();
}

await runAll(0, AT_ONCE); // the runtime opens descriptors of its own for its first threads
await delay(500);
const before = descriptors();
await runAll(AT_ONCE, AT_ONCE + count);
console.log(`${(await settled(before)) - before} descriptors are left`);
process.exit();
