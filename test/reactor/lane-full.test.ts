/** Calls for receivers whose queues are full: pauses, and calls for other receivers that pass. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  EAGAIN,
  FULL,
  limit,
  Outcomes,
  POLLOUT,
  type Scene,
  Scripted,
  scene,
  time,
  YIELD,
} from './scripted.js';

type Results = ConstructorParameters<typeof Scripted>[0];

/** A call for a receiver. */
function to(destination: string | undefined, results: Results, more: object = {}): Scripted {
  return new Scripted(results, { direction: POLLOUT, destination, ...more });
}

/** Lets the time pass, and returns how many attempts a call has made meanwhile. */
function attemptsDuring(milliseconds: number, call: Scripted): number {
  const before = call.attempts;
  time.now += milliseconds;
  time.runTimers();
  return call.attempts - before;
}

async function close({ handle }: Scene): Promise<void> {
  handle.close();
  assert.equal(time.hasTimers, false);
}

describe('a pause', () => {
  test('doubles with each attempt, up to 32 ms', async () => {
    const here = scene('unix', false);
    const outcomes = new Outcomes();
    time.now = Math.ceil(time.now);
    const call = to('a', [FULL]);
    outcomes.follow('call', here.handle.output.run(call));
    for (const pause of [1, 2, 4, 8, 16, 32, 32]) {
      if (pause > 2) assert.equal(attemptsDuring(pause - 2, call), 0, `${pause}`);
      else time.now += Math.max(0, pause - 2);
      assert.equal(attemptsDuring(Math.min(2, pause), call), 1, `${pause}`);
    }
    await close(here);
    await outcomes.expect('call: closed true');
  });

  test('does not keep the process alive', async () => {
    const here = scene();
    const outcomes = new Outcomes();
    outcomes.follow('call', here.handle.output.run(to('a', [FULL])));
    assert.deepEqual([time.hasTimers, time.refTimers], [true, 0]);
    await close(here);
    await outcomes.expect('call: closed true');
  });

  test('is short again after progress', async () => {
    const here = scene();
    const outcomes = new Outcomes();
    time.now = Math.ceil(time.now);
    const call = to('a', [FULL], { progress: 0 });
    outcomes.follow('call', here.handle.output.run(call));
    for (const pause of [1, 2, 4]) attemptsDuring(pause, call);
    Object.assign(call, { progress: 5 });
    attemptsDuring(8, call);
    assert.equal(attemptsDuring(1, call), 1, 'after 1 ms');
    assert.equal(attemptsDuring(1, call), 0, 'then after 2 ms');
    assert.equal(attemptsDuring(1, call), 1);
    await close(here);
    await outcomes.expect('call: closed true');
  });

  test('of each call has its own length', async () => {
    const here = scene();
    const outcomes = new Outcomes();
    time.now = Math.ceil(time.now);
    const first = to('a', [FULL]);
    const second = to('b', [FULL]);
    outcomes.follow('first', here.handle.output.run(first));
    for (const pause of [1, 2, 4]) attemptsDuring(pause, first); // the next attempt is in 8 ms
    outcomes.follow('second', here.handle.output.run(second));
    assert.deepEqual([first.attempts, second.attempts], [4, 1]);
    attemptsDuring(1, first);
    assert.deepEqual([first.attempts, second.attempts], [4, 2]);
    attemptsDuring(2, first);
    assert.deepEqual([first.attempts, second.attempts], [4, 3]);
    attemptsDuring(5, first);
    assert.deepEqual([first.attempts, second.attempts], [5, 4]);
    await close(here);
    await outcomes.expect('first: closed true', 'second: closed true');
  });

  test('ends with the deadline of the call', async () => {
    const here = scene();
    const outcomes = new Outcomes();
    const call = to('a', [FULL, FULL, 1], { wait: limit(1.5) });
    outcomes.follow('call', here.handle.output.run(call));
    attemptsDuring(1, call);
    attemptsDuring(1, call);
    await outcomes.expect('call: finished 1');
    await close(here);
  });

  test('of a call is not shortened by an event', async () => {
    const here = scene();
    const outcomes = new Outcomes();
    const call = to('a', [FULL, 1]);
    outcomes.follow('call', here.handle.output.run(call));
    here.handle.output.wake();
    await outcomes.expect();
    assert.equal(call.attempts, 1);
    attemptsDuring(2, call);
    await outcomes.expect('call: finished 1');
  });
});

