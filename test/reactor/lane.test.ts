/** A lane with promises: attempts, order, shares of a turn and early ends. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EarlyEnd } from '#src/reactor/operation.js';
import { deliver, keepsAlive } from '../attack/model/addon.js';
import { act } from '../attack/model/peer.js';
import {
  CALLS_PER_TURN,
  EAGAIN,
  ECONNRESET,
  FULL,
  limit,
  Outcomes,
  POLLIN,
  POLLOUT,
  PREPARING,
  partly,
  Scripted,
  scene,
  time,
  YIELD,
} from './scripted.js';

const arrive = (count = 1) => ({ do: 'arrive', socket: 0, count }) as const;

/** Uses up the share of a turn. */
async function exhaust({ handle }: ReturnType<typeof scene>): Promise<void> {
  for (let i = 0; i < CALLS_PER_TURN; i++) await handle.input.run(new Scripted([1]));
}

describe('the first attempt', () => {
  test('of a call that succeeds is its result: nothing waits, and nothing is registered', async () => {
    const { handle, kernel } = scene();
    const call = new Scripted([5]);
    assert.equal(await handle.input.run(call), 'finished 5');
    assert.equal(call.attempts, 1);
    assert.equal(handle.input.isBusy, false);
    assert.equal(kernel.registered, 0);
    assert.equal(await handle.input.run(new Scripted([0])), 'finished 0');
  });

  test('of a call that fails is its error', async () => {
    const { handle } = scene();
    const call = new Scripted([ECONNRESET]);
    await assert.rejects(handle.input.run(call), { message: `failed ${ECONNRESET}` });
    assert.deepEqual([call.attempts, call.abandoned], [1, 1]);
    assert.equal(handle.input.isBusy, false);
  });

  test('that throws ends the call, and the next call makes an attempt', async () => {
    const { handle } = scene();
    const call = new Scripted([new Error('thrown')]);
    assert.throws(() => handle.input.run(call), { message: 'thrown' });
    assert.equal(call.abandoned, 1);
    assert.equal(handle.input.isBusy, false);
    assert.equal(await handle.input.run(new Scripted([1])), 'finished 1');
  });

  test('is not made after an abort', async () => {
    const { handle } = scene();
    const call = new Scripted([1], {
      wait: limit(null, AbortSignal.abort(new Error('aborted'))),
      partial: partly('lost'),
    });
    await assert.rejects(handle.input.run(call), { message: 'aborted' });
    assert.deepEqual([call.attempts, call.abandoned], [0, 1]);
  });

  test('is made with a signal that is not aborted', async () => {
    const { handle } = scene();
    const call = new Scripted([1], { wait: limit(null, new AbortController().signal) });
    assert.equal(await handle.input.run(call), 'finished 1');
  });
});

