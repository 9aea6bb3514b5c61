import type { Subject } from '../subject.js';

export const inet6: Subject = {
  name: 'inet6',
  constants: 'src/families/inet6/constants.ts',
  layout: 'src/families/inet6/layout.ts',
  headers: {
    linux: ['netinet/in.h', 'netinet/icmp6.h'],
    win32: ['winsock2.h', 'ws2tcpip.h'],
    darwin: ['#define __APPLE_USE_RFC_3542', 'sys/socket.h', 'netinet/in.h', 'netinet/icmp6.h'],
  },
  groups: [
    {
      about: 'The IPv6 family.',
      man: 'ipv6(7)',
      family: 'inet6',
      names: `
        AF_INET6: The IPv6 family.
        PF_INET6: The same number as AF_INET6.`,
    },
    {
      about: 'The maximum length of an IPv6 address as text, including the terminating NUL.',
      man: 'inet_ntop(3)',
      names: 'INET6_ADDRSTRLEN',
    },
    {
      about: 'A socket option of level IPPROTO_IPV6.',
      kind: 'option',
      man: 'ipv6(7)',
      names: `
        IPV6_ADDRFORM: Convert an IPv6 socket with IPv4-mapped addresses to an IPv4 socket.
        IPV6_CHECKSUM: The offset of the checksum on a raw socket.
        IPV6_NEXTHOP: The next hop of sent packets.
        IPV6_AUTHHDR: Receive the authentication header.
        IPV6_UNICAST_HOPS: The hop limit of unicast packets.
        IPV6_MULTICAST_IF: The index of the outgoing interface for multicast.
        IPV6_MULTICAST_HOPS: The hop limit of multicast packets.
        IPV6_MULTICAST_LOOP: Whether this machine receives its own multicast.
        IPV6_JOIN_GROUP: Join a multicast group.
        IPV6_LEAVE_GROUP: Leave a multicast group.
        IPV6_ADD_MEMBERSHIP: The same number as IPV6_JOIN_GROUP.
        IPV6_DROP_MEMBERSHIP: The same number as IPV6_LEAVE_GROUP.
        IPV6_ROUTER_ALERT: Receive forwarded packets with the router alert option.
        IPV6_ROUTER_ALERT_ISOLATE: Limit IPV6_ROUTER_ALERT to the socket’s network namespace.
        IPV6_MTU_DISCOVER: The mode of path MTU discovery, one of the IPV6_PMTUDISC_ constants.
        IPV6_MTU: The known MTU of the path.
        IPV6_RECVERR: Queue detailed errors (MSG_ERRQUEUE).
        IPV6_RECVERR_RFC4884: Add the ICMP extensions to the errors of IPV6_RECVERR.
        IPV6_V6ONLY: Whether the socket refuses IPv4.
        IPV6_JOIN_ANYCAST: Join an anycast group.
        IPV6_LEAVE_ANYCAST: Leave an anycast group.
        IPV6_MULTICAST_ALL: Whether to receive from groups that only other sockets joined.
        IPV6_IPSEC_POLICY: The IPsec policy of this socket (sadb_x_policy).
        IPV6_XFRM_POLICY: The IPsec policy of this socket (xfrm_userpolicy_info).
        IPV6_HDRINCL: The program writes the IP header.
        IPV6_RECVPKTINFO: Receive the local address and interface of each datagram.
        IPV6_PKTINFO: Control message: the local address and interface (in6_pktinfo).
        IPV6_RECVHOPLIMIT: Receive the hop limit of each datagram.
        IPV6_HOPLIMIT: Control message: the hop limit.
        IPV6_RECVHOPOPTS: Receive the hop-by-hop options.
        IPV6_HOPOPTS: Control message: the hop-by-hop options.
        IPV6_RTHDRDSTOPTS: The destination options before a routing header.
        IPV6_RECVRTHDR: Receive the routing header.
        IPV6_RTHDR: Control message: the routing header.
        IPV6_RECVDSTOPTS: Receive the destination options.
        IPV6_DSTOPTS: Control message: the destination options.
        IPV6_RECVPATHMTU: Receive changes of the path MTU.
        IPV6_PATHMTU: The path MTU (ip6_mtuinfo); read-only.
        IPV6_DONTFRAG: Do not fragment datagrams; sending a datagram that is too long fails.
        IPV6_RECVTCLASS: Receive the traffic class of each datagram.
        IPV6_TCLASS: The traffic class: DSCP and ECN.
        IPV6_AUTOFLOWLABEL: Compute the flow label automatically from the flow.
        IPV6_ADDR_PREFERENCES: The preferred source addresses, a mask of IPV6_PREFER_SRC_ constants.
        IPV6_MINHOPCOUNT: The minimum hop limit of accepted packets.
        IPV6_ORIGDSTADDR: Control message: the original destination of a redirected datagram.
        IPV6_RECVORIGDSTADDR: Receive IPV6_ORIGDSTADDR control messages.
        IPV6_TRANSPARENT: Allow bind() and accept() for addresses of other machines.
        IPV6_UNICAST_IF: The outgoing interface for unicast.
        IPV6_RECVFRAGSIZE: Receive the size of the largest fragment.
        IPV6_FREEBIND: Allow bind() to an address that does not exist yet.
        IPV6_RXHOPOPTS: The same number as IPV6_HOPOPTS.
        IPV6_RXDSTOPTS: The same number as IPV6_DSTOPTS.
        IPV6_2292PKTINFO: IPV6_RECVPKTINFO and IPV6_PKTINFO of RFC 2292.
        IPV6_2292HOPOPTS: IPV6_RECVHOPOPTS and IPV6_HOPOPTS of RFC 2292.
        IPV6_2292DSTOPTS: IPV6_RECVDSTOPTS and IPV6_DSTOPTS of RFC 2292.
        IPV6_2292RTHDR: IPV6_RECVRTHDR and IPV6_RTHDR of RFC 2292.
        IPV6_2292PKTOPTIONS: All options of RFC 2292 together, as control messages.
        IPV6_2292HOPLIMIT: IPV6_RECVHOPLIMIT and IPV6_HOPLIMIT of RFC 2292.`,
    },
    {
      about: 'A socket option of level IPPROTO_IPV6 that Linux lacks or defines in conflicting headers.',
      kind: 'option',
      man: 'ipv6(7)',
      headers: { linux: ['linux/in6.h'] },
      names: `
        IPV6_FLOWINFO: Receive the flow label and traffic class.
        IPV6_FLOWLABEL_MGR: Lease flow labels (in6_flowlabel_req).
        IPV6_FLOWINFO_SEND: Send the flow label in each destination address.
        IPV6_USE_MIN_MTU: Send no packet longer than the minimum MTU.
        IPV6_BOUND_IF: The index of the only interface to use.
        IPV6_PORTRANGE: The range of automatic ports.
        IPV6_PREFER_TEMPADDR: Prefer temporary source addresses.
        IPV6_MSFILTER: The list of sources of a group.
        IPV6_FAITH: Deprecated: translation of IPv6 to IPv4.
        IPV6_BINDV6ONLY: Another name of IPV6_V6ONLY.
        IPV6_PROTECTION_LEVEL: The distance from which connections are allowed.
        IPV6_RECVIF: Receive the receiving interface of each datagram.
        IPV6_RECVDSTADDR: Receive the destination address of each datagram.
        IPV6_IFLIST: Whether the list of interfaces applies.
        IPV6_ADD_IFLIST: Add an interface to the list of receiving interfaces, by index.
        IPV6_DEL_IFLIST: Remove an interface from the list.
        IPV6_GET_IFLIST: The list of interfaces; read-only.
        IPV6_ECN: Control message: the ECN bits.
        IPV6_RECVECN: Receive the ECN bits of each datagram.
        IPV6_PKTINFO_EX: Receive IPV6_PKTINFO with flags.
        IPV6_USER_MTU: An upper limit of the path MTU.
        IPV6_NRT_INTERFACE: The outgoing interface for traffic that is not real-time.
        IPV6_WFP_REDIRECT_RECORDS: The redirect records of the Windows Filtering Platform for a redirected connection.
        IPV6_WFP_REDIRECT_CONTEXT: The redirect context of the Windows Filtering Platform for a redirected connection.`,
    },
    {
      about: 'A type of option in an extension header (IPV6_HOPOPTS, IPV6_DSTOPTS).',
      man: 'RFC 8200',
      headers: { linux: ['linux/in6.h'], win32: [], darwin: [] },
      names: `
        IPV6_TLV_PAD1: One byte of padding.
        IPV6_TLV_PADN: Two or more bytes of padding.
        IPV6_TLV_ROUTERALERT: Routers must examine the packet (RFC 2711).
        IPV6_TLV_CALIPSO: A security label (RFC 5570).
        IPV6_TLV_IOAM: Telemetry data of the path (RFC 9486).
        IPV6_TLV_JUMBO: The length of a packet of more than 65,535 bytes (RFC 2675).
        IPV6_TLV_HAO: The home address of a mobile host (RFC 6275).`,
    },
    {
      about: 'A traffic class of RFC 1883, a part of the flow information.',
      man: 'ipv6(7)',
      hex: true,
      headers: { linux: ['linux/in6.h'], win32: [], darwin: [] },
      names: `
        IPV6_PRIORITY_UNCHARACTERIZED IPV6_PRIORITY_FILLER IPV6_PRIORITY_UNATTENDED IPV6_PRIORITY_RESERVED1
        IPV6_PRIORITY_BULK IPV6_PRIORITY_RESERVED2 IPV6_PRIORITY_INTERACTIVE IPV6_PRIORITY_CONTROL IPV6_PRIORITY_8
        IPV6_PRIORITY_9 IPV6_PRIORITY_10 IPV6_PRIORITY_11 IPV6_PRIORITY_12 IPV6_PRIORITY_13 IPV6_PRIORITY_14
        IPV6_PRIORITY_15`,
    },
    {
      about: 'A value of an IPV6_ option.',
      man: 'ipv6(7)',
      names: `
        IPV6_PMTUDISC_DONT: Never discover the path MTU.
        IPV6_PMTUDISC_WANT: Use the setting of the route.
        IPV6_PMTUDISC_DO: Always discover the path MTU.
        IPV6_PMTUDISC_PROBE: Ignore the known path MTU.
        IPV6_PMTUDISC_INTERFACE: Use the MTU of the interface, never that of the path.
        IPV6_PMTUDISC_OMIT: Use the MTU of the interface, and allow fragments.
        IPV6_RTHDR_LOOSE: Routing header: the next hop does not have to be a neighbor.
        IPV6_RTHDR_STRICT: Routing header: the next hop must be a neighbor.
        IPV6_RTHDR_TYPE_0: The routing header of type 0.`,
    },
    {
      about: 'A preference among source addresses (IPV6_ADDR_PREFERENCES).',
      man: 'RFC 5014',
      hex: true,
      headers: { linux: ['linux/in6.h'], win32: [], darwin: [] },
      names: `
        IPV6_PREFER_SRC_TMP: Temporary addresses.
        IPV6_PREFER_SRC_PUBLIC: Public addresses.
        IPV6_PREFER_SRC_PUBTMP_DEFAULT: The system’s default.
        IPV6_PREFER_SRC_COA: The care-of address of a mobile host.
        IPV6_PREFER_SRC_HOME: The home address of a mobile host.
        IPV6_PREFER_SRC_CGA: Cryptographically generated addresses.
        IPV6_PREFER_SRC_NONCGA: Addresses that are not cryptographically generated.`,
    },
    {
      about: 'A constant of flow label leases (IPV6_FLOWLABEL_MGR).',
      man: 'ipv6(7)',
      headers: { linux: ['linux/in6.h'], win32: [], darwin: [] },
      names: `
        IPV6_FL_A_GET: Action: lease a label.
        IPV6_FL_A_PUT: Action: release a label.
        IPV6_FL_A_RENEW: Action: renew the lease of a label.
        IPV6_FL_F_CREATE: Flag: create the lease if it does not exist.
        IPV6_FL_F_EXCL: Flag: fail if the lease exists.
        IPV6_FL_F_REFLECT: Flag: reply with the flow labels of the peer.
        IPV6_FL_F_REMOTE: Flag: read the flow label of the peer.
        IPV6_FL_S_NONE: Share: not specified.
        IPV6_FL_S_EXCL: Share: only this socket.
        IPV6_FL_S_PROCESS: Share: this process.
        IPV6_FL_S_USER: Share: this user.
        IPV6_FL_S_ANY: Share: all sockets.
        IPV6_FLOWINFO_FLOWLABEL: The bits of the label in the flow information.
        IPV6_FLOWINFO_PRIORITY: The bits of the traffic class in the flow information.`,
    },
    {
      about: 'A type or option of ICMPv6.',
      kind: 'option',
      only: 'ICMP6_FILTER',
      man: 'RFC 4443',
      headers: { win32: [] },
      names: `
        ICMP6_FILTER: The ICMPv6 types that a raw socket receives (icmp6_filter); level IPPROTO_ICMPV6.
        ICMP6_DST_UNREACH: The destination is unreachable.
        ICMP6_PACKET_TOO_BIG: The packet exceeds the MTU of the next link.
        ICMP6_TIME_EXCEEDED: The hop limit reached 0, or not all fragments arrived in time.
        ICMP6_PARAM_PROB: The header is invalid.
        ICMP6_INFOMSG_MASK: The bit of informational messages.
        ICMP6_ECHO_REQUEST: An echo request.
        ICMP6_ECHO_REPLY: An echo reply.
        MLD_LISTENER_QUERY MLD_LISTENER_REPORT
        MLD_LISTENER_REDUCTION: Multicast listener done.
        ND_ROUTER_SOLICIT ND_ROUTER_ADVERT ND_NEIGHBOR_SOLICIT ND_NEIGHBOR_ADVERT
        ND_REDIRECT: A redirect to a better first hop.
        ICMP6_ROUTER_RENUMBERING: New prefixes for routers (RFC 2894).
        ICMPV6_EXT_ECHO_REQUEST: A query about an interface (RFC 8335).
        ICMPV6_EXT_ECHO_REPLY: The reply to ICMPV6_EXT_ECHO_REQUEST.`,
    },
    {
      about: 'A code of an ICMPv6 message.',
      man: 'RFC 4443',
      headers: { win32: [] },
      names: `
        ICMP6_DST_UNREACH_NOROUTE: ICMP6_DST_UNREACH code: there is no route.
        ICMP6_DST_UNREACH_ADMIN: ICMP6_DST_UNREACH code: administratively prohibited.
        ICMP6_DST_UNREACH_BEYONDSCOPE: ICMP6_DST_UNREACH code: beyond the scope of the source address.
        ICMP6_DST_UNREACH_ADDR: ICMP6_DST_UNREACH code: the address is unreachable.
        ICMP6_DST_UNREACH_NOPORT: ICMP6_DST_UNREACH code: no socket is bound to the port.
        ICMP6_TIME_EXCEED_TRANSIT: ICMP6_TIME_EXCEEDED code: the hop limit reached 0.
        ICMP6_TIME_EXCEED_REASSEMBLY: ICMP6_TIME_EXCEEDED code: not all fragments arrived in time.
        ICMP6_PARAMPROB_HEADER: ICMP6_PARAM_PROB code: a header field is invalid.
        ICMP6_PARAMPROB_NEXTHEADER: ICMP6_PARAM_PROB code: the next header is unknown.
        ICMP6_PARAMPROB_OPTION: ICMP6_PARAM_PROB code: an option is unknown.`,
    },
    {
      about: 'A change of an icmp6_filter: the operation of a C macro.',
      man: 'RFC 3542',
      headers: { win32: [] },
      names: `
        ICMP6_FILTER_BLOCK: Block one type.
        ICMP6_FILTER_PASS: Pass one type.
        ICMP6_FILTER_BLOCKOTHERS: Block all types but one.
        ICMP6_FILTER_PASSONLY: Pass only one type.`,
    },
  ],
  structs: [
    {
      name: 'sockaddr_in6',
      about: 'an IPv6 address.',
      fields: 'sin6_family sin6_port sin6_flowinfo sin6_addr sin6_scope_id',
    },
    { name: 'in6_addr', about: 'an IPv6 address without a port.', fields: 's6_addr' },
    {
      name: 'ipv6_mreq',
      about: 'the value of IPV6_JOIN_GROUP.',
      fields: 'ipv6mr_multiaddr ipv6mr_interface',
    },
    { name: 'in6_pktinfo', about: 'the control message IPV6_PKTINFO.', fields: 'ipi6_addr ipi6_ifindex' },
    { name: 'ip6_mtuinfo', about: 'the value of IPV6_PATHMTU.', fields: 'ip6m_addr ip6m_mtu' },
    { name: 'icmp6_filter', about: 'the value of ICMP6_FILTER.', fields: 'icmp6_filt+' },
    {
      name: 'in6_flowlabel_req',
      about: 'the value of IPV6_FLOWLABEL_MGR.',
      headers: ['linux/in6.h'],
      fields: 'flr_dst flr_label flr_action flr_share flr_flags flr_expires flr_linger',
    },
  ],
};
