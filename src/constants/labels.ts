/** Numbers back to names, for people: what `inspect` and error messages show. */
import { familyNameOf } from '../address/registry.js';
import { isAbsent } from './constant.js';
import * as socket from './socket.js';

/** Families that have no room of their own; AF_ROUTE is a second name of one that has. */
const families = new Map<number, string>();
for (const [name, value] of Object.entries(socket)) {
  const isFamily = name.startsWith('AF_') && name !== 'AF_ROUTE' && name !== 'AF_MAX';
  if (isFamily && typeof value === 'number' && !isAbsent(value)) families.set(value, name);
}

const { SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET, SOCK_PACKET } = socket;
const types = new Map(
  Object.entries({ SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET, SOCK_PACKET }).map(
    ([name, value]): [number, string] => [value, name],
  ),
);

/** Whether a number is an address family of this platform. */
export function isFamily(number: number): boolean {
  return families.has(number) || familyNameOf(number) !== undefined;
}

/** `'AF_INET'` for 2; the number itself as text where it has no name. */
export function familyLabel(number: number): string {
  const name = familyNameOf(number);
  return name === undefined ? (families.get(number) ?? String(number)) : `AF_${name.toUpperCase()}`;
}

/** `'SOCK_STREAM'` for 1; the number itself as text where it has no name. */
export function typeLabel(number: number): string {
  return types.get(number) ?? String(number);
}
