/** `BERKELEY_DEBUG=1`: errors that arrive after the call has returned say who made the call. */
import { SocketError } from './errors.js';
import { headerOf, isForeign, joinStack, splitStack, trimFrames, withMoreFrames } from './stack.js';

/** Where a promise call was made. */
export interface Caller {
  /** The stack at that moment, formatted when it is first read. */
  readonly stack?: string;
}

const { BERKELEY_DEBUG } = process.env;
const isDebugging = BERKELEY_DEBUG !== undefined && BERKELEY_DEBUG !== '' && BERKELEY_DEBUG !== '0';

/**
 * Records the caller of a promise call; to be called before the call returns. `undefined`, and nearly free, unless the
 * environment variable `BERKELEY_DEBUG` is set.
 */
export function rememberCaller(): Caller | undefined {
  return isDebugging ? withMoreFrames(() => new Error('caller')) : undefined;
}

/**
 * Adds the frames of the caller to the stack of an error that arrives later. They replace the frames that are there where
 * all of those are the package's and the runtime's. An error that is not of this package, such as the reason of an abort,
 * is the program's own and stays as it is.
 */
export function withCaller<E>(error: E, caller: Caller | undefined): E {
  if (caller === undefined || !(error instanceof SocketError)) return error;
  const { stack } = caller;
  if (typeof stack !== 'string' || typeof error.stack !== 'string') return error;
  const frames = splitStack(error.stack)[1].filter(isForeign);
  // An error that the call itself made has them already.
  const missing = trimFrames(splitStack(stack)[1]).filter(frame => !frames.includes(frame));
  error.stack = joinStack(headerOf(error), [...frames, ...missing]);
  return error;
}
