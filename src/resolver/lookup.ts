/** One question to the resolver, and the two ways to ask it: with a promise, and blocking. */

import type { Answer } from '../binding.js';
import { checkObject, checkSignal, checkTimeout } from '../errors/argument.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { done, enqueue } from './pool.js';
import { type LookupContext, lookupTimedOut, resolverError } from './resolver-error.js';

/** A question: how the addon is asked, and what its answer's bytes become. */
export interface Lookup<T> extends LookupContext {
  /** Asks the addon: with a callback it returns at once, with `null` it blocks and returns the answer. */
  ask(callback: ((answer: Answer) => void) | null): Answer | undefined;
  /** Reads the answer's bytes; native/core/resolve.h says what is in them. */
  read(bytes: Buffer): T;
}

function conclude<T>(lookup: Lookup<T>, answer: Answer): T {
  if (!(answer instanceof Uint8Array)) throw resolverError(answer, lookup);
  return lookup.read(Buffer.from(answer.buffer, answer.byteOffset, answer.length));
}

/** Asks, and blocks for as long as the resolver does. */
export function performSync<T>(lookup: Lookup<T>): T {
  return conclude(lookup, lookup.ask(null)!);
}

/**
 * Asks in the worker pool. A call of the C resolver cannot be interrupted: when the signal or the clock ends the wait
 * first, the promise rejects at once, and the worker finishes with nobody listening.
 *
 * @throws what `signal` was aborted with; `TimeoutError` when `timeout` is over
 */
export async function perform<T>(lookup: Lookup<T>, wait: WaitOptions): Promise<T> {
  const { signal, timeout } = checkWait(wait);
  signal?.throwIfAborted();
  // No answer is there at once.
  if (timeout === 0) throw lookupTimedOut(lookup, 0);
  // The error is made after the await and not where the answer comes in: so its stack shows who asked.
  const answer = await answerWithin(lookup, signal, timeout);
  if (answer === TIMED_OUT) throw lookupTimedOut(lookup, timeout!);
  return conclude(lookup, answer);
}

/** The wait options of a call, or a mistake in them. */
export function checkWait(wait: WaitOptions): { signal: AbortSignal | undefined; timeout: number | null } {
  const { signal, timeout } = checkObject(wait, 'options') as WaitOptions;
  return {
    signal: checkSignal(signal, 'options.signal'),
    timeout: timeout === undefined ? null : checkTimeout(timeout, 'options.timeout'),
  };
}

/** Stands for an answer that did not come in time. */
const TIMED_OUT = Symbol('timed out');

/** Node's timers count in 31 bits and fire at once beyond: 24 days are no limit. */
const LONGEST_TIMER = 2 ** 31 - 1;

function answerWithin<T>(
  lookup: Lookup<T>,
  signal: AbortSignal | undefined,
  timeout: number | null,
): Promise<Answer | typeof TIMED_OUT> {
  return new Promise((resolve, reject) => {
    let takeBack: (() => void) | undefined;
    let timer: NodeJS.Timeout | undefined;
    const finish = () => {
      takeBack?.();
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const answer = (result: Answer | typeof TIMED_OUT) => {
      finish();
      resolve(result);
    };
    const onAbort = () => {
      finish();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort);
    if (timeout !== null && timeout <= LONGEST_TIMER) {
      timer = setTimeout(answer, timeout, TIMED_OUT);
    }
    takeBack = enqueue(() => start(lookup, answer));
  });
}

/** Has one of the pool's workers ask. An answer that is there at once means that none could be had. */
function start<T>(lookup: Lookup<T>, answer: (result: Answer) => void): void {
  const finish = (result: Answer) => {
    answer(result);
    done();
  };
  const failed = lookup.ask(finish);
  if (failed !== undefined) finish(failed);
}
