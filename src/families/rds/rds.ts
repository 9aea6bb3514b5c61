/**
 * AF_RDS: Reliable Datagram Sockets, over TCP or InfiniBand. rds(7).
 *
 * Closing a socket discards the datagrams that the kernel has not handed to the transport (net/rds/af_rds.c, rds_release
 * calls rds_send_drop_to).
 */
import type { FamilyDriver } from '../../address/driver.js';
import { adviceFrom, moduleRow } from '../../errors/advice-table.js';
import type { InetAddress, InetAddressInput } from '../inet/address.js';
import { inet } from '../inet/inet.js';
import { AF_RDS } from './constants.js';

/** An address of an RDS socket: an IPv4 address with the family AF_INET. */
export type RdsAddress = InetAddress;

/**
 * An address argument of an RDS socket.
 *
 * `sendto` returns when the kernel has queued a datagram. `close()` discards the datagrams that it has not handed to TCP
 * yet, so exchange an answer before you close the socket.
 */
export type RdsAddressInput = InetAddressInput & { readonly port: number };

declare module '../../address/address.js' {
  interface Families {
    rds: { address: RdsAddress; input: RdsAddressInput };
  }
}

/** The driver. RDS addresses are IPv4 addresses with the family AF_INET, so the inet driver handles them. */
export const rds: FamilyDriver<'rds'> = {
  ...(inet as object as FamilyDriver<'rds'>), // resolve() returns an address with the port that it was given
  name: 'rds',
  number: AF_RDS,
  variant: () => undefined,
  advise: adviceFrom([moduleRow('AF_RDS', 'rds_tcp')]),
  // Decoded as an IPv4 address.
  parse: () => undefined,
  shortReadMeansDrained: () => false,
};
