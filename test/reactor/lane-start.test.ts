/** A lane without promises: the functions that receive the outcome run before `start` returns, or during the event. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CALLS_PER_TURN,
  EAGAIN,
  ECONNRESET,
  FULL,
  Outcomes,
  POLLOUT,
  partly,
  type Scene,
  Scripted,
  scene,
  time,
  YIELD,
} from './scripted.js';

/** Starts an operation, and records its outcome with the name. */
function start({ handle }: Scene, outcomes: Outcomes, name: string, operation: Scripted): void {
  handle.start(
    operation,
    (value, of) => outcomes.add(name, of === operation && value),
    (error, of) => outcomes.add(name, of === operation && (error as Error).message),
  );
}

test('a result and an error arrive immediately', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  start(here, outcomes, 'result', new Scripted([0]));
  const failed = new Scripted([ECONNRESET], { partial: partly('lost') });
  start(here, outcomes, 'error', failed);
  assert.deepEqual(outcomes.all, ['result: finished 0', `error: failed ${ECONNRESET}`]);
  assert.equal(failed.abandoned, 1);
  assert.equal(here.handle.input.isBusy, false);
});

test('an attempt that throws is an error', async () => {
  const outcomes = new Outcomes();
  const call = new Scripted([new Error('thrown')]);
  start(scene(), outcomes, 'call', call);
  await outcomes.expect('call: thrown');
  assert.equal(call.abandoned, 1);
});

test('a call waits for the event, and those behind it for their turn', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  const calls = [new Scripted([EAGAIN, 1]), new Scripted([2]), new Scripted([3])];
  for (const [i, call] of calls.entries()) start(here, outcomes, `${i}`, call);
  await outcomes.expect();
  assert.deepEqual(
    calls.map(({ attempts }) => attempts),
    [1, 0, 0],
  );
  here.handle.input.wake();
  assert.deepEqual(outcomes.all.splice(0), ['0: finished 1', '1: finished 2', '2: finished 3']);
  assert.equal(here.handle.waiting, 0);
});

test('a call waits without an attempt while nothing is ready', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  here.handle.input.noteDirect(1, true);
  const call = new Scripted([1]);
  start(here, outcomes, 'call', call);
  assert.equal(call.attempts, 0);
  assert.equal(here.handle.isWatched, true);
  here.handle.input.wake();
  await outcomes.expect('call: finished 1');
});

test('calls that fail, and calls that succeed, use up the share of a turn', async () => {
  for (const result of [ECONNRESET, 1]) {
    const here = scene();
    const outcomes = new Outcomes();
    for (let i = 0; i < CALLS_PER_TURN; i++) start(here, outcomes, 'call', new Scripted([result]));
    outcomes.all.length = 0;
    start(here, outcomes, 'next', new Scripted([7]));
    await outcomes.expect();
    time.runImmediates();
    await outcomes.expect('next: finished 7');
  }
});

test('a call that lets others run, and one whose receiver is full, continue by themselves', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  start(here, outcomes, 'call', new Scripted([YIELD, 1]));
  time.runImmediates();
  await outcomes.expect('call: finished 1');
  start(here, outcomes, 'full', new Scripted([FULL, 2], { direction: POLLOUT, destination: 'a' }));
  start(here, outcomes, 'other', new Scripted([3], { direction: POLLOUT, destination: 'b' }));
  await outcomes.expect('other: finished 3');
  time.now += 2;
  time.runTimers();
  await outcomes.expect('full: finished 2');
});

test('an outcome can end the next call', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  const [first, second, third] = [new Scripted([EAGAIN, 1]), new Scripted([2]), new Scripted([3])];
  here.handle.start(
    first,
    () => here.handle.input.cancel(second, new Error('cancelled')),
    () => {},
  );
  start(here, outcomes, 'second', second);
  start(here, outcomes, 'third', third);
  here.handle.input.wake();
  await outcomes.expect('second: cancelled', 'third: finished 3');
  assert.deepEqual([second.attempts, third.attempts], [0, 1]);
});

test('a result that cannot be converted is an error', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  const call = new Scripted([EAGAIN, 1]);
  call.finish = () => {
    throw new Error('no value');
  };
  start(here, outcomes, 'call', call);
  here.handle.input.wake();
  await outcomes.expect('call: no value');
});

test('a descriptor that cannot be watched is an error, and the next call makes an attempt', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  here.kernel.close(here.handle.fd);
  const call = new Scripted([EAGAIN]);
  start(here, outcomes, 'call', call);
  start(here, outcomes, 'next', new Scripted([1]));
  await outcomes.expect('call: epoll_ctl EBADF', 'next: finished 1');
  assert.equal(call.abandoned, 1);
});

test('a call on a closed descriptor is an error', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  here.handle.close();
  const call = new Scripted([1]);
  start(here, outcomes, 'call', call);
  assert.deepEqual(outcomes.all, ['call: closed false']);
  assert.deepEqual([call.attempts, call.abandoned], [0, 1]);
});
