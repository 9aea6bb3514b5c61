/** Runs operations in the calling thread: the Sync calls. */
import { EAGAIN } from '../errors/codes.js';
import { endEarly, FULL, type Operation, YIELD } from '../reactor/operation.js';
import { Clock } from './clock.js';
import type { AnyCore } from './core.js';

/**
 * Runs an operation in the calling thread. On a blocking file descriptor, this is one system call. Otherwise, and if
 * another owner of the descriptor has set O_NONBLOCK, it waits with poll(2) until the deadline of the call.
 *
 * @param first the result of its first attempt; `YIELD` if there was none
 */
export function block<T>(core: AnyCore, operation: Operation<T>, first: number = YIELD): T {
  const { handle } = core;
  if (handle.fd < 0) {
    endEarly(operation, 'failed'); // the operation can hold a batch
    throw operation.closed(false);
  }
  // Most calls do not wait. Without a limit, the clock can start later.
  let clock = operation.wait.timeout || core.mightTimeOutInKernel ? new Clock(core, operation) : undefined;
  // Calls of both forms run in order, so that the data of one call is never sent inside the data of another.
  if (handle.isBusy(operation.direction)) {
    clock ??= new Clock(core, operation);
    if (!servedEarlierCalls(core, operation, clock)) return ended(operation, clock);
  }
  for (let result = first; ; result = attemptOnce(operation)) {
    if (result >= 0) return operation.finish(result);
    if (result === YIELD) continue;
    if (result !== EAGAIN && result !== FULL) {
      endEarly(operation, 'failed');
      throw operation.fail(result);
    }
    clock ??= new Clock(core, operation);
    const isFull = result === FULL || (operation.needsSpace === true && handle.isWritable);
    if (operation.wait.timeout === 0 || !clock.wait(isFull)) return ended(operation, clock);
  }
}

function attemptOnce(operation: Operation<unknown>): number {
  try {
    return operation.attempt();
  } catch (error) {
    endEarly(operation, 'failed');
    throw error;
  }
}

/** Ends a call whose wait is over. It returns the data that was transferred until then, or throws. */
function ended<T>(operation: Operation<T>, { why, limit }: Clock): T {
  const partial = endEarly(operation, why);
  if (partial !== undefined) return partial.value;
  throw why === 'refused' ? operation.fail(EAGAIN) : operation.expired(limit);
}

/** Serves the promise calls that wait in the same direction. Returns false if the wait is over before all have ended. */
function servedEarlierCalls(core: AnyCore, operation: Operation<unknown>, clock: Clock): boolean {
  const lane = core.handle.laneOf(operation.direction);
  while (!lane.canPass(operation)) {
    const needed = lane.serve();
    if (needed === 'idle' || lane.canPass(operation)) return true;
    if (operation.wait.timeout === 0) return false;
    if (!clock.wait(needed === 'space', lane.deadline)) return false;
  }
  return true;
}
