/** A descriptor that calls wait for: its lanes, the events that it is registered for, pending input and its end. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EDGE } from '#src/reactor/events.js';
import { keepsAlive } from '../attack/model/addon.js';
import {
  another,
  binding,
  EAGAIN,
  limit,
  Outcomes,
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLOUT,
  POLLPRI,
  POLLRDHUP,
  PollHandle,
  type Scene,
  Scripted,
  scene,
  thrownLater,
  time,
  withAddon,
} from './scripted.js';

const INPUT = POLLIN | POLLPRI | POLLRDHUP;
const directions = { input: POLLIN, output: POLLOUT, errors: POLLERR, urgent: POLLPRI } as const;
type Name = keyof typeof directions;
const names = Object.keys(directions) as Name[];

/** Makes a call wait in each lane. */
function waitInAll({ handle }: Scene, outcomes: Outcomes): Record<Name, Scripted> {
  const calls = names.map(name => [name, new Scripted([EAGAIN], { direction: directions[name] })] as const);
  for (const [name, call] of calls) outcomes.follow(name, handle.run(call));
  return Object.fromEntries(calls) as Record<Name, Scripted>;
}

/** Runs `body`, and returns the calls that change registrations. */
async function registrations(body: (log: string[]) => unknown): Promise<string[]> {
  const log: string[] = [];
  const record =
    <A extends number[]>(name: string, call: (...words: A) => number) =>
    (...words: A) => {
      log.push(words.length > 3 ? `${name} ${words[3]! & 0xffff} ${(words[3]! & EDGE) !== 0}` : name);
      return call(...words);
    };
  const { pollerAdd, pollerModify, pollerRemove } = binding;
  await withAddon(
    {
      pollerAdd: record('add', pollerAdd),
      pollerModify: record('modify', pollerModify),
      pollerRemove: record('remove', pollerRemove),
    },
    () => body(log),
  );
  return log;
}

describe('lanes', () => {
  test('are made when they are first used, one per direction', async () => {
    const here = scene();
    const { handle } = here;
    for (const name of names) {
      const direction = directions[name];
      assert.equal(handle.isBusy(direction), false);
      assert.equal(handle.laneOf(direction), handle[name]);
      assert.equal(handle.laneOf(direction), handle.laneOf(direction));
      assert.equal(handle.isBusy(direction), false);
    }
    assert.equal(new Set(names.map(name => handle[name])).size, 4);
    const outcomes = new Outcomes();
    for (const name of names) {
      const call = new Scripted([EAGAIN], { direction: directions[name] });
      outcomes.follow(name, handle.run(call));
      assert.deepEqual(
        names.filter(one => handle.isBusy(directions[one])),
        [name],
      );
      handle[name].cancel(call, new Error('cancelled'));
      await outcomes.expect(`${name}: cancelled`);
    }
  });

  test('of input know whether a short read means that no data is left', () => {
    assert.equal(scene('tcp', true).handle.input.shortMeansDrained, true);
    assert.equal(scene('tcp', false).handle.input.shortMeansDrained, false);
    assert.equal(new PollHandle(99).input.shortMeansDrained, false);
  });

  test('are not needed to be asked whether they are busy', () => {
    for (const direction of Object.values(directions)) assert.equal(scene().handle.isBusy(direction), false);
  });
});

