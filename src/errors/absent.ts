import process from 'node:process';
import { absentName } from '../constants/constant.js';
import { errnoNumber } from './codes.js';
import { UnsupportedError } from './errors.js';

/** Returns the error for an argument that contains a constant which this platform lacks. */
export function absentError(value: number, argument: string): UnsupportedError {
  const which = absentName(value) ?? 'one of the constants or-ed together';
  const message = `The "${argument}" argument is ${which}, which ${process.platform} does not have`;
  return new UnsupportedError(errnoNumber('ENOTSUP'), { syscall: '', message });
}
