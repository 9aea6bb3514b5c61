/** Runs `body`, and converts an exception to a rejection: a promise call never throws. */
export function rejecting<T>(body: () => Promise<T>): Promise<T> {
  try {
    return body();
  } catch (error) {
    return Promise.reject(error);
  }
}
