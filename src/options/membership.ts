/** The values of multicast options: group, interface and sources. */

import { hostAt, interfaceAt } from '../address/fields.js';
import { type InterfaceInput, resolveInterface } from '../address/interface.js';
import { firstIpv4 } from '../address/interface-addresses.js';
import { checkObject } from '../errors/argument.js';
import { group_req, group_source_req, in_addr, ip_mreq_source, ip_mreqn } from '../families/inet/layout.js';
import { asymmetric, type Codec } from '../layout/codec.js';
import { ipv4 } from '../layout/ip.js';
import { writeIpv4 } from '../layout/ip-text.js';
import { optional, record, single } from '../layout/record.js';
import { littleEndian, viewOf } from '../layout/view.js';

const ANY = '0.0.0.0';

/** What the errors of options that join a group mean. ip(7), net/ipv4/igmp.c, net/ipv6/mcast.c. */
export const joining: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the socket has already joined the group on this interface',
  ENODEV: 'there is no such interface, or no route to the group: name an interface',
  ENOBUFS: 'the socket has as many groups as the sysctl net.ipv4.igmp_max_memberships permits',
};

/** What the errors of options that leave a group mean. */
export const leaving: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: 'the socket has not joined the group on this interface',
};

/** An interface in IPv4's own options: its index, its name, or one of its IPv4 addresses. */
export type MulticastInterface = number | string;

/** An IPv4 group, and the interface to join it on. */
export interface Membership {
  /** A multicast address of IPv4: `'239.1.2.3'`. */
  readonly group: string;
  /** The interface; by default that of the route to the group. */
  readonly interface?: MulticastInterface | undefined;
}

/** Encodes an interface in a struct ip_mreqn: by its address, or otherwise by its index, which is returned. */
function writeInterface(bytes: Uint8Array, by: MulticastInterface, argument: string): number {
  const isAddress = typeof by === 'string' && writeIpv4(by, bytes, ip_mreqn.imr_address);
  if (isAddress) return 0;
  const index = resolveInterface(by, argument);
  viewOf(bytes).setInt32(ip_mreqn.imr_ifindex, index, littleEndian);
  return index;
}

/** The codec of struct ip_mreqn, ip(7). */
export const membership: Codec<unknown, Membership> = {
  type: '{ group, interface? }',
  size: ip_mreqn.size,
  encode(value, argument) {
    const { group, interface: by } = checkObject(value, argument) as Membership;
    const bytes = new Uint8Array(ip_mreqn.size);
    ipv4(ip_mreqn.imr_multiaddr).write(viewOf(bytes), group, `${argument}.group`);
    if (by !== undefined) writeInterface(bytes, by, `${argument}.interface`);
    return bytes;
  },
  decode: () => undefined,
};

const addressOnly: Codec<string> = single('IPv4 address', ipv4(in_addr.s_addr));

/**
 * The codec of IP_MULTICAST_IF. Setting takes an interface; reading returns only its address, which is also the source
 * of sent packets. With an index and no address, the kernel uses the source of the default route, which can be an
 * address of another interface. Therefore the first address of the interface is filled in.
 */
export const multicastInterface: Codec<string, MulticastInterface> = asymmetric(addressOnly, {
  ...membership,
  type: 'interface index, name or address',
  encode: (value: MulticastInterface, argument: string) => {
    const bytes = new Uint8Array(ip_mreqn.size);
    const index = writeInterface(bytes, value, argument);
    const source = index === 0 ? undefined : firstIpv4(index);
    if (source !== undefined) writeIpv4(source, bytes, ip_mreqn.imr_address);
    return bytes;
  },
});

/** One source of an IPv4 group. The kernel requires an address of the interface here. */
export interface SourceMembership {
  /** A multicast address of IPv4: `'239.1.2.3'`. */
  readonly group: string;
  /** The sender’s address. */
  readonly source: string;
  /** An IPv4 address of the interface; by default the interface of the route to the group. */
  readonly interface?: string | undefined;
}

/** The codec of struct ip_mreq_source, ip(7). */
export const sourceMembership: Codec<SourceMembership> = record<SourceMembership>(ip_mreq_source.size, {
  group: ipv4(ip_mreq_source.imr_multiaddr),
  source: ipv4(ip_mreq_source.imr_sourceaddr),
  interface: optional(ipv4(ip_mreq_source.imr_interface), ANY),
});

/** A group of either family, and the interface to join it on. */
export interface GroupMembership {
  /** A multicast address: `'239.1.2.3'`, `'ff02::fb'`. */
  readonly group: string;
  /** The interface; by default that of the route to the group. */
  readonly interface?: InterfaceInput | undefined;
}

/** One source of a group. */
export interface GroupSource extends GroupMembership {
  /** The sender’s address. */
  readonly source: string;
}

/** The codec of struct group_req, RFC 3678. */
export const groupMembership: Codec<GroupMembership> = record<GroupMembership>(group_req.size, {
  interface: optional(interfaceAt(group_req.gr_interface), 0),
  group: hostAt(group_req.gr_group),
});

/** The codec of struct group_source_req, RFC 3678. */
export const groupSource: Codec<GroupSource> = record<GroupSource>(group_source_req.size, {
  interface: optional(interfaceAt(group_source_req.gsr_interface), 0),
  group: hostAt(group_source_req.gsr_group),
  source: hostAt(group_source_req.gsr_source),
});