describe('events', () => {
  for (const [name, events, woken] of [
    ['POLLIN', POLLIN, ['input']],
    ['POLLOUT', POLLOUT, ['output']],
    ['POLLPRI', POLLPRI, ['urgent']],
    ['POLLRDHUP', POLLRDHUP, ['input']],
    ['POLLERR', POLLERR, ['input', 'output', 'errors', 'urgent']],
    ['POLLHUP', POLLHUP, ['input', 'output', 'errors', 'urgent']],
    ['POLLIN and POLLOUT', POLLIN | POLLOUT, ['input', 'output']],
    ['POLLPRI and POLLIN', POLLPRI | POLLIN, ['input', 'urgent']],
    ['none', 0, []],
  ] as const) {
    test(`${name} wake ${woken.join(', ') || 'nobody'}`, async () => {
      const here = scene();
      const { handle } = here;
      const outcomes = new Outcomes();
      const calls = waitInAll(here, outcomes);
      handle.onEvents(events);
      assert.deepEqual(
        names.filter(one => calls[one].attempts > 1),
        woken,
      );
      const isException = (events & (POLLPRI | POLLRDHUP | POLLHUP | POLLERR)) !== 0;
      assert.equal(handle.input.shortMeansDrained, !isException);
      assert.equal(handle.mightHaveEnded, (events & (POLLRDHUP | POLLHUP)) !== 0);
      handle.close();
      await outcomes.expect(...names.map(one => `${one}: closed true`));
    });
  }

  test('of errors wake the error queue first', () => {
    const here = scene();
    const order: string[] = [];
    for (const name of names) {
      const attempt = () => {
        order.push(name);
        return EAGAIN;
      };
      here.handle.start(
        new Scripted([EAGAIN, attempt], { direction: directions[name] }),
        () => {},
        () => {},
      );
    }
    here.handle.onEvents(POLLERR);
    assert.deepEqual(order, ['errors', 'urgent', 'input', 'output']);
    here.handle.close();
  });

  test('are nothing for a descriptor without calls', () => {
    const { handle } = scene();
    for (const events of [POLLIN, POLLOUT, POLLPRI, POLLERR, POLLHUP, POLLRDHUP]) handle.onEvents(events);
    assert.equal(handle.mightHaveEnded, true);
    const followed = scene().handle;
    followed.follow(() => {});
    for (const events of [POLLPRI, POLLERR, POLLHUP]) followed.onEvents(events);
  });
});

describe('the registration', () => {
  test('is for input, and for output while a call needs it', async () => {
    const here = scene();
    const { handle } = here;
    const outcomes = new Outcomes();
    const output = new Scripted([EAGAIN, EAGAIN, 1], { direction: POLLOUT });
    const log = await registrations(log => {
      outcomes.follow('input', handle.run(new Scripted([EAGAIN])));
      outcomes.follow('urgent', handle.run(new Scripted([EAGAIN], { direction: POLLPRI })));
      outcomes.follow('output', handle.run(output));
      outcomes.follow('output 2', handle.run(new Scripted([2], { direction: POLLOUT })));
      for (const events of [POLLOUT, POLLOUT, POLLOUT, POLLIN]) {
        log.push('event');
        handle.onEvents(events);
      }
      assert.equal(handle.isWatched, true);
      handle.close();
      assert.equal(handle.isWatched, false);
    });
    assert.deepEqual(log, [
      `add ${INPUT} true`,
      `modify ${INPUT | POLLOUT} true`,
      'event', // the first has to wait once more
      'event',
      `modify ${INPUT} true`, // all have sent
      'event',
      'event',
      'remove',
    ]);
    await outcomes.expect(
      'output: finished 1',
      'output 2: finished 2',
      'input: closed true',
      'urgent: closed true',
    );
  });

  test('can be for output from the start', async () => {
    const here = scene();
    const outcomes = new Outcomes();
    const log = await registrations(() => {
      outcomes.follow('output', here.handle.run(new Scripted([EAGAIN], { direction: POLLOUT })));
      outcomes.follow('input', here.handle.run(new Scripted([EAGAIN])));
      here.handle.close();
    });
    assert.deepEqual(log, [`add ${INPUT | POLLOUT} true`, 'remove']);
    await outcomes.expect('input: closed true', 'output: closed true');
  });

  test('is not there for a descriptor that nobody waited for', async () => {
    const { handle } = scene();
    await handle.run(new Scripted([1]));
    assert.deepEqual(await registrations(() => handle.close()), []);
  });

  test('is tried again after it has failed', async () => {
    const here = scene();
    const { handle } = here;
    const failing = { pollerAdd: () => -12 };
    await withAddon(failing, () =>
      assert.rejects(handle.run(new Scripted([EAGAIN])), { code: 'ENOMEM', syscall: 'epoll_ctl' }),
    );
    assert.equal(handle.isWatched, false);
    const outcomes = new Outcomes();
    outcomes.follow('call', handle.run(new Scripted([EAGAIN])));
    assert.equal(handle.isWatched, true);
    handle.close();
    await outcomes.expect('call: closed true');
  });

  test('of output is tried again after it has failed', async () => {
    const here = scene();
    const { handle } = here;
    const outcomes = new Outcomes();
    outcomes.follow('input', handle.run(new Scripted([EAGAIN])));
    const output = () => handle.run(new Scripted([EAGAIN], { direction: POLLOUT }));
    await withAddon({ pollerModify: () => -12 }, () => assert.rejects(output(), { code: 'ENOMEM' }));
    const log = await registrations(() => outcomes.follow('output', output()));
    assert.deepEqual(log, [`modify ${INPUT | POLLOUT} true`]);
    handle.close();
    await outcomes.expect('input: closed true', 'output: closed true');
  });
});

