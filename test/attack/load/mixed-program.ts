/**
 * Mixed traffic for some time. The arguments are the name of the traffic, the seconds, the number of samples and
 * the seed. The message at its end has the samples of what the process uses.
 */
import { randomFillSync } from 'node:crypto';
import { random } from '../../support/bytes.js';
import { traffic } from './mixed-traffic.js';
import { type Usage, usage } from './usage.js';

const [, , whose, seconds, samples, seed] = process.argv;
const steps = traffic[whose!]!;
const next = random(Number(seed));
const data = randomFillSync(Buffer.alloc(65_536));
const AT_ONCE = 8;

let count = 0;

async function stepsUntil(end: number): Promise<void> {
  while (performance.now() < end) {
    const step = steps[Math.floor(next() * steps.length)]!;
    await step(data.subarray(0, 1 + Math.floor(next() * data.length)));
    count++;
  }
}

/** All lanes of traffic stop for a sample, so that it has nothing in flight. */
async function runUntil(end: number): Promise<Usage> {
  await Promise.all(Array.from({ length: AT_ONCE }, () => stepsUntil(end)));
  return usage();
}

const start = performance.now();
const pause = (Number(seconds) * 1000) / Number(samples);
const found: (Usage & { at: number })[] = [];
for (let i = 1; i <= Number(samples); i++)
  found.push({ ...(await runUntil(start + i * pause)), at: performance.now() - start });
process.send!({ count, samples: found });
process.disconnect();