describe('while a receiver is full, a new call', () => {
  for (const [name, before, destination, passes] of [
    ['for another receiver passes', ['a'], 'b', true],
    ['for the same receiver waits', ['a'], 'a', false],
    ['for one of several receivers waits', ['a', 'b'], 'b', false],
    ['for another than several receivers passes', ['a', 'b'], 'c', true],
    ['for the connected peer waits', ['a'], '', false],
    ['without a receiver waits', ['a'], undefined, false],
    ['waits behind one for the connected peer', ['a', ''], 'b', false],
    ['waits behind one without a receiver', ['a', undefined], 'b', false],
  ] as const) {
    test(name, async () => {
      const here = scene();
      const outcomes = new Outcomes();
      for (const one of before) outcomes.follow('before', here.handle.output.run(to(one, [FULL])));
      const call = to(destination, [5]);
      outcomes.follow('call', here.handle.output.run(call));
      await outcomes.expect(...(passes ? ['call: finished 5'] : []));
      assert.equal(call.attempts, passes ? 1 : 0);
      await close(here);
      await outcomes.expect(
        ...before.map(() => 'before: closed true'),
        ...(passes ? [] : ['call: closed true']),
      );
    });
  }

  test('that never waits passes, or is refused', async () => {
    const here = scene();
    const outcomes = new Outcomes();
    outcomes.follow('full', here.handle.output.run(to('a', [FULL])));
    outcomes.follow('other', here.handle.output.run(to('b', [5], { wait: limit(0) })));
    outcomes.follow('full too', here.handle.output.run(to('c', [FULL], { wait: limit(0) })));
    await outcomes.expect('other: finished 5', `full too: failed ${EAGAIN}`);
    await close(here);
    await outcomes.expect('full: closed true');
  });
});

test('a call for another receiver waits while no call pauses', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  outcomes.follow('first', here.handle.output.run(to('a', [EAGAIN])));
  const call = to('b', [5]);
  outcomes.follow('call', here.handle.output.run(call));
  await outcomes.expect();
  assert.equal(call.attempts, 0);
  await close(here);
  await outcomes.expect('first: closed true', 'call: closed true');
});

test('a call for another receiver waits when the pauses are over', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  outcomes.follow('full', here.handle.output.run(to('a', [FULL, 1])));
  time.now += 2;
  time.runTimers();
  await outcomes.expect('full: finished 1');
  outcomes.follow('first', here.handle.output.run(to('a', [EAGAIN])));
  const call = to('b', [5]);
  outcomes.follow('call', here.handle.output.run(call));
  assert.equal(call.attempts, 0);
  await close(here);
  await outcomes.expect('first: closed true', 'call: closed true');
});

describe('when waiting calls are served, a full receiver', () => {
  /** Serves calls of which the first lets others run, so that all of them wait, and returns those that made an attempt. */
  async function served(
    calls: readonly (readonly [destination: string | undefined, full: boolean])[],
  ): Promise<string> {
    const here = scene();
    const all = calls.map(([destination, full], i) => {
      const result = full ? FULL : 1;
      return to(destination, i === 0 ? [YIELD, result] : [result]);
    });
    const outcomes = new Outcomes();
    for (const call of all) outcomes.follow('call', here.handle.output.run(call));
    time.runImmediates();
    const done = all.map(({ attempts }, i) => (attempts > (i === 0 ? 1 : 0) ? 'x' : '-')).join('');
    await close(here);
    return done;
  }

  for (const [name, calls, done] of [
    [
      'does not stop calls for others',
      [
        ['a', true],
        ['b', false],
        ['c', false],
      ],
      'xxx',
    ],
    [
      'stops its own calls',
      [
        ['a', true],
        ['a', false],
        ['b', false],
        ['a', false],
        ['c', false],
      ],
      'x-x-x',
    ],
    [
      'can be one of several',
      [
        ['a', true],
        ['b', true],
        ['a', false],
        ['b', false],
        ['c', false],
      ],
      'xx--x',
    ],
    [
      'stops those behind one for the connected peer',
      [
        ['a', true],
        ['', false],
        ['b', false],
      ],
      'x--',
    ],
    [
      'stops those behind one without a receiver',
      [
        ['a', true],
        [undefined, false],
        ['b', false],
      ],
      'x--',
    ],
    [
      'that is the connected peer stops all',
      [
        ['', true],
        ['b', false],
        ['c', false],
      ],
      'x--',
    ],
    [
      'that is not known stops all',
      [
        [undefined, true],
        ['b', false],
      ],
      'x-',
    ],
  ] as const)
    test(name, async () => assert.equal(await served(calls), done));
});

test('EAGAIN means a full queue if the sender has space, and only for a call that needs it', async () => {
  for (const [needsSpace, space, attempts, isPaused] of [
    [true, 64, 2, true],
    [true, 0, 1, false],
    [false, 64, 1, false],
  ] as const) {
    const here = scene('unix', false);
    here.file.space = space;
    const call = to('a', [EAGAIN], { needsSpace });
    const outcomes = new Outcomes();
    outcomes.follow('call', here.handle.output.run(call));
    assert.deepEqual([call.attempts, time.hasTimers], [attempts, isPaused]);
    await close(here);
    await outcomes.expect('call: closed true');
  }
  const again = to('a', [EAGAIN, 3], { needsSpace: true });
  assert.equal(await scene().handle.output.run(again), 'finished 3');
  const failed = to('a', [-32], { needsSpace: true });
  await assert.rejects(scene().handle.output.run(failed), { message: 'failed -32' });
  assert.equal(failed.attempts, 1);
});
