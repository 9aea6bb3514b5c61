import { after, before, describe, test } from 'node:test';
import { warmUp } from '../support/descriptors.js';
import { startWatchdog, watch } from '../support/watchdog.js';
import { perform } from './behaviour.js';
import { cases } from './suite.js';

await startWatchdog();
await warmUp();
for (const { name, row, face, behaviours } of cases) {
  describe(name, { skip: row.skip ?? false }, () => {
    if (row.start) before(row.start);
    if (row.stop) after(row.stop);
    for (const behaviour of behaviours) {
      test(behaviour.name, { timeout: 20_000 }, async () => {
        watch(`${name}: ${behaviour.name}`);
        try {
          await perform(behaviour, row, face);
        } finally {
          watch('');
        }
      });
    }
  });
}
