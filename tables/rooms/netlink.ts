import type { Room } from '../room.js';

export const netlink: Room = {
  name: 'netlink',
  constants: 'src/families/netlink/constants.ts',
  layout: 'src/families/netlink/layout.ts',
  headers: { linux: ['sys/socket.h', 'linux/netlink.h'] },
  groups: [
    {
      about: 'The netlink family: messages between kernel and processes.',
      man: 'netlink(7)',
      family: 'netlink',
      names: `
        AF_NETLINK: The netlink family: messages between kernel and processes.
        PF_NETLINK: The same number as AF_NETLINK.`,
    },
    {
      about: 'A netlink protocol, the third argument of `new Socket`.',
      man: 'netlink(7)',
      names: `
        NETLINK_ROUTE NETLINK_UNUSED NETLINK_USERSOCK NETLINK_FIREWALL NETLINK_SOCK_DIAG NETLINK_INET_DIAG NETLINK_NFLOG
        NETLINK_XFRM NETLINK_SELINUX NETLINK_ISCSI NETLINK_AUDIT NETLINK_FIB_LOOKUP NETLINK_CONNECTOR NETLINK_NETFILTER
        NETLINK_IP6_FW NETLINK_DNRTMSG NETLINK_KOBJECT_UEVENT NETLINK_GENERIC NETLINK_SCSITRANSPORT NETLINK_ECRYPTFS
        NETLINK_RDMA NETLINK_CRYPTO NETLINK_SMC`,
    },
    {
      about: 'A socket option of level SOL_NETLINK.',
      man: 'netlink(7)',
      names: `
        NETLINK_ADD_MEMBERSHIP: Join a group by number.
        NETLINK_DROP_MEMBERSHIP: Leave a group by number.
        NETLINK_PKTINFO: Receive the group of each message (nl_pktinfo).
        NETLINK_BROADCAST_ERROR: Report broadcast failures to the sender.
        NETLINK_NO_ENOBUFS: Do not report lost messages as ENOBUFS.
        NETLINK_LISTEN_ALL_NSID: Hear all namespaces that have an id here.
        NETLINK_LIST_MEMBERSHIPS: The joined groups, as a bit set; read only.
        NETLINK_CAP_ACK: Leave the request out of error messages.
        NETLINK_EXT_ACK: Say more about errors, as attributes.
        NETLINK_GET_STRICT_CHK: Check dump requests strictly.
        NETLINK_RX_RING NETLINK_TX_RING`,
    },
    {
      about: 'A flag of a message (nlmsg_flags).',
      man: 'netlink(7)',
      hex: true,
      names: `
        NLM_F_REQUEST NLM_F_MULTI NLM_F_ACK NLM_F_ECHO NLM_F_DUMP_INTR NLM_F_DUMP_FILTERED NLM_F_ROOT NLM_F_MATCH
        NLM_F_ATOMIC NLM_F_DUMP NLM_F_REPLACE NLM_F_EXCL NLM_F_CREATE NLM_F_APPEND NLM_F_NONREC NLM_F_BULK NLM_F_CAPPED
        NLM_F_ACK_TLVS`,
    },
    {
      about: 'A type or limit of messages (nlmsg_type).',
      man: 'netlink(7)',
      names: `
        NLMSG_NOOP NLMSG_ERROR NLMSG_DONE NLMSG_OVERRUN NLMSG_MIN_TYPE NLMSG_ALIGNTO NLMSG_HDRLEN NLMSGERR_ATTR_UNUSED
        NLMSGERR_ATTR_MSG NLMSGERR_ATTR_OFFS NLMSGERR_ATTR_COOKIE NLMSGERR_ATTR_POLICY NLMSGERR_ATTR_MISS_TYPE
        NLMSGERR_ATTR_MISS_NEST`,
    },
    {
      about: 'Of attributes (nla_type).',
      man: 'netlink(7)',
      names: 'NLA_F_NESTED NLA_F_NET_BYTEORDER NLA_TYPE_MASK NLA_ALIGNTO NLA_HDRLEN',
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
      about: 'the head of a message.',
      fields: 'nlmsg_len nlmsg_type nlmsg_flags nlmsg_seq nlmsg_pid',
    },
    { name: 'nlmsgerr', about: 'the body of NLMSG_ERROR.', fields: 'error msg' },
    { name: 'nlattr', about: 'the head of an attribute.', fields: 'nla_len nla_type' },
    { name: 'nl_pktinfo', about: 'the control message NETLINK_PKTINFO.', fields: 'group' },
    {
      name: 'ifinfomsg',
      about: 'the body of RTM_NEWLINK and its kin.',
      headers: ['linux/rtnetlink.h'],
      fields: 'ifi_family ifi_type ifi_index ifi_flags ifi_change',
    },
    {
      name: 'ifaddrmsg',
      about: 'the body of RTM_NEWADDR and its kin.',
      headers: ['linux/if_addr.h'],
      fields: 'ifa_family ifa_prefixlen ifa_flags ifa_scope ifa_index',
    },
    {
      name: 'rtmsg',
      about: 'the body of RTM_NEWROUTE and its kin.',
      headers: ['linux/rtnetlink.h'],
      fields:
        'rtm_family rtm_dst_len rtm_src_len rtm_tos rtm_table rtm_protocol rtm_scope rtm_type rtm_flags',
    },
    {
      name: 'rtnexthop',
      about: 'the head of a next hop inside RTA_MULTIPATH.',
      headers: ['linux/rtnetlink.h'],
      fields: 'rtnh_len rtnh_flags rtnh_hops rtnh_ifindex',
    },
    {
      name: 'ndmsg',
      about: 'the body of RTM_NEWNEIGH and its kin.',
      headers: ['linux/neighbour.h'],
      fields: 'ndm_family ndm_ifindex ndm_state ndm_flags ndm_type',
    },
    {
      name: 'rtattr',
      about: 'the head of a route attribute.',
      headers: ['linux/rtnetlink.h'],
      fields: 'rta_len rta_type',
    },
    {
      name: 'genlmsghdr',
      about: 'the second head of NETLINK_GENERIC messages.',
      headers: ['linux/genetlink.h'],
      fields: 'cmd version',
    },
    {
      name: 'inet_diag_req_v2',
      about: 'the body of a question of NETLINK_SOCK_DIAG about sockets of IPv4 or IPv6.',
      headers: ['linux/inet_diag.h'],
      fields: 'sdiag_family sdiag_protocol idiag_ext pad idiag_states id',
    },
    {
      name: 'inet_diag_msg',
      about: 'the body of the answer.',
      headers: ['linux/inet_diag.h'],
      fields: `
        idiag_family idiag_state idiag_timer idiag_retrans idiag_sport=id.idiag_sport idiag_dport=id.idiag_dport
        idiag_src=id.idiag_src idiag_dst=id.idiag_dst idiag_if=id.idiag_if idiag_cookie=id.idiag_cookie idiag_expires
        idiag_rqueue idiag_wqueue idiag_uid idiag_inode`,
    },
  ],
};