describe('what poll(2) reports', () => {
  test('tells whether a send call does not have to wait', async () => {
    const { handle, file } = scene();
    assert.equal(handle.isWritable, true);
    file.space = 0;
    assert.equal(handle.isWritable, false);
    file.errno = -104; // POLLERR alone
    assert.equal(handle.isWritable, false);
    await withAddon({ wait: () => -9 }, () => assert.equal(handle.isWritable, false));
    await withAddon({ wait: () => 0 }, () => assert.equal(handle.isWritable, false));
    handle.close();
  });

  test('tells whether input has ended, if it might have', async () => {
    const { handle, file } = scene();
    file.isAtEnd = true;
    assert.equal(handle.hasEnded, false, 'no event has told');
    handle.mightHaveEnded = true;
    assert.equal(handle.hasEnded, true);
    assert.equal(handle.hasEnded, true);
    file.isAtEnd = false;
    assert.equal(handle.hasEnded, false);
    assert.equal(handle.mightHaveEnded, false);
    for (const [events, hasEnded, might] of [
      [POLLHUP, false, true], // a seqpacket socket that is not connected
      [POLLHUP | POLLRDHUP, true, true],
      [POLLERR, false, false],
      [0, false, false],
      [-9, false, false],
    ] as const) {
      handle.mightHaveEnded = true;
      await withAddon({ wait: () => events }, () => assert.equal(handle.hasEnded, hasEnded, `${events}`));
      assert.equal(handle.mightHaveEnded, might, `${events}`);
    }
    handle.close();
  });
});

describe('pending input', () => {
  const take = ({ handle }: Scene, sizes: readonly number[], flags = 0) => {
    const buffers = sizes.map(size => new Uint8Array(size));
    const result = handle.takePending(buffers, flags);
    return [result, ...buffers.map(buffer => Buffer.from(buffer).toString('latin1').replaceAll('\0', '-'))];
  };

  test('is taken in its order, by any number of buffers', () => {
    const here = scene();
    const { handle } = here;
    assert.deepEqual([handle.hasPending, handle.pendingLength], [false, 0]);
    handle.putBack(Buffer.from('efgh'));
    handle.putBack(Buffer.from('abcd'));
    assert.deepEqual([handle.hasPending, handle.pendingLength], [true, 8]);
    assert.deepEqual(take(here, [2, 1], 2), [3, 'ab', 'c'], 'MSG_PEEK');
    assert.deepEqual(take(here, [2, 0, 1]), [3, 'ab', '', 'c']);
    assert.equal(handle.pendingLength, 5);
    assert.deepEqual(take(here, [4, 4]), [5, 'defg', 'h---']);
    assert.equal(handle.hasPending, false);
  });

  test('has an error after its bytes', () => {
    const here = scene();
    const { handle } = here;
    handle.deferError(-104);
    assert.deepEqual([handle.hasPending, handle.pendingLength], [true, 0]);
    handle.putBack(Buffer.from('ab'));
    assert.deepEqual(take(here, [9]), [2, 'ab-------']);
    assert.equal(handle.hasPending, true);
    assert.deepEqual(take(here, [1]), [-104, '-']);
    assert.equal(handle.hasPending, false);
  });

  test('makes the waiting call continue in the next turn, and tells those who follow', async () => {
    for (const give of ['putBack', 'deferError'] as const) {
      const { handle } = scene();
      const outcomes = new Outcomes();
      let told = 0;
      const stop = handle.followInput(() => told++);
      const call = new Scripted([EAGAIN, 1]);
      outcomes.follow('call', handle.run(call));
      const more = () => (give === 'putBack' ? handle.putBack(Buffer.from('x')) : handle.deferError(-104));
      more();
      assert.equal(call.attempts, 1);
      time.runImmediates();
      await outcomes.expect('call: finished 1');
      assert.equal(told, 1);
      stop();
      more();
      assert.equal(told, 1);
      handle.close();
    }
  });

  test('tells all who follow, also if one of them throws', async () => {
    const { handle } = scene();
    let told = 0;
    handle.followInput(() => {
      throw new Error('follower');
    });
    handle.followInput(() => told++);
    assert.deepEqual(await thrownLater(() => handle.putBack(Buffer.from('x'))), ['follower']);
    assert.equal(told, 1);
  });

  test('moves to the next handle of the connection', async () => {
    const [first, second] = [scene(), scene()];
    const outcomes = new Outcomes();
    second.handle.inheritPending(first.handle);
    assert.equal(second.handle.hasPending, false);
    outcomes.follow('call', second.handle.run(new Scripted([EAGAIN, 1])));
    second.handle.inheritPending(first.handle);
    assert.equal(time.runImmediates(), false, 'nothing to offer');
    first.handle.putBack(Buffer.from('ab'));
    second.handle.inheritPending(first.handle);
    assert.deepEqual([first.handle.hasPending, second.handle.pendingLength], [false, 2]);
    time.runImmediates();
    await outcomes.expect('call: finished 1');
  });
});

