/** Threads that are terminated leave no descriptor open, whatever they were doing. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runtimes } from './installed.js';

const kinds = [
  { title: 'while they open and close descriptors', program: 'opening-worker', threads: 20, waits: false },
  { title: 'with sockets that nothing has waited for', program: 'idle-worker', threads: 8, waits: false },
  { title: 'while sockets wait', program: 'waiting-worker', threads: 8, waits: true },
  {
    title: 'with received descriptors that nobody has taken',
    program: 'receiving-worker',
    threads: 8,
    waits: false,
  },
];

/**
 * Deno 2.9 itself can leave an eventfd and an epoll of a thread that loads any addon, unless the addon makes a
 * thread-safe function. These pairs are not counted then.
 */
function uncounted(runtime: string, waits: boolean): string[] {
  return runtime === 'Deno' && !waits ? ['without-pairs'] : [];
}

for (const { name, skip, run } of runtimes) {
  describe(name, { skip }, () => {
    for (const { title, program, threads, waits } of kinds) {
      test(title, async () => {
        const left = await run('terminated', program, `${threads}`, ...uncounted(name, waits));
        assert.equal(left, '0 descriptors are left\n');
      });
    }
  });
}
