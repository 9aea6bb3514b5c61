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
