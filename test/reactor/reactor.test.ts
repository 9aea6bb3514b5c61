/** The reactor over a scripted kernel: batches of events, turns, what keeps the process alive, and a poller that fails. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deliver } from '../attack/model/addon.js';
import { act } from '../attack/model/peer.js';
import {
  another,
  binding,
  CALLS_PER_TURN,
  EAGAIN,
  Outcomes,
  POLLIN,
  Scripted,
  scene,
  thrownLater,
  time,
  withAddon,
  YIELD,
} from './scripted.js';

const { workOfMessages } = await import('#src/reactor/budget.js');
const { currentTurn, defer, guarded, hold, release, rewatch, settleLater, unwatch, watch } = await import(
  '#src/reactor/reactor.js'
);

const ARRIVE = { do: 'arrive', socket: 0, count: 1 } as const;

/** Opens sockets in one kernel. */
function sockets(count: number) {
  const first = scene();
  return Array.from({ length: count }, () => another(first));
}

/** A listener that records its events. */
function listener(onEvents: (events: number) => void = () => {}) {
  const events: number[] = [];
  const failures: string[] = [];
  return {
    events,
    failures,
    onEvents(some: number): void {
      events.push(some);
      onEvents(some);
    },
    onFailure(error: Error): void {
      failures.push(error.message);
    },
  };
}

test('libuv watches the one poller of the thread', async () => {
  const kinds: number[] = [];
  const { pollerOpen } = binding;
  const open = (onEvents: (count: number) => void, kind: number) => {
    kinds.push(kind);
    return pollerOpen(onEvents, kind);
  };
  const [one, other] = sockets(2);
  await withAddon({ pollerOpen: open }, () => {
    const ids = [one!, other!].map(({ handle }) => watch(handle.fd, POLLIN, listener()));
    assert.deepEqual([kinds, ids], [[0], [1, 2]]);
    for (const [i, { handle }] of [one!, other!].entries()) unwatch(handle.fd, ids[i]!);
  });
});

describe('a batch of events', () => {
  test('reaches each descriptor by its id, in one turn', () => {
    const [one, other] = sockets(2);
    const [first, second] = [listener(), listener()];
    const ids = [watch(one!.handle.fd, POLLIN, first), watch(other!.handle.fd, POLLIN, second)];
    assert.notEqual(ids[0], ids[1]);
    const turn = currentTurn();
    for (const { kernel, file } of [one!, other!]) act(kernel, file, ARRIVE);
    deliver();
    assert.deepEqual([first.events, second.events], [[POLLIN], [POLLIN]]);
    assert.equal(currentTurn(), turn + 1);
    deliver();
    assert.equal(currentTurn(), turn + 1);
    act(one!.kernel, one!.file, ARRIVE);
    deliver();
    assert.deepEqual([first.events, second.events], [[POLLIN, POLLIN], [POLLIN]]);
    unwatch(one!.handle.fd, ids[0]!);
    unwatch(other!.handle.fd, ids[1]!);
    assert.equal(one!.kernel.registered, 0);
  });

  test('is ignored for a descriptor that an earlier event has taken out of use', async () => {
    const [one, other] = sockets(2);
    let id = 0;
    const second = listener();
    const first = listener(() => unwatch(other!.handle.fd, id));
    const own = watch(one!.handle.fd, POLLIN, first);
    id = watch(other!.handle.fd, POLLIN, second);
    for (const { kernel, file } of [one!, other!]) act(kernel, file, ARRIVE);
    assert.deepEqual(await thrownLater(deliver), []);
    assert.deepEqual([first.events, second.events], [[POLLIN], []]);
    unwatch(one!.handle.fd, own);
  });

  test('reaches the others if one of them throws', async () => {
    const [one, other] = sockets(2);
    const first = listener(() => {
      throw new Error('listener');
    });
    const second = listener();
    const ids = [watch(one!.handle.fd, POLLIN, first), watch(other!.handle.fd, POLLIN, second)];
    for (const { kernel, file } of [one!, other!]) act(kernel, file, ARRIVE);
    assert.deepEqual(await thrownLater(deliver), ['listener']);
    assert.deepEqual(second.events, [POLLIN]);
    unwatch(one!.handle.fd, ids[0]!);
    unwatch(other!.handle.fd, ids[1]!);
  });
});

describe('a registration', () => {
  test('that fails is an error, and has no listener', () => {
    const [one] = sockets(1);
    assert.throws(() => watch(99, POLLIN, listener()), { code: 'EBADF', syscall: 'epoll_ctl' });
    assert.equal(rewatch(99, 5, POLLIN), -9);
    const id = watch(one!.handle.fd, POLLIN, listener());
    assert.equal(rewatch(one!.handle.fd, id, POLLIN), 0);
    unwatch(one!.handle.fd, id);
  });
});

