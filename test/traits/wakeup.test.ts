/**
 * Bun and Deno are woken by a thread of ours and not by libuv (src/reactor/reactor.ts). Node.js can be woken in the same
 * way, so what depends on it is tested here even where neither of the two is installed.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startChildIn } from '../support/child.js';

describe('woken by a thread, the same holds as in', { concurrency: 2 }, () => {
  for (const name of ['order', 'ending', 'waiting', 'threads']) {
    test(name, async () => {
      const program = new URL(`./${name}.test.js`, import.meta.url);
      const { code, stdout, stderr } = await startChildIn({ BERKELEY_WAKEUP: 'thread' }, program).ended;
      assert.equal(code, 0, stdout + stderr);
      assert.match(stdout, /^. pass [1-9]/m);
    });
  }
});
