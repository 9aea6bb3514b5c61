/** Counts what a part of a program allocates. */
import { GCProfiler, getHeapStatistics } from 'node:v8';
import { announce } from './announce.js';

/** The messages before the measurement: enough for the JIT compiler. */
const WARM_UP = 50_000;

/** Sends and receives `count` messages. */
export type Exchange = (count: number) => Promise<void>;

/** Prints the bytes that each of the messages allocates on the JavaScript heap, and how often that was collected. */
export async function printAllocations(exchange: Exchange, count: number): Promise<void> {
  announce('allocations');
  await exchange(WARM_UP);
  const profiler = new GCProfiler();
  profiler.start();
  const start = process.cpuUsage();
  const before = getHeapStatistics().used_heap_size;
  await exchange(count);
  const after = getHeapStatistics().used_heap_size;
  const { user, system } = process.cpuUsage(start);
  const { statistics } = profiler.stop();
  const bytes = allocated(statistics, before, after);
  const scavenges = statistics.filter(({ gcType }) => gcType === 'Scavenge').length;
  const nanoseconds = ((user + system) * 1000) / count;
  announce(JSON.stringify({ bytes: bytes / count, scavenges, nanoseconds }));
}

interface Collection {
  readonly beforeGC: { readonly heapStatistics: { readonly usedHeapSize: number } };
  readonly afterGC: { readonly heapStatistics: { readonly usedHeapSize: number } };
}

/** The sum of what was allocated between the collections: only a collection makes the used heap smaller. */
function allocated(collections: readonly Collection[], before: number, after: number): number {
  let sum = 0;
  let last = before;
  for (const { beforeGC, afterGC } of collections) {
    sum += beforeGC.heapStatistics.usedHeapSize - last;
    last = afterGC.heapStatistics.usedHeapSize;
  }
  return sum + after - last;
}
