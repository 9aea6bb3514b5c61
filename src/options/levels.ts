/** Builders for the levels whose rows fill a folder: SOL_SOCKET, IP, IPv6, TCP and SCTP. */
import type { FamilyName } from '../address/address.js';
import * as socket from '../constants/socket.js';
import * as inet from '../families/inet/constants.js';
import * as sctpConstants from '../families/inet/sctp.js';
import * as inet6 from '../families/inet6/constants.js';
import { defineLevel, type Level } from './level.js';

const { SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET, SOCK_STREAM } = socket;

/**
 * The families of the Internet protocols. IPv6 sockets, except raw ones, have the options of IPv4 too, for the IPv4
 * traffic that they carry.
 */
export type Inet = 'inet' | 'inet6';

type So<F extends FamilyName = FamilyName> = Level<typeof socket, F>;

/** Builds rows of level SOL_SOCKET. */
export const so: So = defineLevel({ constants: socket, level: socket.SOL_SOCKET, man: 'socket(7)' });

/** Builds rows for Unix sockets. */
export const soUnix: So<'unix'> = so.only({ families: ['unix'], man: 'unix(7)' });

/** Builds rows for sockets whose messages can carry information from the kernel about the sender. */
export const soLocal: So<'unix' | 'netlink' | 'bluetooth'> = so.only({
  families: ['unix', 'netlink', 'bluetooth'],
  man: 'unix(7)',
});

/** Builds rows for sockets of the Internet protocols. */
export const soInet: So<Inet> = so.only({ families: ['inet', 'inet6'] });

type Ip<F extends Inet = Inet> = Level<typeof inet, F>;

/** Builds rows of level IPPROTO_IP. */
export const ip: Ip = defineLevel({
  constants: inet,
  level: inet.IPPROTO_IP,
  families: ['inet', 'inet6'],
  man: 'ip(7)',
});

/** Builds rows for raw sockets. */
export const ipRaw: Ip<'inet'> = ip.only({ families: ['inet'], types: [SOCK_RAW], man: 'raw(7)' });

/** Builds rows for datagram and raw sockets. A stream has no multicast groups and no message boundaries. */
export const ipPackets: Ip = ip.only({ types: [SOCK_DGRAM, SOCK_RAW] });

/** Builds rows for stream sockets. */
export const ipStream: Ip = ip.only({ types: [SOCK_STREAM] });

const inetAndInet6 = { ...inet, ...inet6 };

type Ipv6 = Level<typeof inetAndInet6, 'inet6'>;

/** Builds rows of level IPPROTO_IPV6. */
export const ipv6: Ipv6 = defineLevel({
  constants: inetAndInet6,
  level: inet.IPPROTO_IPV6,
  families: ['inet6'],
  man: 'ipv6(7)',
});

/** Builds rows for raw sockets. */
export const ipv6Raw: Ipv6 = ipv6.only({ types: [SOCK_RAW] });

/** Builds rows for datagram and raw sockets. */
export const ipv6Packets: Ipv6 = ipv6.only({ types: [SOCK_DGRAM, SOCK_RAW] });

/** Builds rows of level IPPROTO_TCP. */
export const tcp: Level<typeof inet, Inet> = defineLevel({
  constants: inet,
  level: inet.IPPROTO_TCP,
  families: ['inet', 'inet6'],
  types: [SOCK_STREAM],
  protocols: [inet.IPPROTO_TCP],
  man: 'tcp(7)',
});

/** Builds rows of level IPPROTO_SCTP. */
export const sctp: Level<typeof sctpConstants, Inet> = defineLevel({
  constants: sctpConstants,
  level: inet.IPPROTO_SCTP,
  families: ['inet', 'inet6'],
  types: [SOCK_STREAM, SOCK_SEQPACKET],
  protocols: [inet.IPPROTO_SCTP],
  man: 'RFC 6458',
});
