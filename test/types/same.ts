/** Whether two types are identical, not only assignable. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only if the value has exactly the type `T`: `is<T>()(value)`. */
export function is<T>(): <V>(value: V, ..._: Same<T, V> extends true ? [] : [never]) => void {
  return () => {};
}