describe('a waiting call', () => {
  test('keeps the process alive unless the handle is unreferenced', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    assert.deepEqual([handle.isRef, keepsAlive()], [true, false]);
    handle.isRef = false;
    outcomes.follow('call', handle.run(new Scripted([EAGAIN], { wait: limit(50) })));
    assert.deepEqual([handle.isRef, keepsAlive(), time.refTimers, handle.waiting], [false, false, 0, 1]);
    handle.isRef = true;
    assert.deepEqual([handle.isRef, keepsAlive(), time.refTimers], [true, true, 1]);
    handle.isRef = true; // counts once
    handle.isRef = false;
    assert.deepEqual([keepsAlive(), time.refTimers], [false, 0]);
    handle.isRef = true;
    outcomes.follow('next', handle.run(new Scripted([1])));
    assert.equal(keepsAlive(), true);
    handle.input.wake();
    handle.close();
    await outcomes.expect('call: closed true', 'next: closed true');
    assert.deepEqual([keepsAlive(), time.hasTimers], [false, false]);
  });

  test('of an unreferenced handle ends without a change', async () => {
    const one = scene();
    const other = another(one);
    const outcomes = new Outcomes();
    other.handle.isRef = false;
    outcomes.follow('other', other.handle.run(new Scripted([EAGAIN])));
    outcomes.follow('one', one.handle.run(new Scripted([EAGAIN])));
    other.handle.input.endAll('closed');
    assert.equal(keepsAlive(), true);
    one.handle.input.endAll('closed');
    assert.equal(keepsAlive(), false);
    await outcomes.expect('other: closed true', 'one: closed true');
  });

  test('is counted with its handle only', async () => {
    const one = scene();
    const other = another(one);
    const outcomes = new Outcomes();
    for (const { handle } of [one, one, other]) outcomes.follow('call', handle.run(new Scripted([EAGAIN])));
    one.handle.input.endAll('closed');
    assert.equal(keepsAlive(), true);
    other.handle.input.endAll('closed');
    assert.equal(keepsAlive(), false);
    await outcomes.expect('call: closed true', 'call: closed true', 'call: closed true');
  });

  test('sets its own timer, by the handle, when the reference changes', async () => {
    const { handle } = scene();
    const outcomes = new Outcomes();
    for (const timeout of [null, 5, 7])
      outcomes.follow('call', handle.run(new Scripted([EAGAIN], { wait: limit(timeout) })));
    assert.equal(time.refTimers, 2);
    handle.isRef = false;
    assert.deepEqual([time.refTimers, keepsAlive()], [0, false]);
    handle.close();
    await outcomes.expect('call: closed true', 'call: closed true', 'call: closed true');
  });
});

