import { absentError } from '../errors/absent.js';
import { isAbsent } from './constant.js';

/**
 * Refuses a constant that this platform lacks. Use it for arguments that are constants (a family, a type, a protocol, a
 * level, an option, flags), not for values: `CAN_EFF_FLAG | id` is a valid negative number.
 *
 * @throws UnsupportedError naming the constant and the platform
 */
export function assertPresent(value: number, argument: string): void {
  if (isAbsent(value)) throw absentError(value, argument);
}
