/**
 * The two functions that settle a promise, without a closure per promise: the executor of {@link capture} is the same for
 * all, and leaves them where the caller reads them immediately.
 */
export interface Settlers<T> {
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
}

const last: Settlers<never> = { resolve: ignore, reject: ignore };

/** The settlers of the promise that was made last with {@link capture}. */
export function settlers<T>(): Settlers<T> {
  return last as unknown as Settlers<T>;
}

/** An executor for `new Promise`. */
export function capture<T>(resolve: (value: T) => void, reject: (error: unknown) => void): void {
  last.resolve = resolve as (value: never) => void;
  last.reject = reject;
}

function ignore(): void {}
