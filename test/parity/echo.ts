/**
 * An echo server or client over any transport, for one job after the other, in the face that the argument
 * selects. It mirrors echo.py line by line.
 */
import { createInterface } from 'node:readline';
import { type Job, say } from './echo-job.js';
import * as promise from './echo-promise.js';
import * as sync from './echo-sync.js';

const { serve, ask } = process.argv[2] === 'sync' ? sync : promise;
for await (const line of createInterface({ input: process.stdin })) {
  const job: Job = JSON.parse(line);
  say({ seen: await (job.role === 'server' ? serve : ask)(job) });
}