describe('a call that has to wait', () => {
  test('makes its next attempt at the event, and the one behind it after it', async () => {
    const { handle, kernel, file } = scene();
    const outcomes = new Outcomes();
    const first = new Scripted([EAGAIN, 1]);
    const second = new Scripted([2]);
    outcomes.follow('first', handle.input.run(first));
    outcomes.follow('second', handle.input.run(second));
    await outcomes.expect();
    assert.equal(handle.input.isBusy, true);
    assert.equal(keepsAlive(), true);
    assert.deepEqual([first.attempts, second.attempts], [1, 0]);
    act(kernel, file, arrive());
    deliver();
    await outcomes.expect('first: finished 1', 'second: finished 2');
    assert.equal(handle.input.isBusy, false);
    assert.equal(keepsAlive(), false);
    assert.equal(handle.waiting, 0);
  });

  test('stops the calls behind it at EAGAIN, and keeps its place', async () => {
    const { handle, kernel, file } = scene();
    const outcomes = new Outcomes();
    const first = new Scripted([EAGAIN, EAGAIN, 1]);
    const second = new Scripted([2]);
    outcomes.follow('first', handle.input.run(first));
    outcomes.follow('second', handle.input.run(second));
    act(kernel, file, arrive());
    deliver();
    await outcomes.expect();
    assert.deepEqual([first.attempts, second.attempts], [2, 0]);
    act(kernel, file, arrive());
    deliver();
    await outcomes.expect('first: finished 1', 'second: finished 2');
  });

  test('is served without an attempt by the next call while nothing is ready', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    outcomes.follow('first', handle.input.run(new Scripted([EAGAIN], { wait: limit(5) })));
    time.now += 10;
    time.runTimers();
    await outcomes.expect('first: expired 5');
    const next = new Scripted([1]);
    outcomes.follow('next', handle.input.run(next));
    await outcomes.expect();
    assert.equal(next.attempts, 0, 'the last attempt has shown that nothing is there');
    handle.close();
    await outcomes.expect('next: closed true');
  });

  test('looks again if it did not look at the first byte', async () => {
    const { handle } = scene();
    const controller = new AbortController();
    const peek = new Scripted([EAGAIN], { drained: () => false, wait: limit(null, controller.signal) });
    const outcomes = new Outcomes();
    outcomes.follow('peek', handle.input.run(peek));
    controller.abort(new Error('aborted'));
    await outcomes.expect('peek: aborted');
    assert.equal(await handle.input.run(new Scripted([3])), 'finished 3');
  });

  test('fails with the error of its attempt', async () => {
    const { handle, kernel, file } = scene();
    const outcomes = new Outcomes();
    const call = new Scripted([EAGAIN, ECONNRESET], { partial: partly('lost') });
    outcomes.follow('first', handle.input.run(call));
    outcomes.follow('second', handle.input.run(new Scripted([2])));
    act(kernel, file, arrive());
    deliver();
    await outcomes.expect(`first: failed ${ECONNRESET}`, 'second: finished 2');
    assert.equal(call.abandoned, 1);
  });

  test('fails if its attempt throws, and the one behind it is served', async () => {
    const { handle, kernel, file } = scene();
    const outcomes = new Outcomes();
    outcomes.follow('first', handle.input.run(new Scripted([EAGAIN, new Error('thrown')])));
    outcomes.follow('second', handle.input.run(new Scripted([2])));
    act(kernel, file, arrive());
    deliver();
    await outcomes.expect('first: thrown', 'second: finished 2');
    assert.equal(handle.input.isBusy, false);
  });

  test('keeps its place while it is prepared', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    const first = new Scripted([PREPARING, PREPARING, 1]);
    const second = new Scripted([2]);
    outcomes.follow('first', handle.input.run(first));
    outcomes.follow('second', handle.input.run(second));
    await outcomes.expect();
    handle.input.wake();
    await outcomes.expect();
    assert.deepEqual([first.attempts, second.attempts], [2, 0]);
    handle.input.wake();
    await outcomes.expect('first: finished 1', 'second: finished 2');
  });

  test('fails if the poller cannot watch the descriptor, and the next call makes an attempt', async () => {
    const { handle, kernel } = scene();
    kernel.close(handle.fd); // by other code
    const call = new Scripted([EAGAIN]);
    await assert.rejects(handle.input.run(call), { code: 'EBADF', syscall: 'epoll_ctl' });
    assert.equal(call.abandoned, 1);
    assert.equal(handle.input.isBusy, false);
    assert.equal(handle.waiting, 0);
    const next = new Scripted([1]);
    assert.equal(await handle.input.run(next), 'finished 1');
    assert.equal(next.attempts, 1);
  });

  test('fails if the poller cannot watch the descriptor when it is its turn', async () => {
    const scripted = scene();
    const { handle, kernel, file } = scripted;
    const outcomes = new Outcomes();
    outcomes.follow('input', handle.input.run(new Scripted([EAGAIN]))); // now the descriptor is watched
    const call = new Scripted([YIELD, EAGAIN], { direction: POLLOUT });
    outcomes.follow('first', handle.output.run(call));
    assert.equal(kernel.files.delete(handle.fd), true);
    time.runImmediates();
    await outcomes.expect('first: epoll_ctl EBADF');
    assert.equal(call.abandoned, 1);
    assert.equal(handle.output.isBusy, false);
    kernel.files.set(handle.fd, file);
    handle.close();
    await outcomes.expect('input: closed true');
  });
});

