/** Numbers back to names, for people: what `inspect` and error messages show. */
import { familyNameOf } from '../address/registry.js';
import { isAbsent } from './constant.js';
import * as socket from './socket.js';

/** Families that have no driver of their own; AF_ROUTE is a second name of one that has. */
const families = new Map<number, string>();
for (const [name, value] of Object.entries(socket)) {
  const isFamily = name.startsWith('AF_') && name !== 'AF_ROUTE' && name !== 'AF_MAX';
  if (isFamily && typeof value === 'number' && !isAbsent(value)) families.set(value, name);
}

const { SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET, SOCK_DCCP, SOCK_PACKET } = socket;
const types = new Map(
  Object.entries({ SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET, SOCK_DCCP, SOCK_PACKET })
    .filter(([, value]) => !isAbsent(value))
    .map(([name, value]): [number, string] => [value, name]),
);

// The platforms that lack the flags lack them both.
const FLAGS = [socket.SOCK_NONBLOCK, socket.SOCK_CLOEXEC]
  .filter(flag => !isAbsent(flag))
  .reduce((all, flag) => all | flag, 0);

/** Whether a number is an address family of this platform. */
export function isFamily(number: number): boolean {
  return families.has(number) || familyNameOf(number) !== undefined;
}

/**
 * The name of an address family: `'AF_INET'` for 2.
 *
 * @returns `undefined` where the number is none of this platform
 */
export function familyName(family: number): string | undefined {
  const name = familyNameOf(family);
  return name === undefined ? families.get(family) : `AF_${name.toUpperCase()}`;
}

/**
 * The name of a socket type: `'SOCK_STREAM'` for 1, whether or not `SOCK_NONBLOCK` and `SOCK_CLOEXEC` are or-ed in.
 *
 * @returns `undefined` where the number is none
 */
export function typeName(type: number): string | undefined {
  return types.get(type & ~FLAGS);
}

/** `'AF_INET'` for 2; the number itself as text where it has no name. */
export function familyLabel(number: number): string {
  return familyName(number) ?? String(number);
}

/** `'SOCK_STREAM'` for 1; the number itself as text where it has no name. */
export function typeLabel(number: number): string {
  return types.get(number) ?? String(number);
}
