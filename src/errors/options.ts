/** Checks of the last argument of a call, and of how many arguments there are: nothing is ignored in silence. */
import { isAnyArrayBuffer } from 'node:util/types';
import { isAbsent } from '../constants/constant.js';
import { absentError } from './absent.js';
import { checkInteger, checkObject, invalidType, invalidValue } from './argument.js';

/** Flags are a C `int`. */
const FLAGS_MIN = -0x80000000;
const FLAGS_MAX = 0x7fffffff;

/**
 * Checks flags: constants of this platform, or-ed together.
 *
 * @throws UnsupportedError if one of them is a constant that this platform lacks
 */
export function checkFlags(value: unknown, argument: string): number {
  if (typeof value === 'number' && isAbsent(value)) throw absentError(value, argument);
  return checkInteger(value, argument, FLAGS_MIN, FLAGS_MAX);
}

/**
 * Checks the options of a call: an object that has no other keys than `allowed`.
 *
 * @param options what the caller passed
 * @param allowed the keys that the call knows
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
    throw invalidValue(argument, 'must have the signal in it: { signal }', object);
  // The fastest loop there is. It also visits what was added to Object.prototype, which is nobody's mistake here.
  for (const key in object) {
    if (allowed.includes(key) || (key in Object.prototype && !Object.hasOwn(object, key))) continue;
    throw unknownKey(object, key, allowed, argument, signature);
  }
  return object;
}

/** Whether an object can be options. The others have no keys of their own that would tell, or a great many. */
function isBag(object: object): boolean {
  return !(Array.isArray(object) || ArrayBuffer.isView(object) || isAnyArrayBuffer(object));
}

/** Keys that an address has, of any family. */
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
 * Refuses arguments that the call does not take.
 *
 * @param count how many arguments the caller passed
 * @param most how many the call takes
 * @param signature the call: `recv(size, options)`
 */
export function checkArgumentCount(count: number, most: number, signature: string): void {
  if (count <= most) return;
  throw invalidValue('arguments', `must be at most ${most}: ${signature}`, count);
}
