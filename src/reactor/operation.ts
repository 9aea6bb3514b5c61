/**
 * One operation on a socket that may have to wait, as a value: `attempt` makes the system call without waiting and
 * returns its number, `finish` makes the result of it. The promise face and the Sync face both drive the same
 * operations, so policy is written once.
 */
export interface Operation<T> {
  /** Makes the call: zero or more is done, `EAGAIN` is to be tried again when the socket is ready. */
  attempt(): number;
  /** The result for what `attempt` returned. */
  finish(result: number): T;
  /** The error for what `attempt` returned. */
  fail(errno: number): Error;
  /** The error where it was the kernel that said so, which may be known to mean more; {@link fail} where absent. */
  refuse?(errno: number): Error;
  /** After a result, or `EAGAIN`: whether nothing is left, so that the next attempt may wait first. */
  drained(result: number): boolean;
  /** What there is so far, when the time is over; `undefined` when there is nothing. */
  partial?(): T | undefined;
  /** The caller gives up: what there is so far is for the next. */
  abandon?(): void;
  /** The caller asked not to wait (`MSG_DONTWAIT`): `EAGAIN` is the answer. */
  readonly once?: boolean;
  /** The kernel goes on with it by itself: `EAGAIN` is our word for "not yet". */
  readonly goesOn?: boolean;
  /** It waits for room to send: where there seems to be some and `attempt` says `EAGAIN`, it is the receiver that is full. */
  readonly needsRoom?: boolean;
  /**
   * Whom it sends to, where one receiver may be full and another not: it may pass those for others that wait for their
   * receivers. `undefined`: it passes none, and none passes it.
   */
  readonly destination?: string | undefined;
}

/** The error for what the kernel said, and not a timeout or an end of ours. */
export function refusal(operation: Operation<unknown>, errno: number): Error {
  return operation.refuse?.(errno) ?? operation.fail(errno);
}

/** What `attempt` returns when it could go on at once, but others should have their turn. Not an errno. */
export const YIELD = -1_000_000;

/** What `attempt` returns when it is to be tried again and the kernel will not say when. Not an errno either. */
export const FULL = -1_000_001;
