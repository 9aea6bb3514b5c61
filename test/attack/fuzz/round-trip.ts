/** Functions in two directions. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { isRefusal } from './poison.js';

/** Asserts that two values are equal, and shows the difference. */
export function assertEqual(actual: unknown, expected: unknown, message: string): void {
  if (!isDeepStrictEqual(actual, expected)) assert.deepEqual(actual, expected, message);
}

/** Asserts that what is read from a written value is the value. `write` must accept the value. */
export function assertRoundTrip<T, B>(value: T, write: (value: T) => B, read: (written: B) => unknown): void {
  assertEqual(read(write(value)), value, 'written and read again');
}

/** Whether a value has every field of another: what a short answer lacks is written as 0. */
function contains(actual: unknown, expected: unknown): boolean {
  if (isDeepStrictEqual(actual, expected)) return true;
  const areObjects = [actual, expected].every(
    each => typeof each === 'object' && each !== null && Object.getPrototypeOf(each) === Object.prototype,
  );
  if (!areObjects) return false;
  const fields = actual as Record<string, unknown>;
  return Object.entries(expected as object).every(([key, value]) => contains(fields[key], value));
}

/**
 * Asserts the same for a value that was read from any bytes. Kernels report values that they do not accept, and short
 * answers, which lack fields: `write` can refuse the value, and what is read again can have more fields.
 */
export function assertRereads<T, B extends object>(
  value: T,
  write: (value: T) => B,
  read: (written: B) => unknown,
): void {
  let written: B;
  try {
    written = write(value);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return;
  }
  const again = read(written);
  if (!contains(again, value)) assert.deepEqual(again, value, 'written and read again');
}
