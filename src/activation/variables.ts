/** The environment variables of the service manager’s protocols. */
import { invalidState } from '../errors/argument.js';
import { environmentVariable } from '../errors/environment.js';

/** Returns the error for a variable that does not have the form of its protocol. */
export function invalidVariable(name: string, fault: string): Error {
  return invalidState(`The environment variable ${name} ${fault}`);
}

/** Returns a variable that is a decimal number; `undefined` if it is not set. */
export function readCount(name: string): number | undefined {
  const text = environmentVariable(name);
  if (text === undefined) return undefined;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number)) throw invalidVariable(name, `is not a decimal number: ${JSON.stringify(text)}`);
  return number;
}
