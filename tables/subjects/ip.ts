import type { Group } from '../subject.js';

/** The options of IPv4 and their values, in the subject of inet. */
export const ip: readonly Group[] = [
  {
    about: 'A socket option of level IPPROTO_IP.',
    kind: 'option',
    man: 'ip(7)',
    names: `
      IP_OPTIONS: The options in the header of each packet.
      IP_HDRINCL: The program writes the IP header.
      IP_TOS: The type-of-service byte: DSCP and ECN.
      IP_TTL: The time to live of sent packets.
      IP_RECVOPTS: Receive the options of the header as a control message.
      IP_RECVRETOPTS: Receive the unprocessed options of the header.
      IP_RETOPTS: The same number as IP_RECVRETOPTS.
      IP_MULTICAST_IF: The outgoing interface for multicast.
      IP_MULTICAST_TTL: The time to live of multicast packets.
      IP_MULTICAST_LOOP: Whether this machine receives its own multicast.
      IP_ADD_MEMBERSHIP: Join a multicast group.
      IP_DROP_MEMBERSHIP: Leave a multicast group.
      IP_UNBLOCK_SOURCE: Unblock a blocked source of a group.
      IP_BLOCK_SOURCE: Block a source of a group.
      IP_ADD_SOURCE_MEMBERSHIP: Join a group for one source only.
      IP_DROP_SOURCE_MEMBERSHIP: Leave a group for one source.
      IP_MSFILTER: The list of sources of a group.
      IP_MULTICAST_ALL: Whether to receive from groups that only other sockets joined.
      IP_UNICAST_IF: The outgoing interface for unicast.
      IP_ROUTER_ALERT: Receive forwarded packets with the router alert option.
      IP_PKTINFO: Receive the local address and interface of each datagram (in_pktinfo).
      IP_PKTOPTIONS: The control messages of the last TCP segment.
      IP_PMTUDISC: The old name of IP_MTU_DISCOVER.
      IP_MTU_DISCOVER: The mode of path MTU discovery, one of the IP_PMTUDISC_ constants.
      IP_RECVERR: Queue detailed errors (MSG_ERRQUEUE).
      IP_RECVERR_RFC4884: Add the ICMP extensions to the errors of IP_RECVERR.
      IP_RECVTTL: Receive the time to live of each datagram.
      IP_RECVTOS: Receive the type-of-service byte of each datagram.
      IP_MTU: The known path MTU of a connected socket; read-only.
      IP_FREEBIND: Allow bind() to an address that does not exist yet.
      IP_IPSEC_POLICY: The IPsec policy of this socket (sadb_x_policy).
      IP_XFRM_POLICY: The IPsec policy of this socket (xfrm_userpolicy_info).
      IP_PASSSEC: Receive the security context of the peer as SCM_SECURITY.
      IP_TRANSPARENT: Allow bind() and accept() for addresses of other machines.
      IP_ORIGDSTADDR: Control message: the original destination of a redirected datagram.
      IP_RECVORIGDSTADDR: Receive IP_ORIGDSTADDR control messages.
      IP_MINTTL: The minimum time to live of accepted packets.
      IP_NODEFRAG: Do not reassemble fragments.
      IP_CHECKSUM: Receive the checksum of each datagram.
      IP_BIND_ADDRESS_NO_PORT: Choose an automatic port in connect() and not in bind().
      IP_RECVFRAGSIZE: Receive the size of the largest fragment.
      IP_LOCAL_PORT_RANGE: The range of automatic ports.
      IP_PROTOCOL: The protocol of the raw socket; read-only.`,
  },
  {
    about: 'A value or a limit of an IP_ option.',
    man: 'ip(7)',
    names: `
      IP_PMTUDISC_DONT: Never set the don’t-fragment bit.
      IP_PMTUDISC_WANT: Use the setting of the route.
      IP_PMTUDISC_DO: Always set the don’t-fragment bit.
      IP_PMTUDISC_PROBE: Set the don’t-fragment bit, and ignore the known path MTU.
      IP_PMTUDISC_INTERFACE: Use the MTU of the interface, never that of the path.
      IP_PMTUDISC_OMIT: Use the MTU of the interface, and allow fragments.
      IP_DEFAULT_MULTICAST_TTL: The default time to live of multicast packets.
      IP_DEFAULT_MULTICAST_LOOP: The default of IP_MULTICAST_LOOP.
      IP_MAX_MEMBERSHIPS: The maximum number of groups per socket, according to the headers.`,
  },
  {
    about: 'A socket option of level IPPROTO_IP that Linux does not have.',
    kind: 'option',
    man: 'ip(4)',
    headers: { linux: [] },
    names: `
      IP_RECVDSTADDR: Receive the destination address of each datagram.
      IP_RECVIF: Receive the receiving interface of each datagram.
      IP_BOUND_IF: The index of the only interface to use.
      IP_PORTRANGE: The range of automatic ports, one of the IP_PORTRANGE_ constants.
      IP_STRIPHDR: Receive no IP header on a raw socket.
      IP_FAITH: Deprecated: translation of IPv6 to IPv4.
      IP_MULTICAST_IFINDEX: The index of the outgoing interface for multicast.
      IP_MULTICAST_VIF: The virtual outgoing interface for multicast.
      IP_RECVPKTINFO: Receive the local address and interface of each datagram; IP_PKTINFO on Linux.
      IP_DONTFRAG: Set the don’t-fragment bit.
      IP_DONTFRAGMENT: Set the don’t-fragment bit; Windows.
      IP_HOPLIMIT: Receive the time to live of each datagram.
      IP_RECEIVE_BROADCAST: Whether broadcasts are received.
      IP_IFLIST: Whether the list of interfaces applies.
      IP_ADD_IFLIST: Add an interface to the list of receiving interfaces, by index.
      IP_DEL_IFLIST: Remove an interface from the list.
      IP_GET_IFLIST: The list of interfaces; read-only.
      IP_RTHDR: Control message: the routing header.
      IP_RECVRTHDR: Receive the routing header.
      IP_TCLASS: Control message: the type-of-service byte.
      IP_RECVTCLASS: Receive the type-of-service byte of each datagram.
      IP_ORIGINAL_ARRIVAL_IF: Receive the original receiving interface of each datagram.
      IP_ECN: Control message: the ECN bits.
      IP_RECVECN: Receive the ECN bits of each datagram.
      IP_PKTINFO_EX: Receive IP_PKTINFO with flags.
      IP_USER_MTU: An upper limit of the path MTU.
      IP_NRT_INTERFACE: The outgoing interface for traffic that is not real-time.
      IP_WFP_REDIRECT_RECORDS: The redirect records of the Windows Filtering Platform for a redirected connection.
      IP_WFP_REDIRECT_CONTEXT: The redirect context of the Windows Filtering Platform for a redirected connection.`,
  },
  {
    about: 'A value of IP_PORTRANGE.',
    man: 'ip(4)',
    headers: { linux: [] },
    names: `
      IP_PORTRANGE_DEFAULT: The system’s range.
      IP_PORTRANGE_HIGH: The high range, which firewalls might allow.
      IP_PORTRANGE_LOW: Ports below 1024, which need privileges.`,
  },
  {
    about:
      'Where a connection that a firewall redirected was going; level SOL_IP, SOL_IPV6, or on Windows SOL_SOCKET.',
    kind: 'option',
    headers: {
      linux: ['netinet/in.h', 'linux/netfilter_ipv4.h', 'linux/netfilter_ipv6/ip6_tables.h'],
      darwin: [],
    },
    names: 'SO_ORIGINAL_DST IP6T_SO_ORIGINAL_DST',
  },
  {
    about: 'A multicast option for IPv4 and IPv6 (RFC 3678).',
    kind: 'option',
    except: 'MCAST_EXCLUDE MCAST_INCLUDE',
    man: 'ip(7)',
    names: `
      MCAST_JOIN_GROUP: Join a group.
      MCAST_LEAVE_GROUP: Leave a group.
      MCAST_JOIN_SOURCE_GROUP: Join a group for one source only.
      MCAST_LEAVE_SOURCE_GROUP: Leave a group for one source.
      MCAST_BLOCK_SOURCE: Block a source of a group.
      MCAST_UNBLOCK_SOURCE: Unblock a blocked source of a group.
      MCAST_MSFILTER: The list of sources of a group.
      MCAST_EXCLUDE: Filter mode: receive from all sources except those listed.
      MCAST_INCLUDE: Filter mode: receive only from the sources listed.`,
  },
  {
    about: 'A bit field of the type-of-service byte (IP_TOS).',
    man: 'ip(7)',
    hex: true,
    headers: { linux: ['netinet/ip.h'], win32: [] },
    names: `
      IPTOS_LOWDELAY: Low delay (RFC 791).
      IPTOS_THROUGHPUT: High throughput (RFC 791).
      IPTOS_RELIABILITY: High reliability (RFC 791).
      IPTOS_LOWCOST: Low cost (RFC 1349).
      IPTOS_MINCOST: The same number as IPTOS_LOWCOST.
      IPTOS_TOS_MASK: The bits of the RFC 1349 type of service.
      IPTOS_ECN_MASK: The two bits of ECN.
      IPTOS_ECN_NOT_ECT: The transport does not support ECN.
      IPTOS_ECN_ECT0 IPTOS_ECN_ECT1
      IPTOS_ECN_CE: Congestion was experienced.
      IPTOS_DSCP_MASK: The six bits of DSCP.
      IPTOS_DSCP_AF11 IPTOS_DSCP_AF12 IPTOS_DSCP_AF13 IPTOS_DSCP_AF21 IPTOS_DSCP_AF22 IPTOS_DSCP_AF23 IPTOS_DSCP_AF31
      IPTOS_DSCP_AF32 IPTOS_DSCP_AF33 IPTOS_DSCP_AF41 IPTOS_DSCP_AF42 IPTOS_DSCP_AF43
      IPTOS_DSCP_EF: Expedited forwarding (RFC 3246).
      IPTOS_CLASS_MASK: The three bits of the class.
      IPTOS_CLASS_DEFAULT: The same number as IPTOS_CLASS_CS0.
      IPTOS_CLASS_CS0 IPTOS_CLASS_CS1 IPTOS_CLASS_CS2 IPTOS_CLASS_CS3 IPTOS_CLASS_CS4 IPTOS_CLASS_CS5 IPTOS_CLASS_CS6
      IPTOS_CLASS_CS7
      IPTOS_PREC_MASK: The bits of the precedence (RFC 791), which the class replaced.
      IPTOS_PREC_ROUTINE IPTOS_PREC_PRIORITY IPTOS_PREC_IMMEDIATE IPTOS_PREC_FLASH IPTOS_PREC_FLASHOVERRIDE
      IPTOS_PREC_CRITIC_ECP IPTOS_PREC_INTERNETCONTROL IPTOS_PREC_NETCONTROL`,
  },
  {
    about: 'A field or limit of the IPv4 header.',
    man: 'RFC 791',
    hex: true,
    headers: { linux: ['netinet/ip.h'], win32: [] },
    names: `
      IP_RF: The reserved bit in the field of the fragment offset.
      IP_DF: The don’t-fragment bit in the field of the fragment offset.
      IP_MF: The bit for more fragments in the field of the fragment offset.
      IP_OFFMASK: The bits of the fragment offset, in units of eight bytes.
      IP_MAXPACKET: The maximum size of a packet.
      IP_MSS: The packet size that every host must accept.`,
  },
];
