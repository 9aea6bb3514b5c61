/** `BERKELEY_DEBUG=1`: errors that arrive after the call has returned say who made the call. */
import { framesOf, setFrames } from './stack.js';

/** Where a promise call was made. */
export interface Caller {
  /** The stack at that moment, formatted when it is first read. */
  readonly stack?: string;
}

const { BERKELEY_DEBUG } = process.env;
const isDebugging = BERKELEY_DEBUG !== undefined && BERKELEY_DEBUG !== '' && BERKELEY_DEBUG !== '0';

/** Records the caller of a promise call. `undefined`, and nearly free, unless `BERKELEY_DEBUG` is set. */
export function rememberCaller(): Caller | undefined {
  return isDebugging ? new Error('caller') : undefined;
}

/** Returns the error, with the frames of the caller in its stack where they were recorded. */
export function withCaller<E>(error: E, caller: Caller | undefined): E {
  if (caller !== undefined) setFrames(error, framesOf(caller));
  return error;
}
