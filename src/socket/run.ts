/**
 * Runs operations: as a promise, in a lane of the socket, or in the calling thread. Each method of `Socket` is one line
 * that calls one of these functions with the function that builds its operation.
 */
import { rememberCaller, withCaller } from '../errors/caller.js';
import { checkArgumentCount } from '../errors/options.js';
import { type Operation, YIELD } from '../reactor/operation.js';
import { block } from './block.js';
import { type Form, PROMISE, SYNC } from './call.js';
import type { AnyCore } from './core.js';

/** The description of a call in the error for surplus arguments. */
export const CALL = 'pass flags, timeout and signal in one last argument';

/** Runs a promise call with one required argument. `count` is the number of arguments that the caller passed. */
export function run<C extends AnyCore, A, O, T>(
  core: C,
  build: (core: C, form: Form, argument: A, options: O) => Operation<T>,
  argument: A,
  options: O,
  count: number,
): Promise<T> {
  try {
    checkArgumentCount(count, 2, CALL);
    return started(core, build(core, PROMISE, argument, options));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Runs a promise call with two required arguments. */
export function run2<C extends AnyCore, A, B, O, T>(
  core: C,
  build: (core: C, form: Form, first: A, second: B, options: O) => Operation<T>,
  first: A,
  second: B,
  options: O,
  count: number,
): Promise<T> {
  try {
    checkArgumentCount(count, 3, CALL);
    return started(core, build(core, PROMISE, first, second, options));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Runs a promise call without a required argument. */
export function run0<C extends AnyCore, O, T>(
  core: C,
  build: (core: C, form: Form, options: O) => Operation<T>,
  options: O,
  count: number,
): Promise<T> {
  try {
    checkArgumentCount(count, 1, CALL);
    return started(core, build(core, PROMISE, options));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Runs a Sync call with one required argument. */
export function runSync<C extends AnyCore, A, O, T>(
  core: C,
  build: (core: C, form: Form, argument: A, options: O) => Operation<T>,
  argument: A,
  options: O,
  count: number,
): T {
  checkArgumentCount(count, 2, CALL);
  return block(core, build(core, SYNC, argument, options));
}

/** Runs a Sync call with two required arguments. */
export function runSync2<C extends AnyCore, A, B, O, T>(
  core: C,
  build: (core: C, form: Form, first: A, second: B, options: O) => Operation<T>,
  first: A,
  second: B,
  options: O,
  count: number,
): T {
  checkArgumentCount(count, 3, CALL);
  return block(core, build(core, SYNC, first, second, options));
}

/** Runs a Sync call without a required argument. */
export function runSync0<C extends AnyCore, O, T>(
  core: C,
  build: (core: C, form: Form, options: O) => Operation<T>,
  options: O,
  count: number,
): T {
  checkArgumentCount(count, 1, CALL);
  return block(core, build(core, SYNC, options));
}

/**
 * Runs an operation in its lane.
 *
 * @param first the result of its first attempt; `YIELD` if there was none
 */
export function started<T>(core: AnyCore, operation: Operation<T>, first: number = YIELD): Promise<T> {
  const caller = rememberCaller();
  const promise = core.handle.run(operation, first);
  if (caller === undefined) return promise;
  return promise.catch(error => {
    throw withCaller(error, caller);
  });
}

/** Runs an operation in its lane; for the parts of this package that build their own operations. */
export function drive<T>(core: AnyCore, operation: Operation<T>): Promise<T> {
  try {
    return core.handle.run(operation);
  } catch (error) {
    return Promise.reject(error);
  }
}
