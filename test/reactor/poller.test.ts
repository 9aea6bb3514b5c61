/** The porting contract of pollers: what a change of a registration reports, on every platform as epoll_ctl(2) does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SHUT_WR, socketpair } from 'berkeley';
import { binding } from '#src/binding.js';
import { EDGE, POLLIN, POLLOUT, POLLRDHUP } from '#src/reactor/events.js';

const LIMIT = 10_000;
const INPUT = EDGE | POLLIN | POLLRDHUP;

/** Collects until one of the events was reported, or the time is over. */
function reported(poller: number, events: number): boolean {
  const pair = new Int32Array(2);
  for (const end = performance.now() + LIMIT; performance.now() < end; ) {
    if (binding.wait(poller, POLLIN, LIMIT) <= 0) return false;
    if (binding.pollerCollect(poller, new Uint8Array(pair.buffer)) > 0 && pair[1]! & events) return true;
  }
  return false;
}

test('an end that was reported is reported again when the registration changes', () => {
  const [a, b] = socketpair();
  using one = a;
  using other = b;
  const poller = binding.pollerNew();
  binding.pollerAdd(poller, one.fd, 1, INPUT);
  other.shutdown(SHUT_WR);
  assert.ok(reported(poller, POLLRDHUP));
  // A call that has to wait for space, and later no longer has to, changes it. It may be before the end is collected.
  for (const events of [INPUT | POLLOUT, INPUT]) {
    binding.pollerModify(poller, one.fd, 1, events);
    assert.ok(reported(poller, POLLRDHUP));
  }
  binding.close(poller);
});
