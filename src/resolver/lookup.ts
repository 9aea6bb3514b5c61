/** One call of the C resolver, and its two forms: with a promise, and blocking. */

import type { Answer } from '../binding.js';
import { timedOut } from '../errors/timeout.js';
import { WaitDeadline } from '../reactor/wait-deadline.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { done, enqueue } from './pool.js';
import { type LookupContext, resolverError } from './resolver-error.js';

/** A call of the C resolver. */
export interface Lookup<T> extends LookupContext {
  /** Calls the addon. With a callback it returns immediately; with `null` it blocks and returns the answer. */
  ask(callback: ((answer: Answer) => void) | null): Answer | undefined;
  /** Reads the bytes of an answer, which native/core/resolve.h describes. */
  read(bytes: Buffer): T;
}

function conclude<T>(lookup: Lookup<T>, answer: Answer): T {
  if (!(answer instanceof Uint8Array)) throw resolverError(answer, lookup);
  return lookup.read(Buffer.from(answer.buffer, answer.byteOffset, answer.length));
}

/** Runs a look-up and blocks the thread until the resolver returns. */
export function performSync<T>(lookup: Lookup<T>): T {
  return conclude(lookup, lookup.ask(null)!);
}

/**
 * Runs a look-up on the worker pool.
 *
 * @param wait checked wait options
 * @throws the reason of `signal`; `TimeoutError` when `timeout` has passed
 */
export function perform<T>(lookup: Lookup<T>, wait: WaitOptions): Promise<T> {
  return performUntil(lookup, new WaitDeadline(lookup.syscall, wait));
}

/**
 * Runs a look-up on the worker pool as a part of a call. The C resolver cannot be interrupted: after an abort or a timeout
 * the promise rejects immediately, and the worker finishes without a listener.
 *
 * A look-up always waits for a worker, so a timeout of 0 has always passed.
 */
export async function performUntil<T>(lookup: Lookup<T>, deadline: WaitDeadline): Promise<T> {
  deadline.signal?.throwIfAborted();
  if (deadline.isImmediate) throw timeoutError(lookup, deadline);
  const answer = await answerWithin(lookup, deadline);
  // Errors are made here and not in the callback, so that their stack shows the caller.
  if (answer === undefined) throw timeoutError(lookup, deadline);
  return conclude(lookup, answer);
}

function timeoutError({ syscall, hostname }: LookupContext, { timeout = 0 }: WaitDeadline): Error {
  return timedOut(syscall, timeout, { address: hostname });
}

/** Resolves to the answer, or to `undefined` when the deadline has passed. */
function answerWithin<T>(lookup: Lookup<T>, deadline: WaitDeadline): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    let withdraw: (() => void) | undefined;
    const leave = () => {
      withdraw?.();
      unwatch();
    };
    const settle = (answer: Answer | undefined) => {
      leave();
      resolve(answer);
    };
    const fail = (reason: unknown) => {
      leave();
      reject(reason);
    };
    const unwatch = deadline.watch(() => settle(undefined), fail);
    withdraw = enqueue(() => start(lookup, settle, fail));
  });
}

/** Starts a look-up on a worker. An answer that is returned immediately means that no worker was available. */
function start<T>(lookup: Lookup<T>, settle: (answer: Answer) => void, fail: (error: unknown) => void): void {
  const finish = (answer: Answer) => {
    settle(answer);
    done();
  };
  try {
    const failure = lookup.ask(finish);
    if (failure !== undefined) finish(failure);
  } catch (error) {
    fail(error);
    done();
  }
}
