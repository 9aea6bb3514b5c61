/** Measures look-ups while files are read. */
import { readFile } from 'node:fs';
import { announce } from './announce.js';

/** More than the threads of libuv's pool. */
const READERS = 8;
/** Look-ups before the measurement. */
const WARM_UP = 20;
const LOOKUPS = 300;

/** Reads the file that is the last argument repeatedly, and prints how long look-ups take meanwhile. */
export async function printLookups(lookup: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < READERS; i++) readAgain(process.argv.at(-1)!);
  announce('look-ups');
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + LOOKUPS; i++) {
    const start = performance.now();
    await lookup();
    if (i >= WARM_UP) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  announce(JSON.stringify({ lookup: times[LOOKUPS / 2], lookup99: times[Math.floor(LOOKUPS * 0.99)] }));
}

function readAgain(file: string): void {
  readFile(file, () => readAgain(file));
}
