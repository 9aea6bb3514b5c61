/**
 * Runs code of the program: listeners, callbacks. What it throws becomes an uncaught exception, as if the event had come
 * from Node itself, and does not keep the stream from going on.
 *
 * @returns whether it returned
 */
export function guarded(run: () => void): boolean {
  try {
    run();
    return true;
  } catch (error) {
    // From a promise's callback it would be an unhandled rejection.
    queueMicrotask(() => {
      throw error;
    });
    return false;
  }
}
