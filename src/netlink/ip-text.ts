/** What attributes of several kinds have in common: addresses as text, names of families. */
import { inet_ntop } from '../address/ip.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';

/** The name of an IP family. */
export type IpFamily = 'inet' | 'inet6';

/** The two families that have links, addresses and routes here. */
export const ipFamilies: ReadonlyMap<number, IpFamily> = new Map<number, IpFamily>([
  [AF_INET, 'inet'],
  [AF_INET6, 'inet6'],
]);

const lengths: ReadonlyMap<number, number> = new Map<number, number>([
  [AF_INET, 4],
  [AF_INET6, 16],
]);

/** An address in numbers; `undefined` where there is none, or not one of this family. */
export function ipText(family: number, bytes: Buffer | undefined): string | undefined {
  return bytes !== undefined && bytes.length === lengths.get(family) ? inet_ntop(family, bytes) : undefined;
}

/** `'0a:1b:2c:3d:4e:5f'`; `undefined` where there is none. */
export function hardwareText(bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(':');
}
