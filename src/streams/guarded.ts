/**
 * Runs code of the program: a listener or a callback. An exception becomes an uncaught exception, as for an event of
 * Node itself, and the stream continues.
 *
 * @param self and argument are passed to the function, so that a call per message needs no closure
 * @returns whether the code returned without an exception
 */
export function guarded<S = void, A = void>(
  run: (self: S, argument: A) => void,
  self?: S,
  argument?: A,
): boolean {
  try {
    run(self as S, argument as A);
    return true;
  } catch (error) {
    // In the callback of a promise, the exception would be an unhandled rejection.
    queueMicrotask(() => {
      throw error;
    });
    return false;
  }
}
