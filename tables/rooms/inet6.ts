import type { Room } from '../room.js';

export const inet6: Room = {
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
        IPV6_ROUTER_ALERT_ISOLATE
        IPV6_MTU_DISCOVER: How the path’s MTU is found, one of IPV6_PMTUDISC_.
        IPV6_MTU: The known MTU of the path.
        IPV6_RECVERR: Queue errors with their whole story (MSG_ERRQUEUE).
        IPV6_RECVERR_RFC4884: With IPV6_RECVERR, the ICMP extensions too.
        IPV6_V6ONLY: Whether IPv4 is kept out.
        IPV6_JOIN_ANYCAST: Join an anycast group.
        IPV6_LEAVE_ANYCAST: Leave an anycast group.
        IPV6_MULTICAST_ALL: Whether groups that others joined are heard too.
        IPV6_IPSEC_POLICY IPV6_XFRM_POLICY
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
        IPV6_RXHOPOPTS IPV6_RXDSTOPTS
        IPV6_2292PKTINFO IPV6_2292HOPOPTS IPV6_2292DSTOPTS IPV6_2292RTHDR IPV6_2292PKTOPTIONS IPV6_2292HOPLIMIT`,
    },
    {
      about: 'A socket option of level IPPROTO_IPV6 that Linux lacks or has in headers that quarrel.',
      man: 'ipv6(7)',
      headers: { linux: ['linux/in6.h'] },
      names: `
        IPV6_FLOWINFO: Receive the flow label and traffic class.
        IPV6_FLOWLABEL_MGR: Lease flow labels (in6_flowlabel_req).
        IPV6_FLOWINFO_SEND: Send the flow label of each destination address.
        IPV6_USE_MIN_MTU: Send no packet longer than the least MTU.
        IPV6_BOUND_IF IPV6_PORTRANGE IPV6_PREFER_TEMPADDR IPV6_MSFILTER IPV6_FAITH IPV6_BINDV6ONLY
        IPV6_PROTECTION_LEVEL IPV6_RECVIF IPV6_RECVDSTADDR IPV6_IFLIST IPV6_ADD_IFLIST IPV6_DEL_IFLIST IPV6_GET_IFLIST
        IPV6_ECN IPV6_RECVECN IPV6_PKTINFO_EX IPV6_USER_MTU IPV6_NRT_INTERFACE IPV6_WFP_REDIRECT_RECORDS
        IPV6_WFP_REDIRECT_CONTEXT`,
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
        IPV6_RTHDR_LOOSE IPV6_RTHDR_STRICT
        IPV6_RTHDR_TYPE_0: The routing header of type 0.`,
    },
    {
      about: 'A preference among source addresses (IPV6_ADDR_PREFERENCES).',
      man: 'RFC 5014',
      hex: true,
      headers: { linux: ['linux/in6.h'], win32: [], darwin: [] },
      names: `
        IPV6_PREFER_SRC_TMP IPV6_PREFER_SRC_PUBLIC IPV6_PREFER_SRC_PUBTMP_DEFAULT IPV6_PREFER_SRC_COA IPV6_PREFER_SRC_HOME
        IPV6_PREFER_SRC_CGA IPV6_PREFER_SRC_NONCGA`,
    },
    {
      about: 'Of flow labels (IPV6_FLOWLABEL_MGR).',
      man: 'ipv6(7)',
      headers: { linux: ['linux/in6.h'], win32: [], darwin: [] },
      names: `
        IPV6_FL_A_GET IPV6_FL_A_PUT IPV6_FL_A_RENEW IPV6_FL_F_CREATE IPV6_FL_F_EXCL IPV6_FL_F_REFLECT IPV6_FL_F_REMOTE
        IPV6_FL_S_NONE IPV6_FL_S_EXCL IPV6_FL_S_PROCESS IPV6_FL_S_USER IPV6_FL_S_ANY IPV6_FLOWINFO_FLOWLABEL
        IPV6_FLOWINFO_PRIORITY`,
    },
    {
      about: 'A type or option of ICMPv6.',
      man: 'RFC 4443',
      headers: { win32: [] },
      names: `
        ICMP6_FILTER: Which ICMPv6 types a raw socket receives (icmp6_filter); level IPPROTO_ICMPV6.
        ICMP6_FILTER_BLOCK ICMP6_FILTER_PASS ICMP6_FILTER_BLOCKOTHERS ICMP6_FILTER_PASSONLY
        ICMP6_DST_UNREACH ICMP6_PACKET_TOO_BIG ICMP6_TIME_EXCEEDED ICMP6_PARAM_PROB ICMP6_INFOMSG_MASK
        ICMP6_ECHO_REQUEST ICMP6_ECHO_REPLY MLD_LISTENER_QUERY MLD_LISTENER_REPORT MLD_LISTENER_REDUCTION
        ICMP6_DST_UNREACH_NOROUTE ICMP6_DST_UNREACH_ADMIN ICMP6_DST_UNREACH_BEYONDSCOPE ICMP6_DST_UNREACH_ADDR
        ICMP6_DST_UNREACH_NOPORT ICMP6_TIME_EXCEED_TRANSIT ICMP6_TIME_EXCEED_REASSEMBLY ICMP6_PARAMPROB_HEADER
        ICMP6_PARAMPROB_NEXTHEADER ICMP6_PARAMPROB_OPTION ND_ROUTER_SOLICIT ND_ROUTER_ADVERT ND_NEIGHBOR_SOLICIT
        ND_NEIGHBOR_ADVERT ND_REDIRECT`,
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
