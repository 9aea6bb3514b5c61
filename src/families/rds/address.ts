import type { InetAddress, InetAddressInput } from '../inet/address.js';

/** An address of Reliable Datagram Sockets, which is an IPv4 one: the kernel itself says AF_INET in it. */
export type RdsAddress = InetAddress;

/** The same, as every call takes it. */
export type RdsAddressInput = InetAddressInput;

declare module '../../address/address.js' {
  interface Families {
    rds: { address: RdsAddress; input: RdsAddressInput };
  }
}
