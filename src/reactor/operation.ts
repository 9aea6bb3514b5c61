import type { EventMask } from './events.js';

/**
 * One call on a descriptor that might have to wait, as a value: `attempt` makes the system call without waiting and
 * returns its number, `finish` makes the result from it. The promise form and the Sync form drive the same operations,
 * so each policy is written once.
 */
export interface Operation<T> {
  /** What it waits for: `POLLIN`, `POLLOUT`, `POLLPRI` (the urgent byte) or `POLLERR` (the error queue). */
  readonly direction: EventMask;
  /** The limit and the signal of the call. */
  readonly wait: Wait;
  /** Makes the call: zero or more is success; `EAGAIN`, {@link YIELD}, {@link FULL}, {@link PREPARING}: not yet. */
  attempt(): number;
  /** The result for what `attempt` returned. */
  finish(result: number): T;
  /** The error for what `attempt` returned. */
  fail(errno: number): Error;
  /** The error for a deadline that passed. */
  expired(milliseconds: number): Error;
  /** The error for a descriptor that was closed before the call, or while it waited. */
  closed(whileWaiting: boolean): Error;
  /** After a result or `EAGAIN`: whether nothing is left, so that the next call can wait before it attempts. */
  drained(result: number): boolean;
  /** What the call can still deliver when it ends early, such as what it has received; `undefined` when nothing. */
  partial?(why: EarlyEnd): T | undefined;
  /** The call ends without a result: gives back what it has received, and releases what it holds. */
  abandon?(): void;
  /** Does in this thread what {@link PREPARING} waits for: a Sync call that was made later blocks the event loop. */
  prepare?(): void;
  /** How much of a turn's work a result stands for; 1 where absent. See {@link Budget}. */
  work?(result: number): number;
  /** The kernel completes this in the background: `EAGAIN` is our word for "not yet". */
  readonly continues?: boolean;
  /** It needs space in a queue. Where poll(2) reports some and `attempt` returns `EAGAIN`, the receiver's queue is full. */
  readonly needsSpace?: boolean;
  /** The descriptor that `EAGAIN` waits for, where that is not its own: no event of its own will tell. */
  readonly waitsFor?: number | undefined;
  /** How much it has done so far, in any unit: progress shortens the pause before the next attempt. */
  readonly progress?: number;
  /**
   * The receiver it sends to, where one receiver can be full and another not: it can pass calls that wait for other
   * receivers. `undefined`, or `''` for the peer of the socket: it passes none, and none passes it.
   */
  readonly destination?: string | undefined;
}

/** How a call waits, its options parsed. */
export interface Wait {
  /** Milliseconds; 0 never waits; `null` has no limit. */
  readonly timeout: number | null;
  readonly signal: AbortSignal | undefined;
}

/** `attempt` could go on at once, but other calls should have their turn. Not an errno. */
export const YIELD = -1_000_000;

/** `attempt` has to be repeated, and no event will tell when. Not an errno. */
export const FULL = -1_000_001;

/** The call is not ready for its first attempt (a host name is being resolved); it wakes its lane when it is. */
export const PREPARING = -1_000_002;

/** Why a call ends before its operation is done. */
export type EarlyEnd = 'deadline' | 'refused' | 'closed' | 'handed over' | 'aborted' | 'failed';

/** What a call that ends early can still deliver. A deadline of MSG_WAITALL, for example, delivers what came (recv(2)). */
const deliversPartial: Readonly<Record<EarlyEnd, boolean>> = {
  deadline: true,
  refused: true, // the caller does not want to wait: what is there is the answer
  closed: true, // nobody else can receive the bytes any more
  'handed over': false, // the next owner of the descriptor receives them
  aborted: false, // an abort rejects, always
  failed: false,
};

/**
 * Ends a call early. Every way for a call to end without `finish` goes through here, so that no received byte is lost:
 * it is either part of the result, or given back for the next receive.
 *
 * @returns the partial result in a box, or `undefined` where the call ends with an error
 */
export function endEarly<T>(operation: Operation<T>, why: EarlyEnd): { readonly value: T } | undefined {
  if (deliversPartial[why]) {
    const value = operation.partial?.(why);
    if (value !== undefined) return { value };
  }
  operation.abandon?.();
  return undefined;
}
