/** Returns a function that creates a value in its first call and returns the same value in all calls. */
export function lazy<T extends object>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= make();
    return value;
  };
}
