/** Options for received packets: their control messages, and which packets are received. */
import { boolean, range } from '../../layout/numbers.js';
import { ipv6, ipv6Packets } from '../levels.js';
import type { Option } from '../option.js';

/** Adds the control message `IPV6_PKTINFO` to each datagram: its local address and interface. */
export const recvpktinfo: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVPKTINFO', boolean);

/** Adds the control message `IPV6_HOPLIMIT` to each datagram: its hop limit. */
export const recvhoplimit: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVHOPLIMIT', boolean);

/** Adds the control message `IPV6_TCLASS` to each datagram: its traffic class. */
export const recvtclass: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVTCLASS', boolean);

/** Adds the control message `IPV6_HOPOPTS` to each datagram: its hop-by-hop options. */
export const recvhopopts: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVHOPOPTS', boolean);

/** Adds the control message `IPV6_RTHDR` to each datagram: its routing header. */
export const recvrthdr: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVRTHDR', boolean);

/** Adds the control message `IPV6_DSTOPTS` to each datagram: its destination options. */
export const recvdstopts: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVDSTOPTS', boolean);

/** Reports datagrams that were too long for the path, with the control message `IPV6_PATHMTU`. */
export const recvpathmtu: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVPATHMTU', boolean);

/** Adds the control message `IPV6_FLOWINFO` to each datagram: its flow label. */
export const flowinfo: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_FLOWINFO', boolean);

/** Adds the control message `IPV6_ORIGDSTADDR` to each datagram: its destination before a firewall redirected it. */
export const recvorigdstaddr: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVORIGDSTADDR', boolean);

/** Adds the control message `IPV6_RECVFRAGSIZE` to each reassembled datagram: the size of its largest fragment. */
export const recvfragsize: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVFRAGSIZE', boolean);

/** Queues errors with their details, which are read with `MSG_ERRQUEUE`. */
export const recverr: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVERR', boolean);

/** Adds the extensions of ICMP errors (RFC 4884) to the errors of `ipv6.recverr`. */
export const recverrRfc4884: Option<boolean, 'inet6'> = ipv6Packets.readWrite(
  'IPV6_RECVERR_RFC4884',
  boolean,
  { since: '5.9' },
);

/** The minimum hop limit of accepted packets (RFC 5082); 0 for any. */
export const minhopcount: Option<number, 'inet6'> = ipv6.readWrite('IPV6_MINHOPCOUNT', range(0, 255));