describe('a short result', () => {
  for (const [shortMeansDrained, attempts] of [
    [true, 0],
    [false, 1],
  ] as const) {
    test(`${shortMeansDrained ? 'ends' : 'does not end'} the readiness`, async () => {
      const { handle } = scene('tcp', shortMeansDrained);
      assert.equal(await handle.input.run(new Scripted([1], { drained: () => true })), 'finished 1');
      assert.equal(handle.input.isFree, !shortMeansDrained);
      const next = new Scripted([EAGAIN]);
      const outcomes = new Outcomes();
      outcomes.follow('next', handle.input.run(next));
      assert.equal(next.attempts, attempts);
      handle.close();
      await outcomes.expect('next: closed true');
    });
  }

  test('of a call without an operation, too', () => {
    const { handle } = scene();
    assert.equal(handle.input.isFree, true);
    handle.input.noteDirect(1, false);
    assert.equal(handle.input.isFree, true);
    handle.input.noteDirect(1, true);
    assert.equal(handle.input.isFree, false);
    handle.input.wake();
    assert.equal(handle.input.isFree, true);
    const datagrams = scene('datagram', false).handle.input;
    datagrams.noteDirect(1, true);
    assert.equal(datagrams.isFree, true);
  });

  test('is asked of the result', async () => {
    const { handle } = scene();
    const results: number[] = [];
    const drained = (result: number) => {
      results.push(result);
      return false;
    };
    await handle.input.run(new Scripted([7], { drained }));
    assert.deepEqual(results, [7]);
    assert.equal(handle.input.isFree, true);
  });
});

describe('a call that never waits', () => {
  test('is refused at EAGAIN, and when the receiver is full', async () => {
    for (const result of [EAGAIN, FULL]) {
      const { handle } = scene();
      const call = new Scripted([result], { wait: limit(0) });
      await assert.rejects(handle.input.run(call), { message: `failed ${EAGAIN}` });
      assert.deepEqual([call.attempts, call.abandoned], [1, 1]);
      assert.equal(handle.input.isBusy, false);
    }
  });

  test('is refused with what it has', async () => {
    const { handle } = scene();
    const ends: EarlyEnd[] = [];
    const call = new Scripted([EAGAIN], { wait: limit(0), partial: partly('some', ends) });
    assert.equal(await handle.input.run(call), 'some');
    assert.deepEqual([ends, call.abandoned], [['refused'], 0]);
  });

  test('makes an attempt although nothing was ready, and so does the next', async () => {
    const { handle } = scene();
    for (let i = 0; i < 2; i++) {
      const call = new Scripted([EAGAIN], { wait: limit(0) });
      await assert.rejects(handle.input.run(call), { message: `failed ${EAGAIN}` });
      assert.equal(call.attempts, 1);
    }
    assert.equal(await handle.input.run(new Scripted([2], { wait: limit(0) })), 'finished 2');
  });

  test('is refused without an attempt behind one that waits, while nothing is ready', async () => {
    const { handle, kernel } = scene();
    const outcomes = new Outcomes();
    outcomes.follow('waits', handle.input.run(new Scripted([EAGAIN])));
    const call = new Scripted([1], { wait: limit(0) });
    outcomes.follow('never waits', handle.input.run(call));
    await outcomes.expect(`never waits: failed ${EAGAIN}`);
    assert.equal(call.attempts, 0);
    assert.equal(kernel.registered, 1);
    handle.close();
    await outcomes.expect('waits: closed true');
  });

  test('is served behind one that only lets others run', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    outcomes.follow('first', handle.input.run(new Scripted([YIELD, 1])));
    const call = new Scripted([2], { wait: limit(0) });
    outcomes.follow('never waits', handle.input.run(call));
    assert.equal(call.attempts, 0);
    await outcomes.expect();
    time.runImmediates();
    await outcomes.expect('first: finished 1', 'never waits: finished 2');
  });

  test('is refused if the one before it has to wait, and no other', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    const calls = [
      new Scripted([2], { wait: limit(0) }),
      new Scripted([3]),
      new Scripted([4], { wait: limit(0) }),
    ];
    outcomes.follow('first', handle.input.run(new Scripted([YIELD, EAGAIN, 1])));
    for (const [i, call] of calls.entries()) outcomes.follow(`${i}`, handle.input.run(call));
    time.runImmediates();
    await outcomes.expect(`0: failed ${EAGAIN}`, `2: failed ${EAGAIN}`);
    handle.input.wake();
    await outcomes.expect('first: finished 1', '1: finished 3');
    assert.deepEqual(
      calls.map(({ attempts }) => attempts),
      [0, 1, 0],
    );
  });

  test('is refused in its turn at EAGAIN and when the receiver is full', async () => {
    for (const result of [EAGAIN, FULL]) {
      const { handle } = scene();
      const outcomes = new Outcomes();
      outcomes.follow('first', handle.input.run(new Scripted([YIELD, 1])));
      outcomes.follow('never waits', handle.input.run(new Scripted([result], { wait: limit(0) })));
      outcomes.follow('last', handle.input.run(new Scripted([3])));
      time.runImmediates();
      await outcomes.expect(
        'first: finished 1',
        `never waits: failed ${EAGAIN}`,
        ...(result === FULL ? ['last: finished 3'] : []),
      );
      handle.close();
      await outcomes.expect(...(result === FULL ? [] : ['last: closed true']));
    }
  });

  test('uses up a share of the turn when it is refused', async () => {
    const { handle } = scene();
    for (let i = 0; i < CALLS_PER_TURN; i++)
      await assert.rejects(handle.input.run(new Scripted([EAGAIN], { wait: limit(0) })));
    handle.input.wake();
    assert.equal(handle.input.isFree, false);
  });
});