describe('the end', () => {
  test('ends all calls, the registration and the descriptor, once', async () => {
    const here = scene();
    const { handle, kernel } = here;
    const outcomes = new Outcomes();
    waitInAll(here, outcomes);
    const { fd } = handle;
    assert.deepEqual([kernel.registered, kernel.files.has(fd)], [1, true]);
    assert.equal(handle.close(), 0);
    assert.deepEqual([handle.fd, kernel.registered, kernel.files.has(fd)], [-1, 0, false]);
    assert.equal(handle.close(), 0);
    assert.equal(handle.retire(), -1);
    await outcomes.expect(...names.map(name => `${name}: closed true`));
  });

  test('returns the error of close(2)', () => {
    const { handle, kernel } = scene();
    kernel.files.delete(handle.fd);
    assert.equal(handle.close(), -9);
  });

  test('can leave the descriptor open for its next owner', async () => {
    const { handle, kernel } = scene();
    const { fd } = handle;
    const outcomes = new Outcomes();
    const ends: string[] = [];
    const partial = (why: string) => void ends.push(why);
    outcomes.follow('closed', handle.run(new Scripted([EAGAIN], { partial })));
    assert.equal(handle.retire(), fd);
    assert.equal(kernel.files.has(fd), true);
    const other = scene().handle;
    outcomes.follow('handed over', other.run(new Scripted([EAGAIN], { partial: () => 'some' })));
    other.retire('handed over');
    await outcomes.expect('closed: closed true', 'handed over: closed true');
    assert.deepEqual(ends, ['closed']);
  });

  test('tells each follower once, and the number is not in use any more', async () => {
    const { handle } = scene();
    const told: string[] = [];
    handle.follow(() => told.push(`first ${handle.fd}`));
    handle.follow(() => {
      throw new Error('follower');
    });
    const stop = handle.follow(() => told.push('last'));
    handle.follow(() => told.push('stopped'))();
    assert.deepEqual(await thrownLater(() => handle.retire()), ['follower']);
    assert.deepEqual(told, ['first -1', 'last']);
    assert.deepEqual(await thrownLater(() => handle.retire()), []);
    assert.equal(told.length, 2);
    stop(); // it is over
  });

  test('makes later calls fail', async () => {
    const { handle } = scene();
    handle.close();
    const call = new Scripted([1]);
    await assert.rejects(handle.run(call), { message: 'closed false' });
    assert.deepEqual([call.attempts, call.abandoned], [0, 1]);
  });
});

test('0 is a descriptor like any other', async () => {
  const { kernel, file, handle } = scene();
  kernel.close(handle.fd);
  kernel.files.set(0, file);
  const zero = new PollHandle(0);
  assert.equal(await zero.run(new Scripted([1])), 'finished 1');
  const outcomes = new Outcomes();
  zero.start(
    new Scripted([2]),
    value => outcomes.add('call', value),
    error => outcomes.add('call', error),
  );
  await outcomes.expect('call: finished 2');
  assert.equal(zero.close(), 0);
  assert.equal(kernel.files.has(0), false);
});

test('a call whose first attempt was made continues with its result', async () => {
  const { handle } = scene();
  const outcomes = new Outcomes();
  const call = new Scripted([1]);
  outcomes.follow('call', handle.run(call, EAGAIN));
  assert.equal(call.attempts, 0);
  handle.onEvents(POLLIN);
  await outcomes.expect('call: finished 1');
  await assert.rejects(handle.run(new Scripted([1]), -104), { message: 'failed -104' });
});

test('a poller that has failed fails all calls', async () => {
  const here = scene();
  const outcomes = new Outcomes();
  waitInAll(here, outcomes);
  here.handle.onFailure(new Error('no event'));
  assert.equal(here.handle.isWatched, false);
  await outcomes.expect(...names.map(name => `${name}: no event`));
  scene().handle.onFailure(new Error('no event'));
});
