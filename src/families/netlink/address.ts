/** A netlink address, as every call returns it. */
export interface NetlinkAddress {
  readonly family: 'netlink';
  /** The port's number, which is a process's id for its first socket; 0 is the kernel. */
  readonly pid: number;
  /** Multicast groups as a mask: group n is bit n - 1. */
  readonly groups: number;
}

/** A netlink address, as every call takes it: 0, the kernel and no groups, where nothing is said. */
export interface NetlinkAddressInput {
  readonly family?: 'netlink' | undefined;
  readonly pid?: number | undefined;
  readonly groups?: number | undefined;
}

declare module '../../address/address.js' {
  interface Families {
    netlink: { address: NetlinkAddress; input: NetlinkAddressInput };
  }
}
