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
  /** After a result, or `EAGAIN`: whether nothing is left, so that the next attempt may wait first. */
  drained(result: number): boolean;
  /** What there is so far, when the time is over; `undefined` when there is nothing. */
  partial?(): T | undefined;
  /** The caller asked not to wait (`MSG_DONTWAIT`): `EAGAIN` is the answer. */
  readonly once?: boolean;
  /** The kernel goes on with it by itself: `EAGAIN` is our word for "not yet". */
  readonly goesOn?: boolean;
  /** The kernel will not say when it is ready: look again after this many milliseconds. */
  readonly pause?: number | undefined;
}

/** What `attempt` returns when it could go on at once, but others should have their turn. Not an errno. */
export const YIELD = -1_000_000;
