/**
 * Errors for invalid arguments, which are thrown before any system call: `TypeError` and `RangeError` with the codes
 * and messages of Node.js (https://nodejs.org/api/errors.html). The messages contain the name of the argument.
 */
import { received, shown } from './received.js';
import { trimStack, withMoreFrames } from './stack.js';

type Coded<E extends Error> = E & { code: string };

function coded<E extends Error>(
  ErrorClass: new (message: string) => E,
  code: string,
  message: string,
): Coded<E> {
  const error = trimStack(withMoreFrames(() => new ErrorClass(message)));
  // The first line of the stack shows the code too, as in Node.js.
  if (typeof error.stack === 'string') error.stack = error.stack.replace(/^(\w*Error)/, `$1 [${code}]`);
  return Object.assign(error, { code });
}

/** Returns the error `The "size" argument must be of type number. Received undefined`. */
export function invalidType(argument: string, expected: string, value: unknown): Coded<TypeError> {
  const message = `The "${argument}" argument must be ${expected}. ${received(value)}`;
  return coded(TypeError, 'ERR_INVALID_ARG_TYPE', message);
}

/** Returns the error `The value of "port" is out of range. It must be >= 0 && <= 65535. Received 65536`. */
export function outOfRange(argument: string, range: string, value: unknown): Coded<RangeError> {
  const message = `The value of "${argument}" is out of range. It must be ${range}. Received ${shown(value)}`;
  return coded(RangeError, 'ERR_OUT_OF_RANGE', message);
}

/** Returns the error `The argument 'path' must not contain a NUL character. Received 'a\x00b'`. */
export function invalidValue(argument: string, reason: string, value: unknown): Coded<TypeError> {
  const message = `The argument '${argument}' ${reason}. Received ${shown(value)}`;
  return coded(TypeError, 'ERR_INVALID_ARG_VALUE', message);
}

/**
 * Returns the error `Option SO_PEERCRED is only valid on AF_UNIX sockets; this socket is AF_INET.`
 *
 * @param option the option's C name
 * @param valid the sockets that have it: `AF_UNIX sockets`
 * @param actual this socket’s kind: `AF_INET`
 */
export function invalidOption(option: string, valid: string, actual: string): Coded<TypeError> {
  const message = `Option ${option} is only valid on ${valid}; this socket is ${actual}.`;
  return coded(TypeError, 'ERR_INVALID_ARG_VALUE', message);
}

/** Returns the error for a call that is not possible in the current state. The message describes the state. */
export function invalidState(message: string): Coded<Error> {
  return coded(Error, 'ERR_INVALID_STATE', message);
}

/** Checks that a value is an integer from `least` to `most`. */
export function checkInteger(value: unknown, argument: string, least: number, most: number): number {
  if (typeof value !== 'number') throw invalidType(argument, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(argument, 'an integer', value);
  if (value < least || value > most) throw outOfRange(argument, `>= ${least} && <= ${most}`, value);
  return value;
}

/** Checks that a value is a boolean. Other values, such as `'false'` or 0, are errors. */
export function checkBoolean(value: unknown, argument: string): boolean {
  if (typeof value !== 'boolean') throw invalidType(argument, 'of type boolean', value);
  return value;
}

/** Checks that a value is an `AbortSignal` of any realm, or `undefined`. */
export function checkSignal(value: unknown, argument: string): AbortSignal | undefined {
  if (value === undefined || isSignal(value)) return value;
  throw invalidType(argument, 'an instance of AbortSignal', value);
}

function isSignal(value: unknown): value is AbortSignal {
  try {
    return typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value;
  } catch {
    return false; // a revoked proxy
  }
}

/** Checks that a value is a string without NUL characters, at which C would end it. */
export function checkText(value: unknown, argument: string): string {
  if (typeof value !== 'string') throw invalidType(argument, 'of type string', value);
  if (value.includes('\0')) throw invalidValue(argument, 'must not contain a NUL character', value);
  return value;
}

/** Checks that a value is an object whose properties can be read, and not an array: Python’s addresses are tuples. */
export function checkObject(value: unknown, argument: string): object {
  if (Array.isArray(checkObjectOrArray(value, argument)))
    throw invalidType(argument, 'of type object', value);
  return value as object;
}

/** Checks that a value is an object or an array whose properties can be read. */
export function checkObjectOrArray(value: unknown, argument: string): object {
  if (typeof value !== 'object' || value === null || isRevoked(value)) {
    throw invalidType(argument, 'of type object', value);
  }
  return value;
}

/** Checks an array. */
export function checkArray(value: unknown, argument: string): readonly unknown[] {
  if (isRevoked(value) || !Array.isArray(value)) throw invalidType(argument, 'an instance of Array', value);
  return value;
}

/** Returns whether a value is an instance of a class; false for a proxy that was revoked. */
export function isInstance<T>(value: unknown, of: abstract new (...args: never[]) => T): value is T {
  try {
    return value instanceof of;
  } catch {
    return false;
  }
}

/** Checks something to iterate over: an array, a set, a string, … */
export function checkIterable(value: unknown, argument: string): void {
  if (typeof value === 'string') return;
  const isIterable =
    typeof value === 'object' && value !== null && !isRevoked(value) && Symbol.iterator in value;
  if (!isIterable || ArrayBuffer.isView(value)) throw invalidType(argument, 'an iterable', value);
}

/** Checks a function. */
export function checkFunction(value: unknown, argument: string): void {
  if (typeof value !== 'function') throw invalidType(argument, 'of type function', value);
}

/** Returns whether a value is a proxy that was revoked, whose every use throws. */
export function isRevoked(value: unknown): boolean {
  try {
    Array.isArray(value); // throws for a revoked proxy, and runs no code of the caller
    return false;
  } catch {
    return true;
  }
}

/** Checks a timeout in milliseconds. `null` means no limit. */
export function checkTimeout(value: unknown, argument: string): number | null {
  if (value === null) return null;
  if (typeof value !== 'number') throw invalidType(argument, 'of type number or null', value);
  if (!(value >= 0)) throw outOfRange(argument, '>= 0 (milliseconds)', value);
  return value === Number.POSITIVE_INFINITY ? null : value;
}
