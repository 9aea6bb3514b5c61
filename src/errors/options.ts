/** Checks the last argument of a call, and the number of arguments. Nothing is ignored silently. */
import { isAnyArrayBuffer } from 'node:util/types';
import { isAbsent } from '../constants/constant.js';
import { absentError } from './absent.js';
import { checkInteger, checkObject, invalidType, invalidValue } from './argument.js';

/** Flags are a C `int`. */
const FLAGS_MIN = -0x80000000;
const FLAGS_MAX = 0x7fffffff;

/**
 * Checks flags: a bitwise OR of constants of this platform.
 *
 * @throws UnsupportedError if one of them is a constant that this platform lacks
 */
export function checkFlags(value: unknown, argument: string): number {
  if (typeof value === 'number' && isAbsent(value)) throw absentError(value, argument);
  return checkInteger(value, argument, FLAGS_MIN, FLAGS_MAX);
}

/**
 * Checks the options of a call: an object with no other keys than `allowed`.
 *
 * @param options the value that the caller passed
 * @param allowed the keys that the call accepts
 * @param argument the name of the argument
 * @param signature the arguments of the call: `(data, address, options)`
 */
export function checkOptionsObject(
  options: unknown,
  allowed: readonly string[],
  argument: string,
  signature?: string,
): object {
  const object = checkObject(options, argument);
  if (!isBag(object)) throw invalidType(argument, 'an object of options', object);
  if (object instanceof AbortSignal)
    throw invalidValue(argument, 'must be an object with the signal: { signal }', object);
  // A for-in loop is the fastest. It also visits properties that were added to Object.prototype, which must be ignored.
  for (const key in object) {
    if (allowed.includes(key) || (key in Object.prototype && !Object.hasOwn(object, key))) continue;
    throw unknownKey(object, key, allowed, argument, signature);
  }
  return object;
}

/** Returns whether an object can be options. Other objects have no own keys that could be checked, or very many. */
function isBag(object: object): boolean {
  return !(Array.isArray(object) || ArrayBuffer.isView(object) || isAnyArrayBuffer(object));
}

/** Keys that addresses have, of any family. */
const addressKeys = ['family', 'host', 'path', 'abstract', 'interface', 'cid', 'port'];

function unknownKey(
  object: object,
  key: string,
  allowed: readonly string[],
  argument: string,
  signature: string | undefined,
): TypeError {
  const isAddress = addressKeys.some(name => !allowed.includes(name) && Object.hasOwn(object, name));
  if (!isAddress) {
    const known = allowed.length === 0 ? 'none' : allowed.join(', ');
    return invalidValue(`${argument}.${key}`, `is not an option of this call: it has ${known}`, object);
  }
  const order = signature === undefined ? '' : `: ${signature}`;
  return invalidValue(argument, `looks like an address; options must come last${order}`, object);
}

/**
 * Refuses extra arguments.
 *
 * @param count the number of arguments that the caller passed
 * @param most the maximum number of arguments
 * @param signature the call: `recv(size, options)`
 */
export function checkArgumentCount(count: number, most: number, signature: string): void {
  if (count <= most) return;
  throw invalidValue('arguments', `must be at most ${most}: ${signature}`, count);
}
