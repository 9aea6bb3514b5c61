/** Readers of the values of options and arguments. A mistake ends with one line and the usage. */
import { InvalidArgumentError, Option } from 'commander';

/** Returns a reader of whole numbers. */
export function integer(least: number, most: number): (text: string) => number {
  return text => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Returns an option whose value is in seconds on the command line, such as `0.2`, and in milliseconds in the program. */
export function seconds(flags: string, description: string, byDefault?: number): Option {
  const option = new Option(flags, description).argParser(milliseconds);
  return byDefault === undefined ? option : option.default(byDefault * 1000, String(byDefault));
}

function milliseconds(text: string): number {
  const value = Number(text);
  if (/^\d*\.?\d+$/.test(text) && value <= 86400) return value * 1000;
  throw new InvalidArgumentError('It must be a number of seconds, such as 0.5.');
}

/** Reads a TCP or UDP port. */
export const port: (text: string) => number = integer(0, 65535);