describe('the share of a turn', () => {
  test('ends after so many calls, and the next waits for the next turn', async () => {
    const scripted = scene();
    const { handle, kernel } = scripted;
    await exhaust(scripted);
    assert.equal(handle.input.isFree, false);
    const outcomes = new Outcomes();
    const [first, second] = [new Scripted([1]), new Scripted([2])];
    outcomes.follow('first', handle.input.run(first));
    outcomes.follow('second', handle.input.run(second));
    await outcomes.expect();
    assert.equal(first.attempts, 0);
    assert.equal(kernel.registered, 1, 'an event might be what the program waits for');
    time.runImmediates();
    await outcomes.expect('first: finished 1', 'second: finished 2');
  });

  test('a send that uses it up, and those after it, are settled in the next turn, in their order', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    const send = (result: number) => new Scripted([result], { direction: POLLOUT });
    for (let i = 0; i < CALLS_PER_TURN - 1; i++) await handle.output.run(send(1));
    outcomes.follow('last', handle.output.run(send(2)));
    const later = send(3);
    outcomes.follow('later', handle.output.run(later));
    await outcomes.expect();
    assert.equal(later.attempts, 0);
    time.runImmediates();
    await outcomes.expect('last: finished 2', 'later: finished 3');
    assert.equal(time.runImmediates(), false);
  });

  test('ends while the waiting calls are served', async () => {
    const { handle, kernel, file } = scene();
    const outcomes = new Outcomes();
    const calls = Array.from(
      { length: CALLS_PER_TURN + 2 },
      (_, i) => new Scripted(i === 0 ? [EAGAIN, 1] : [1]),
    );
    for (const call of calls) outcomes.follow('call', handle.input.run(call));
    act(kernel, file, arrive());
    deliver();
    await outcomes.expect(...Array<string>(CALLS_PER_TURN).fill('call: finished 1'));
    time.runImmediates(); // they follow the events in the same turn
    await outcomes.expect();
    time.runImmediates();
    await outcomes.expect('call: finished 1', 'call: finished 1');
  });

  test('is used up by calls that fail', async () => {
    const { handle } = scene();
    for (let i = 0; i < CALLS_PER_TURN; i++)
      await assert.rejects(handle.input.run(new Scripted([ECONNRESET])));
    assert.equal(handle.input.isFree, false);
    const waiting = scene();
    const outcomes = new Outcomes();
    for (let i = 0; i < CALLS_PER_TURN + 1; i++)
      outcomes.follow(
        'call',
        waiting.handle.input.run(new Scripted(i === 0 ? [EAGAIN, ECONNRESET] : [ECONNRESET])),
      );
    waiting.handle.input.wake();
    await outcomes.expect(...Array<string>(CALLS_PER_TURN).fill(`call: failed ${ECONNRESET}`));
    waiting.handle.close();
    await outcomes.expect('call: closed true');
  });

  test('is used up by the work of calls without an operation', () => {
    const { handle } = scene();
    assert.equal(handle.input.isFree, true);
    handle.input.noteDirect(255, false);
    assert.equal(handle.input.isFree, true);
    handle.input.noteDirect(1, false);
    assert.equal(handle.input.isFree, false);
  });

  test('is used up as the operation says', async () => {
    const { handle } = scene();
    await handle.input.run(new Scripted([9], { work: result => 28 * result }));
    assert.equal(handle.input.isFree, true);
    await handle.input.run(new Scripted([1], { work: () => 4 }));
    assert.equal(handle.input.isFree, false);
  });

  test('ends early if the messages have taken long', async () => {
    const { handle } = scene();
    await handle.input.run(new Scripted([1], { work: () => 16 }));
    assert.equal(handle.input.isFree, true, 'the clock starts');
    time.now += 1;
    await handle.input.run(new Scripted([1], { work: () => 15 }));
    assert.equal(handle.input.isFree, true);
    await handle.input.run(new Scripted([1], { work: () => 1 }));
    assert.equal(handle.input.isFree, false);
  });

  test('ends for a call that asks for it', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    const call = new Scripted([EAGAIN, YIELD, 1]);
    const next = new Scripted([2]);
    outcomes.follow('call', handle.input.run(call));
    outcomes.follow('next', handle.input.run(next));
    handle.input.wake();
    await outcomes.expect();
    assert.deepEqual([call.attempts, next.attempts], [2, 0]);
    time.runImmediates();
    await outcomes.expect('call: finished 1', 'next: finished 2');
  });
});

