import process from 'node:process';
import { exceptions } from './exceptions.js';

/**
 * The first number of an absent constant. Each constant that this platform lacks has a unique number, far below all real
 * numbers, so that it never equals a default. `flags | ABSENT` stays far below too.
 */
const FLOOR = -(2 ** 31);

/** No constant of any platform is lower, so a lower number contains an absent constant. */
const LOWEST = -0xffff;

const absent: string[] = [];
const numbers = new Map<string, number>();

/**
 * Returns the number of a C constant on this platform. The other BSDs have no numbers, since theirs differ from FreeBSD's
 * and macOS's in many places.
 *
 * @returns a unique negative number if this platform lacks the constant: see {@link isAbsent}
 */
export function constant(
  name: string,
  linux: number | null,
  win32: number | null,
  darwin: number | null,
  freebsd: number | null = null,
): number {
  return columnOf(name, linux, win32, darwin, freebsd) ?? absentNumber(name);
}

/** Returns the number of an absent constant. A name that is looked up twice has one number. */
function absentNumber(name: string): number {
  let number = numbers.get(name);
  if (number === undefined) {
    number = FLOOR + absent.push(name) - 1;
    numbers.set(name, number);
  }
  return number;
}

function columnOf(
  name: string,
  linux: number | null,
  win32: number | null,
  darwin: number | null,
  freebsd: number | null,
) {
  switch (process.platform) {
    case 'linux':
    case 'android':
      return exceptions[process.arch]?.[name] ?? linux;
    case 'win32':
      return win32;
    case 'darwin':
      return darwin;
    case 'freebsd':
      return freebsd;
    default:
      return null;
  }
}

/** Returns whether a number is a constant that this platform lacks, alone or or-ed with others. */
export function isAbsent(value: unknown): boolean {
  return typeof value === 'number' && value < LOWEST;
}

/** Returns a flag, or 0 where this platform lacks it: to test flags that were checked, which cannot have an absent one. */
export function flagOrZero(flag: number): number {
  return isAbsent(flag) ? 0 : flag;
}

/** Returns the name of an absent constant; `undefined` for any other number, also for or-ed constants. */
export function absentName(value: number): string | undefined {
  return absent[value - FLOOR];
}
