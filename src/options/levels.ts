/** The makers of rows of the levels whose rows fill a folder: SOL_SOCKET, IP, IPv6, TCP and SCTP. */
import type { FamilyName } from '../address/address.js';
import * as socket from '../constants/socket.js';
import * as inet from '../families/inet/constants.js';
import * as sctpConstants from '../families/inet/sctp.js';
import * as inet6 from '../families/inet6/constants.js';
import { defineLevel, type Level } from './level.js';

const { SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET, SOCK_STREAM } = socket;

/**
 * The families of the Internet protocols. IPv6 sockets have the options of IPv4 too, for the IPv4 that they carry (raw ones
 * excepted).
 */
export type Inet = 'inet' | 'inet6';

type So<F extends FamilyName = FamilyName> = Level<typeof socket, F>;

/** The makers of rows of level SOL_SOCKET. */
export const so: So = defineLevel({ constants: socket, level: socket.SOL_SOCKET, man: 'socket(7)' });

/** Of sockets within one machine. */
export const soUnix: So<'unix'> = so.only({ families: ['unix'], man: 'unix(7)' });

/** Of sockets on which messages may carry what the kernel says of their sender. */
export const soLocal: So<'unix' | 'netlink' | 'bluetooth'> = so.only({
  families: ['unix', 'netlink', 'bluetooth'],
  man: 'unix(7)',
});

/** Of the Internet protocols. */
export const soInet: So<Inet> = so.only({ families: ['inet', 'inet6'] });

type Ip<F extends Inet = Inet> = Level<typeof inet, F>;

/** The makers of rows of level IPPROTO_IP. */
export const ip: Ip = defineLevel({
  constants: inet,
  level: inet.IPPROTO_IP,
  families: ['inet', 'inet6'],
  man: 'ip(7)',
});

/** Of raw sockets. */
export const ipRaw: Ip<'inet'> = ip.only({ families: ['inet'], types: [SOCK_RAW], man: 'raw(7)' });

/** Of datagrams and raw packets: a stream has no groups, and no one packet that a message came in. */
export const ipPackets: Ip = ip.only({ types: [SOCK_DGRAM, SOCK_RAW] });

/** Of streams. */
export const ipStream: Ip = ip.only({ types: [SOCK_STREAM] });

const inetAndInet6 = { ...inet, ...inet6 };

type Ipv6 = Level<typeof inetAndInet6, 'inet6'>;

/** The makers of rows of level IPPROTO_IPV6. */
export const ipv6: Ipv6 = defineLevel({
  constants: inetAndInet6,
  level: inet.IPPROTO_IPV6,
  families: ['inet6'],
  man: 'ipv6(7)',
});

/** Of raw sockets. */
export const ipv6Raw: Ipv6 = ipv6.only({ types: [SOCK_RAW] });

/** Of datagrams and raw packets. */
export const ipv6Packets: Ipv6 = ipv6.only({ types: [SOCK_DGRAM, SOCK_RAW] });

/** The makers of rows of level IPPROTO_TCP. */
export const tcp: Level<typeof inet, Inet> = defineLevel({
  constants: inet,
  level: inet.IPPROTO_TCP,
  families: ['inet', 'inet6'],
  types: [SOCK_STREAM],
  protocols: [inet.IPPROTO_TCP],
  man: 'tcp(7)',
});

/** The makers of rows of level IPPROTO_SCTP. */
export const sctp: Level<typeof sctpConstants, Inet> = defineLevel({
  constants: sctpConstants,
  level: inet.IPPROTO_SCTP,
  families: ['inet', 'inet6'],
  types: [SOCK_STREAM, SOCK_SEQPACKET],
  protocols: [inet.IPPROTO_SCTP],
  man: 'RFC 6458',
});
