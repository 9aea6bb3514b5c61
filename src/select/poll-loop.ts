/** Repeats poll(2) whenever a descriptor has changed, until its answer counts or the time has passed. */
import { performance } from 'node:perf_hooks';
import { checkTimeout, invalidType } from '../errors/argument.js';
import { WaitDeadline } from '../reactor/wait-deadline.js';
import {
  checkSyncWaitOptions,
  checkWaitOptions,
  type SyncWaitOptions,
  type WaitOptions,
} from '../reactor/wait-options.js';
import { waitBlocking } from './blocking-wait.js';
import { ChangeWatcher } from './change-watcher.js';
import type { PollSet } from './poll-set.js';
import { mayAnswer, nextTurn } from './turn.js';

/** How long to wait: milliseconds, `null` for no limit, or an object with a `timeout` and a `signal`. */
export type SelectTimeout = number | null | WaitOptions;

/** How long to block: milliseconds, `null` for no limit, or an object with a `timeout`. */
export type SyncSelectTimeout = number | null | SyncWaitOptions;

/** A call that polls descriptors. */
export interface PollQuery<T> {
  /** The name of the call, for its errors. */
  readonly syscall: string;
  /** Collects the descriptors to poll. Called before each poll(2), since targets can be closed meanwhile. */
  collect(): PollSet;
  /** Returns the result of the call, or `undefined` if nothing is ready. */
  result(set: PollSet): T | undefined;
  /** Returns the result of the call when the time has passed. */
  nothing(): T;
}

/** Checks that a timeout is an object, if it is neither a number nor `null`. */
function checkShape<T>(timeout: T, object: string): T {
  if (timeout === undefined || typeof timeout === 'object') return timeout;
  throw invalidType('timeout', `of type number, null or ${object}`, timeout);
}

/** Checks the timeout of a promise call. */
export function checkSelectTimeout(timeout: SelectTimeout | undefined): WaitOptions {
  if (typeof timeout === 'number' || timeout === null) return { timeout: checkTimeout(timeout, 'timeout') };
  return checkWaitOptions(checkShape(timeout, 'an object with timeout and signal'));
}

/** Checks the timeout of a Sync call. */
export function checkSyncSelectTimeout(timeout: SyncSelectTimeout | undefined): number | null {
  if (typeof timeout === 'number' || timeout === null) return checkTimeout(timeout, 'timeout');
  return checkSyncWaitOptions(checkShape(timeout, 'an object with timeout')) ?? null;
}

/** Polls once without blocking. */
function pollOnce<T>(query: PollQuery<T>): T | undefined {
  const set = query.collect();
  set.poll(0);
  return query.result(set);
}

/** Waits for the result of a query without blocking the thread. */
export async function pollUntil<T>(query: PollQuery<T>, wait: WaitOptions): Promise<T> {
  wait.signal?.throwIfAborted();
  const deadline = new WaitDeadline(query.syscall, wait);
  if (!mayAnswer()) await nextTurn();
  const first = pollOnce(query);
  if (first !== undefined) return first;
  if (deadline.isImmediate) {
    await nextTurn(); // lets events arrive in a loop that never waits
    return pollOnce(query) ?? query.nothing();
  }
  const watcher = new ChangeWatcher(query.collect(), query.syscall);
  try {
    for (;;) {
      const hasChanged = await watcher.wait(deadline.rest);
      const result = pollOnce(query);
      if (result !== undefined) return result;
      if (!hasChanged) return query.nothing();
    }
  } finally {
    watcher.close();
  }
}

/**
 * Waits for the result of a query and blocks the thread.
 *
 * @param timeout milliseconds; `null` for no limit
 */
export function pollUntilSync<T>(query: PollQuery<T>, timeout: number | null): T {
  const end = performance.now() + (timeout ?? Number.POSITIVE_INFINITY);
  const set = query.collect();
  const count = waitBlocking(milliseconds => set.poll(milliseconds), timeout ?? -1);
  const first = query.result(set);
  if (first !== undefined) return first;
  return count === 0 ? query.nothing() : watchUntilSync(query, end);
}

/** Waits for changes: an event holds that the query does not count, so poll(2) would always return immediately. */
function watchUntilSync<T>(query: PollQuery<T>, end: number): T {
  const watcher = new ChangeWatcher(query.collect(), query.syscall);
  try {
    for (;;) {
      const left = end - performance.now();
      if (left <= 0) return query.nothing();
      watcher.waitSync(left === Number.POSITIVE_INFINITY ? -1 : left);
      const result = pollOnce(query);
      if (result !== undefined) return result;
    }
  } finally {
    watcher.close();
  }
}
