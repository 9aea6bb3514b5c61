/** `BERKELEY_DEBUG=1`: adds the caller to errors that occur after the call has returned. */
import { environmentVariable } from './environment.js';
import { SocketError } from './errors.js';
import { headerOf, isForeign, joinStack, splitStack, trimFrames, withMoreFrames } from './stack.js';

/** The place where a promise call was made. */
export interface Caller {
  /** The stack of the call. It is formatted when it is first read. */
  readonly stack?: string;
}

const isDebugging = !['', '0'].includes(environmentVariable('BERKELEY_DEBUG') ?? '');

/**
 * Records the caller of a promise call. Call it before the promise call returns. It returns `undefined`, and costs
 * almost nothing, unless the environment variable `BERKELEY_DEBUG` is set.
 */
export function rememberCaller(): Caller | undefined {
  return isDebugging ? withMoreFrames(() => new Error('caller')) : undefined;
}

/**
 * Adds the frames of the caller to the stack of an error that occurs later. They replace the existing frames if all of
 * those belong to the package and the runtime. An error that is not of this package, such as the reason of an abort, is
 * not changed.
 */
export function withCaller<E>(error: E, caller: Caller | undefined): E {
  if (caller === undefined || !(error instanceof SocketError)) return error;
  const { stack } = caller;
  if (typeof stack !== 'string' || typeof error.stack !== 'string') return error;
  const frames = splitStack(error.stack)[1].filter(isForeign);
  // An error that the call itself threw already contains the frames.
  const missing = trimFrames(splitStack(stack)[1]).filter(frame => !frames.includes(frame));
  error.stack = joinStack(headerOf(error), [...frames, ...missing]);
  return error;
}
