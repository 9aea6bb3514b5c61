/**
 * Runs code of the program: a listener or a callback. An exception becomes an uncaught exception, as for an event of
 * Node itself, and the stream continues.
 *
 * @returns whether the code returned without an exception
 */
export function guarded(run: () => void): boolean {
  try {
    run();
    return true;
  } catch (error) {
    // In the callback of a promise, the exception would be an unhandled rejection.
    queueMicrotask(() => {
      throw error;
    });
    return false;
  }
}
