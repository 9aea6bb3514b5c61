/** IP addresses and hardware addresses in attributes, as text. */
import { inet_ntop } from '../address/ip.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { hardwareText } from '../layout/hardware-address.js';

/** The name of an IP address family. */
export type IpFamily = 'inet' | 'inet6';

/** The names of the IP address families, by number. */
export const ipFamilies: ReadonlyMap<number, IpFamily> = new Map<number, IpFamily>([
  [AF_INET, 'inet'],
  [AF_INET6, 'inet6'],
]);

const lengths: ReadonlyMap<number, number> = new Map<number, number>([
  [AF_INET, 4],
  [AF_INET6, 16],
]);

/** Returns a numeric address, or `undefined` if there is none or its length is not that of the family. */
export function ipText(family: number, bytes: Buffer | undefined): string | undefined {
  return bytes !== undefined && bytes.length === lengths.get(family) ? inet_ntop(family, bytes) : undefined;
}

/** Returns the hardware address in an attribute, as text; `undefined` if there is none. */
export function hardwareTextOf(bytes: Buffer | undefined): string | undefined {
  return bytes === undefined || bytes.length === 0 ? undefined : hardwareText(bytes);
}
