/** A Selector in a worker, alongside one in the main thread, and threads that end while a Selector waits. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { SHUT_WR, socketpair } from 'berkeley';
import { POLLIN, Selector } from 'berkeley/select';

test('a worker and the main thread select at the same time', async () => {
  const pairs = Array.from({ length: 8 }, () => socketpair());
  const workerData = pairs.map(([theirs]) => theirs.detach());
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData });
  assert.equal((await once(worker, 'message'))[0], 'ready');

  using selector = new Selector<number>();
  for (const [i, [, ours]] of pairs.entries()) {
    selector.register(ours, POLLIN, i);
    ours.sendSync('hello');
  }
  const answers = new Map<number, string>();
  while (answers.size < pairs.length) {
    for (const { data } of await selector.wait({ timeout: 5000 })) {
      answers.set(data, pairs[data]![1].recvSync(100).toString());
    }
  }
  assert.deepEqual(
    [...answers].sort(([a], [b]) => a - b),
    pairs.map((_, i) => [i, `${i}: hello`]),
  );
  for (const [, ours] of pairs) ours.shutdown(SHUT_WR);
  assert.equal((await once(worker, 'message'))[0], 'done');
  worker.postMessage('go');
  assert.deepEqual(await once(worker, 'exit'), [0]);
  for (const [, ours] of pairs) assert.equal(ours.recvSync(1).length, 0);
  for (const [, ours] of pairs) ours.close();
});

test('a worker can be terminated while its Selector waits', async () => {
  const [theirs, ours] = socketpair();
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: [theirs.detach()] });
  await once(worker, 'message');
  ours.sendSync('hello');
  await ours.recv(100);
  ours.sendSync('hello'); // interrupts its waitSync
  await ours.recv(100);
  assert.equal(await worker.terminate(), 1);
  ours.close();
});

for (const call of ['selectSync', 'pollSync', 'waitSync']) {
  test(`a worker that blocks in ${call} can be terminated`, async () => {
    const worker = new Worker(new URL('./blocked-worker.js', import.meta.url), { workerData: call });
    assert.equal((await once(worker, 'message'))[0], 'ready');
    worker.on('message', message => assert.fail(String(message)));
    await delay(20);
    assert.equal(await worker.terminate(), 1);
  });
}
