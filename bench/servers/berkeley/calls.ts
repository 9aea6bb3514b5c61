/** Sends and receives 64 bytes within one process, and prints the cost of a pair of calls. */
import { type Socket, socketpair } from 'berkeley';
import { announce, chosen } from '../announce.js';

const SIZE = 64;
/** Enough for the JIT compiler. */
const WARM_UP = 50_000;
const CALLS = 200_000;

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

/** The processor time of the process, in nanoseconds. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

const exchange = chosen<Exchange>(ways);
const [a, b] = socketpair() as unknown as [Socket, Socket];
const data = new Uint8Array(SIZE);
await exchange(a, b, data, WARM_UP);
const start = processorTime();
await exchange(a, b, data, CALLS);
announce(JSON.stringify({ nanoseconds: (processorTime() - start) / CALLS }));
