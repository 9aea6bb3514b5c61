/** Ten thousand look-ups leave no memory and no descriptors behind. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
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

const linux = process.platform === 'linux';
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

function resident(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

function descriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

const BATCH = 10_000;
const MOST_BATCHES = 12;

// The heap takes some batches to find its size. What is left behind by every call never stops to add up: the smallest
// piece of memory of a call, its request, is 160 bytes.
const FLAT = BATCH * 100;

for (const [face, round] of [
  ['blocking', look],
  ['promise', lookLater],
] as const) {
  test(`10,000 ${face} look-ups`, { skip: !linux && 'reads /proc' }, async () => {
    await round();
    const fds = descriptors();
    const growth: number[] = [];
    do {
      const before = resident();
      for (let i = 0; i < BATCH / 5; i++) await round();
      await setImmediate();
      growth.push(resident() - before);
    } while (growth.at(-1)! > FLAT && growth.length < MOST_BATCHES);
    assert.equal(descriptors(), fds);
    assert.ok(growth.at(-1)! <= FLAT, `bytes more after each batch: ${growth}`);
  });
}