describe('pending input', () => {
  test('is offered to the first call in the next turn', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    const call = new Scripted([EAGAIN, 1]);
    outcomes.follow('call', handle.input.run(call));
    handle.input.offer();
    assert.equal(call.attempts, 1);
    time.runImmediates();
    await outcomes.expect('call: finished 1');
  });

  test('makes the next call attempt', async () => {
    const { handle } = scene();
    handle.input.noteDirect(1, true);
    handle.input.offer();
    assert.equal(time.runImmediates(), false, 'nobody waits');
    assert.equal(await handle.input.run(new Scripted([1])), 'finished 1');
  });
});

describe('a call whose first attempt was made without it', () => {
  test('fails, or waits', async () => {
    const { handle } = scene();
    const failed = new Scripted([1]);
    await assert.rejects(handle.input.resume(failed, ECONNRESET), { message: `failed ${ECONNRESET}` });
    assert.deepEqual([failed.attempts, failed.abandoned], [0, 1]);
    const outcomes = new Outcomes();
    const call = new Scripted([1]);
    outcomes.follow('call', handle.input.resume(call, EAGAIN));
    await outcomes.expect();
    assert.equal(handle.input.isFree, false);
    assert.equal(call.attempts, 0);
    assert.equal(handle.isWatched, true);
    handle.input.wake();
    await outcomes.expect('call: finished 1');
  });
});

