/** The names of address families and socket types, for `inspect` and error messages. */

import { isAbsent } from '../constants/constant.js';
import { lazy } from '../constants/lazy.js';
import * as socket from '../constants/socket.js';
import {
  SOCK_CLOEXEC,
  SOCK_DCCP,
  SOCK_DGRAM,
  SOCK_NONBLOCK,
  SOCK_PACKET,
  SOCK_RAW,
  SOCK_RDM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
} from '../constants/socket.js';
import { checkInteger } from '../errors/argument.js';
import { familyNameOf } from './registry.js';

/** The names of address families, by number. AF_ROUTE is omitted because it has the number of AF_NETLINK. */
const families = lazy(() => {
  const names = new Map<number, string>();
  for (const [name, value] of Object.entries(socket)) {
    const isFamily = name.startsWith('AF_') && name !== 'AF_ROUTE' && name !== 'AF_MAX';
    if (isFamily && typeof value === 'number' && !isAbsent(value)) names.set(value, name);
  }
  return names;
});

const types = new Map(
  Object.entries({ SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET, SOCK_DCCP, SOCK_PACKET })
    .filter(([, value]) => !isAbsent(value))
    .map(([name, value]): [number, string] => [value, name]),
);

// A platform has either both flags or neither.
const FLAGS = [SOCK_NONBLOCK, SOCK_CLOEXEC]
  .filter(flag => !isAbsent(flag))
  .reduce((all, flag) => all | flag, 0);

/** Checks a 32-bit number, which includes the numbers of constants that the platform lacks. */
function checkNumber(value: unknown, argument: string): number {
  return checkInteger(value, argument, -(2 ** 31), 2 ** 31 - 1);
}

/** Returns whether a number is an address family of this platform. */
export function isFamily(number: number): boolean {
  return families().has(number) || familyNameOf(number) !== undefined;
}

/**
 * Returns the name of an address family: `'AF_INET'` for 2.
 *
 * @param family the number of the family
 * @returns `undefined` if the platform has no such family
 * @throws TypeError or RangeError naming the argument
 */
export function familyName(family: number): string | undefined {
  return nameOfFamily(checkNumber(family, 'family'));
}

function nameOfFamily(family: number): string | undefined {
  const name = familyNameOf(family);
  return name === undefined ? families().get(family) : `AF_${name.toUpperCase()}`;
}

/**
 * Returns the name of a socket type: `'SOCK_STREAM'` for 1. `SOCK_NONBLOCK` and `SOCK_CLOEXEC` are ignored.
 *
 * @param type the number of the type
 * @returns `undefined` if there is no such type
 * @throws TypeError or RangeError naming the argument
 */
export function typeName(type: number): string | undefined {
  return types.get(checkNumber(type, 'type') & ~FLAGS);
}

/** Returns `'AF_INET'` for 2, or the number as text if it has no name. */
export function familyLabel(number: number): string {
  return nameOfFamily(number) ?? String(number);
}

/** Returns `'SOCK_STREAM'` for 1, or the number as text if it has no name. */
export function typeLabel(number: number): string {
  return types.get(number) ?? String(number);
}
