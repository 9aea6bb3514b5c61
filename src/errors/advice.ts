/** Advice for a failed system call: how the reader of the error can fix it. */
import type { Failure } from './adviser.js';
import { generalAdvice } from './general-advice.js';

/**
 * Returns advice for this failure, from the family's driver or the general table; `undefined` if there is none. It is
 * the `hint` of the error.
 */
export function advise(failure: Failure): string | undefined {
  return failure.driver?.advise?.(failure) ?? generalAdvice(failure);
}
