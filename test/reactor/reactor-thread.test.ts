/** The reactor where a thread of its own watches the poller, as on Bun and Deno: when that thread has to watch again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deliver, failPoller } from '../attack/model/addon.js';
import { act } from '../attack/model/peer.js';

process.env.BERKELEY_WAKEUP = 'thread'; // read when the package is loaded
const { another, binding, EAGAIN, Outcomes, Scripted, scene, time, withAddon } = await import(
  './scripted.js'
);
delete process.env.BERKELEY_WAKEUP;

const ARRIVE = { do: 'arrive', socket: 0, count: 1 } as const;

test('the thread watches again when a turn has brought no events', async () => {
  const one = scene();
  const other = another(one);
  const outcomes = new Outcomes();
  const { pollerArm, pollerOpen } = binding;
  const log: string[] = [];
  const functions = {
    pollerOpen(onEvents: (count: number) => void, kind: number) {
      log.push(`open ${kind}`);
      return pollerOpen(onEvents, kind);
    },
    pollerArm() {
      log.push('arm');
      return pollerArm();
    },
  };
  await withAddon(functions, async () => {
    outcomes.follow('one', one.handle.run(new Scripted([EAGAIN, 1])));
    outcomes.follow('other', other.handle.run(new Scripted([EAGAIN, 2])));
    assert.deepEqual(log, ['open 1', 'arm']);
    act(one.kernel, one.file, ARRIVE);
    deliver();
    await outcomes.expect('one: finished 1');
    act(other.kernel, other.file, ARRIVE);
    deliver(); // nobody watches
    await outcomes.expect();
    time.runImmediates();
    await outcomes.expect('other: finished 2');
    assert.equal(log.length, 2, 'there were events, so the next turn looks again');
    time.runImmediates();
    assert.deepEqual(log, ['open 1', 'arm', 'arm']);
    assert.equal(time.runImmediates(), false);
    failPoller(0); // the thread has found no events
    time.runImmediates();
    assert.deepEqual(log, ['open 1', 'arm', 'arm', 'arm']);
    outcomes.follow('one', one.handle.run(new Scripted([EAGAIN])));
    failPoller(-9);
    await outcomes.expect(
      'one: epoll_wait EBADF (the poller of this thread has failed: no call can wait any more)',
    );
    assert.equal(time.runImmediates(), false, 'nothing to watch');
    assert.equal(log.length, 4);
  });
});
