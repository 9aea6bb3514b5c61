import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { WaitDeadline } from '#src/reactor/wait-deadline.js';
import { checkSyncOptions, checkSyncWaitOptions, checkWaitOptions } from '#src/reactor/wait-options.js';

const { signal } = new AbortController();

test('the options of a promise call become a frozen snapshot, and each is read once', () => {
  let reads = 0;
  const options = {
    signal,
    get timeout() {
      return reads++ === 0 ? 5 : -1;
    },
  };
  const wait = checkWaitOptions(options);
  assert.deepEqual({ ...wait }, { signal, timeout: 5 });
  assert.equal(reads, 1);
  assert.ok(Object.isFrozen(wait));
  assert.equal(checkWaitOptions(undefined), checkWaitOptions(undefined));
  assert.equal(checkWaitOptions({ timeout: Number.POSITIVE_INFINITY }).timeout, null);
});

test('unknown keys are refused by name; the keys of the call are accepted', () => {
  const options = { timeout: 1, timout: 1 };
  assert.throws(() => checkWaitOptions(options), {
    name: 'TypeError',
    code: 'ERR_INVALID_ARG_VALUE',
    message: /'options\.timout' is not an option of this call: it has signal, timeout/,
  });
  assert.equal(checkWaitOptions(options, ['timout']).timeout, 1);
  assert.throws(() => checkWaitOptions(signal as object), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => checkWaitOptions(Object.create({ flags: 1 })), { message: /'options\.flags'/ });
});

test('a value that is not an object is refused, and so are values of the wrong kind', () => {
  for (const check of [checkWaitOptions, checkSyncWaitOptions] as ((options: object) => unknown)[]) {
    for (const value of [null, 5, 'x', 1n, Symbol('x'), [], () => 0]) {
      assert.throws(() => check(value as never), { code: 'ERR_INVALID_ARG_TYPE', message: /"options"/ });
    }
    assert.throws(() => check({ timeout: '1' as never }), { message: /"options\.timeout"/ });
    assert.throws(() => check({ timeout: -1 }), { code: 'ERR_OUT_OF_RANGE' });
  }
  assert.throws(() => checkWaitOptions({ signal: {} as AbortSignal }), { message: /"options\.signal"/ });
});

test('a Sync call accepts a timeout, and refuses a signal', () => {
  assert.equal(checkSyncWaitOptions(undefined), undefined);
  assert.equal(checkSyncWaitOptions({}), undefined);
  assert.equal(checkSyncWaitOptions({ timeout: 3 }), 3);
  assert.equal(checkSyncWaitOptions({ timeout: null, max: 1 } as object, ['max']), null);
  assert.throws(() => checkSyncWaitOptions({ signal } as object), {
    name: 'TypeError',
    code: 'ERR_INVALID_ARG_TYPE',
    message: /"options\.signal"/,
  });
  assert.throws(() => checkSyncWaitOptions({ max: 1 } as object), { message: /'options\.max'/ });
});

test('a Sync call without a timeout refuses one, and accepts a signal only if it is undefined', () => {
  checkSyncOptions(undefined);
  checkSyncOptions({ flags: 1, signal: undefined }, ['flags']);
  checkSyncWaitOptions({ signal: undefined } as object);
  assert.throws(() => checkSyncOptions({ timeout: 1 }), { message: /'options\.timeout'.*it has none/ });
  assert.throws(() => checkSyncOptions({ signal }, ['flags']), { message: /"options\.signal"/ });
});

test('several waits share one deadline: the rest shrinks, and never becomes 0', async () => {
  const long = new WaitDeadline('call', { timeout: 60_000 });
  assert.ok(long.left! <= 60_000 && long.left! > 1);
  long.check();
  await delay(2);
  assert.ok(long.left! < 60_000);
  const deadline = new WaitDeadline('call', { timeout: 20 });
  await delay(30);
  assert.equal(deadline.left, 1);
  assert.throws(() => deadline.check(), { name: 'TimeoutError', timeout: 20, syscall: 'call' });
  assert.equal(new WaitDeadline('call', {}).left, undefined);
  const immediate = new WaitDeadline('call', { timeout: 0 });
  assert.deepEqual([immediate.left, immediate.isImmediate], [0, true]);
  immediate.check();
});
