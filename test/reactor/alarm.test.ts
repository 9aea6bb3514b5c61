import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isTimeout, socketpair } from '#src/index.js';
import { Alarm } from '#src/reactor/alarm.js';
import { WaitDeadline } from '#src/reactor/wait-deadline.js';
import { select } from '#src/select.js';

/** Node’s own timer fires early in about one of a hundred cases, depending on the fraction of the millisecond. */
const TIMES = 1000;

/** Starts a wait `TIMES` times, at all fractions of a millisecond, and returns by how much the earliest was early. */
async function earliest(start: (milliseconds: number) => Promise<unknown>): Promise<number> {
  const waits: Promise<number>[] = [];
  for (let i = 0; i < TIMES; i++) {
    const timeout = 1 + (i % 40) / 2;
    const started = performance.now();
    waits.push(start(timeout).then(() => performance.now() - started - timeout));
    if (i % 4 === 0) await nextTurn();
  }
  return Math.min(...(await Promise.all(waits)));
}

const expectTimeout = (call: Promise<unknown>) =>
  call.then(
    () => assert.fail('it succeeded'),
    error => assert.ok(isTimeout(error), error),
  );

test('an alarm never fires before its time', async () => {
  const early = await earliest(
    timeout => new Promise<void>(resolve => new Alarm(performance.now() + timeout, resolve, true)),
  );
  assert.ok(early >= 0, `${-early} ms early`);
});

test('a call that waits, a wait for several sockets and a deadline never end before their time', async t => {
  const [a, b] = socketpair();
  const hold = setInterval(() => {}, 1000); // the alarm of a deadline does not keep the process alive
  t.after(() => clearInterval(hold));
  const ways: [string, (timeout: number) => Promise<unknown>][] = [
    ['recv', timeout => expectTimeout(a.recv(1, { timeout }))],
    // No descriptors: Linux allows 500 epolls over one file (fs/eventpoll.c, path_limits).
    ['select', timeout => select([], [], [], timeout)],
    [
      'WaitDeadline',
      timeout => new Promise<void>(resolve => new WaitDeadline('test', { timeout }).watch(resolve, () => {})),
    ],
  ];
  for (const [name, start] of ways) {
    const early = await earliest(start);
    assert.ok(early >= 0, `${name}: ${-early} ms early`);
  }
  for (const socket of [a, b]) socket.close();
});

test('an alarm beyond the longest timer of Node waits, and can be cleared', async () => {
  let fired = 0;
  const onTime = () => fired++;
  const alarms = [2 ** 31, 2 ** 40, Number.POSITIVE_INFINITY].map(
    delay => new Alarm(performance.now() + delay, onTime, true),
  );
  const soon = new Alarm(performance.now() + 1, onTime, true);
  soon.clear();
  const later = performance.now() + 20;
  while (performance.now() < later) await nextTurn();
  assert.equal(fired, 0);
  for (const alarm of alarms) alarm.clear(); // or the process would wait for them
});
