import type { Subject } from '../subject.js';

export const netlink: Subject = {
  name: 'netlink',
  constants: 'src/families/netlink/constants.ts',
  layout: 'src/families/netlink/layout.ts',
  headers: { linux: ['sys/socket.h', 'linux/netlink.h'] },
  groups: [
    {
      about: 'The netlink family: messages between the kernel and processes.',
      man: 'netlink(7)',
      family: 'netlink',
      names: `
        AF_NETLINK: The netlink family: messages between the kernel and processes.
        PF_NETLINK: The same number as AF_NETLINK.`,
    },
    {
      about: 'A netlink protocol, the third argument of `new Socket`.',
      kind: 'protocol',
      man: 'netlink(7)',
      names: `
        NETLINK_ROUTE: Links, addresses, routes, neighbors, rules and queues.
        NETLINK_UNUSED: Unused.
        NETLINK_USERSOCK: Communication between processes.
        NETLINK_FIREWALL: Packets of ip_queue; removed from Linux.
        NETLINK_SOCK_DIAG: The sockets of the machine.
        NETLINK_INET_DIAG: The same number as NETLINK_SOCK_DIAG.
        NETLINK_NFLOG: The log of netfilter; replaced by NETLINK_NETFILTER.
        NETLINK_XFRM: IPsec policies and keys.
        NETLINK_SELINUX: Events of SELinux.
        NETLINK_ISCSI: Open-iSCSI.
        NETLINK_AUDIT: The audit log.
        NETLINK_FIB_LOOKUP: Look-ups in the routing tables.
        NETLINK_CONNECTOR: The connector: events of processes and others.
        NETLINK_NETFILTER: All netfilter subsystems.
        NETLINK_IP6_FW: Packets of ip6_queue; removed from Linux.
        NETLINK_DNRTMSG: DECnet routes; removed from Linux.
        NETLINK_KOBJECT_UEVENT: Events of devices that are added and removed.
        NETLINK_GENERIC: Generic netlink: families that are identified by a name.
        NETLINK_SCSITRANSPORT: SCSI transports.
        NETLINK_ECRYPTFS: Files encrypted by eCryptfs.
        NETLINK_RDMA: RDMA devices.
        NETLINK_CRYPTO: The kernel’s crypto algorithms.
        NETLINK_SMC: The sockets of AF_SMC.`,
    },
    {
      about: 'A netlink protocol of early versions of Linux.',
      kind: 'protocol',
      man: 'netlink(7)',
      absent: true,
      names: `
        NETLINK_ARPD: The ARP table, managed by a process; removed from Linux.
        NETLINK_ROUTE6: IPv6 routes; replaced by NETLINK_ROUTE.
        NETLINK_SKIP: Reserved for ENskip; removed from Linux.
        NETLINK_TAPBASE: The first of 16 ethertap devices; removed from Linux.
        NETLINK_TCPDIAG: The first name of NETLINK_SOCK_DIAG.
        NETLINK_W1: The 1-wire bus; replaced by NETLINK_CONNECTOR.`,
    },
    {
      about: 'A socket option of level SOL_NETLINK.',
      kind: 'option',
      man: 'netlink(7)',
      names: `
        NETLINK_ADD_MEMBERSHIP: Join a group by number.
        NETLINK_DROP_MEMBERSHIP: Leave a group by number.
        NETLINK_PKTINFO: Receive the group of each message (nl_pktinfo).
        NETLINK_BROADCAST_ERROR: Report broadcast failures to the sender.
        NETLINK_NO_ENOBUFS: Do not report lost messages as ENOBUFS.
        NETLINK_LISTEN_ALL_NSID: Receive messages of all network namespaces that have an ID in this one.
        NETLINK_LIST_MEMBERSHIPS: The joined groups, as a bit set; read-only.
        NETLINK_CAP_ACK: Omit the request from error messages.
        NETLINK_EXT_ACK: Add attributes with details to error messages.
        NETLINK_GET_STRICT_CHK: Check dump requests strictly.
        NETLINK_RX_RING: A ring in shared memory; removed from Linux.
        NETLINK_TX_RING: A ring in shared memory; removed from Linux.`,
    },
    {
      about: 'A flag of a message (nlmsg_flags).',
      man: 'netlink(7)',
      hex: true,
      names: `
        NLM_F_REQUEST: The message is a request.
        NLM_F_MULTI: The message is one of several; NLMSG_DONE ends them.
        NLM_F_ACK: Request an acknowledgement, even on success.
        NLM_F_ECHO: Request a notification of the changes that the request makes.
        NLM_F_DUMP_INTR: The list changed while it was sent, so it can be inconsistent.
        NLM_F_DUMP_FILTERED: The list was filtered as requested.
        NLM_F_ROOT: Get request: return the whole table.
        NLM_F_MATCH: Get request: return all matching entries.
        NLM_F_ATOMIC: Get request: return a snapshot of the table.
        NLM_F_DUMP: Get request: return a list of all entries; NLM_F_ROOT and NLM_F_MATCH.
        NLM_F_REPLACE: New request: replace an existing entry.
        NLM_F_EXCL: New request: fail if the entry exists.
        NLM_F_CREATE: New request: create the entry if it does not exist.
        NLM_F_APPEND: New request: append to the list.
        NLM_F_NONREC: Delete request: do not delete recursively.
        NLM_F_BULK: Delete request: delete several entries.
        NLM_F_CAPPED: NLMSG_ERROR flag: the request is not included (NETLINK_CAP_ACK).
        NLM_F_ACK_TLVS: NLMSG_ERROR flag: attributes follow (NETLINK_EXT_ACK).`,
    },
    {
      about: 'A type or limit of messages (nlmsg_type).',
      man: 'netlink(7)',
      names: `
        NLMSG_NOOP: No operation; ignore the message.
        NLMSG_ERROR: An error, or an acknowledgement if the number is 0.
        NLMSG_DONE: The end of a list.
        NLMSG_OVERRUN: Messages were lost.
        NLMSG_MIN_TYPE: The first type of the protocols; lower types are netlink’s own.
        NLMSG_ALIGNTO: The alignment of messages, in bytes.
        NLMSG_HDRLEN: The length of a message header.`,
    },
    {
      about: 'An attribute of NLMSG_ERROR (NETLINK_EXT_ACK).',
      man: 'netlink(7)',
      names: `
        NLMSGERR_ATTR_UNUSED: Unused.
        NLMSGERR_ATTR_MSG: The error message as text.
        NLMSGERR_ATTR_OFFS: The offset of the invalid attribute in the request.
        NLMSGERR_ATTR_COOKIE: Bytes whose meaning the protocol defines.
        NLMSGERR_ATTR_POLICY: The policy that the attribute violates.
        NLMSGERR_ATTR_MISS_TYPE: The type of a missing attribute.
        NLMSGERR_ATTR_MISS_NEST: The offset in the request at which an attribute is missing.`,
    },
    {
      about: 'A constant of attributes (nla_type).',
      man: 'netlink(7)',
      names: `
        NLA_F_NESTED: The attribute contains attributes.
        NLA_F_NET_BYTEORDER: The attribute is in network byte order.
        NLA_TYPE_MASK: The bits of the type.
        NLA_ALIGNTO: The alignment of attributes, in bytes.
        NLA_HDRLEN: The length of an attribute header.`,
    },
    {
      about: 'A multicast group of NETLINK_ROUTE, as a bit of `groups`.',
      man: 'rtnetlink(7)',
      hex: true,
      headers: { linux: ['linux/rtnetlink.h'] },
      names: `
        RTMGRP_LINK RTMGRP_NOTIFY RTMGRP_NEIGH RTMGRP_TC RTMGRP_IPV4_IFADDR RTMGRP_IPV4_MROUTE RTMGRP_IPV4_ROUTE
        RTMGRP_IPV4_RULE RTMGRP_IPV6_IFADDR RTMGRP_IPV6_MROUTE RTMGRP_IPV6_ROUTE RTMGRP_IPV6_IFINFO RTMGRP_IPV6_PREFIX`,
    },
    {
      about: 'A message type of NETLINK_ROUTE.',
      man: 'rtnetlink(7)',
      headers: { linux: ['linux/rtnetlink.h'] },
      names: `
        RTM_NEWLINK RTM_DELLINK RTM_GETLINK RTM_SETLINK RTM_NEWADDR RTM_DELADDR RTM_GETADDR RTM_NEWROUTE RTM_DELROUTE
        RTM_GETROUTE RTM_NEWNEIGH RTM_DELNEIGH RTM_GETNEIGH RTM_NEWRULE RTM_DELRULE RTM_GETRULE RTM_NEWQDISC RTM_DELQDISC
        RTM_GETQDISC RTM_NEWTCLASS RTM_DELTCLASS RTM_GETTCLASS RTM_NEWTFILTER RTM_DELTFILTER RTM_GETTFILTER
        RTM_NEWACTION RTM_DELACTION RTM_GETACTION RTM_NEWPREFIX RTM_GETMULTICAST RTM_GETANYCAST RTM_NEWNEIGHTBL
        RTM_GETNEIGHTBL RTM_SETNEIGHTBL RTM_NEWNDUSEROPT RTM_NEWADDRLABEL RTM_DELADDRLABEL RTM_GETADDRLABEL RTM_GETDCB
        RTM_SETDCB RTM_NEWNETCONF RTM_DELNETCONF RTM_GETNETCONF RTM_NEWMDB RTM_DELMDB RTM_GETMDB RTM_NEWNSID RTM_DELNSID
        RTM_GETNSID RTM_NEWSTATS RTM_GETSTATS RTM_SETSTATS RTM_NEWCACHEREPORT RTM_NEWCHAIN RTM_DELCHAIN RTM_GETCHAIN
        RTM_NEWNEXTHOP RTM_DELNEXTHOP RTM_GETNEXTHOP RTM_NEWLINKPROP RTM_DELLINKPROP RTM_GETLINKPROP RTM_NEWVLAN
        RTM_DELVLAN RTM_GETVLAN RTM_NEWNEXTHOPBUCKET RTM_DELNEXTHOPBUCKET RTM_GETNEXTHOPBUCKET RTM_NEWTUNNEL
        RTM_DELTUNNEL RTM_GETTUNNEL`,
    },
  ],
  structs: [
    { name: 'sockaddr_nl', about: 'a netlink address.', fields: 'nl_family nl_pad nl_pid nl_groups' },
    {
      name: 'nlmsghdr',
      about: 'the header of a message.',
      fields: 'nlmsg_len nlmsg_type nlmsg_flags nlmsg_seq nlmsg_pid',
    },
    { name: 'nlmsgerr', about: 'the body of NLMSG_ERROR.', fields: 'error msg' },
    { name: 'nlattr', about: 'the header of an attribute.', fields: 'nla_len nla_type' },
    { name: 'nl_pktinfo', about: 'the control message NETLINK_PKTINFO.', fields: 'group' },
    {
      name: 'ifinfomsg',
      about: 'the body of RTM_NEWLINK and similar messages.',
      headers: ['linux/rtnetlink.h'],
      fields: 'ifi_family ifi_type ifi_index ifi_flags ifi_change',
    },
    {
      name: 'ifaddrmsg',
      about: 'the body of RTM_NEWADDR and similar messages.',
      headers: ['linux/if_addr.h'],
      fields: 'ifa_family ifa_prefixlen ifa_flags ifa_scope ifa_index',
    },
    {
      name: 'rtmsg',
      about: 'the body of RTM_NEWROUTE and similar messages.',
      headers: ['linux/rtnetlink.h'],
      fields:
        'rtm_family rtm_dst_len rtm_src_len rtm_tos rtm_table rtm_protocol rtm_scope rtm_type rtm_flags',
    },
    {
      name: 'rtnexthop',
      about: 'the header of a next hop inside RTA_MULTIPATH.',
      headers: ['linux/rtnetlink.h'],
      fields: 'rtnh_len rtnh_flags rtnh_hops rtnh_ifindex',
    },
    {
      name: 'ndmsg',
      about: 'the body of RTM_NEWNEIGH and similar messages.',
      headers: ['linux/neighbour.h'],
      fields: 'ndm_family ndm_ifindex ndm_state ndm_flags ndm_type',
    },
    {
      name: 'rtattr',
      about: 'the header of a route attribute.',
      headers: ['linux/rtnetlink.h'],
      fields: 'rta_len rta_type',
    },
    {
      name: 'genlmsghdr',
      about: 'the second header of NETLINK_GENERIC messages.',
      headers: ['linux/genetlink.h'],
      fields: 'cmd version',
    },
    {
      name: 'inet_diag_req_v2',
      about: 'the body of a NETLINK_SOCK_DIAG request for IPv4 or IPv6 sockets.',
      headers: ['linux/inet_diag.h'],
      fields: 'sdiag_family sdiag_protocol idiag_ext pad idiag_states id',
    },
    {
      name: 'inet_diag_msg',
      about: 'the body of a NETLINK_SOCK_DIAG reply for IPv4 or IPv6 sockets.',
      headers: ['linux/inet_diag.h'],
      fields: `
        idiag_family idiag_state idiag_timer idiag_retrans idiag_sport=id.idiag_sport idiag_dport=id.idiag_dport
        idiag_src=id.idiag_src idiag_dst=id.idiag_dst idiag_if=id.idiag_if idiag_cookie=id.idiag_cookie idiag_expires
        idiag_rqueue idiag_wqueue idiag_uid idiag_inode`,
    },
    {
      name: 'unix_diag_req',
      about: 'the body of a NETLINK_SOCK_DIAG request for Unix sockets.',
      headers: ['linux/unix_diag.h'],
      fields: 'sdiag_family sdiag_protocol pad udiag_states udiag_ino udiag_show udiag_cookie',
    },
    {
      name: 'unix_diag_msg',
      about: 'the body of a NETLINK_SOCK_DIAG reply for Unix sockets.',
      headers: ['linux/unix_diag.h'],
      fields: 'udiag_family udiag_type udiag_state pad udiag_ino udiag_cookie',
    },
    {
      name: 'unix_diag_rqlen',
      about: 'the attribute UNIX_DIAG_RQLEN: the queues of a Unix socket.',
      headers: ['linux/unix_diag.h'],
      fields: 'udiag_rqueue udiag_wqueue',
    },
  ],
};
