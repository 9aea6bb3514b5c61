/** How long a call can wait, and the checks of the last argument of every call that waits. */
import { checkObject, checkSignal, checkTimeout, invalidType } from '../errors/argument.js';
import { checkOptionsObject } from '../errors/options.js';

/** How long a call can wait: a signal that aborts it, and a limit in milliseconds. */
export interface WaitOptions {
  /** Aborts the call: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** The limit for the whole call, in milliseconds; 0 never waits; `null` or absent: no limit. */
  readonly timeout?: number | null | undefined;
}

/** How long a Sync call can wait. It blocks the thread, so no signal can reach it. */
export interface SyncWaitOptions {
  /** The limit for the whole call, in milliseconds; 0 never waits; `null` or absent: no limit. */
  readonly timeout?: number | null | undefined;
}

const NO_WAIT: WaitOptions = Object.freeze({ signal: undefined, timeout: undefined });

const WAIT_KEYS: readonly string[] = ['signal', 'timeout'];
const SIGNAL_KEYS: readonly string[] = ['signal'];
const TIMEOUT_KEYS: readonly string[] = ['timeout'];
const NO_KEYS: readonly string[] = [];

/**
 * Refuses what is not an options object, and every key that the call does not have.
 *
 * @param own the keys of the call
 * @param shared the keys that it shares with other calls
 * @throws TypeError naming the key
 */
export function checkOptionKeys(
  options: unknown,
  own: readonly string[],
  shared: readonly string[] = NO_KEYS,
): void {
  checkOptionsObject(options, shared.length === 0 ? own : [...own, ...shared], 'options');
}

/**
 * Checks the last argument of a promise call.
 *
 * @param allowed the keys that the call has beside `signal` and `timeout`
 * @returns a frozen snapshot: each property is read once
 * @throws TypeError or RangeError naming the option
 */
export function checkWaitOptions<O extends WaitOptions>(
  options: O | undefined,
  allowed: readonly string[] = NO_KEYS,
): WaitOptions {
  if (options === undefined) return NO_WAIT;
  checkOptionKeys(options, allowed, WAIT_KEYS);
  const { signal, timeout } = options;
  return Object.freeze({
    signal: checkSignal(signal, 'options.signal'),
    timeout: timeout === undefined ? undefined : checkTimeout(timeout, 'options.timeout'),
  });
}

/** Refuses a signal in a Sync call. A property that is `undefined` is accepted. */
function refuseSignal(options: unknown): void {
  const { signal } = checkObject(options, 'options') as WaitOptions;
  if (signal !== undefined) {
    throw invalidType('options.signal', 'left out: a Sync call cannot be aborted', signal);
  }
}

/**
 * Checks the last argument of a Sync call that has no timeout, such as a call of the C resolver.
 *
 * @param allowed the keys that the call has
 * @throws TypeError naming the option; a `signal` is refused, since it could not abort the call
 */
export function checkSyncOptions(options: object | undefined, allowed: readonly string[] = NO_KEYS): void {
  if (options === undefined) return;
  refuseSignal(options);
  checkOptionKeys(options, allowed, 'signal' in options ? SIGNAL_KEYS : NO_KEYS);
}

/**
 * Checks the last argument of a Sync call.
 *
 * @param allowed the keys that the call has beside `timeout`
 * @returns the timeout
 * @throws TypeError or RangeError naming the option; a `signal` is refused, since it could not abort the call
 */
export function checkSyncWaitOptions<O extends SyncWaitOptions>(
  options: O | undefined,
  allowed: readonly string[] = NO_KEYS,
): number | null | undefined {
  if (options === undefined) return undefined;
  refuseSignal(options);
  checkOptionKeys(options, allowed, 'signal' in options ? WAIT_KEYS : TIMEOUT_KEYS);
  const { timeout } = options;
  return timeout === undefined ? undefined : checkTimeout(timeout, 'options.timeout');
}
