/**
 * slow.test.ts runs this program with a slow resolver, each scenario in its own process: `node slow-child.js
 * <scenario>`.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { getaddrinfo, getfqdn, gethostbyaddr, gethostbyname, ResolverError, TimeoutError } from 'berkeley';

/** The number of look-ups that the resolver has started. */
function begun(): number {
  try {
    return readFileSync(process.env.SLOW_LOG!).length;
  } catch {
    return 0;
  }
}

/** Ends the look-ups of `held.test`. */
function release(): void {
  writeFileSync(`${process.env.SLOW_LOG!}.end`, '');
}

/** At most two run at once, so the count stays here while they are held. */
async function untilTwoHaveBegun(): Promise<void> {
  while (begun() < 2) await sleep(5);
  await sleep(30);
  assert.equal(begun(), 2);
}

/** The duration of `wait` in milliseconds. */
async function timed(wait: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await wait();
  return performance.now() - start;
}

const failed = { name: 'ResolverError', code: 'EAI_AGAIN', eai: 'EAI_AGAIN', syscall: 'getaddrinfo' };

const scenarios: Readonly<Record<string, () => unknown>> = {
  async 'fails in the end'() {
    await assert.rejects(getaddrinfo('slow-50.test', null), { ...failed, hostname: 'slow-50.test' });
  },

  async 'an abort rejects at once, with its reason'() {
    const reason = new Error('enough');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 20);
    await assert.rejects(
      getaddrinfo('held.test', null, { signal: controller.signal }),
      error => error === reason,
    );
    release();
  },

  async 'an aborted signal asks nothing'() {
    const signal = AbortSignal.abort('no');
    for (const call of [
      getaddrinfo('slow-1.test', null, { signal }),
      gethostbyname('slow-1.test', { signal }),
    ]) {
      await assert.rejects(call, error => error === 'no');
    }
    // Not even if no query would be needed.
    await assert.rejects(gethostbyname('127.0.0.1', { signal }), error => error === 'no');
    assert.equal(begun(), 0);
  },

  async 'a timeout rejects in time'() {
    const calls = [
      (timeout: number) => getaddrinfo('held.test', null, { timeout }),
      (timeout: number) => gethostbyname('held.test', { timeout }),
      (timeout: number) => gethostbyaddr('held.test', { timeout }),
      (timeout: number) => getfqdn('held.test', { timeout }),
    ];
    for (const call of calls) {
      for (const timeout of [0, 30]) {
        const took = await timed(() =>
          assert.rejects(call(timeout), error => {
            assert.ok(error instanceof TimeoutError && !(error instanceof ResolverError));
            assert.equal(error.message, `getaddrinfo held.test timed out after ${timeout} ms`);
            assert.deepEqual([error.code, error.timeout], ['ETIMEDOUT', timeout]);
            return true;
          }),
        );
        assert.ok(took >= timeout, `${took} ms`);
      }
    }
    release();
  },

  async 'a timeout that is not reached, or that no timer can count, changes nothing'() {
    for (const timeout of [60_000, 2 ** 31, Number.MAX_VALUE, Number.POSITIVE_INFINITY, null]) {
      await assert.rejects(getaddrinfo('slow-20.test', null, { timeout }), failed);
    }
  },

  async 'leaves workers for others'() {
    const calls = Array.from({ length: 12 }, () => getaddrinfo('held.test', null));
    const settled = Promise.allSettled(calls);
    await untilTwoHaveBegun();
    await readFile(import.meta.filename ?? process.argv[1]!);
    assert.equal(begun(), 2, 'the look-ups are held');
    release();
    const codes = (await settled).map(result => (result as PromiseRejectedResult).reason.code);
    assert.deepEqual(new Set(codes), new Set(['EAI_AGAIN']));
  },

  async 'what was taken back while it waited its turn is never asked'() {
    const controller = new AbortController();
    const { signal } = controller;
    const calls = Array.from({ length: 12 }, () => getaddrinfo('held.test', null, { signal }));
    const settled = Promise.allSettled(calls);
    await untilTwoHaveBegun();
    controller.abort();
    await settled;
    release();
    await assert.rejects(getaddrinfo('slow-10.test', null), failed);
    assert.equal(begun(), 2 + 1);
  },

  'a promise that nothing else waits with still settles'() {
    getaddrinfo('slow-30.test', null).catch(() => console.log('settled'));
  },

  async 'a worker is terminated meanwhile'() {
    for (let i = 0; i < 5; i++) {
      const worker = new Worker(new URL(import.meta.url), { argv: ['look up'] });
      await new Promise(resolve => worker.once('message', resolve));
      assert.equal(await worker.terminate(), 1);
    }
  },

  async 'a worker ends itself meanwhile'() {
    for (let i = 0; i < 5; i++) {
      const worker = new Worker(new URL(import.meta.url), { argv: ['look up and exit'] });
      assert.equal(await new Promise(resolve => worker.once('exit', resolve)), 3);
    }
  },

  'the process ends meanwhile'() {
    lookUp();
    setTimeout(() => process.exit(0), 20);
  },

  'look up'() {
    lookUp();
    setTimeout(() => parentPort!.postMessage('looking'), 20);
  },

  'look up and exit'() {
    lookUp();
    setTimeout(() => process.exit(3), 20);
  },
};

function lookUp(): void {
  for (let i = 0; i < 6; i++) void getaddrinfo('slow-150.test', null).catch(() => {});
}

const name = isMainThread ? process.argv[2]! : process.argv.at(-1)!;
await scenarios[name]!();
