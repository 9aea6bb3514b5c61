/**
 * Bun and Deno are woken by a thread of this package, not by libuv (src/reactor/reactor.ts). Node.js can be
 * woken in the same way, so these tests also run where neither Bun nor Deno is installed.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startChildIn } from '../support/child.js';

describe('when a thread wakes the event loop, these tests pass:', { concurrency: 2 }, () => {
  for (const name of ['order', 'ending', 'waiting', 'threads']) {
    test(name, async () => {
      const program = new URL(`./${name}.test.js`, import.meta.url);
      const { code, stdout, stderr } = await startChildIn({ BERKELEY_WAKEUP: 'thread' }, program).ended;
      assert.equal(code, 0, stdout + stderr);
      assert.match(stdout, /^. pass [1-9]/m);
    });
  }
});
