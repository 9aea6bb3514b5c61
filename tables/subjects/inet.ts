import type { Subject } from '../subject.js';
import { icmp } from './icmp.js';
import { ip } from './ip.js';
import { tcp } from './tcp.js';
import { transports } from './transports.js';

const win32 = ['winsock2.h', 'ws2tcpip.h', 'mstcpip.h', 'mswsock.h'];
const darwin = ['sys/socket.h', 'netinet/in.h', 'netinet/tcp.h', 'netinet/udp.h', 'netinet/ip.h'];

/** IPv4, and the transport protocols that IPv6 shares. */
export const inet: Subject = {
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
      kind: 'protocol and level',
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
        IPPROTO_RAW: Raw IP: the program writes the header.
        IPPROTO_SMC: Shared Memory Communications over TCP.
        IPPROTO_MPTCP: Multipath TCP.
        IPPROTO_HOPOPTS IPPROTO_ROUTING IPPROTO_FRAGMENT
        IPPROTO_ICMPV6: ICMPv6.
        IPPROTO_NONE IPPROTO_DSTOPTS IPPROTO_MH`,
    },
    {
      about: 'An IP protocol number.',
      kind: 'protocol and level',
      man: 'ip(7), protocols(5)',
      headers: { linux: ['linux/in.h'] },
      names: `
        IPPROTO_L2TP
        IPPROTO_AGGFRAG: ESP packets that aggregate and fragment IP packets (RFC 9347).`,
    },
    {
      about: 'An IP protocol number that Linux does not define.',
      kind: 'protocol and level',
      man: 'protocols(5)',
      headers: { linux: [] },
      names: `
        IPPROTO_GGP: Gateway to gateway; deprecated.
        IPPROTO_IPV4 IPPROTO_ST
        IPPROTO_CBT: Core-based trees.
        IPPROTO_IGP: Any interior gateway protocol.
        IPPROTO_RDP: Reliable data protocol.
        IPPROTO_ND IPPROTO_ICLFXBM
        IPPROTO_PGM: Pragmatic general multicast.
        IPPROTO_EON: ISO’s connectionless network protocol.
        IPPROTO_IPCOMP
        IPPROTO_XTP: Express transport protocol.
        IPPROTO_HELLO: The routing protocol “hello”.
        IPPROTO_DIVERT IPPROTO_PIGP IPPROTO_RCCMON IPPROTO_NVPII IPPROTO_ARGUS IPPROTO_EMCON IPPROTO_XNET IPPROTO_CHAOS
        IPPROTO_MUX IPPROTO_MEAS IPPROTO_HMP IPPROTO_PRM IPPROTO_TRUNK1 IPPROTO_TRUNK2 IPPROTO_LEAF1 IPPROTO_LEAF2
        IPPROTO_IRTP IPPROTO_BLT IPPROTO_NSP IPPROTO_INP IPPROTO_SEP IPPROTO_3PC IPPROTO_IDPR IPPROTO_DDP IPPROTO_CMTP
        IPPROTO_TPXX IPPROTO_IL IPPROTO_SDRP IPPROTO_IDRP IPPROTO_MHRP IPPROTO_BHA IPPROTO_INLSP IPPROTO_SWIPE
        IPPROTO_NHRP IPPROTO_AHIP IPPROTO_CFTP IPPROTO_SATEXPAK IPPROTO_KRYPTOLAN IPPROTO_RVD IPPROTO_IPPC IPPROTO_ADFS
        IPPROTO_SATMON IPPROTO_VISA IPPROTO_IPCV IPPROTO_CPNX IPPROTO_CPHB IPPROTO_WSN IPPROTO_PVP IPPROTO_BRSATMON
        IPPROTO_WBMON IPPROTO_WBEXPAK IPPROTO_VMTP IPPROTO_SVMTP IPPROTO_VINES IPPROTO_TTP IPPROTO_DGP IPPROTO_TCF
        IPPROTO_IGRP IPPROTO_OSPFIGP IPPROTO_SRPC IPPROTO_LARP IPPROTO_AX25 IPPROTO_IPEIP IPPROTO_MICP IPPROTO_SCCSP
        IPPROTO_ETHERIP IPPROTO_APES IPPROTO_GMTP`,
    },
    {
      about: 'An IP protocol number of FreeBSD.',
      kind: 'protocol and level',
      man: 'protocols(5)',
      headers: { linux: [], win32: [], darwin: [], freebsd: ['sys/types.h', 'netinet/in.h'] },
      names: 'IPPROTO_MOBILE: Minimal encapsulation of mobile IP (RFC 2004).',
    },
    {
      about: 'An IP protocol number that Python names.',
      kind: 'protocol and level',
      absent: true,
      names: `
        IPPROTO_BIP: BIP. Python names it; no known system defines it.
        IPPROTO_VRRP: VRRP: redundant routers (RFC 5798). NetBSD defines it.`,
    },
    {
      about: 'A limit of IP protocol numbers.',
      names: 'IPPROTO_MAX: One more than the greatest number in the headers.',
    },
    {
      about: 'A well-known port.',
      man: 'services(5)',
      names: `
        IPPORT_ECHO IPPORT_DISCARD IPPORT_SYSTAT IPPORT_DAYTIME IPPORT_NETSTAT IPPORT_FTP IPPORT_TELNET IPPORT_SMTP
        IPPORT_TIMESERVER IPPORT_NAMESERVER IPPORT_WHOIS
        IPPORT_MTP: Mail transfer protocol, before SMTP.
        IPPORT_TFTP
        IPPORT_RJE: Remote job entry.
        IPPORT_FINGER
        IPPORT_TTYLINK: Terminal link.
        IPPORT_SUPDUP
        IPPORT_EXECSERVER: Remote execution, rexec.
        IPPORT_LOGINSERVER: Remote login, rlogin.
        IPPORT_CMDSERVER: Remote shell, rsh.
        IPPORT_EFSSERVER: Extended file name server.
        IPPORT_BIFFUDP: Notification of new mail, biff.
        IPPORT_WHOSERVER: The list of logged-in users, rwho.
        IPPORT_ROUTESERVER: Routing information protocol.
        IPPORT_RESERVED: The first unreserved port. Lower ports need privileges.
        IPPORT_USERRESERVED: The first port for unprivileged servers.`,
    },
    {
      about: 'An IPv4 address as a number, in host byte order.',
      man: 'ip(7)',
      hex: true,
      names: `
        INADDR_ANY: All addresses of this machine: 0.0.0.0.
        INADDR_BROADCAST: The broadcast address: 255.255.255.255.
        INADDR_LOOPBACK: The loopback address: 127.0.0.1.
        INADDR_NONE: The result of inet_addr() for an invalid address; equal to INADDR_BROADCAST.
        INADDR_DUMMY: The dummy address of ICMP replies: 192.0.0.8.
        INADDR_UNSPEC_GROUP: The base of the multicast addresses: 224.0.0.0.
        INADDR_ALLHOSTS_GROUP: All hosts of the local network: 224.0.0.1.
        INADDR_ALLRTRS_GROUP: All routers of the local network: 224.0.0.2.
        INADDR_ALLSNOOPERS_GROUP: All multicast snoopers: 224.0.0.106.
        INADDR_MAX_LOCAL_GROUP: The last multicast address that is not routed: 224.0.0.255.
        INADDR_ALLRPTS_GROUP: All receivers of IGMPv3 reports: 224.0.0.22.
        INADDR_CARP_GROUP: All members of CARP redundancy groups: 224.0.0.18.
        INADDR_PFSYNC_GROUP: All packet filters that synchronize their states (pfsync): 224.0.0.240.
        INADDR_ALLMDNS_GROUP: All multicast DNS responders: 224.0.0.251.`,
    },
    {
      about: 'The maximum length of an IPv4 address as text, including the terminating NUL.',
      man: 'inet_ntop(3)',
      names: 'INET_ADDRSTRLEN',
    },
    ...ip,
    ...icmp,
    ...tcp,
    ...transports,
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
      about: 'the value of IP_ADD_SOURCE_MEMBERSHIP and similar options.',
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
      about: 'the value of MCAST_JOIN_SOURCE_GROUP and similar options.',
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
      about: 'the value of TCP_INFO. A kernel returns only the fields that it supports.',
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
        tcpi_ecn=@(offsetof(TCP_INFO_T,tcpi_received_ce_bytes)+4)`,
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
      about: 'the state of a Vegas-like algorithm (TCP_CC_INFO).',
      headers: ['linux/inet_diag.h'],
      fields: 'tcpv_enabled tcpv_rttcnt tcpv_rtt tcpv_minrtt',
    },
    {
      name: 'tcp_dctcp_info',
      about: 'the state of the algorithm dctcp (TCP_CC_INFO).',
      headers: ['linux/inet_diag.h'],
      fields: 'dctcp_enabled dctcp_ce_state dctcp_alpha dctcp_ab_ecn dctcp_ab_tot',
    },
    {
      name: 'tcp_bbr_info',
      about: 'the state of the algorithm bbr (TCP_CC_INFO).',
      headers: ['linux/inet_diag.h'],
      fields: 'bbr_bw_lo bbr_bw_hi bbr_min_rtt bbr_pacing_gain bbr_cwnd_gain',
    },
    {
      name: 'mptcp_info',
      about: 'the value of MPTCP_INFO. A kernel returns only the fields that it supports.',
      headers: ['netinet/in.h', 'linux/mptcp.h'],
      fields: `
        mptcpi_subflows mptcpi_add_addr_signal mptcpi_add_addr_accepted mptcpi_subflows_max mptcpi_add_addr_signal_max
        mptcpi_add_addr_accepted_max mptcpi_flags mptcpi_token mptcpi_write_seq mptcpi_snd_una mptcpi_rcv_nxt
        mptcpi_local_addr_used mptcpi_local_addr_max mptcpi_csum_enabled`,
    },
    {
      name: 'mptcp_subflow_data',
      about: 'the header of MPTCP_TCPINFO and MPTCP_SUBFLOW_ADDRS; one element per subflow follows.',
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
