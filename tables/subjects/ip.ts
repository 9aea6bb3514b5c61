import type { Group } from '../subject.js';

/** The options of IPv4 and their values, in the subject of inet. */
export const ip: readonly Group[] = [
  {
    about: 'A socket option of level IPPROTO_IP.',
    kind: 'option',
    man: 'ip(7)',
    names: `
      IP_OPTIONS: The options of each packet’s header.
      IP_HDRINCL: The caller writes the IP header.
      IP_TOS: The type-of-service byte: DSCP and ECN.
      IP_TTL: The time to live of packets sent.
      IP_RECVOPTS: Receive the header’s options as a control message.
      IP_RECVRETOPTS: Receive the header’s options unprocessed.
      IP_RETOPTS: The same number as IP_RECVRETOPTS.
      IP_MULTICAST_IF: The interface that multicast leaves by.
      IP_MULTICAST_TTL: The time to live of multicast packets.
      IP_MULTICAST_LOOP: Whether this machine hears its own multicast.
      IP_ADD_MEMBERSHIP: Join a multicast group.
      IP_DROP_MEMBERSHIP: Leave a multicast group.
      IP_UNBLOCK_SOURCE: Hear a blocked source again.
      IP_BLOCK_SOURCE: Hear one source of a group no more.
      IP_ADD_SOURCE_MEMBERSHIP: Join a group for one source alone.
      IP_DROP_SOURCE_MEMBERSHIP: Leave a group for one source.
      IP_MSFILTER: The whole list of sources of a group.
      IP_MULTICAST_ALL: Whether groups that others joined are heard too.
      IP_UNICAST_IF: The interface that unicast leaves by.
      IP_ROUTER_ALERT: Receive packets to be forwarded that carry the router alert option.
      IP_PKTINFO: Receive the local address and interface of each datagram (in_pktinfo).
      IP_PKTOPTIONS: The control messages of the last TCP segment.
      IP_PMTUDISC: The old name of IP_MTU_DISCOVER.
      IP_MTU_DISCOVER: How the path’s MTU is found, one of IP_PMTUDISC_.
      IP_RECVERR: Queue errors with their whole story (MSG_ERRQUEUE).
      IP_RECVERR_RFC4884: With IP_RECVERR, the ICMP extensions too.
      IP_RECVTTL: Receive each datagram’s time to live.
      IP_RECVTOS: Receive each datagram’s type-of-service byte.
      IP_MTU: The known MTU of a connected socket’s path; read only.
      IP_FREEBIND: Bind an address that does not exist yet.
      IP_IPSEC_POLICY: The IPsec policy of this socket (sadb_x_policy).
      IP_XFRM_POLICY: The IPsec policy of this socket (xfrm_userpolicy_info).
      IP_PASSSEC: Receive the peer’s security context as SCM_SECURITY.
      IP_TRANSPARENT: Bind and accept for addresses that are not this machine’s.
      IP_ORIGDSTADDR: Control message: where a redirected datagram was going.
      IP_RECVORIGDSTADDR: Receive IP_ORIGDSTADDR control messages.
      IP_MINTTL: The least time to live that is accepted.
      IP_NODEFRAG: Do not reassemble fragments.
      IP_CHECKSUM: Receive the checksum of each datagram.
      IP_BIND_ADDRESS_NO_PORT: With port 0, choose the port at connect() and not at bind().
      IP_RECVFRAGSIZE: Receive the largest fragment’s size.
      IP_LOCAL_PORT_RANGE: The range automatic ports are chosen from.
      IP_PROTOCOL: The raw socket’s protocol; read only.`,
  },
  {
    about: 'A value or a limit of an IP_ option.',
    man: 'ip(7)',
    names: `
      IP_PMTUDISC_DONT: Never set the don’t-fragment bit.
      IP_PMTUDISC_WANT: By the route’s setting.
      IP_PMTUDISC_DO: Always set the don’t-fragment bit.
      IP_PMTUDISC_PROBE: Set the bit, ignore the known MTU.
      IP_PMTUDISC_INTERFACE: Use the interface’s MTU, never the path’s.
      IP_PMTUDISC_OMIT: Use the interface’s MTU, and allow fragments.
      IP_DEFAULT_MULTICAST_TTL: The time to live of multicast where none was set.
      IP_DEFAULT_MULTICAST_LOOP: Whether this machine hears its own multicast where nothing was set.
      IP_MAX_MEMBERSHIPS: How many groups one socket may join, by the headers.`,
  },
  {
    about: 'A socket option of level IPPROTO_IP that Linux never had.',
    kind: 'option',
    man: 'ip(4)',
    headers: { linux: [] },
    names: `
      IP_RECVDSTADDR: Receive the address each datagram was sent to.
      IP_RECVIF: Receive the interface each datagram came by.
      IP_BOUND_IF: Only packets of this interface, by index.
      IP_PORTRANGE: Which range automatic ports are chosen from.
      IP_STRIPHDR: Receive no IP header on a raw socket.
      IP_FAITH: Deprecated: translation of IPv6 to IPv4.
      IP_MULTICAST_IFINDEX: The interface that multicast leaves by, by index.
      IP_MULTICAST_VIF: The virtual interface that multicast leaves by.
      IP_RECVPKTINFO: Receive the local address and interface of each datagram: what Linux calls IP_PKTINFO.
      IP_DONTFRAG: Set the don’t-fragment bit.
      IP_DONTFRAGMENT: Set the don’t-fragment bit; Windows.
      IP_HOPLIMIT: Receive each datagram’s time to live.
      IP_RECEIVE_BROADCAST: Whether broadcasts are received.
      IP_IFLIST: Whether the list of interfaces is heeded.
      IP_ADD_IFLIST: Add an interface to the list that is received from, by index.
      IP_DEL_IFLIST: Take an interface off the list.
      IP_GET_IFLIST: The list of interfaces; read only.
      IP_RTHDR: Control message: the routing header.
      IP_RECVRTHDR: Receive the routing header.
      IP_TCLASS: Control message: the type-of-service byte.
      IP_RECVTCLASS: Receive each datagram’s type-of-service byte.
      IP_ORIGINAL_ARRIVAL_IF: Receive the interface each datagram first came by.
      IP_ECN: Control message: the ECN bits.
      IP_RECVECN: Receive the ECN bits of each datagram.
      IP_PKTINFO_EX: Receive IP_PKTINFO with flags.
      IP_USER_MTU: A bound of the path’s MTU.
      IP_NRT_INTERFACE: The interface of traffic that need not be on time.
      IP_WFP_REDIRECT_RECORDS: What the filtering platform knows of a connection that it redirected.
      IP_WFP_REDIRECT_CONTEXT: What a filter said of a connection that it redirected.`,
  },
  {
    about: 'A value of IP_PORTRANGE.',
    man: 'ip(4)',
    headers: { linux: [] },
    names: `
      IP_PORTRANGE_DEFAULT: The system’s range.
      IP_PORTRANGE_HIGH: The high range, which firewalls may let through.
      IP_PORTRANGE_LOW: Ports below 1024, for privileged processes.`,
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
    about: 'A multicast option for IPv4 and IPv6 alike (RFC 3678).',
    kind: 'option',
    except: 'MCAST_EXCLUDE MCAST_INCLUDE',
    man: 'ip(7)',
    names: `
      MCAST_JOIN_GROUP: Join a group.
      MCAST_LEAVE_GROUP: Leave a group.
      MCAST_JOIN_SOURCE_GROUP: Join a group for one source alone.
      MCAST_LEAVE_SOURCE_GROUP: Leave a group for one source.
      MCAST_BLOCK_SOURCE: Hear one source of a group no more.
      MCAST_UNBLOCK_SOURCE: Hear a blocked source again.
      MCAST_MSFILTER: The whole list of sources of a group.
      MCAST_EXCLUDE: Filter mode: all sources but these.
      MCAST_INCLUDE: Filter mode: these sources alone.`,
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
      IPTOS_TOS_MASK: The bits of these.
      IPTOS_ECN_MASK: The two bits of ECN.
      IPTOS_ECN_NOT_ECT: No ECN.
      IPTOS_ECN_ECT0 IPTOS_ECN_ECT1
      IPTOS_ECN_CE: Congestion was met.
      IPTOS_DSCP_MASK: The six bits of DSCP.
      IPTOS_DSCP_AF11 IPTOS_DSCP_AF12 IPTOS_DSCP_AF13 IPTOS_DSCP_AF21 IPTOS_DSCP_AF22 IPTOS_DSCP_AF23 IPTOS_DSCP_AF31
      IPTOS_DSCP_AF32 IPTOS_DSCP_AF33 IPTOS_DSCP_AF41 IPTOS_DSCP_AF42 IPTOS_DSCP_AF43
      IPTOS_DSCP_EF: Expedited forwarding (RFC 3246).
      IPTOS_CLASS_MASK: The three bits of the class.
      IPTOS_CLASS_DEFAULT: The same number as IPTOS_CLASS_CS0.
      IPTOS_CLASS_CS0 IPTOS_CLASS_CS1 IPTOS_CLASS_CS2 IPTOS_CLASS_CS3 IPTOS_CLASS_CS4 IPTOS_CLASS_CS5 IPTOS_CLASS_CS6
      IPTOS_CLASS_CS7
      IPTOS_PREC_MASK: The bits of the precedence (RFC 791), which the class took over.
      IPTOS_PREC_ROUTINE IPTOS_PREC_PRIORITY IPTOS_PREC_IMMEDIATE IPTOS_PREC_FLASH IPTOS_PREC_FLASHOVERRIDE
      IPTOS_PREC_CRITIC_ECP IPTOS_PREC_INTERNETCONTROL IPTOS_PREC_NETCONTROL`,
  },
  {
    about: 'A part of the IPv4 header, or a limit.',
    man: 'RFC 791',
    hex: true,
    headers: { linux: ['netinet/ip.h'], win32: [] },
    names: `
      IP_RF: The reserved bit beside the fragment’s offset.
      IP_DF: The don’t-fragment bit beside the fragment’s offset.
      IP_MF: More fragments follow.
      IP_OFFMASK: The bits of the fragment’s offset, in units of eight bytes.
      IP_MAXPACKET: The longest packet.
      IP_MSS: The packet that every host takes.`,
  },
];
