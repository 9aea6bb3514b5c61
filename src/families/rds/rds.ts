/** AF_RDS: Reliable Datagram Sockets, over TCP or InfiniBand. rds(7). */
import type { FamilyDriver } from '../../address/driver.js';
import { defineFamily } from '../../address/registry.js';
import type { InetAddress, InetAddressInput } from '../inet/address.js';
import { inet } from '../inet/inet.js';
import { AF_RDS } from './constants.js';

/** An address of Reliable Datagram Sockets, which is an IPv4 one: the kernel itself says AF_INET in it. */
export type RdsAddress = InetAddress;

/** The same, as every call takes it. */
export type RdsAddressInput = InetAddressInput;

declare module '../../address/address.js' {
  interface Families {
    rds: { address: RdsAddress; input: RdsAddressInput };
  }
}

/** The addresses are IPv4 addresses, and the kernel says AF_INET in them: all but the socket's own family is inet's. */
export const rds: FamilyDriver<'rds'> = defineFamily({
  ...inet,
  name: 'rds',
  number: AF_RDS,
  hint: 'modprobe rds_tcp',
  // Read as an inet address, which is what it is.
  parse: () => undefined,
  shortReadMeansDrained: () => false,
});
