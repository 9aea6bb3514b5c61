import process from 'node:process';
import { exceptions } from './exceptions.js';

declare const brand: unique symbol;

/**
 * An address family number that knows which family it is: `AF_CAN` is the number 29 with the type `Family<'can'>`,
 * so that `new Socket(AF_CAN, …)` is a `Socket<'can'>` and takes only CAN addresses.
 */
export type Family<Name extends string = string> = number & { readonly [brand]: Name };

/**
 * A constant that this platform lacks is a number of its own, far below every real one, so that it can never pass for
 * a default; `flags | ABSENT` stays as far below. The numbers count up from here, one a name.
 */
const FLOOR = -(2 ** 31);

/** Below this a number is no constant of any platform: at least one of the or-ed ones was absent. */
const LOWEST = -0xffff;

const absent: string[] = [];

/**
 * The number a C constant has on this platform. FreeBSD has those alone that no other platform has, and platforms without
 * a column of their own (the other BSDs) none: they differ from macOS in more than a few.
 */
export function constant(
  name: string,
  linux: number | null,
  win32: number | null,
  darwin: number | null,
  freebsd: number | null = null,
): number {
  const value = columnOf(name, linux, win32, darwin, freebsd);
  if (value !== null) return value;
  absent.push(name);
  return FLOOR + absent.length - 1;
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

/** Whether a number came from a constant that this platform lacks, alone or or-ed with others. */
export function isAbsent(value: number): boolean {
  return value < LOWEST;
}

/** The name behind an absent constant's number; undefined for any other number, or-ed ones included. */
export function absentName(value: number): string | undefined {
  return absent[value - FLOOR];
}
