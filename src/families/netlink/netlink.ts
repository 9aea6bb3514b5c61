/** AF_NETLINK: messages between the kernel and processes about links, addresses, routes and more. netlink(7). */

import type { FamilyDriver } from '../../address/driver.js';
import { numericCodec } from '../../address/numeric.js';
import { adviceFrom, needsModules } from '../../errors/advice-table.js';
import { optional, u32 } from '../../layout/record.js';
import { AF_NETLINK } from './constants.js';
import { sockaddr_nl } from './layout.js';

/** A netlink address, as returned by all calls. */
export interface NetlinkAddress {
  /** The address family. */
  readonly family: 'netlink';
  /** The port number; 0 is the kernel. The first socket of a process gets the process ID. */
  readonly pid: number;
  /** The multicast groups as a mask: group n is bit n - 1. */
  readonly groups: number;
}

/** An address argument of a netlink socket. The default is the kernel and no groups. */
export interface NetlinkAddressInput {
  /** Optional; the default is the family of the socket. */
  readonly family?: 'netlink' | undefined;
  /** The port number. 0, the default, is the kernel; in bind() it lets the kernel choose. */
  readonly pid?: number | undefined;
  /** The multicast groups as a mask; 0, the default, for none. */
  readonly groups?: number | undefined;
}

declare module '../../address/address.js' {
  interface Families {
    netlink: { address: NetlinkAddress; input: NetlinkAddressInput };
  }
}

export const netlink: FamilyDriver<'netlink'> = {
  ...numericCodec('netlink', AF_NETLINK, sockaddr_nl.size, {
    pid: optional(u32(sockaddr_nl.nl_pid), 0),
    groups: optional(u32(sockaddr_nl.nl_groups), 0),
  }),
  advise: adviceFrom([
    {
      calls: ['socket'],
      codes: ['EPROTONOSUPPORT'],
      text: ({ protocol }) =>
        needsModules(`netlink protocol ${protocol}`, `net-pf-${AF_NETLINK}-proto-${protocol}`),
    },
    { calls: ['bind', 'send'], codes: ['EPERM'], text: 'this group or request needs CAP_NET_ADMIN' },
    { calls: ['bind'], codes: ['EADDRINUSE'], text: 'another socket has this pid; 0 lets the kernel choose' },
    {
      calls: ['recv'],
      codes: ['ENOBUFS'],
      text: 'messages were lost because the receive buffer was full: read faster, or set so.rcvbuf',
    },
  ]),
};
