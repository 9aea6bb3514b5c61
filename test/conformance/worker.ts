/** The worker thread of worker.test.ts. */
import { parentPort } from 'node:worker_threads';
import { warmUp } from '../support/descriptors.js';
import { startWatchdog, watch } from '../support/watchdog.js';
import { perform } from './behaviour.js';
import { cases } from './suite.js';
import type { Outcome } from './worker.test.js';

await startWatchdog();
await warmUp();
for (const { name, row, face, behaviours } of cases) {
  if (row.skip) continue;
  await row.start?.();
  for (const behaviour of behaviours) {
    const outcome: Outcome = { name: `${name}: ${behaviour.name}` };
    watch(outcome.name);
    try {
      await perform(behaviour, row, face);
      parentPort!.postMessage(outcome);
    } catch (error) {
      parentPort!.postMessage({ ...outcome, failure: error instanceof Error ? error.stack : String(error) });
    }
    watch('');
  }
  await row.stop?.();
}
