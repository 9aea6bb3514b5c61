/** Numbers back to names, for people: what `inspect` and error messages show. */
import * as inet from '../families/inet/constants.js';
import * as inet6 from '../families/inet6/constants.js';
import * as unix from '../families/unix/constants.js';
import { isAbsent } from './constant.js';
import * as socket from './socket.js';

/** Second names of a number that has a better known one. */
const aliases = new Set(['AF_LOCAL', 'AF_FILE', 'AF_ROUTE']);

const families = new Map<number, string>();
for (const group of [inet, inet6, unix, socket]) {
  for (const [name, value] of Object.entries(group)) {
    const isFamily = name.startsWith('AF_') && !aliases.has(name) && name !== 'AF_MAX';
    if (isFamily && typeof value === 'number' && !isAbsent(value)) families.set(value, name);
  }
}

const { SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET, SOCK_PACKET } = socket;
const types = new Map(
  Object.entries({ SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET, SOCK_PACKET }).map(
    ([name, value]): [number, string] => [value, name],
  ),
);

/** Whether a number is an address family of this platform. */
export function isFamily(number: number): boolean {
  return families.has(number);
}

/** `'AF_INET'` for 2; the number itself as text where it has no name. */
export function familyLabel(number: number): string {
  return families.get(number) ?? String(number);
}

/** `'SOCK_STREAM'` for 1; the number itself as text where it has no name. */
export function typeLabel(number: number): string {
  return types.get(number) ?? String(number);
}
