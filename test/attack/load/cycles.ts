/** Connections that open and close up to 100,000 times, and every other opener as often: nothing is kept of them. */
import { setImmediate as turn } from 'node:timers/promises';
import { AF_INET, AF_UNIX, SOCK_DGRAM, Socket, socketpair } from 'berkeley';
import { so } from 'berkeley/options';
import { Selector } from 'berkeley/select';
import type { Trial } from '../part.js';
import { Process } from './process.js';
import type { ServerName } from './servers.js';
import { MIB, usage } from './usage.js';

const AT_ONCE = 64;
const contestants: readonly ServerName[] = ['berkeley recv', 'berkeley/net', 'node:net'];

/** What an engine keeps once, for its own code and caches, after the first thousands. */
const MOST_HEAP = MIB;

async function cycle(i: number, port: number): Promise<void> {
  using client = new Socket();
  await client.connect({ host: `127.0.0.${1 + (i % 16)}`, port });
  // A third is reset, a third is closed by us first, and a third exchanges data before.
  if (i % 3 === 0) client.setOption(so.linger, { seconds: 0 });
  if (i % 3 === 1) {
    await client.sendAll('x');
    await client.recv(1, { timeout: 60_000 });
  }
}

async function cycles(first: number, end: number, port: number): Promise<void> {
  let next = first;
  const run = async (): Promise<void> => {
    while (next < end) await cycle(next++, port);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
}

async function compare(trial: Trial, name: ServerName, count: number): Promise<void> {
  using server = new Process('server-program', [name]);
  const { port } = await server.hear<{ port: number }>();
  const warm = Math.min(5000, count);
  await cycles(0, warm, port);
  const [before, mine] = [await server.usage(), await usage()];
  const start = performance.now();
  await cycles(warm, warm + count, port);
  const seconds = (performance.now() - start) / 1000;
  let [after, own] = [await server.usage(), await usage()];
  for (let i = 0; i < 50 && after.descriptors > before.descriptors; i++) after = await server.usage();
  own = await usage();
  trial.expect(after.descriptors === before.descriptors, `${name} kept descriptors`);
  trial.expect(own.descriptors === mine.descriptors, `the client of ${name} kept descriptors`);
  if (!name.startsWith('node')) trial.expect(after.heap - before.heap < MOST_HEAP, `${name}: its heap grew`);
  trial.expect(own.heap - mine.heap < MOST_HEAP, `the client of ${name}: its heap grew`);
  trial.compare(name, 'times', count);
  trial.compare(name, 'rate', count / seconds, 'per second');
  trial.compare(name, 'heap afterwards', (after.heap - before.heap) / 1024, 'KiB more');
  trial.compare(name, 'resident afterwards', (after.rss - before.rss) / 1024, 'KiB more');
}

/** Everything else that opens descriptors, once. */
const openers: Readonly<Record<string, () => void>> = {
  'a TCP socket': () => new Socket(AF_INET).close(),
  'a bound UDP socket': () => {
    using socket = new Socket(AF_INET, SOCK_DGRAM);
    socket.bind({ host: '127.0.0.1', port: 0 });
  },
  'a pair and its duplicate': () => {
    for (const socket of socketpair()) {
      socket.dup().close();
      socket.close();
    }
  },
  'a Unix datagram socket': () => new Socket(AF_UNIX, SOCK_DGRAM).close(),
  'a selector': () => new Selector().close(),
};

async function repeat(open: () => void, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    open();
    if (i % 500 === 0) await turn();
  }
}

async function openAndClose(trial: Trial, count: number): Promise<void> {
  for (const [name, open] of Object.entries(openers)) {
    await repeat(open, Math.min(count, 5000));
    const before = await usage();
    await repeat(open, count);
    const after = await usage();
    trial.expect(after.descriptors === before.descriptors, `${name}: descriptors are left`);
    trial.expect(after.heap - before.heap < MOST_HEAP, `${name}: the heap grew`);
    trial.compare(name, 'times', count);
    trial.compare(name, 'heap afterwards', (after.heap - before.heap) / 1024, 'KiB more');
  }
}

export async function cyclesOfAll(trial: Trial): Promise<void> {
  const names = trial.size === 'short' ? contestants.slice(0, 1) : contestants;
  for (const name of names) await compare(trial, name, trial.amount(1000, 20_000, 100_000));
  await openAndClose(trial, trial.amount(2000, 20_000, 100_000));
}
