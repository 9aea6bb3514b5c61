/** The values of multicast options: which group, on which interface, from which sources. */

import { hostAt, interfaceAt } from '../address/fields.js';
import { type InterfaceInput, resolveInterface } from '../address/interface.js';
import { checkObject } from '../errors/argument.js';
import { group_req, group_source_req, in_addr, ip_mreq_source, ip_mreqn } from '../families/inet/layout.js';
import { asymmetric, type Codec } from '../layout/codec.js';
import { ipv4 } from '../layout/ip.js';
import { writeIpv4 } from '../layout/ip-text.js';
import { optional, record, single } from '../layout/record.js';
import { viewOf } from '../layout/view.js';

const ANY = '0.0.0.0';

/** An interface as IPv4's own options take it: its index, its name, or an IPv4 address of it. */
export type MulticastInterface = number | string;

/** A group of IPv4, and the interface that it is joined on; where absent, the route to the group says. */
export interface Membership {
  /** A multicast address of IPv4: `'239.1.2.3'`. */
  readonly group: string;
  /** The interface; where absent, the route to the group says. */
  readonly interface?: MulticastInterface | undefined;
}

function layOutMreqn(group: string, by: MulticastInterface | undefined, argument: string): Uint8Array {
  const bytes = new Uint8Array(ip_mreqn.size);
  const view = viewOf(bytes);
  ipv4(ip_mreqn.imr_multiaddr).write(view, group, `${argument}.group`);
  const isAddress = typeof by === 'string' && writeIpv4(by, bytes, ip_mreqn.imr_address);
  if (by !== undefined && !isAddress) {
    interfaceAt(ip_mreqn.imr_ifindex).write(view, by, `${argument}.interface`);
  }
  return bytes;
}

/** struct ip_mreqn, ip(7). */
export const membership: Codec<unknown, Membership> = {
  type: '{ group, interface? }',
  size: ip_mreqn.size,
  encode(value, argument) {
    const { group, interface: by } = checkObject(value, argument) as Membership;
    return layOutMreqn(group, by, argument);
  },
  decode: () => undefined,
};

const addressOnly: Codec<string> = single('IPv4 address', ipv4(in_addr.s_addr));

/** What IP_MULTICAST_IF takes, and the address alone that it answers. */
export const multicastInterface: Codec<string, MulticastInterface> = asymmetric(addressOnly, {
  ...membership,
  type: 'interface index, name or address',
  encode: (value: MulticastInterface, argument: string) => {
    if (typeof value !== 'string') resolveInterface(value, argument);
    return layOutMreqn(ANY, value, argument);
  },
});

/** One source of a group of IPv4. The kernel wants the interface by its address here. */
export interface SourceMembership {
  /** A multicast address of IPv4: `'239.1.2.3'`. */
  readonly group: string;
  /** The sender’s address. */
  readonly source: string;
  /** An IPv4 address of the interface; where absent, the route to the group says. */
  readonly interface?: string | undefined;
}

/** struct ip_mreq_source, ip(7). */
export const sourceMembership: Codec<SourceMembership> = record<SourceMembership>(ip_mreq_source.size, {
  group: ipv4(ip_mreq_source.imr_multiaddr),
  source: ipv4(ip_mreq_source.imr_sourceaddr),
  interface: optional(ipv4(ip_mreq_source.imr_interface), ANY),
});

/** A group of either family, and the interface that it is joined on; where absent, the route to the group says. */
export interface GroupMembership {
  /** A multicast address: `'239.1.2.3'`, `'ff02::fb'`. */
  readonly group: string;
  /** The interface; where absent, the route to the group says. */
  readonly interface?: InterfaceInput | undefined;
}

/** One source of a group. */
export interface GroupSource extends GroupMembership {
  /** The sender’s address. */
  readonly source: string;
}

/** struct group_req, RFC 3678. */
export const groupMembership: Codec<GroupMembership> = record<GroupMembership>(group_req.size, {
  interface: optional(interfaceAt(group_req.gr_interface), 0),
  group: hostAt(group_req.gr_group),
});

/** struct group_source_req, RFC 3678. */
export const groupSource: Codec<GroupSource> = record<GroupSource>(group_source_req.size, {
  interface: optional(interfaceAt(group_source_req.gsr_interface), 0),
  group: hostAt(group_source_req.gsr_group),
  source: hostAt(group_source_req.gsr_source),
});
