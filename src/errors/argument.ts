/**
 * Mistakes in a call, found before any system call is made: `TypeError` and `RangeError` with the codes and the
 * wording of Node.js (https://nodejs.org/api/errors.html), always naming the argument.
 */
import { inspect } from 'node:util';

function withCode<E extends Error>(error: E, code: string): E & { code: string } {
  // As Node does, so that the code stands in the stack's first line too.
  error.stack = error.stack?.replace(/^(\w+Error)/, `$1 [${code}]`) ?? '';
  return Object.assign(error, { code });
}

function received(value: unknown): string {
  if (value === null || value === undefined) return `Received ${value}`;
  if (typeof value === 'function') return `Received function ${value.name}`;
  if (typeof value === 'object') {
    const name = value.constructor?.name;
    return name ? `Received an instance of ${name}` : `Received ${inspect(value, { depth: -1 })}`;
  }
  const text = inspect(value, { colors: false });
  return `Received type ${typeof value} (${text.length > 28 ? `${text.slice(0, 25)}...` : text})`;
}

/** `The "size" argument must be of type number. Received undefined` */
export function invalidType(
  argument: string,
  expected: string,
  value: unknown,
): TypeError & { code: string } {
  const message = `The "${argument}" argument must be ${expected}. ${received(value)}`;
  return withCode(new TypeError(message), 'ERR_INVALID_ARG_TYPE');
}

/** `The value of "port" is out of range. It must be >= 0 && <= 65535. Received 65536` */
export function outOfRange(argument: string, range: string, value: unknown): RangeError & { code: string } {
  const message = `The value of "${argument}" is out of range. It must be ${range}. Received ${inspect(value)}`;
  return withCode(new RangeError(message), 'ERR_OUT_OF_RANGE');
}

/** `The argument 'path' must not contain a NUL character. Received 'a\x00b'` */
export function invalidValue(argument: string, reason: string, value: unknown): TypeError & { code: string } {
  const text = inspect(value);
  const shown = text.length > 128 ? `${text.slice(0, 128)}...` : text;
  return withCode(
    new TypeError(`The argument '${argument}' ${reason}. Received ${shown}`),
    'ERR_INVALID_ARG_VALUE',
  );
}

/** `The "encoding" argument is not allowed here: …`: a call that cannot be made in this state. */
export function invalidState(message: string): Error & { code: string } {
  return withCode(new Error(message), 'ERR_INVALID_STATE');
}

/** A whole number within [least, most], or a `TypeError`/`RangeError` that names `argument`. */
export function checkInteger(value: unknown, argument: string, least: number, most: number): number {
  if (typeof value !== 'number') throw invalidType(argument, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(argument, 'an integer', value);
  if (value < least || value > most) throw outOfRange(argument, `>= ${least} && <= ${most}`, value);
  return value;
}

/** True or false, or a `TypeError`: what only looks false, such as `'false'` or 0, is a slip. */
export function checkBoolean(value: unknown, argument: string): boolean {
  if (typeof value !== 'boolean') throw invalidType(argument, 'of type boolean', value);
  return value;
}

/** An `AbortSignal`, `undefined`, or a `TypeError`. */
export function checkSignal(value: unknown, argument: string): AbortSignal | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value) {
    return value as AbortSignal;
  }
  throw invalidType(argument, 'an instance of AbortSignal', value);
}

/** A string, or a `TypeError`; a NUL character would silently cut it short in C, so that is refused too. */
export function checkText(value: unknown, argument: string): string {
  if (typeof value !== 'string') throw invalidType(argument, 'of type string', value);
  if (value.includes('\0')) throw invalidValue(argument, 'must not contain a NUL character', value);
  return value;
}

/** An object, or a `TypeError`; the options bags of this package are all read through it. */
export function checkObject(value: unknown, argument: string): object {
  if (typeof value !== 'object' || value === null) throw invalidType(argument, 'of type object', value);
  return value;
}

/** Milliseconds: `null` for no limit, 0 and more for a limit. */
export function checkTimeout(value: unknown, argument: string): number | null {
  if (value === null) return null;
  if (typeof value !== 'number') throw invalidType(argument, 'of type number or null', value);
  if (!(value >= 0)) throw outOfRange(argument, '>= 0 (milliseconds)', value);
  return value === Number.POSITIVE_INFINITY ? null : value;
}

/** The range of flags: a C `int`, with the bits of an `unsigned int` as the same 32 bits. */
const FLAGS_MIN = -0x80000000;
const FLAGS_MAX = 0xffffffff;

/** Checks flags: an integer of 32 bits. */
export function checkFlags(value: unknown, argument: string): number {
  return checkInteger(value, argument, FLAGS_MIN, FLAGS_MAX);
}

/**
 * Checks the last argument of a call: an object that has no other keys than `allowed`.
 *
 * @param options what the caller passed
 * @param allowed the keys that the call knows
 * @param argument the argument's name, for the error
 * @param signature the arguments of the call, for the error: `(data, address, options)`
 */
export function checkOptionsObject(
  options: unknown,
  allowed: ReadonlySet<string>,
  argument: string,
  signature?: string,
): object {
  const object = checkObject(options, argument);
  for (const key in object) {
    if (!allowed.has(key))
      throw invalidValue(argument, `has no ${key} (${[...allowed].join(', ')})${signature ?? ''}`, key);
  }
  return object;
}

/**
 * Refuses arguments that the call does not take.
 *
 * @param count how many arguments the caller passed
 * @param most how many the call takes
 * @param signature the call, for the error: `recv(size, options)`
 */
export function checkArgumentCount(count: number, most: number, signature: string): void {
  if (count > most) throw invalidValue('arguments', `are too many for ${signature}`, count);
}

/**
 * Returns the error for an option of another family: `Option SO_PEERCRED is only valid on AF_UNIX sockets; this socket is
 * AF_INET.`
 *
 * @param option the option's C name
 * @param valid the sockets that have it: `AF_UNIX sockets`
 * @param actual what this socket is: `AF_INET`
 */
export function invalidOption(option: string, valid: string, actual: string): TypeError & { code: string } {
  return withCode(
    new TypeError(`Option ${option} is only valid on ${valid}; this socket is ${actual}.`),
    'ERR_INVALID_ARG_VALUE',
  );
}
