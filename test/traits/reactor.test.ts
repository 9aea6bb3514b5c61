/** The poller of the thread fails: every call that waits is told so, and none waits in silence. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startChildIn } from '../support/child.js';

for (const wakeup of ['libuv', 'thread']) {
  test(`a poller that fails ends every call that waits, woken by ${wakeup}`, async () => {
    const program = new URL('./children/failing-poller.js', import.meta.url);
    const { code, stderr } = await startChildIn({ BERKELEY_WAKEUP: wakeup }, program).ended;
    assert.equal(code, 0, stderr);
  });
}
