/** A lane at its edges: results of 0, calls that are prepared while others end, and what stays registered. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  EAGAIN,
  ECONNRESET,
  limit,
  Outcomes,
  POLLOUT,
  PREPARING,
  Scripted,
  scene,
  time,
  YIELD,
} from './scripted.js';

test('a result of 0 counts as a result', async () => {
  const { handle } = scene();
  assert.equal(await handle.input.run(new Scripted([0], { drained: () => true })), 'finished 0');
  assert.equal(handle.input.isFree, false);
  handle.input.wake();
  const outcomes = new Outcomes();
  const calls = [new Scripted([YIELD, 0], { drained: () => true }), new Scripted([2])];
  for (const [i, call] of calls.entries()) outcomes.follow(`${i}`, handle.input.run(call));
  time.runImmediates();
  await outcomes.expect('0: finished 0');
  assert.equal(calls[1]!.attempts, 0, 'nothing is left');
  handle.input.wake();
  await outcomes.expect('1: finished 2');
});

test('an error tells nothing about what is left', async () => {
  const { handle } = scene();
  const results: number[] = [];
  const drained = (result: number) => {
    results.push(result);
    return true;
  };
  const outcomes = new Outcomes();
  outcomes.follow('first', handle.input.run(new Scripted([YIELD, ECONNRESET], { drained })));
  outcomes.follow('second', handle.input.run(new Scripted([2])));
  time.runImmediates();
  await outcomes.expect(`first: failed ${ECONNRESET}`, 'second: finished 2');
  assert.deepEqual(results, []);
});

test('the readiness of output ends with a short result, too', async () => {
  const { handle } = scene();
  await handle.output.run(new Scripted([1], { direction: POLLOUT, drained: () => true }));
  assert.equal(handle.output.isFree, false);
});

test('a call that never waits can let others run, and has no timer', async () => {
  const { handle } = scene();
  const outcomes = new Outcomes();
  outcomes.follow('call', handle.input.run(new Scripted([YIELD, 1], { wait: limit(0) })));
  assert.equal(time.hasTimers, false);
  await outcomes.expect();
  time.runImmediates();
  await outcomes.expect('call: finished 1');
});

test('no call is free to pass one that is prepared', async () => {
  const { handle } = scene();
  const outcomes = new Outcomes();
  outcomes.follow('first', handle.input.run(new Scripted([PREPARING])));
  assert.equal(handle.input.isFree, false);
  handle.close();
  await outcomes.expect('first: closed true');
});

test('a call behind one that is prepared ends alone, and without an attempt', async () => {
  for (const end of ['deadline', 'abort'] as const) {
    const { handle } = scene();
    const outcomes = new Outcomes();
    const controller = new AbortController();
    const wait = end === 'abort' ? limit(null, controller.signal) : limit(20);
    const second = new Scripted([2], { wait });
    outcomes.follow('first', handle.input.run(new Scripted([PREPARING])));
    outcomes.follow('second', handle.input.run(second));
    if (end === 'abort') controller.abort(new Error('aborted'));
    time.now += 21;
    time.runTimers();
    await outcomes.expect(`second: ${end === 'abort' ? 'aborted' : 'expired 20'}`);
    assert.equal(second.attempts, 0);
    assert.equal(time.runImmediates(), false, 'nobody can continue');
    handle.close();
    await outcomes.expect('first: closed true');
  }
});

test('a call that is prepared ends at its deadline, and the next continues', async () => {
  const { handle } = scene();
  const outcomes = new Outcomes();
  outcomes.follow('first', handle.input.run(new Scripted([PREPARING], { wait: limit(20) })));
  const second = new Scripted([2]);
  outcomes.follow('second', handle.input.run(second));
  time.now += 21;
  time.runTimers();
  await outcomes.expect('first: expired 20');
  assert.equal(second.attempts, 0);
  time.runImmediates();
  await outcomes.expect('second: finished 2');
});

test('the only call that is prepared leaves nothing to do when it ends', async () => {
  const { handle } = scene();
  const outcomes = new Outcomes();
  const controller = new AbortController();
  outcomes.follow(
    'call',
    handle.input.run(new Scripted([PREPARING], { wait: limit(null, controller.signal) })),
  );
  controller.abort(new Error('aborted'));
  await outcomes.expect('call: aborted');
  assert.equal(time.runImmediates(), false);
});

test('a call looks once more at its deadline, and ends once', async () => {
  const { handle } = scene();
  const outcomes = new Outcomes();
  const call = new Scripted([EAGAIN], { wait: limit(20) });
  outcomes.follow('call', handle.input.run(call));
  time.now += 21;
  time.runTimers();
  await outcomes.expect('call: expired 20');
  assert.equal(call.attempts, 2);
  handle.input.wake();
  outcomes.follow('served', handle.input.run(new Scripted([EAGAIN, 1], { wait: limit(20) })));
  time.now += 21;
  time.runTimers();
  await outcomes.expect('served: finished 1');
  assert.equal(handle.waiting, 0);
});

test('a call that has not looked at the first byte keeps its place', async () => {
  const { handle } = scene();
  const outcomes = new Outcomes();
  const second = new Scripted([2]);
  outcomes.follow('first', handle.input.run(new Scripted([EAGAIN], { drained: () => false })));
  outcomes.follow('second', handle.input.run(second));
  handle.input.wake();
  await outcomes.expect();
  assert.equal(second.attempts, 0);
  handle.close();
  await outcomes.expect('first: closed true', 'second: closed true');
});

test('a call that cannot be watched does not stop the one behind it', async () => {
  const { handle, kernel, file } = scene();
  const outcomes = new Outcomes();
  outcomes.follow('input', handle.run(new Scripted([EAGAIN]))); // now the descriptor is watched
  const call = (results: number[], timeout: number | null) =>
    new Scripted(results, { direction: POLLOUT, wait: limit(timeout) });
  outcomes.follow('first', handle.run(call([YIELD, EAGAIN], null)));
  outcomes.follow('second', handle.run(call([2], 0))); // it needs no event
  kernel.files.delete(handle.fd);
  time.runImmediates();
  await outcomes.expect('first: epoll_ctl EBADF', 'second: finished 2');
  kernel.files.set(handle.fd, file);
  handle.close();
  await outcomes.expect('input: closed true');
});
