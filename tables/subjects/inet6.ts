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
      about: 'Bytes that hold any IPv6 address as text, the end included.',
      man: 'inet_ntop(3)',
      names: 'INET6_ADDRSTRLEN',
    },
    {
      about: 'A socket option of level IPPROTO_IPV6.',
      kind: 'option',
      man: 'ipv6(7)',
      names: `
        IPV6_ADDRFORM: Turn an IPv6 socket with IPv4 addresses into an IPv4 socket.
        IPV6_CHECKSUM: Where a raw socket’s checksum stands.
        IPV6_NEXTHOP: The next hop of packets sent.
        IPV6_AUTHHDR: Receive the authentication header.
        IPV6_UNICAST_HOPS: The hop limit of unicast packets.
        IPV6_MULTICAST_IF: The interface that multicast leaves by, by index.
        IPV6_MULTICAST_HOPS: The hop limit of multicast packets.
        IPV6_MULTICAST_LOOP: Whether this machine hears its own multicast.
        IPV6_JOIN_GROUP: Join a multicast group.
        IPV6_LEAVE_GROUP: Leave a multicast group.
        IPV6_ADD_MEMBERSHIP: The same number as IPV6_JOIN_GROUP.
        IPV6_DROP_MEMBERSHIP: The same number as IPV6_LEAVE_GROUP.
        IPV6_ROUTER_ALERT: Receive forwarded packets that carry the router alert option.
        IPV6_ROUTER_ALERT_ISOLATE: IPV6_ROUTER_ALERT hears its own network namespace alone.
        IPV6_MTU_DISCOVER: How the path’s MTU is found, one of IPV6_PMTUDISC_.
        IPV6_MTU: The known MTU of the path.
        IPV6_RECVERR: Queue errors with their whole story (MSG_ERRQUEUE).
        IPV6_RECVERR_RFC4884: With IPV6_RECVERR, the ICMP extensions too.
        IPV6_V6ONLY: Whether IPv4 is kept out.
        IPV6_JOIN_ANYCAST: Join an anycast group.
        IPV6_LEAVE_ANYCAST: Leave an anycast group.
        IPV6_MULTICAST_ALL: Whether groups that others joined are heard too.
        IPV6_IPSEC_POLICY: The IPsec policy of this socket (sadb_x_policy).
        IPV6_XFRM_POLICY: The IPsec policy of this socket (xfrm_userpolicy_info).
        IPV6_HDRINCL: The caller writes the IP header.
        IPV6_RECVPKTINFO: Receive the local address and interface of each datagram.
        IPV6_PKTINFO: Control message: local address and interface (in6_pktinfo).
        IPV6_RECVHOPLIMIT: Receive each datagram’s hop limit.
        IPV6_HOPLIMIT: Control message: the hop limit.
        IPV6_RECVHOPOPTS: Receive the hop-by-hop options.
        IPV6_HOPOPTS: Control message: the hop-by-hop options.
        IPV6_RTHDRDSTOPTS: The destination options before a routing header.
        IPV6_RECVRTHDR: Receive the routing header.
        IPV6_RTHDR: Control message: the routing header.
        IPV6_RECVDSTOPTS: Receive the destination options.
        IPV6_DSTOPTS: Control message: the destination options.
        IPV6_RECVPATHMTU: Receive changes of the path’s MTU.
        IPV6_PATHMTU: The path’s MTU (ip6_mtuinfo); read only.
        IPV6_DONTFRAG: Send no fragments; too long a datagram fails.
        IPV6_RECVTCLASS: Receive each datagram’s traffic class.
        IPV6_TCLASS: The traffic class: DSCP and ECN.
        IPV6_AUTOFLOWLABEL: Fill the flow label from the flow.
        IPV6_ADDR_PREFERENCES: Which of this machine’s addresses to prefer, of IPV6_PREFER_SRC_.
        IPV6_MINHOPCOUNT: The least hop limit that is accepted.
        IPV6_ORIGDSTADDR: Control message: where a redirected datagram was going.
        IPV6_RECVORIGDSTADDR: Receive IPV6_ORIGDSTADDR control messages.
        IPV6_TRANSPARENT: Bind and accept for addresses that are not this machine’s.
        IPV6_UNICAST_IF: The interface that unicast leaves by.
        IPV6_RECVFRAGSIZE: Receive the largest fragment’s size.
        IPV6_FREEBIND: Bind an address that does not exist yet.
        IPV6_RXHOPOPTS: The same number as IPV6_HOPOPTS.
        IPV6_RXDSTOPTS: The same number as IPV6_DSTOPTS.
        IPV6_2292PKTINFO: IPV6_RECVPKTINFO and IPV6_PKTINFO, as RFC 2292 had them.
        IPV6_2292HOPOPTS: IPV6_RECVHOPOPTS and IPV6_HOPOPTS, as RFC 2292 had them.
        IPV6_2292DSTOPTS: IPV6_RECVDSTOPTS and IPV6_DSTOPTS, as RFC 2292 had them.
        IPV6_2292RTHDR: IPV6_RECVRTHDR and IPV6_RTHDR, as RFC 2292 had them.
        IPV6_2292PKTOPTIONS: All of these at once, as control messages.
        IPV6_2292HOPLIMIT: IPV6_RECVHOPLIMIT and IPV6_HOPLIMIT, as RFC 2292 had them.`,
    },
    {
      about: 'A socket option of level IPPROTO_IPV6 that Linux lacks or has in headers that quarrel.',
      kind: 'option',
      man: 'ipv6(7)',
      headers: { linux: ['linux/in6.h'] },
      names: `
        IPV6_FLOWINFO: Receive the flow label and traffic class.
        IPV6_FLOWLABEL_MGR: Lease flow labels (in6_flowlabel_req).
        IPV6_FLOWINFO_SEND: Send the flow label of each destination address.
        IPV6_USE_MIN_MTU: Send no packet longer than the least MTU.
        IPV6_BOUND_IF: Only packets of this interface, by index.
        IPV6_PORTRANGE: Which range automatic ports are chosen from.
        IPV6_PREFER_TEMPADDR: Prefer temporary addresses of this machine.
        IPV6_MSFILTER: The whole list of sources of a group.
        IPV6_FAITH: Deprecated: translation of IPv6 to IPv4.
        IPV6_BINDV6ONLY: Another name of IPV6_V6ONLY.
        IPV6_PROTECTION_LEVEL: From how far away connections may come.
        IPV6_RECVIF: Receive the interface each datagram came by.
        IPV6_RECVDSTADDR: Receive the address each datagram was sent to.
        IPV6_IFLIST: Whether the list of interfaces is heeded.
        IPV6_ADD_IFLIST: Add an interface to the list that is received from, by index.
        IPV6_DEL_IFLIST: Take an interface off the list.
        IPV6_GET_IFLIST: The list of interfaces; read only.
        IPV6_ECN: Control message: the ECN bits.
        IPV6_RECVECN: Receive the ECN bits of each datagram.
        IPV6_PKTINFO_EX: Receive IPV6_PKTINFO with flags.
        IPV6_USER_MTU: A bound of the path’s MTU.
        IPV6_NRT_INTERFACE: The interface of traffic that need not be on time.
        IPV6_WFP_REDIRECT_RECORDS: What the filtering platform knows of a connection that it redirected.
        IPV6_WFP_REDIRECT_CONTEXT: What a filter said of a connection that it redirected.`,
    },
    {
      about: 'A type of the options in an extension header (IPV6_HOPOPTS, IPV6_DSTOPTS).',
      man: 'RFC 8200',
      headers: { linux: ['linux/in6.h'], win32: [], darwin: [] },
      names: `
        IPV6_TLV_PAD1: One byte of padding.
        IPV6_TLV_PADN: More bytes of padding.
        IPV6_TLV_ROUTERALERT: Routers shall look into the packet (RFC 2711).
        IPV6_TLV_CALIPSO: A security label (RFC 5570).
        IPV6_TLV_IOAM: What happened on the way (RFC 9486).
        IPV6_TLV_JUMBO: The length of a packet of more than 65,535 bytes (RFC 2675).
        IPV6_TLV_HAO: The home address of a mobile host (RFC 6275).`,
    },
    {
      about: 'A traffic class as RFC 1883 had it, a part of the flow information.',
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
        IPV6_PMTUDISC_DONT: Never discover the path’s MTU.
        IPV6_PMTUDISC_WANT: By the route’s setting.
        IPV6_PMTUDISC_DO: Always discover the path’s MTU.
        IPV6_PMTUDISC_PROBE: Ignore the known MTU.
        IPV6_PMTUDISC_INTERFACE: Use the interface’s MTU, never the path’s.
        IPV6_PMTUDISC_OMIT: Use the interface’s MTU, and allow fragments.
        IPV6_RTHDR_LOOSE: Of a routing header: the next hop need not be a neighbour.
        IPV6_RTHDR_STRICT: Of a routing header: the next hop has to be a neighbour.
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
        IPV6_PREFER_SRC_PUBTMP_DEFAULT: Either, as the system has it.
        IPV6_PREFER_SRC_COA: The care-of address of a mobile host.
        IPV6_PREFER_SRC_HOME: The home address of a mobile host.
        IPV6_PREFER_SRC_CGA: Addresses made of a key.
        IPV6_PREFER_SRC_NONCGA: Addresses not made of a key.`,
    },
    {
      about: 'Of flow labels (IPV6_FLOWLABEL_MGR).',
      man: 'ipv6(7)',
      headers: { linux: ['linux/in6.h'], win32: [], darwin: [] },
      names: `
        IPV6_FL_A_GET: Action: lease a label.
        IPV6_FL_A_PUT: Action: give a label back.
        IPV6_FL_A_RENEW: Action: lease it for longer.
        IPV6_FL_F_CREATE: Flag: make the lease if there is none.
        IPV6_FL_F_EXCL: Flag: fail if there is one.
        IPV6_FL_F_REFLECT: Flag: answer with the labels that the peer sends.
        IPV6_FL_F_REMOTE: Flag: read the label that the peer sends.
        IPV6_FL_S_NONE: Share: as nobody said.
        IPV6_FL_S_EXCL: Share: this socket alone.
        IPV6_FL_S_PROCESS: Share: this process.
        IPV6_FL_S_USER: Share: this user.
        IPV6_FL_S_ANY: Share: everybody.
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
        ICMP6_FILTER: Which ICMPv6 types a raw socket receives (icmp6_filter); level IPPROTO_ICMPV6.
        ICMP6_DST_UNREACH: The destination cannot be reached.
        ICMP6_PACKET_TOO_BIG: Too long for the next link.
        ICMP6_TIME_EXCEEDED: The hop limit or the time for fragments ran out.
        ICMP6_PARAM_PROB: The header has a mistake.
        ICMP6_INFOMSG_MASK: The bit of messages that are no errors.
        ICMP6_ECHO_REQUEST: An echo request.
        ICMP6_ECHO_REPLY: An echo reply.
        MLD_LISTENER_QUERY MLD_LISTENER_REPORT
        MLD_LISTENER_REDUCTION: Multicast listener done.
        ND_ROUTER_SOLICIT ND_ROUTER_ADVERT ND_NEIGHBOR_SOLICIT ND_NEIGHBOR_ADVERT
        ND_REDIRECT: A better first hop.
        ICMP6_ROUTER_RENUMBERING: New prefixes for routers (RFC 2894).
        ICMPV6_EXT_ECHO_REQUEST: A question about an interface (RFC 8335).
        ICMPV6_EXT_ECHO_REPLY: The answer to that.`,
    },
    {
      about: 'A code of an ICMPv6 message.',
      man: 'RFC 4443',
      headers: { win32: [] },
      names: `
        ICMP6_DST_UNREACH_NOROUTE: Of ICMP6_DST_UNREACH: there is no route.
        ICMP6_DST_UNREACH_ADMIN: Of ICMP6_DST_UNREACH: it is prohibited.
        ICMP6_DST_UNREACH_BEYONDSCOPE: Of ICMP6_DST_UNREACH: beyond the scope of the source address.
        ICMP6_DST_UNREACH_ADDR: Of ICMP6_DST_UNREACH: the address cannot be reached.
        ICMP6_DST_UNREACH_NOPORT: Of ICMP6_DST_UNREACH: nobody is at the port.
        ICMP6_TIME_EXCEED_TRANSIT: Of ICMP6_TIME_EXCEEDED: the hop limit ran out.
        ICMP6_TIME_EXCEED_REASSEMBLY: Of ICMP6_TIME_EXCEEDED: fragments did not come in time.
        ICMP6_PARAMPROB_HEADER: Of ICMP6_PARAM_PROB: a field of the header makes no sense.
        ICMP6_PARAMPROB_NEXTHEADER: Of ICMP6_PARAM_PROB: the next header is not known.
        ICMP6_PARAMPROB_OPTION: Of ICMP6_PARAM_PROB: an option is not known.`,
    },
    {
      about: 'How an icmp6_filter is changed; its C macros’ arguments.',
      man: 'RFC 3542',
      headers: { win32: [] },
      names: `
        ICMP6_FILTER_BLOCK: Block one type.
        ICMP6_FILTER_PASS: Pass one type.
        ICMP6_FILTER_BLOCKOTHERS: Block all types but one.
        ICMP6_FILTER_PASSONLY: Pass one type alone.`,
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
