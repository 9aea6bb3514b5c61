/** The forms in which `connect` and `listen` take their arguments. */

/** A callback of `connect` or `listen`. */
type Listener = (...args: never[]) => void;

/** The arguments of `connect` and `listen` in one form. */
export interface Normalized {
  readonly options: Readonly<Record<string, unknown>>;
  readonly listener: Listener | undefined;
}

/** Returns a number that is not negative, or false. */
export function toNumber(value: unknown): number | false {
  const number = Number(value);
  return number >= 0 ? number : false;
}

/** Returns whether an argument is a path: a string that is not a port. */
export function isPath(value: unknown): value is string {
  return typeof value === 'string' && toNumber(value) === false;
}

/** Converts `(options, …)`, `(path, …)` and `(port, host, …)` with a listener at the end to options and listener. */
export function normalize(args: readonly unknown[]): Normalized {
  const [first, second] = args;
  const last = args.at(-1);
  const listener = typeof last === 'function' ? (last as Listener) : undefined;
  if (args.length === 0) return { options: {}, listener };
  if (typeof first === 'object' && first !== null)
    return { options: first as Normalized['options'], listener };
  if (isPath(first)) return { options: { path: first }, listener };
  return { options: { port: first, ...(typeof second === 'string' && { host: second }) }, listener };
}
