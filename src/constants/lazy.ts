/** Returns a function that makes a value when it is first called, and returns the same value from then on. */
export function lazy<T extends object>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= make();
    return value;
  };
}
