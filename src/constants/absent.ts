import process from 'node:process';
import { errnoNumber } from '../errors/codes.js';
import { UnsupportedError } from '../errors/errors.js';
import { absentName, isAbsent } from './constant.js';

/**
 * Refuses a constant that this platform lacks. Use it for arguments that are constants (a family, a type, a protocol, a
 * level, an option, flags), not for values: `CAN_EFF_FLAG | id` is a valid negative number.
 *
 * @throws UnsupportedError naming the constant and the platform
 */
export function assertPresent(value: number, argument: string): void {
  if (isAbsent(value)) throw absentError(value, argument);
}

function absentError(value: number, argument: string): UnsupportedError {
  const which = absentName(value) ?? 'one of the constants or-ed together';
  const message = `The "${argument}" argument is ${which}, which ${process.platform} does not have`;
  return new UnsupportedError(errnoNumber('ENOTSUP'), { syscall: '', message });
}