describe('an early end', () => {
  test('by a deadline is an error, or what the call has', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    const ends: EarlyEnd[] = [];
    const kept = new Scripted([EAGAIN], { wait: limit(20), partial: partly('some', ends) });
    const next = new Scripted([EAGAIN], { wait: limit(30) });
    outcomes.follow('kept', handle.input.run(kept));
    outcomes.follow('next', handle.input.run(next));
    time.now += 19;
    time.runTimers();
    await outcomes.expect();
    time.now += 2;
    time.runTimers();
    await outcomes.expect('kept: some');
    assert.deepEqual([ends, kept.abandoned], [['deadline'], 0]);
    time.now += 10;
    time.runTimers();
    await outcomes.expect('next: expired 30');
    assert.equal(next.abandoned, 1);
    assert.equal(time.hasTimers, false);
    assert.equal(keepsAlive(), false);
  });

  test('by a deadline looks once more, also if the share of the turn is used up', async () => {
    const scripted = scene();
    const { handle } = scripted;
    const outcomes = new Outcomes();
    const call = new Scripted([EAGAIN, 1], { wait: limit(20) });
    outcomes.follow('call', handle.input.run(call));
    outcomes.follow('last', handle.input.run(new Scripted([EAGAIN], { wait: limit(20) })));
    handle.input.noteDirect(256, false);
    time.now += 21;
    time.runTimers();
    await outcomes.expect('call: finished 1', 'last: expired 20');
  });

  test('by a deadline of a call that is not the first looks at nothing', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    const first = new Scripted([EAGAIN]);
    const second = new Scripted([1], { wait: limit(20) });
    outcomes.follow('first', handle.input.run(first));
    outcomes.follow('second', handle.input.run(second));
    outcomes.follow('third', handle.input.run(new Scripted([3])));
    time.now += 21;
    time.runTimers();
    await outcomes.expect('second: expired 20');
    assert.equal(second.attempts, 0);
    first.results = [1];
    handle.input.wake();
    await outcomes.expect('first: finished 1', 'third: finished 3');
  });

  test('by an abort rejects with the reason, and the rest keep their order', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    const controllers = [0, 1, 2, 3].map(() => new AbortController());
    const calls = controllers.map(
      ({ signal }, i) => new Scripted([EAGAIN, i], { wait: limit(null, signal), partial: partly('lost') }),
    );
    for (const [i, call] of calls.entries()) outcomes.follow(`${i}`, handle.input.run(call));
    for (const i of [1, 3]) controllers[i]!.abort(new Error('aborted'));
    await outcomes.expect('1: aborted', '3: aborted');
    assert.equal(handle.waiting, 2);
    for (const call of calls) call.results = [1];
    outcomes.follow('4', handle.input.run(new Scripted([1])));
    handle.input.wake();
    await outcomes.expect('0: finished 1', '2: finished 1', '4: finished 1');
    assert.deepEqual(
      calls.map(({ abandoned }) => abandoned),
      [0, 1, 0, 1],
    );
    controllers[0]!.abort(); // it is over
    await outcomes.expect();
    assert.equal(handle.waiting, 0);
  });

  test('of the first makes the next continue if the descriptor is ready', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    const controller = new AbortController();
    const prepared = new Scripted([PREPARING], { wait: limit(null, controller.signal) });
    outcomes.follow('first', handle.input.run(prepared));
    outcomes.follow('second', handle.input.run(new Scripted([2])));
    await outcomes.expect();
    controller.abort(new Error('aborted'));
    await outcomes.expect('first: aborted');
    time.runImmediates();
    await outcomes.expect('second: finished 2');
  });

  test('of another, or while nothing is ready, does not', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    const controllers = [new AbortController(), new AbortController()];
    for (const { signal } of controllers)
      outcomes.follow('call', handle.input.run(new Scripted([EAGAIN], { wait: limit(null, signal) })));
    outcomes.follow('last', handle.input.run(new Scripted([1])));
    for (const controller of controllers) controller.abort(new Error('aborted'));
    await outcomes.expect('call: aborted', 'call: aborted');
    assert.equal(time.runImmediates(), false);
    handle.close();
    await outcomes.expect('last: closed true');
  });

  test('of one call by its operation leaves the others', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    const calls = [new Scripted([EAGAIN, 1]), new Scripted([2]), new Scripted([3])];
    for (const [i, call] of calls.entries()) outcomes.follow(`${i}`, handle.input.run(call));
    handle.input.cancel(calls[1]!, new Error('cancelled'));
    handle.input.cancel(new Scripted([]), new Error('unknown'));
    await outcomes.expect('1: cancelled');
    assert.deepEqual(
      calls.map(({ abandoned }) => abandoned),
      [0, 1, 0],
    );
    handle.input.wake();
    await outcomes.expect('0: finished 1', '2: finished 3');
  });

  test('of all calls, because the descriptor is taken out of use, keeps what they have', async () => {
    for (const [why, kept] of [
      ['closed', 'first: some'],
      ['handed over', 'first: closed true'],
    ] as const) {
      const { handle } = scene();
      const outcomes = new Outcomes();
      outcomes.follow('first', handle.input.run(new Scripted([EAGAIN], { partial: partly('some') })));
      outcomes.follow('second', handle.input.run(new Scripted([EAGAIN], { wait: limit(5) })));
      handle.input.endAll(why);
      await outcomes.expect(kept, 'second: closed true');
      assert.equal(handle.input.isBusy, false);
      assert.equal(handle.waiting, 0);
      assert.equal(time.hasTimers, false);
    }
  });

  test('of all calls with an error makes the next call attempt', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    for (let i = 0; i < 2; i++)
      outcomes.follow(`${i}`, handle.input.run(new Scripted([EAGAIN], { partial: partly('lost') })));
    handle.input.failAll(new Error('no event'));
    await outcomes.expect('0: no event', '1: no event');
    assert.equal(handle.input.isBusy, false);
    assert.equal(await handle.input.run(new Scripted([1])), 'finished 1');
  });

  test('stops the pauses', async () => {
    for (const end of ['endAll', 'failAll'] as const) {
      const { handle } = scene();
      const outcomes = new Outcomes();
      outcomes.follow('call', handle.output.run(new Scripted([FULL])));
      assert.equal(time.hasTimers, true);
      if (end === 'endAll') handle.output.endAll('closed');
      else handle.output.failAll(new Error('no event'));
      await outcomes.expect(`call: ${end === 'endAll' ? 'closed true' : 'no event'}`);
      assert.equal(time.hasTimers, false);
    }
  });
});

