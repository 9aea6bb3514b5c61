/** The targets of the fuzzing: what random input is made, and what has to hold for it. */
import type { Arbitrary } from 'fast-check';

/** One reader, pair of functions or call, with the inputs for it. */
export interface Target {
  /** The name, by which a committed case and `--only` refer to it. */
  readonly name: string;
  /** How many inputs it gets, relative to the others. */
  readonly weight: number;
  readonly input: Arbitrary<unknown>;
  /** Whether the check returns a promise. */
  readonly isAsync: boolean;
  /** Throws if the input has found a fault. */
  check(input: unknown): void | Promise<void>;
}

/** Creates a target whose check is synchronous. The weight is 1 unless the input has much more structure than a few numbers. */
export function target<T>(name: string, input: Arbitrary<T>, check: (input: T) => void, weight = 1): Target {
  return { name, weight, input, isAsync: false, check: check as (input: unknown) => void };
}