describe('the process', () => {
  test('is kept alive from the first hold to the last release', async () => {
    const log: number[] = [];
    await withAddon({ pollerHold: (keep: number) => log.push(keep) }, () => {
      hold();
      hold();
      release();
      assert.deepEqual(log, [1]);
      release();
      assert.deepEqual(log, [1, 0]);
      hold();
      release();
    });
    assert.deepEqual(log, [1, 0, 1, 0]);
  });

  test('is not told while the addon calls, which looks afterwards', async () => {
    const [one] = sockets(1);
    const log: number[] = [];
    const own = listener(() => {
      hold();
      release();
    });
    const id = watch(one!.handle.fd, POLLIN, own);
    act(one!.kernel, one!.file, ARRIVE);
    await withAddon({ pollerHold: (keep: number) => log.push(keep) }, () => deliver());
    assert.deepEqual([own.events, log], [[POLLIN], []]);
    unwatch(one!.handle.fd, id);
  });
});

describe('deferred work', () => {
  test('runs in the next turn, once for each that asks for it', async () => {
    const woken: string[] = [];
    const lane = (name: string, more?: () => void) => ({
      wake() {
        woken.push(name);
        more?.();
      },
    });
    const [first, second] = [lane('first', () => defer(third)), lane('second')];
    const third = lane('third');
    defer({ wake: () => {} });
    time.runImmediates(); // of the turn of earlier events
    for (const one of [first, second, first]) defer(one);
    const turn = currentTurn();
    assert.deepEqual(woken, []);
    time.runImmediates();
    assert.deepEqual(woken, ['first', 'second']);
    assert.equal(currentTurn(), turn + 1);
    time.runImmediates();
    assert.deepEqual(woken, ['first', 'second', 'third']);
    assert.equal(time.runImmediates(), false);
  });

  test('values that are settled later keep their order', async () => {
    scene();
    const outcomes = new Outcomes();
    for (const value of [1, 2, 3]) outcomes.follow('later', settleLater(value));
    defer({ wake: () => outcomes.add('woken', 4) });
    await outcomes.expect();
    time.runImmediates();
    await outcomes.expect('woken: 4', 'later: 1', 'later: 2', 'later: 3');
    assert.equal(time.runImmediates(), false);
    outcomes.follow('later', settleLater(5));
    time.runImmediates();
    await outcomes.expect('later: 5');
  });

  test('values that are settled later come before the results of the next events', async () => {
    const { handle, kernel, file } = scene();
    const outcomes = new Outcomes();
    outcomes.follow('call', handle.run(new Scripted([EAGAIN, 1])));
    outcomes.follow('later', settleLater(2));
    act(kernel, file, ARRIVE);
    deliver();
    await outcomes.expect('later: 2', 'call: finished 1');
    time.runImmediates();
    await outcomes.expect();
    assert.equal(time.runImmediates(), false);
  });

  test('runs also if other work throws', async () => {
    let woken = 0;
    defer({
      wake() {
        throw new Error('lane');
      },
    });
    defer({ wake: () => void woken++ });
    assert.deepEqual(await thrownLater(() => time.runImmediates()), ['lane']);
    assert.equal(woken, 1);
    assert.deepEqual(
      await thrownLater(() =>
        guarded(() => {
          throw new Error('guarded');
        }),
      ),
      ['guarded'],
    );
  });
});

test('a turn ends for all sockets when the time for messages is over', async () => {
  const [one, other] = sockets(2);
  const outcomes = new Outcomes();
  const messages = (count: number) => new Scripted([1], { work: () => count });
  defer({ wake: () => {} });
  time.runImmediates(); // a new turn, in which nobody has looked at the clock
  await one!.handle.run(messages(16));
  assert.equal(one!.handle.input.isFree, true, 'it looks at the clock for the first time');
  time.now += 0.9;
  await other!.handle.run(messages(16));
  assert.equal(other!.handle.input.isFree, true, 'the time is not over');
  time.now += 0.1;
  await other!.handle.run(messages(15));
  assert.equal(other!.handle.input.isFree, true, 'it does not look at the clock');
  await other!.handle.run(messages(1));
  assert.equal(other!.handle.input.isFree, false);
  outcomes.follow('call', other!.handle.run(new Scripted([5])));
  await outcomes.expect();
  time.runImmediates();
  await outcomes.expect('call: finished 5');
  assert.equal(one!.handle.input.isFree, true);
});

test('a message of a batch is as much work as one of its own', () => {
  assert.deepEqual([workOfMessages(1), workOfMessages(16)], [2, 17]);
});

test('work of a turn is counted for each socket', async () => {
  const [one, other] = sockets(2);
  for (let i = 0; i < CALLS_PER_TURN; i++) await one!.handle.run(new Scripted([1]));
  assert.deepEqual([one!.handle.input.isFree, other!.handle.input.isFree], [false, true]);
  const outcomes = new Outcomes();
  outcomes.follow('call', one!.handle.run(new Scripted([YIELD])));
  time.runImmediates();
  assert.equal(one!.handle.input.isFree, false, 'somebody waits');
  one!.handle.close();
  await outcomes.expect('call: closed true');
});
