/** A poller that fails, which is final: a program of its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failPoller } from '../attack/model/addon.js';
import { another, binding, EAGAIN, Outcomes, POLLIN, Scripted, scene, thrownLater } from './scripted.js';

const { watch } = await import('#src/reactor/reactor.js');

const HINT = 'the poller of this thread has failed: no call can wait any more';

test('a poller that has failed fails every waiting call, and every later one that has to wait', async () => {
  const one = scene();
  const [other, later] = [another(one), another(one)];
  const outcomes = new Outcomes();
  const bad = {
    onEvents: () => {},
    onFailure: () => {
      throw new Error('listener');
    },
  };
  watch(one.handle.fd, POLLIN, bad);
  outcomes.follow('call', other.handle.run(new Scripted([EAGAIN])));
  await outcomes.expect();
  assert.deepEqual(await thrownLater(() => failPoller(-9)), ['listener']);
  await outcomes.expect(`call: epoll_wait EBADF (${HINT})`);
  assert.equal(other.handle.isWatched, false);
  await assert.rejects(later.handle.run(new Scripted([EAGAIN])), {
    code: 'EBADF',
    syscall: 'epoll_wait',
  });
  assert.equal(await later.handle.run(new Scripted([1])), 'finished 1');
  assert.throws(() => watch(later.handle.fd, POLLIN, bad), { hint: HINT });
  assert.equal(binding.close(later.handle.fd), 0);
});
