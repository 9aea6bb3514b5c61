import type { Subject } from '../subject.js';

export const netlink: Subject = {
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
      kind: 'protocol',
      man: 'netlink(7)',
      names: `
        NETLINK_ROUTE: Links, addresses, routes, neighbours, rules and queues.
        NETLINK_UNUSED: Nothing.
        NETLINK_USERSOCK: Between processes.
        NETLINK_FIREWALL: Packets of ip_queue; no longer in Linux.
        NETLINK_SOCK_DIAG: The sockets of the machine.
        NETLINK_INET_DIAG: The same number as NETLINK_SOCK_DIAG.
        NETLINK_NFLOG: Log of netfilter; no longer in Linux, where NETLINK_NETFILTER has it.
        NETLINK_XFRM: Policies and keys of IPsec.
        NETLINK_SELINUX: Events of SELinux.
        NETLINK_ISCSI: Open-iSCSI.
        NETLINK_AUDIT: The audit log.
        NETLINK_FIB_LOOKUP: Look-ups in the routing tables.
        NETLINK_CONNECTOR: The connector: events of processes, among others.
        NETLINK_NETFILTER: Everything of netfilter.
        NETLINK_IP6_FW: Packets of ip6_queue; no longer in Linux.
        NETLINK_DNRTMSG: Routes of DECnet; no longer in Linux.
        NETLINK_KOBJECT_UEVENT: Devices that come and go.
        NETLINK_GENERIC: Families that have a name instead of a number.
        NETLINK_SCSITRANSPORT: Transports of SCSI.
        NETLINK_ECRYPTFS: Files encrypted by eCryptfs.
        NETLINK_RDMA: Devices of remote memory access.
        NETLINK_CRYPTO: The kernel’s ciphers.
        NETLINK_SMC: The sockets of AF_SMC.`,
    },
    {
      about: 'A netlink protocol of early versions of Linux.',
      kind: 'protocol',
      man: 'netlink(7)',
      absent: true,
      names: `
        NETLINK_ARPD: The ARP table, kept by a process; removed from Linux.
        NETLINK_ROUTE6: Routes of IPv6; NETLINK_ROUTE has replaced it.
        NETLINK_SKIP: Reserved for ENskip; removed from Linux.
        NETLINK_TAPBASE: The first of 16 ethertap devices; removed from Linux.
        NETLINK_TCPDIAG: The name that NETLINK_SOCK_DIAG had first.
        NETLINK_W1: The 1-wire bus; NETLINK_CONNECTOR has replaced it.`,
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
        NETLINK_LISTEN_ALL_NSID: Hear all namespaces that have an id here.
        NETLINK_LIST_MEMBERSHIPS: The joined groups, as a bit set; read only.
        NETLINK_CAP_ACK: Leave the request out of error messages.
        NETLINK_EXT_ACK: Say more about errors, as attributes.
        NETLINK_GET_STRICT_CHK: Check dump requests strictly.
        NETLINK_RX_RING: A ring in shared memory; no longer in Linux.
        NETLINK_TX_RING: A ring in shared memory; no longer in Linux.`,
    },
    {
      about: 'A flag of a message (nlmsg_flags).',
      man: 'netlink(7)',
      hex: true,
      names: `
        NLM_F_REQUEST: A request.
        NLM_F_MULTI: One of several; NLMSG_DONE ends them.
        NLM_F_ACK: An answer is wanted even if there is nothing to tell.
        NLM_F_ECHO: What the request changes shall be told to us too.
        NLM_F_DUMP_INTR: Something changed while the list was sent.
        NLM_F_DUMP_FILTERED: The list is what the request asked for and not everything.
        NLM_F_ROOT: Of a question: the whole table.
        NLM_F_MATCH: Of a question: all that match.
        NLM_F_ATOMIC: Of a question: at one moment.
        NLM_F_DUMP: Of a question: a list of all; NLM_F_ROOT and NLM_F_MATCH.
        NLM_F_REPLACE: Of a change: in place of what is there.
        NLM_F_EXCL: Of a change: fail if it is there.
        NLM_F_CREATE: Of a change: make it if it is not there.
        NLM_F_APPEND: Of a change: at the end of the list.
        NLM_F_NONREC: Of a deletion: not what is below it.
        NLM_F_BULK: Of a deletion: several at once.
        NLM_F_CAPPED: Of NLMSG_ERROR: the request is not repeated (NETLINK_CAP_ACK).
        NLM_F_ACK_TLVS: Of NLMSG_ERROR: attributes say more (NETLINK_EXT_ACK).`,
    },
    {
      about: 'A type or limit of messages (nlmsg_type).',
      man: 'netlink(7)',
      names: `
        NLMSG_NOOP: Nothing: to be ignored.
        NLMSG_ERROR: An error, or with the number 0 an acknowledgement.
        NLMSG_DONE: The end of a list.
        NLMSG_OVERRUN: Messages were lost.
        NLMSG_MIN_TYPE: The first type that protocols use; those below are netlink’s own.
        NLMSG_ALIGNTO: What messages are aligned to, in bytes.
        NLMSG_HDRLEN: The length of a message’s head.`,
    },
    {
      about: 'An attribute of NLMSG_ERROR (NETLINK_EXT_ACK).',
      man: 'netlink(7)',
      names: `
        NLMSGERR_ATTR_UNUSED: Nothing.
        NLMSGERR_ATTR_MSG: The error in words.
        NLMSGERR_ATTR_OFFS: Where in the request the attribute is that is wrong.
        NLMSGERR_ATTR_COOKIE: Bytes that the protocol gives a meaning.
        NLMSGERR_ATTR_POLICY: What the attribute would have to be.
        NLMSGERR_ATTR_MISS_TYPE: The type of an attribute that is missing.
        NLMSGERR_ATTR_MISS_NEST: Where in the request it is missing.`,
    },
    {
      about: 'Of attributes (nla_type).',
      man: 'netlink(7)',
      names: `
        NLA_F_NESTED: The attribute is made of attributes.
        NLA_F_NET_BYTEORDER: The attribute is in network byte order.
        NLA_TYPE_MASK: The bits of the type alone.
        NLA_ALIGNTO: What attributes are aligned to, in bytes.
        NLA_HDRLEN: The length of an attribute’s head.`,
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
