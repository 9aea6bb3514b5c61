/** Options for the header and the size of sent packets. */
import { ip6_mtuinfo, sockaddr_in6 } from '../../families/inet6/layout.js';
import type { Codec } from '../../layout/codec.js';
import { ipv6 as host } from '../../layout/ip.js';
import { boolean, int, natural, range, rangeOrDefault } from '../../layout/numbers.js';
import { record, u32 } from '../../layout/record.js';
import { ipv6, ipv6Raw } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

/** The hop limit of sent unicast packets; -1 for the route’s. */
export const unicastHops: Option<number, 'inet6'> = ipv6.readWrite(
  'IPV6_UNICAST_HOPS',
  rangeOrDefault(0, 255),
);

/** The traffic class of sent packets: DSCP and ECN; -1 for the default, 0. */
export const tclass: Option<number, 'inet6'> = ipv6.readWrite('IPV6_TCLASS', rangeOrDefault(0, 255));

/** The method of path MTU discovery: one of `IPV6_PMTUDISC_`. */
export const mtuDiscover: Option<number, 'inet6'> = ipv6.readWrite('IPV6_MTU_DISCOVER', range(0, 5));

/**
 * The MTU. Setting it limits packets: 1280 or more, 0 for the route’s. Reading returns the path MTU of a connected
 * socket.
 */
export const mtu: Option<number, 'inet6'> = ipv6.readWrite('IPV6_MTU', natural, {
  note: 'reading it on a socket that is not connected fails with ENOTCONN',
});

/** Disables fragmentation: sending a packet that is too long fails with `EMSGSIZE`. */
export const dontfrag: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_DONTFRAG', boolean);

/** The known MTU of a path. */
export interface PathMtu {
  /** The maximum packet size, in bytes. */
  readonly mtu: number;
  /** The destination, if the kernel reports it. */
  readonly host: string;
}

const pathMtu: Codec<PathMtu> = record<PathMtu>(ip6_mtuinfo.size, {
  mtu: u32(ip6_mtuinfo.ip6m_mtu),
  host: host(ip6_mtuinfo.ip6m_addr + sockaddr_in6.sin6_addr),
});

/** The path MTU of a connected socket. */
export const pathmtu: ReadOnlyOption<PathMtu, 'inet6'> = ipv6.readOnly('IPV6_PATHMTU', pathMtu, {
  note: 'ENOTCONN on a socket that is not connected; on Linux, the host is always ::',
});

/** Assigns a flow label to each flow automatically. */
export const autoflowlabel: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_AUTOFLOWLABEL', boolean);

/** Sends the flow label and traffic class in `flowinfo` of the destination address. The label must be leased. */
export const flowinfoSend: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_FLOWINFO_SEND', boolean);

/** The preferred kinds of source addresses: `IPV6_PREFER_SRC_` bits. */
export const addrPreferences: Option<number, 'inet6'> = ipv6.readWrite('IPV6_ADDR_PREFERENCES', natural, {
  man: 'RFC 5014',
});

/** The offset, an even number, of the checksum that the kernel computes in raw packets; -1 for none. */
export const checksum: Option<number, 'inet6'> = ipv6Raw.readWrite('IPV6_CHECKSUM', int, {
  note: 'fixed for ICMPv6',
});

/** Whether the caller writes the IPv6 header. */
export const hdrincl: Option<boolean, 'inet6'> = ipv6Raw.readWrite('IPV6_HDRINCL', boolean);
