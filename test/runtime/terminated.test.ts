/** Terminated threads leave no descriptor open, whatever they were doing. `npm run test:attack -- load` ends hundreds. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { runtimes } from './installed.js';

const kinds = [
  { title: 'while they open and close descriptors', program: 'opening-worker', threads: 12 },
  { title: 'with sockets that nothing has waited for', program: 'idle-worker', threads: 4 },
  { title: 'while sockets wait', program: 'waiting-worker', threads: 4 },
  { title: 'with received descriptors that nobody has taken', program: 'receiving-worker', threads: 4 },
];

for (const { name, skip, run } of runtimes) {
  describe(name, { skip }, () => {
    let lines: readonly string[] = [];
    // One process for all kinds: what a runtime opens for its first threads, it opens once.
    before(async () => {
      const output = await run('terminated', ...kinds.flatMap(kind => [kind.program, `${kind.threads}`]));
      lines = output.split('\n');
    });

    for (const [i, { title }] of kinds.entries()) {
      test(title, () => assert.equal(lines[i], '0 descriptors are left'));
    }
  });
}
