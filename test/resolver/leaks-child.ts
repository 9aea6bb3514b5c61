/**
 * Looks up names, and prints what each look-up left behind: descriptors, bytes of the JavaScript heap, bytes
 * of the C heap.
 */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AI_CANONNAME,
  AI_NUMERICHOST,
  getaddrinfo,
  getaddrinfoSync,
  gethostbyaddr,
  gethostbyaddrSync,
  gethostbynameEx,
  gethostbynameExSync,
  getnameinfo,
  getnameinfoSync,
} from 'berkeley';
import { countDescriptors } from '../support/descriptors.js';

const [face, count, addon] = process.argv.slice(2);
const { inUse } = createRequire(import.meta.url)(addon!) as { inUse(): number };

const address = { host: '127.0.0.1', port: 22 };
const bad = { flags: AI_NUMERICHOST };

function look(): void {
  getaddrinfoSync('localhost', 80, { flags: AI_CANONNAME });
  getnameinfoSync(address);
  gethostbynameExSync('localhost');
  gethostbyaddrSync('127.0.0.1');
  assert.throws(() => getaddrinfoSync('x'.repeat(500), 80, bad));
}

async function lookLater(): Promise<void> {
  const signal = AbortSignal.abort();
  await Promise.allSettled([
    getaddrinfo('localhost', 80, { flags: AI_CANONNAME, timeout: 10_000 }),
    getnameinfo(address),
    gethostbynameEx('localhost'),
    gethostbyaddr('127.0.0.1'),
    getaddrinfo('x'.repeat(500), 80, bad),
    getaddrinfo('localhost', 80, { signal }),
  ]);
}

const LOOK_UPS_OF_A_ROUND = 5;
const round = face === 'Sync' ? look : lookLater;

async function lookUp(times: number): Promise<void> {
  for (let i = 0; i < times / LOOK_UPS_OF_A_ROUND; i++) await round();
}

interface Use {
  readonly descriptors: number;
  readonly javascript: number;
  readonly c: number;
}

/** The minimum of several readings, because the compiler's threads also use memory for a moment. */
async function use(): Promise<Use> {
  let javascript = Number.POSITIVE_INFINITY;
  let c = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 10; i++) {
    globalThis.gc!();
    await delay(10);
    javascript = Math.min(javascript, process.memoryUsage().heapUsed);
    c = Math.min(c, inUse());
  }
  return { descriptors: countDescriptors(), javascript, c };
}

const lookUps = Number(count);
await lookUp(lookUps / 2); // compiles and caches what is kept once
const before = await use();
await lookUp(lookUps);
const after = await use();
process.stdout.write(
  JSON.stringify({
    descriptors: after.descriptors - before.descriptors,
    javascript: (after.javascript - before.javascript) / lookUps,
    c: (after.c - before.c) / lookUps,
  }),
);