test('a result that cannot be converted rejects the call, and the next is served', async () => {
  const { handle } = scene();
  const outcomes = new Outcomes();
  const call = new Scripted([EAGAIN, 1]);
  call.finish = () => {
    throw new Error('no value');
  };
  outcomes.follow('first', handle.input.run(call));
  outcomes.follow('second', handle.input.run(new Scripted([2])));
  handle.input.wake();
  await outcomes.expect('first: no value', 'second: finished 2');
});

test('a partial result that cannot be made rejects the call', async () => {
  const { handle } = scene();
  const outcomes = new Outcomes();
  const partial = () => {
    throw new Error('no part');
  };
  outcomes.follow('call', handle.input.run(new Scripted([EAGAIN], { partial })));
  handle.close();
  await outcomes.expect('call: no part');
});

test('a lane registers for the event of its direction only', async () => {
  const { handle, kernel, file } = scene();
  const outcomes = new Outcomes();
  file.space = 0;
  const input = new Scripted([EAGAIN, 1], { direction: POLLIN });
  const output = new Scripted([EAGAIN, 2], { direction: POLLOUT });
  outcomes.follow('input', handle.input.run(input));
  outcomes.follow('output', handle.output.run(output));
  act(kernel, file, { do: 'space', socket: 0, count: 5, cut: 5 });
  deliver();
  await outcomes.expect('output: finished 2');
  assert.equal(input.attempts, 1);
  act(kernel, file, arrive());
  deliver();
  await outcomes.expect('input: finished 1');
});
