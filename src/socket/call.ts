/** The last argument of a call: flags, timeout and signal. It is parsed once, before any system call. */
import { isMainThread } from '../binding.js';
import { MSG_DONTWAIT } from '../constants/socket.js';
import { checkSignal, checkTimeout, invalidType } from '../errors/argument.js';
import { checkFlags } from '../errors/options.js';
import type { Wait } from '../reactor/operation.js';
import { checkOptionKeys, type SyncWaitOptions, type WaitOptions } from '../reactor/wait-options.js';

/** The flags and the timeout of a Sync call. */
export interface SyncCallOptions extends SyncWaitOptions {
  /**
   * `MSG_` constants, combined with `|`; 0 by default. With `MSG_DONTWAIT` the call fails with `EAGAIN` instead of
   * waiting.
   */
  readonly flags?: number | undefined;
}

/** The flags, the timeout and the signal of a promise call. */
export interface CallOptions extends WaitOptions {
  /**
   * `MSG_` constants, combined with `|`; 0 by default. With `MSG_DONTWAIT` the call fails with `EAGAIN` instead of
   * waiting.
   */
  readonly flags?: number | undefined;
}

/** The form of a call: promise, such as `recv()`, or Sync, such as `recvSync()`. */
export interface Form {
  readonly isSync: boolean;
}

export const PROMISE: Form = { isSync: false };
export const SYNC: Form = { isSync: true };

/** The parsed options of a call. */
export interface Call extends Wait {
  /** The flags of the caller. */
  readonly flags: number;
  /**
   * `MSG_DONTWAIT` if this package waits for readiness; 0 if the system call itself waits, as in a Sync call without
   * a limit on a blocking file descriptor.
   */
  readonly added: number;
  /** Whether the call blocks the thread. */
  readonly isSync: boolean;
}

/** The mode of the socket, which supplies the default timeout. */
export interface Mode {
  /** The limit of Sync calls in milliseconds; 0 never waits; `null` waits indefinitely. */
  readonly timeout: number | null;
}

/**
 * Whether a Sync call without a limit can wait inside the system call. In a worker it cannot: a worker inside a
 * system call cannot be terminated, and keeps the process from exiting. It waits in short slices instead (clock.ts).
 */
const waitsInKernel = isMainThread;

const DEFAULT: Call = Object.freeze({
  flags: 0,
  timeout: null,
  signal: undefined,
  added: MSG_DONTWAIT,
  isSync: false,
});
const BLOCKING: Call = Object.freeze({
  flags: 0,
  timeout: null,
  signal: undefined,
  added: addedFlags({ timeout: null }),
  isSync: true,
});

/** The option keys of calls that have only flags, a timeout and a signal. */
const CALL_KEYS: readonly string[] = ['flags', 'timeout', 'signal'];
const WAIT_KEYS: readonly string[] = ['timeout', 'signal'];

/** Returns the option keys of a call that has further options. */
export function callKeys(...more: string[]): readonly string[] {
  return [...more, ...CALL_KEYS];
}

/** Returns the option keys of a call that has no flags. */
export function waitKeys(...more: string[]): readonly string[] {
  return [...more, ...WAIT_KEYS];
}

/**
 * Parses the last argument of a call.
 *
 * @param options a number (flags), an object, or `undefined`
 * @param keys the keys that the object can have
 * @throws TypeError or RangeError naming the option; a `signal` in a Sync call is a TypeError
 */
export function parseCall(
  mode: Mode,
  form: Form,
  options: unknown,
  keys: readonly string[] = CALL_KEYS,
): Call {
  if (options === undefined) return form.isSync ? syncCall(mode, 0, mode.timeout) : DEFAULT;
  if (typeof options === 'number' && keys.includes('flags')) {
    const flags = checkFlags(options, 'flags');
    return form.isSync ? syncCall(mode, flags, mode.timeout) : promiseCall(flags, null, undefined);
  }
  if (typeof options !== 'object' || options === null) throw invalidOptions(options, keys);
  checkOptionKeys(options, keys);
  const { flags = 0, timeout, signal } = options as CallOptions;
  if (flags !== 0) checkFlags(flags, 'options.flags');
  const limit = timeout === undefined ? undefined : checkTimeout(timeout, 'options.timeout');
  if (!form.isSync) return promiseCall(flags, limit ?? null, checkSignal(signal, 'options.signal'));
  if (signal !== undefined)
    throw invalidType('options.signal', 'left out: a Sync call cannot be aborted', signal);
  return syncCall(mode, flags, limit === undefined ? mode.timeout : limit);
}

/** Creates a call from a timeout and a signal that were already checked. */
export function callFor(mode: Mode, form: Form, { timeout, signal }: WaitOptions): Call {
  if (form.isSync) return syncCall(mode, 0, timeout === undefined ? mode.timeout : timeout);
  if (timeout === undefined && signal === undefined) return DEFAULT;
  return promiseCall(0, timeout ?? null, signal);
}

/**
 * Returns the options object of a call, which can have keys other than flags, timeout and signal. It is empty if the
 * argument is a number or absent.
 */
export function optionsOf<O extends object>(options: number | O | undefined): Partial<O> {
  return typeof options === 'object' ? options : {};
}

/** Returns {@link Call.added} of a Sync call without options. */
export function addedFlags({ timeout }: Mode): number {
  return waitsInKernel && timeout === null ? 0 : MSG_DONTWAIT;
}

function promiseCall(flags: number, timeout: number | null, signal: AbortSignal | undefined): Call {
  const limit = flags & MSG_DONTWAIT ? 0 : timeout;
  return { flags, timeout: limit, signal, added: MSG_DONTWAIT, isSync: false };
}

function syncCall(mode: Mode, flags: number, timeout: number | null): Call {
  if (timeout === null && flags === 0 && mode.timeout === null) return BLOCKING;
  const isBlocking = waitsInKernel && timeout === null && mode.timeout === null;
  return {
    flags,
    timeout: flags & MSG_DONTWAIT ? 0 : timeout,
    signal: undefined,
    added: isBlocking ? 0 : MSG_DONTWAIT,
    isSync: true,
  };
}

function invalidOptions(options: unknown, keys: readonly string[]): TypeError {
  const expected = keys.includes('flags') ? 'flags (a number) or an object' : 'an object';
  return invalidType('options', `${expected} with ${keys.join(', ')}`, options);
}
