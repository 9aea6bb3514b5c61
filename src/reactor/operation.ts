import type { EventMask } from './events.js';

/**
 * One call on a file descriptor that might have to wait. `attempt` makes the system call without waiting and returns
 * its result; `finish` converts the result. The promise form and the Sync form run the same operations.
 */
export interface Operation<T> {
  /** The event to wait for: `POLLIN`, `POLLOUT`, `POLLPRI` (the urgent byte) or `POLLERR` (the error queue). */
  readonly direction: EventMask;
  /** The limit and the signal of the call. */
  readonly wait: Wait;
  /**
   * Makes the system call. Returns zero or more for success, or `EAGAIN`, {@link YIELD}, {@link FULL} or
   * {@link PREPARING} if it must be repeated.
   */
  attempt(): number;
  /** Returns the result of the call for the result of `attempt`. */
  finish(result: number): T;
  /** Returns the error for a negative result of `attempt`. */
  fail(errno: number): Error;
  /** Returns the error for a deadline that has passed. */
  expired(milliseconds: number): Error;
  /** Returns the error for a descriptor that was closed before or during the call. */
  closed(whileWaiting: boolean): Error;
  /**
   * Returns, after a result or `EAGAIN`, whether no data is left. If so, the next call waits before its first
   * attempt.
   */
  drained(result: number): boolean;
  /**
   * Returns the partial result of a call that ends early, such as the bytes received so far; `undefined` if there is
   * none.
   */
  partial?(why: EarlyEnd): T | undefined;
  /** Releases the resources of a call that ends without a result, and gives back the data that it has received. */
  abandon?(): void;
  /**
   * Does in this thread the work that {@link PREPARING} waits for. A later Sync call needs this, because it blocks
   * the event loop.
   */
  prepare?(): void;
  /** Returns how much of a turn’s work a result counts for; `USUAL_WORK` if absent. See budget.ts. */
  work?(result: number): number;
  /** Whether the kernel completes the call in the background. `attempt` returns `EAGAIN` until it has. */
  readonly continues?: boolean;
  /**
   * Whether the call needs space in a queue. If poll(2) reports space and `attempt` returns `EAGAIN`, the receiver’s
   * queue is full.
   */
  readonly needsSpace?: boolean;
  /**
   * The descriptor that the call waits for after `EAGAIN`, if it is not the socket’s. Events of the socket do not
   * report its readiness.
   */
  readonly waitsFor?: number | undefined;
  /** The amount of work done so far, in any unit. Progress shortens the pause before the next attempt. */
  readonly progress?: number;
  /**
   * Identifies the receiver of a send call, if one receiver’s queue can be full while another’s is not. The call can
   * overtake calls for other receivers. `undefined`, and `''` for the connected peer, mean that it overtakes no call
   * and no call overtakes it.
   */
  readonly destination?: string | undefined;
}

/** The parsed wait options of a call. */
export interface Wait {
  /** The limit in milliseconds; 0 never waits; `null` waits indefinitely. */
  readonly timeout: number | null;
  readonly signal: AbortSignal | undefined;
}

/** Result of `attempt`: the call could continue immediately, but other calls are served first. Not an errno. */
export const YIELD = -1_000_000;

/** Result of `attempt`: it must be repeated after a pause, because no event reports readiness. Not an errno. */
export const FULL = -1_000_001;

/**
 * Result of `attempt`: the call is not ready for its first attempt, because a host name is being resolved. It wakes
 * its lane when it is ready. Not an errno.
 */
export const PREPARING = -1_000_002;

/** The reason for which a call ends before its operation is done. */
export type EarlyEnd = 'deadline' | 'refused' | 'closed' | 'handed over' | 'aborted' | 'failed';

/**
 * Whether a call that ends early can return a partial result. MSG_WAITALL, for example, returns the received data
 * when its deadline passes (recv(2)).
 */
const deliversPartial: Readonly<Record<EarlyEnd, boolean>> = {
  deadline: true,
  refused: true, // the caller does not want to wait: what is there is the answer
  closed: true, // nobody else can receive the bytes any more
  'handed over': false, // the next owner of the descriptor receives them
  aborted: false, // an abort rejects, always
  failed: false,
};

/**
 * Ends a call early. Every call that ends without `finish` is ended by this function, so that received data is never
 * lost: it is either a part of the result, or given back for the next receive call.
 *
 * @returns the partial result in an object, or `undefined` if the call ends with an error
 */
export function endEarly<T>(operation: Operation<T>, why: EarlyEnd): { readonly value: T } | undefined {
  if (deliversPartial[why]) {
    const value = operation.partial?.(why);
    if (value !== undefined) return { value };
  }
  operation.abandon?.();
  return undefined;
}
