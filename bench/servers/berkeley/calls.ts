/** Sends and receives 64 bytes within one process, and prints the cost of a pair of calls. */
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { type Socket, socketpair } from 'berkeley';
import { announce, chosen } from '../announce.js';

const SIZE = 64;
/** Enough for the JIT compiler. */
const WARM_UP = 50_000;
const CALLS = 200_000;
/** Few enough that their allocations fit into the new space of the heap. */
const CALLS_BETWEEN_COLLECTIONS = 5_000;

type Exchange = (a: Socket, b: Socket, data: Uint8Array, count: number) => Promise<void>;

/** The way of making the calls. */
const ways = {
  async sync(a: Socket, b: Socket, data: Uint8Array, count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      a.sendSync(data);
      b.recvIntoSync(data);
    }
  },
  async promises(a: Socket, b: Socket, data: Uint8Array, count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      await a.send(data);
      await b.recvInto(data);
    }
  },
};

let scavenges = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) {
    const { detail } = entry as { detail?: { kind?: number } };
    if (detail?.kind === constants.NODE_PERFORMANCE_GC_MINOR) scavenges++;
  }
}).observe({ entryTypes: ['gc'] });

/** The bytes of heap that each of `count` calls allocates. */
async function allocated(count: number): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  await exchange(a, b, data, count);
  return (process.memoryUsage().heapUsed - before) / count;
}

/** The processor time of the process, in nanoseconds. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

const exchange = chosen<Exchange>(ways);
const [a, b] = socketpair() as unknown as [Socket, Socket];
const data = new Uint8Array(SIZE);
await exchange(a, b, data, WARM_UP);
const bytes = await allocated(CALLS_BETWEEN_COLLECTIONS);
await new Promise(resolve => setTimeout(resolve, 10)); // the collections so far are reported
scavenges = 0;
const start = processorTime();
await exchange(a, b, data, CALLS);
const nanoseconds = (processorTime() - start) / CALLS;
await new Promise(resolve => setTimeout(resolve, 10));
announce(JSON.stringify({ nanoseconds, bytes, scavenges: (scavenges * 1e6) / CALLS }));
