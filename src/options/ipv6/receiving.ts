/** What each packet that is received says of itself, in control messages, and which are received at all. */
import { boolean, range } from '../../layout/numbers.js';
import { ipv6, ipv6Packets } from '../levels.js';
import type { Option } from '../option.js';

/** Whether each datagram says its local address and interface: the control message `IPV6_PKTINFO`. */
export const recvpktinfo: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVPKTINFO', boolean);

/** Whether each datagram says its hop limit: the control message `IPV6_HOPLIMIT`. */
export const recvhoplimit: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVHOPLIMIT', boolean);

/** Whether each datagram says its traffic class: the control message `IPV6_TCLASS`. */
export const recvtclass: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVTCLASS', boolean);

/** Whether each datagram brings its hop-by-hop options: the control message `IPV6_HOPOPTS`. */
export const recvhopopts: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVHOPOPTS', boolean);

/** Whether each datagram brings its routing header: the control message `IPV6_RTHDR`. */
export const recvrthdr: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVRTHDR', boolean);

/** Whether each datagram brings its destination options: the control message `IPV6_DSTOPTS`. */
export const recvdstopts: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVDSTOPTS', boolean);

/** Whether datagrams that were too long for the path are told by the control message `IPV6_PATHMTU`. */
export const recvpathmtu: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVPATHMTU', boolean);

/** Whether each datagram says its flow label: the control message `IPV6_FLOWINFO`. */
export const flowinfo: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_FLOWINFO', boolean);

/** Whether each datagram says where it was going before a firewall redirected it: `IPV6_ORIGDSTADDR`. */
export const recvorigdstaddr: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVORIGDSTADDR', boolean);

/** Whether each datagram that came in fragments says the size of the largest: `IPV6_RECVFRAGSIZE`. */
export const recvfragsize: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVFRAGSIZE', boolean);

/** Queues errors with their whole story, to be read with `MSG_ERRQUEUE`. */
export const recverr: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_RECVERR', boolean);

/** With `ipv6.recverr`: the extensions of ICMP errors too (RFC 4884). */
export const recverrRfc4884: Option<boolean, 'inet6'> = ipv6Packets.readWrite(
  'IPV6_RECVERR_RFC4884',
  boolean,
  { since: '5.9' },
);

/** The least hop limit with which packets are accepted (RFC 5082); 0 for any. */
export const minhopcount: Option<number, 'inet6'> = ipv6.readWrite('IPV6_MINHOPCOUNT', range(0, 255));
