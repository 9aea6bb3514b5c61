/** When the poller of a thread fails, every waiting call rejects; none stays pending. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startChildIn } from '../support/child.js';

for (const wakeup of ['libuv', 'thread']) {
  test(`a failing poller rejects every waiting call, woken by ${wakeup}`, async () => {
    const program = new URL('./children/failing-poller.js', import.meta.url);
    const { code, stderr } = await startChildIn({ BERKELEY_WAKEUP: wakeup }, program).ended;
    assert.equal(code, 0, stderr);
  });
}
