/** A lane that a Sync call serves: the thread is blocked, so neither events nor timers arrive. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  EAGAIN,
  ECONNRESET,
  FULL,
  limit,
  Outcomes,
  POLLOUT,
  PREPARING,
  type Scene,
  Scripted,
  scene,
  time,
  YIELD,
} from './scripted.js';

/** Makes calls wait: the first lets others run before the results that it gets here. */
function waiting({ handle }: Scene, outcomes: Outcomes, ...calls: Scripted[]): void {
  const first = calls[0]!;
  first.results.unshift(YIELD);
  for (const [i, call] of calls.entries()) outcomes.follow(`${i}`, handle.laneOf(call.direction).run(call));
}

/** Lets the deferred lane come, and closes the socket. */
async function finish({ handle }: Scene, outcomes: Outcomes, ...wanted: string[]): Promise<void> {
  handle.close();
  time.runImmediates();
  await outcomes.expect(...wanted);
  assert.equal(time.hasTimers, false);
}

test('serves all that do not have to wait, in their order', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  assert.equal(here.handle.input.serve(), 'idle');
  waiting(here, outcomes, new Scripted([YIELD, 1]), new Scripted([ECONNRESET]), new Scripted([0]));
  assert.equal(here.handle.input.serve(), 'idle');
  await finish(here, outcomes, '0: finished 1', `1: failed ${ECONNRESET}`, '2: finished 0');
});

test('tells that the first waits for an event', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  const calls = [new Scripted([EAGAIN, 1]), new Scripted([2])];
  waiting(here, outcomes, ...calls);
  assert.equal(here.handle.input.serve(), 'event');
  assert.deepEqual(
    calls.map(({ attempts }) => attempts),
    [2, 0],
  );
  await outcomes.expect();
  assert.equal(here.handle.input.serve(), 'idle');
  await finish(here, outcomes, '0: finished 1', '1: finished 2');
});

test('registers for the event, so that it arrives later', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  outcomes.follow('input', here.handle.input.run(new Scripted([EAGAIN])));
  const call = new Scripted([EAGAIN, 1], { direction: POLLOUT });
  waiting(here, outcomes, call);
  here.file.space = 0;
  assert.equal(here.handle.output.serve(), 'event');
  time.runImmediates();
  assert.equal(call.attempts, 3);
  await finish(here, outcomes, '0: finished 1', 'input: closed true');
});

test('tells that the first waits for another descriptor, or for a receiver', async () => {
  for (const [call, pauses] of [
    [new Scripted([EAGAIN], { waitsFor: 5 }), false],
    [new Scripted([FULL]), true],
  ] as const) {
    const here = scene();
    const outcomes = new Outcomes();
    waiting(here, outcomes, call);
    assert.equal(here.handle.input.serve(), 'space');
    assert.equal(time.hasTimers, pauses);
    await finish(here, outcomes, '0: closed true');
  }
});

test('prepares a call in this thread', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  let prepared = 0;
  const call = new Scripted([PREPARING, 1], { prepare: () => void prepared++ });
  waiting(here, outcomes, call);
  assert.equal(here.handle.input.serve(), 'idle');
  assert.equal(prepared, 1);
  await finish(here, outcomes, '0: finished 1');
});

test('rejects a call that cannot be prepared, or throws, and serves the next', async () => {
  const prepare = () => {
    throw new Error('no name');
  };
  const here = scene();
  const outcomes = new Outcomes();
  const calls = [
    new Scripted([PREPARING], { prepare }),
    new Scripted([new Error('thrown')]),
    new Scripted([3]),
  ];
  waiting(here, outcomes, ...calls);
  assert.equal(here.handle.input.serve(), 'idle');
  assert.deepEqual(
    calls.map(({ abandoned }) => abandoned),
    [1, 1, 0],
  );
  assert.equal(here.handle.waiting, 0);
  await finish(here, outcomes, '0: no name', '1: thrown', '2: finished 3');
});

test('refuses calls that never wait, if they or the first would have to wait', async () => {
  for (const result of [EAGAIN, FULL]) {
    const here = scene();
    const outcomes = new Outcomes();
    const wait = limit(0);
    waiting(here, outcomes, new Scripted([1]), new Scripted([result], { wait }), new Scripted([3]));
    assert.equal(here.handle.input.serve(), 'idle');
    await finish(here, outcomes, '0: finished 1', `1: failed ${EAGAIN}`, '2: finished 3');
  }
  const here = scene();
  const outcomes = new Outcomes();
  const never = new Scripted([2], { wait: limit(0) });
  waiting(here, outcomes, new Scripted([EAGAIN]), new Scripted([1]), never);
  assert.equal(here.handle.input.serve(), 'event');
  assert.equal(never.attempts, 0);
  await finish(here, outcomes, `2: failed ${EAGAIN}`, '0: closed true', '1: closed true');
});

test('ends a call whose deadline has passed', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  waiting(
    here,
    outcomes,
    new Scripted([EAGAIN], { wait: limit(20) }),
    new Scripted([2], { wait: limit(10) }),
  );
  const { now } = time;
  assert.equal(here.handle.input.deadline, now + 20);
  time.now = now + 19;
  assert.equal(here.handle.input.serve(), 'event');
  time.now = now + 20;
  assert.equal(here.handle.input.serve(), 'idle');
  assert.equal(here.handle.input.deadline, Number.POSITIVE_INFINITY);
  await finish(here, outcomes, '0: expired 20', '1: finished 2');
});

test('knows no deadline of a call without a limit', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  waiting(here, outcomes, new Scripted([EAGAIN]));
  assert.equal(here.handle.input.deadline, Number.POSITIVE_INFINITY);
  await finish(here, outcomes, '0: closed true');
});

test('ends a call that the poller cannot watch, and serves the next', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  outcomes.follow('input', here.handle.input.run(new Scripted([EAGAIN])));
  const call = new Scripted([EAGAIN], { direction: POLLOUT });
  waiting(here, outcomes, call);
  here.kernel.files.delete(here.handle.fd);
  assert.equal(here.handle.output.serve(), 'idle');
  assert.equal(call.abandoned, 1);
  here.kernel.files.set(here.handle.fd, here.file);
  await finish(here, outcomes, '0: epoll_ctl EBADF', 'input: closed true');
});

test('knows after EAGAIN that nothing is ready', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  waiting(here, outcomes, new Scripted([EAGAIN], { wait: limit(5) }));
  here.handle.input.serve();
  time.now += 6;
  here.handle.input.serve();
  assert.equal(here.handle.input.isFree, false);
  await finish(here, outcomes, '0: expired 5');
});
