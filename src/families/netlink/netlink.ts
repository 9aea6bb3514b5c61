/** AF_NETLINK: the kernel's own messages about links, addresses, routes and much else. netlink(7). */

import type { FamilyDriver } from '../../address/driver.js';
import { numericCodec } from '../../address/numeric.js';
import { defineFamily } from '../../address/registry.js';
import { optional, u32 } from '../../layout/record.js';
import { AF_NETLINK } from './constants.js';
import { sockaddr_nl } from './layout.js';

/** A netlink address, as every call returns it. */
export interface NetlinkAddress {
  /** Tells it from the addresses of other families. */
  readonly family: 'netlink';
  /** The port's number, which is a process's id for its first socket; 0 is the kernel. */
  readonly pid: number;
  /** Multicast groups as a mask: group n is bit n - 1. */
  readonly groups: number;
}

/** A netlink address, as every call takes it: 0, the kernel and no groups, where nothing is said. */
export interface NetlinkAddressInput {
  /** May be left out: the socket knows its family. */
  readonly family?: 'netlink' | undefined;
  /** The port’s number; 0, the default, is the kernel, and in bind() a number of the kernel’s choice. */
  readonly pid?: number | undefined;
  /** Multicast groups as a mask; 0, none, by default. */
  readonly groups?: number | undefined;
}

declare module '../../address/address.js' {
  interface Families {
    netlink: { address: NetlinkAddress; input: NetlinkAddressInput };
  }
}

export const netlink: FamilyDriver<'netlink'> = defineFamily({
  ...numericCodec('netlink', AF_NETLINK, sockaddr_nl.size, {
    pid: optional(u32(sockaddr_nl.nl_pid), 0),
    groups: optional(u32(sockaddr_nl.nl_groups), 0),
  }),
  cure: ({ protocol, code }) =>
    code === 'EPROTONOSUPPORT'
      ? `modprobe net-pf-${AF_NETLINK}-proto-${protocol}, if this kernel was built with it`
      : undefined,
});
