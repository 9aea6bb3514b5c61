/**
 * Calls that end at their first attempt, without an operation.
 *
 * Most calls do not have to wait. Such a call needs no object that describes it: the operation (transfer.ts) is created
 * only for a call with options, for one that has to wait, and for one that fails. Its creation, and the calls through its
 * methods, cost more than the call to the addon.
 */
import { MSG_DONTWAIT } from '../constants/socket.js';
import { EAGAIN } from '../errors/codes.js';
import { checkArgumentCount } from '../errors/options.js';
import { type EventMask, POLLIN, POLLOUT } from '../reactor/events.js';
import type { Lane } from '../reactor/lane.js';
import { type Operation, YIELD } from '../reactor/operation.js';
import { block } from './block.js';
import { addedFlags, type Form, PROMISE, SYNC } from './call.js';
import type { AnyCore } from './core.js';
import { CALL, started } from './run.js';

/**
 * What differs between the calls: one row per call. A call that transfers data has an argument, and those that send to an
 * address another.
 */
export interface DirectCall<A, B, O, T> {
  /** `POLLIN` or `POLLOUT`. */
  readonly direction: EventMask;
  /** The number of required arguments. */
  readonly required: 0 | 1 | 2;
  /** Creates the operation of a call. */
  build(core: AnyCore, form: Form, argument: A, address: B, options: O): Operation<T>;
  /**
   * Checks the arguments and makes the system call. Returns zero or more for success, `-errno` if it has failed, or
   * `YIELD` if an operation has to do it.
   */
  attempt(core: AnyCore, flags: number, argument: A, address: B): number;
  /** Returns the result of the call for the result of `attempt`, which was made immediately before. */
  finish(core: AnyCore, result: number): T;
  /** Returns the work of a call with this result; in the units of the budget of a turn (budget.ts). */
  work(result: number): number;
  /** Returns whether the result of `attempt`, which was made immediately before, means that no data is left. */
  drained(result: number): boolean;
  /** Creates the operation that continues after `attempt`, which was made immediately before. */
  resume(core: AnyCore, form: Form, argument: A, address: B): Operation<T>;
}

/** Runs a promise call. `count` is the number of arguments that the caller passed. */
export function direct<A, B, O, T>(
  core: AnyCore,
  call: DirectCall<A, B, O, T>,
  options: O,
  count: number,
  argument?: A,
  address?: B,
): Promise<T> {
  try {
    checkArgumentCount(count, call.required + 1, CALL);
    const lane = call.direction === POLLIN ? core.handle.input : core.handle.output;
    if (options !== undefined || !isFree(core, lane))
      return started(core, call.build(core, PROMISE, argument as A, address as B, options));
    const result = call.attempt(core, MSG_DONTWAIT, argument as A, address as B);
    if (result < 0) {
      // The operation of a send call finds out what the kernel has no space for.
      const first = result === EAGAIN && call.direction === POLLOUT ? YIELD : result;
      return started(core, call.resume(core, PROMISE, argument as A, address as B), first);
    }
    lane.noteDirect(call.work(result), call.drained(result));
    return lane.settled(call.finish(core, result), call.direction);
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Runs a Sync call. */
export function directSync<A, B, O, T>(
  core: AnyCore,
  call: DirectCall<A, B, O, T>,
  options: O,
  count: number,
  argument?: A,
  address?: B,
): T {
  checkArgumentCount(count, call.required + 1, CALL);
  if (options !== undefined || !isFreeSync(core, call.direction))
    return block(core, call.build(core, SYNC, argument as A, address as B, options));
  const result = call.attempt(core, addedFlags(core), argument as A, address as B);
  if (result >= 0) return call.finish(core, result);
  return block(core, call.resume(core, SYNC, argument as A, address as B), result);
}

/** Returns whether a promise call can be attempted: nothing is received or waits before it, and it has to let no other run. */
function isFree({ handle }: AnyCore, lane: Lane): boolean {
  return lane.isFree && handle.fd >= 0 && !handle.hasPending;
}

/** Returns whether a Sync call can be attempted. A call that the kernel limits needs a clock that starts before it. */
function isFreeSync({ handle, mightTimeOutInKernel }: AnyCore, direction: EventMask): boolean {
  return handle.fd >= 0 && !mightTimeOutInKernel && !handle.hasPending && !handle.isBusy(direction);
}
