/** Terminated threads leave no descriptor open, whatever they were doing. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runtimes } from './installed.js';

const kinds = [
  { title: 'while they open and close descriptors', program: 'opening-worker', threads: 20 },
  { title: 'with sockets that nothing has waited for', program: 'idle-worker', threads: 8 },
  { title: 'while sockets wait', program: 'waiting-worker', threads: 8 },
  { title: 'with received descriptors that nobody has taken', program: 'receiving-worker', threads: 8 },
];

for (const { name, skip, run } of runtimes) {
  describe(name, { skip }, () => {
    for (const { title, program, threads } of kinds) {
      test(title, async () => {
        assert.equal(await run('terminated', program, `${threads}`), '0 descriptors are left\n');
      });
    }
  });
}
