import process from 'node:process';
import { absentName, isAbsent } from './constant.js';

/**
 * Refuses a number that came from a constant this platform lacks. For arguments that are names (a family, a type, a
 * protocol, a level, an option, flags), never for values: `CAN_EFF_FLAG | id` is negative in JavaScript, and rightly.
 */
export function assertPresent(value: number, argument: string): void {
  if (isAbsent(value)) throw absentError(value, argument);
}

function absentError(value: number, argument: string): Error {
  const name = absentName(value);
  const which = name === undefined ? 'one of the constants or-ed together' : name;
  const error = new Error(`The "${argument}" argument is ${which}, which ${process.platform} does not have`);
  return Object.assign(error, { code: 'ERR_UNSUPPORTED' });
}
