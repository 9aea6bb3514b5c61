import type { Room } from '../room.js';
import { tcp } from './tcp.js';

const win32 = ['winsock2.h', 'ws2tcpip.h', 'mstcpip.h', 'mswsock.h'];
const darwin = ['sys/socket.h', 'netinet/in.h', 'netinet/tcp.h', 'netinet/udp.h', 'netinet/ip.h'];

/** IPv4, and the transports that IPv6 shares. */
export const inet: Room = {
  name: 'inet',
  constants: 'src/families/inet/constants.ts',
  layout: 'src/families/inet/layout.ts',
  headers: { linux: ['netinet/in.h'], win32, darwin },
  groups: [
    {
      about: 'The IPv4 family.',
      man: 'ip(7)',
      family: 'inet',
      names: `
        AF_INET: The IPv4 family.
        PF_INET: The same number as AF_INET.`,
    },
    {
      about: 'An IP protocol number.',
      man: 'ip(7), protocols(5)',
      names: `
        IPPROTO_IP: The default protocol; also the level of IP_ options.
        IPPROTO_ICMP: ICMP; with SOCK_DGRAM, a ping socket.
        IPPROTO_IGMP IPPROTO_IPIP
        IPPROTO_TCP: TCP; also the level of TCP_ options.
        IPPROTO_EGP IPPROTO_PUP
        IPPROTO_UDP: UDP; also the level of UDP_ options.
        IPPROTO_IDP IPPROTO_TP IPPROTO_DCCP
        IPPROTO_IPV6: IPv6 in IPv4; also the level of IPV6_ options.
        IPPROTO_RSVP IPPROTO_GRE IPPROTO_ESP IPPROTO_AH IPPROTO_MTP IPPROTO_BEETPH IPPROTO_ENCAP IPPROTO_PIM
        IPPROTO_COMP
        IPPROTO_SCTP: SCTP; also the level of SCTP_ options.
        IPPROTO_UDPLITE: UDP-Lite; also the level of UDPLITE_ options.
        IPPROTO_MPLS IPPROTO_ETHERNET
        IPPROTO_RAW: Raw IP: the caller writes the header.
        IPPROTO_SMC: Shared memory communications, over TCP.
        IPPROTO_MPTCP: Multipath TCP.
        IPPROTO_MAX
        IPPROTO_HOPOPTS IPPROTO_ROUTING IPPROTO_FRAGMENT
        IPPROTO_ICMPV6: ICMPv6.
        IPPROTO_NONE IPPROTO_DSTOPTS IPPROTO_MH`,
    },
    {
      about: 'An IP protocol number.',
      man: 'ip(7), protocols(5)',
      headers: { linux: ['linux/in.h'] },
      names: 'IPPROTO_L2TP IPPROTO_AGGFRAG',
    },
    {
      about: 'An IP protocol number that Linux does not name.',
      man: 'protocols(5)',
      headers: { linux: [] },
      names: `
        IPPROTO_GGP IPPROTO_IPV4 IPPROTO_ST IPPROTO_CBT IPPROTO_IGP IPPROTO_RDP IPPROTO_ND IPPROTO_ICLFXBM IPPROTO_PGM
        IPPROTO_EON IPPROTO_IPCOMP IPPROTO_XTP IPPROTO_HELLO IPPROTO_DIVERT`,
    },
    {
      about: 'A well-known port.',
      man: 'services(5)',
      names: `
        IPPORT_ECHO IPPORT_DISCARD IPPORT_SYSTAT IPPORT_DAYTIME IPPORT_NETSTAT IPPORT_FTP IPPORT_TELNET IPPORT_SMTP
        IPPORT_TIMESERVER IPPORT_NAMESERVER IPPORT_WHOIS IPPORT_MTP IPPORT_TFTP IPPORT_RJE IPPORT_FINGER IPPORT_TTYLINK
        IPPORT_SUPDUP IPPORT_EXECSERVER IPPORT_LOGINSERVER IPPORT_CMDSERVER IPPORT_EFSSERVER IPPORT_BIFFUDP
        IPPORT_WHOSERVER IPPORT_ROUTESERVER
        IPPORT_RESERVED: Ports below this are for privileged processes.
        IPPORT_USERRESERVED: Ports from this on are for servers that are not privileged.`,
    },
    {
      about: 'An IPv4 address as a number, in host byte order.',
      man: 'ip(7)',
      hex: true,
      names: `
        INADDR_ANY: Any address of this machine: 0.0.0.0.
        INADDR_BROADCAST: Everybody on the network: 255.255.255.255.
        INADDR_LOOPBACK: This machine: 127.0.0.1.
        INADDR_NONE: What inet_addr() returns for a bad address; the number of INADDR_BROADCAST.
        INADDR_DUMMY: The dummy address of ICMP answers, 192.0.0.8.
        INADDR_UNSPEC_GROUP: The base of the groups: 224.0.0.0.
        INADDR_ALLHOSTS_GROUP: All hosts of this network: 224.0.0.1.
        INADDR_ALLRTRS_GROUP: All routers of this network: 224.0.0.2.
        INADDR_ALLSNOOPERS_GROUP: All multicast snoopers: 224.0.0.106.
        INADDR_MAX_LOCAL_GROUP: The last group that is not routed: 224.0.0.255.`,
    },
    {
      about: 'Bytes that hold any IPv4 address as text, the end included.',
      man: 'inet_ntop(3)',
      names: 'INET_ADDRSTRLEN',
    },
    {
      about: 'A socket option of level IPPROTO_IP.',
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
        IP_IPSEC_POLICY IP_XFRM_POLICY
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
        IP_DEFAULT_MULTICAST_TTL IP_DEFAULT_MULTICAST_LOOP
        IP_MAX_MEMBERSHIPS: How many groups one socket may join, by the headers.`,
    },
    {
      about: 'A socket option of level IPPROTO_IP that Linux never had.',
      man: 'ip(4)',
      headers: { linux: [] },
      names: `
        IP_RECVDSTADDR: Receive the address each datagram was sent to.
        IP_RECVIF: Receive the interface each datagram came by.
        IP_BOUND_IF: Only packets of this interface, by index.
        IP_PORTRANGE: Which range automatic ports are chosen from.
        IP_PORTRANGE_DEFAULT IP_PORTRANGE_HIGH IP_PORTRANGE_LOW IP_STRIPHDR IP_FAITH IP_MULTICAST_IFINDEX IP_MULTICAST_VIF
        IP_RECVPKTINFO IP_DONTFRAG IP_DONTFRAGMENT IP_HOPLIMIT IP_RECEIVE_BROADCAST IP_IFLIST IP_ADD_IFLIST IP_DEL_IFLIST
        IP_GET_IFLIST IP_RTHDR IP_RECVRTHDR IP_TCLASS IP_RECVTCLASS IP_ORIGINAL_ARRIVAL_IF IP_ECN IP_RECVECN
        IP_PKTINFO_EX IP_USER_MTU IP_NRT_INTERFACE IP_WFP_REDIRECT_RECORDS IP_WFP_REDIRECT_CONTEXT`,
    },
    {
      about:
        'Where a connection that a firewall redirected was going; level SOL_IP, SOL_IPV6, or on Windows SOL_SOCKET.',
      headers: {
        linux: ['netinet/in.h', 'linux/netfilter_ipv4.h', 'linux/netfilter_ipv6/ip6_tables.h'],
        darwin: [],
      },
      names: 'SO_ORIGINAL_DST IP6T_SO_ORIGINAL_DST',
    },
    {
      about: 'A multicast option for IPv4 and IPv6 alike (RFC 3678).',
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
        IPTOS_LOWDELAY IPTOS_THROUGHPUT IPTOS_RELIABILITY IPTOS_MINCOST IPTOS_TOS_MASK IPTOS_ECN_MASK IPTOS_ECN_NOT_ECT
        IPTOS_ECN_ECT0 IPTOS_ECN_ECT1 IPTOS_ECN_CE IPTOS_DSCP_MASK IPTOS_DSCP_AF11 IPTOS_DSCP_AF12 IPTOS_DSCP_AF13
        IPTOS_DSCP_AF21 IPTOS_DSCP_AF22 IPTOS_DSCP_AF23 IPTOS_DSCP_AF31 IPTOS_DSCP_AF32 IPTOS_DSCP_AF33 IPTOS_DSCP_AF41
        IPTOS_DSCP_AF42 IPTOS_DSCP_AF43 IPTOS_DSCP_EF`,
    },
    {
      about: 'A type or option of ICMP.',
      man: 'icmp(7)',
      headers: { linux: ['linux/icmp.h'], win32: [], darwin: [] },
      names: `
        ICMP_FILTER: Which ICMP types a raw socket does not receive; level SOL_RAW.
        ICMP_ECHOREPLY ICMP_DEST_UNREACH ICMP_SOURCE_QUENCH ICMP_REDIRECT ICMP_ECHO ICMP_TIME_EXCEEDED
        ICMP_PARAMETERPROB ICMP_TIMESTAMP ICMP_TIMESTAMPREPLY ICMP_INFO_REQUEST ICMP_INFO_REPLY ICMP_ADDRESS
        ICMP_ADDRESSREPLY ICMP_EXT_ECHO ICMP_EXT_ECHOREPLY`,
    },
    ...tcp,
    {
      about: 'A socket option of level IPPROTO_UDP.',
      man: 'udp(7)',
      headers: { linux: ['linux/udp.h'] },
      names: `
        UDP_CORK: Hold all data back as one datagram until this is cleared.
        UDP_ENCAP: The encapsulation of this socket, one of UDP_ENCAP_.
        UDP_NO_CHECK6_TX: Send IPv6 datagrams without a checksum.
        UDP_NO_CHECK6_RX: Receive IPv6 datagrams without a checksum.
        UDP_SEGMENT: Let the kernel cut one write into datagrams of this size (GSO).
        UDP_GRO: Receive datagrams of one flow joined together.
        UDP_ENCAP_ESPINUDP_NON_IKE UDP_ENCAP_ESPINUDP UDP_ENCAP_L2TPINUDP UDP_ENCAP_GTP0 UDP_ENCAP_GTP1U UDP_ENCAP_RXRPC
        TCP_ENCAP_ESPINTCP: Of TCP: IPsec in TCP.
        UDP_ENCAP_OVPNINUDP`,
    },
    {
      about: 'A socket option of level IPPROTO_UDP that Linux never had.',
      headers: { linux: [] },
      names:
        'UDP_NOCKSUM UDP_NOCHECKSUM UDP_CHECKSUM_COVERAGE UDP_SEND_MSG_SIZE UDP_RECV_MAX_COALESCED_SIZE UDP_COALESCED_INFO',
    },
    {
      about: 'A socket option of level SOL_MPTCP.',
      man: 'Documentation/networking/mptcp.rst',
      headers: { linux: ['netinet/in.h', 'linux/mptcp.h'], win32: [], darwin: [] },
      names: `
        MPTCP_INFO: The connection’s state and figures; read only.
        MPTCP_TCPINFO: A tcp_info of each subflow; read only.
        MPTCP_SUBFLOW_ADDRS: The addresses of each subflow; read only.
        MPTCP_FULL_INFO: All of these at once; read only.`,
    },
    {
      about: 'A flag of mptcp_info.',
      man: 'Documentation/networking/mptcp.rst',
      headers: { linux: ['netinet/in.h', 'linux/mptcp.h'], win32: [], darwin: [] },
      hex: true,
      names: `
        MPTCP_INFO_FLAG_FALLBACK: The connection fell back to plain TCP.
        MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED: The peer’s key has come.`,
    },
    {
      about: 'A socket option of level SOL_DCCP.',
      man: 'Documentation/networking/dccp.rst',
      headers: { linux: ['linux/dccp.h'], win32: [], darwin: [] },
      names: `
        DCCP_SOCKOPT_SERVICE DCCP_SOCKOPT_CHANGE_L DCCP_SOCKOPT_CHANGE_R DCCP_SOCKOPT_GET_CUR_MPS
        DCCP_SOCKOPT_SERVER_TIMEWAIT DCCP_SOCKOPT_SEND_CSCOV DCCP_SOCKOPT_RECV_CSCOV DCCP_SOCKOPT_AVAILABLE_CCIDS
        DCCP_SOCKOPT_CCID DCCP_SOCKOPT_TX_CCID DCCP_SOCKOPT_RX_CCID DCCP_SOCKOPT_QPOLICY_ID DCCP_SOCKOPT_QPOLICY_TXQLEN
        DCCP_SOCKOPT_CCID_RX_INFO DCCP_SOCKOPT_CCID_TX_INFO`,
    },
    {
      about: 'A socket option or control message of level SOL_TLS (TCP_ULP “tls”).',
      man: 'Documentation/networking/tls.rst',
      headers: { linux: ['linux/tls.h'], win32: [], darwin: [] },
      names: `
        TLS_TX: The keys of what is sent.
        TLS_RX: The keys of what is received.
        TLS_TX_ZEROCOPY_RO TLS_RX_EXPECT_NO_PAD TLS_SET_RECORD_TYPE TLS_GET_RECORD_TYPE`,
    },
    {
      about: 'A socket option of level IPPROTO_UDPLITE.',
      man: 'udplite(7)',
      headers: {
        linux: ['#define UDPLITE_SEND_CSCOV 10', '#define UDPLITE_RECV_CSCOV 11'],
        win32: [],
        darwin: [],
      },
      names: `
        UDPLITE_SEND_CSCOV: How much of each datagram sent the checksum covers.
        UDPLITE_RECV_CSCOV: The least coverage that is accepted.`,
    },
  ],
  structs: [
    { name: 'sockaddr_in', about: 'an IPv4 address.', fields: 'sin_family sin_port sin_addr' },
    { name: 'in_addr', about: 'an IPv4 address without a port.', fields: 's_addr' },
    { name: 'ip_mreq', about: 'the value of IP_ADD_MEMBERSHIP.', fields: 'imr_multiaddr imr_interface' },
    {
      name: 'ip_mreqn',
      about: 'the value of IP_ADD_MEMBERSHIP and IP_MULTICAST_IF, with an interface index.',
      fields: 'imr_multiaddr imr_address imr_ifindex',
    },
    {
      name: 'ip_mreq_source',
      about: 'the value of IP_ADD_SOURCE_MEMBERSHIP and its kin.',
      fields: 'imr_multiaddr imr_interface imr_sourceaddr',
    },
    {
      name: 'ip_msfilter',
      about: 'the value of IP_MSFILTER.',
      fields: 'imsf_multiaddr imsf_interface imsf_fmode imsf_numsrc imsf_slist',
    },
    { name: 'group_req', about: 'the value of MCAST_JOIN_GROUP.', fields: 'gr_interface gr_group' },
    {
      name: 'group_source_req',
      about: 'the value of MCAST_JOIN_SOURCE_GROUP and its kin.',
      fields: 'gsr_interface gsr_group gsr_source',
    },
    {
      name: 'group_filter',
      about: 'the value of MCAST_MSFILTER.',
      fields: 'gf_interface gf_group gf_fmode gf_numsrc gf_slist',
    },
    {
      name: 'in_pktinfo',
      about: 'the control message IP_PKTINFO.',
      fields: 'ipi_ifindex ipi_spec_dst ipi_addr',
    },
    { name: 'icmp_filter', about: 'the value of ICMP_FILTER.', headers: ['linux/icmp.h'], fields: 'data' },
    {
      name: 'tcp_info',
      about: 'the value of TCP_INFO; kernels return as much of it as they know.',
      headers: ['linux/tcp.h', '#define TCP_INFO_T struct tcp_info'],
      fields: `
        tcpi_state+ tcpi_ca_state+ tcpi_retransmits+ tcpi_probes+ tcpi_backoff+ tcpi_options+
        tcpi_wscale=@(offsetof(TCP_INFO_T,tcpi_options)+1)
        tcpi_rto+ tcpi_ato+ tcpi_snd_mss+ tcpi_rcv_mss+ tcpi_unacked+ tcpi_sacked+ tcpi_lost+ tcpi_retrans+
        tcpi_fackets+ tcpi_last_data_sent+ tcpi_last_ack_sent+ tcpi_last_data_recv+ tcpi_last_ack_recv+ tcpi_pmtu+
        tcpi_rcv_ssthresh+ tcpi_rtt+ tcpi_rttvar+ tcpi_snd_ssthresh+ tcpi_snd_cwnd+ tcpi_advmss+ tcpi_reordering+
        tcpi_rcv_rtt+ tcpi_rcv_space+ tcpi_total_retrans+ tcpi_pacing_rate+ tcpi_max_pacing_rate+ tcpi_bytes_acked+
        tcpi_bytes_received+ tcpi_segs_out+ tcpi_segs_in+ tcpi_notsent_bytes+ tcpi_min_rtt+ tcpi_data_segs_in+
        tcpi_data_segs_out+ tcpi_delivery_rate+ tcpi_busy_time+ tcpi_rwnd_limited+ tcpi_sndbuf_limited+
        tcpi_delivered+ tcpi_delivered_ce+ tcpi_bytes_sent+ tcpi_bytes_retrans+ tcpi_dsack_dups+ tcpi_reord_seen+
        tcpi_rcv_ooopack+ tcpi_snd_wnd+ tcpi_rcv_wnd+ tcpi_rehash+ tcpi_total_rto+ tcpi_total_rto_recoveries+
        tcpi_total_rto_time+ tcpi_received_ce+ tcpi_delivered_e1_bytes+ tcpi_delivered_e0_bytes+
        tcpi_delivered_ce_bytes+ tcpi_received_e1_bytes+ tcpi_received_e0_bytes+ tcpi_received_ce_bytes+
        tcpi_accecn_fail_mode+ tcpi_accecn_opt_seen+`,
    },
    {
      name: 'tcp_repair_window',
      about: 'the value of TCP_REPAIR_WINDOW.',
      headers: ['linux/tcp.h'],
      fields: 'snd_wl1 snd_wnd max_window rcv_wnd rcv_wup',
    },
    {
      name: 'tcp_repair_opt',
      about: 'a value of TCP_REPAIR_OPTIONS.',
      headers: ['linux/tcp.h'],
      fields: 'opt_code opt_val',
    },
    {
      name: 'tcp_md5sig',
      about: 'the value of TCP_MD5SIG.',
      headers: ['linux/tcp.h'],
      fields: 'tcpm_addr tcpm_flags tcpm_prefixlen tcpm_keylen tcpm_ifindex tcpm_key+',
    },
    {
      name: 'tcp_zerocopy_receive',
      about: 'the value of TCP_ZEROCOPY_RECEIVE.',
      headers: ['linux/tcp.h'],
      fields: `
        address length recv_skip_hint inq err copybuf_address copybuf_len flags msg_control msg_controllen msg_flags`,
    },
    {
      name: 'tcpvegas_info',
      about: 'what the algorithms of the Vegas kind say of themselves (TCP_CC_INFO).',
      headers: ['linux/inet_diag.h'],
      fields: 'tcpv_enabled tcpv_rttcnt tcpv_rtt tcpv_minrtt',
    },
    {
      name: 'tcp_dctcp_info',
      about: 'what the algorithm dctcp says of itself (TCP_CC_INFO).',
      headers: ['linux/inet_diag.h'],
      fields: 'dctcp_enabled dctcp_ce_state dctcp_alpha dctcp_ab_ecn dctcp_ab_tot',
    },
    {
      name: 'tcp_bbr_info',
      about: 'what the algorithm bbr says of itself (TCP_CC_INFO).',
      headers: ['linux/inet_diag.h'],
      fields: 'bbr_bw_lo bbr_bw_hi bbr_min_rtt bbr_pacing_gain bbr_cwnd_gain',
    },
    {
      name: 'mptcp_info',
      about: 'the value of MPTCP_INFO; kernels return as much of it as they know.',
      headers: ['netinet/in.h', 'linux/mptcp.h'],
      fields: `
        mptcpi_subflows mptcpi_add_addr_signal mptcpi_add_addr_accepted mptcpi_subflows_max mptcpi_add_addr_signal_max
        mptcpi_add_addr_accepted_max mptcpi_flags mptcpi_token mptcpi_write_seq mptcpi_snd_una mptcpi_rcv_nxt
        mptcpi_local_addr_used mptcpi_local_addr_max mptcpi_csum_enabled`,
    },
    {
      name: 'mptcp_subflow_data',
      about: 'the head of MPTCP_TCPINFO and MPTCP_SUBFLOW_ADDRS; an element for each subflow follows.',
      headers: ['netinet/in.h', 'linux/mptcp.h'],
      fields: 'size_subflow_data num_subflows size_kernel size_user',
    },
    {
      name: 'mptcp_subflow_addrs',
      about: 'an element of MPTCP_SUBFLOW_ADDRS.',
      headers: ['netinet/in.h', 'linux/mptcp.h'],
      fields: 'ss_local ss_remote',
    },
  ],
};
