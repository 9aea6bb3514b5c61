/** The header of packets that are sent, and how large they may be. */
import { ip6_mtuinfo, sockaddr_in6 } from '../../families/inet6/layout.js';
import type { Codec } from '../../layout/codec.js';
import { ipv6 as host } from '../../layout/ip.js';
import { boolean, int, natural, range, rangeOrDefault } from '../../layout/numbers.js';
import { record, u32 } from '../../layout/record.js';
import { ipv6, ipv6Raw } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

/** The hop limit of unicast packets sent; -1 for the route’s. */
export const unicastHops: Option<number, 'inet6'> = ipv6.readWrite(
  'IPV6_UNICAST_HOPS',
  rangeOrDefault(0, 255),
);

/** The traffic class of packets sent: DSCP and ECN; -1 for the default, 0. */
export const tclass: Option<number, 'inet6'> = ipv6.readWrite('IPV6_TCLASS', rangeOrDefault(0, 255));

/** How the path’s MTU is found: one of `IPV6_PMTUDISC_`. */
export const mtuDiscover: Option<number, 'inet6'> = ipv6.readWrite('IPV6_MTU_DISCOVER', range(0, 5));

/** The MTU: to be used, 1280 or more, 0 for the route’s; read, that of a connected socket’s path. */
export const mtu: Option<number, 'inet6'> = ipv6.readWrite('IPV6_MTU', natural, {
  note: 'ENOTCONN when it is read of a socket that is not connected',
});

/** Lets no fragments be made: what is too long is `EMSGSIZE`. */
export const dontfrag: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_DONTFRAG', boolean);

/** What is known of a path. */
export interface PathMtu {
  /** The largest packet, in bytes. */
  readonly mtu: number;
  /** The other end, where the kernel says it. */
  readonly host: string;
}

const pathMtu: Codec<PathMtu> = record<PathMtu>(ip6_mtuinfo.size, {
  mtu: u32(ip6_mtuinfo.ip6m_mtu),
  host: host(ip6_mtuinfo.ip6m_addr + sockaddr_in6.sin6_addr),
});

/** The MTU of a connected socket’s path. */
export const pathmtu: ReadOnlyOption<PathMtu, 'inet6'> = ipv6.readOnly('IPV6_PATHMTU', pathMtu, {
  note: 'ENOTCONN on a socket that is not connected; Linux leaves the host at ::',
});

/** Gives each flow a label by itself. */
export const autoflowlabel: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_AUTOFLOWLABEL', boolean);

/** Whether the flow label and class of a destination’s `flowinfo` are sent; the label has to be leased. */
export const flowinfoSend: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_FLOWINFO_SEND', boolean);

/** Which source addresses are preferred: `IPV6_PREFER_SRC_` bits. */
export const addrPreferences: Option<number, 'inet6'> = ipv6.readWrite('IPV6_ADDR_PREFERENCES', natural, {
  man: 'RFC 5014',
});

/** The offset of the checksum that the kernel computes in raw packets, even; -1 for none. */
export const checksum: Option<number, 'inet6'> = ipv6Raw.readWrite('IPV6_CHECKSUM', int, {
  note: 'fixed for ICMPv6',
});

/** The caller writes the IPv6 header. */
export const hdrincl: Option<boolean, 'inet6'> = ipv6Raw.readWrite('IPV6_HDRINCL', boolean);
