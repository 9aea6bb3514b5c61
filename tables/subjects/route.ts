import type { Subject } from '../subject.js';

/** The attributes and constants of the messages of `berkeley/netlink`: links, addresses, routes and more. */
export const route: Subject = {
  name: 'route',
  constants: 'src/netlink/constants.ts',
  headers: {
    linux: [
      'sys/socket.h',
      'linux/if.h',
      'linux/if_link.h',
      'linux/if_addr.h',
      'linux/veth.h',
      'linux/neighbour.h',
      'linux/rtnetlink.h',
    ],
  },
  groups: [
    {
      about: 'An attribute of a link.',
      man: 'rtnetlink(7)',
      names: `
        IFLA_ADDRESS: The hardware address.
        IFLA_BROADCAST: The hardware broadcast address.
        IFLA_IFNAME: The name.
        IFLA_MTU: The MTU, in bytes.
        IFLA_LINK: The index of the underlying link.
        IFLA_QDISC: The queueing discipline.
        IFLA_MASTER: The index of the bridge or bond of the link.
        IFLA_TXQLEN: The length of the transmit queue, in packets.
        IFLA_OPERSTATE: The operational state (RFC 2863).
        IFLA_LINKMODE: The link mode.
        IFLA_LINKINFO: The kind of the link, nested.
        IFLA_IFALIAS: The alias.
        IFLA_STATS64: The counters, 64 bits each.
        IFLA_NET_NS_PID: The network namespace to move the link to, as the id of a process in it.
        IFLA_GROUP: The group of the link.
        IFLA_NET_NS_FD: The network namespace to move the link to, as a file descriptor.
        IFLA_INFO_KIND: The kind, inside IFLA_LINKINFO: "veth", "vcan".
        IFLA_INFO_DATA: Attributes of the kind, inside IFLA_LINKINFO, nested.
        VETH_INFO_PEER: The peer in a veth pair, inside IFLA_INFO_DATA: struct ifinfomsg and attributes.`,
    },
    {
      about: 'An operational state (RFC 2863).',
      man: 'rtnetlink(7)',
      names: `
        IF_OPER_UNKNOWN IF_OPER_NOTPRESENT IF_OPER_DOWN IF_OPER_LOWERLAYERDOWN IF_OPER_TESTING IF_OPER_DORMANT IF_OPER_UP`,
    },
    {
      about: 'A flag of a link.',
      man: 'netdevice(7)',
      hex: true,
      names: `
        IFF_UP: The link is administratively up.
        IFF_BROADCAST: The link has a broadcast address.
        IFF_DEBUG: The driver writes debugging messages.
        IFF_LOOPBACK: The link is a loopback link.
        IFF_POINTOPOINT: The link is a point-to-point link.
        IFF_NOTRAILERS: Has no effect.
        IFF_RUNNING: The link is operational: IF_OPER_UP, or the driver does not report its state.
        IFF_NOARP: The link does not use ARP.
        IFF_PROMISC: The link receives all packets.
        IFF_ALLMULTI: The link receives all multicast groups.
        IFF_MASTER: The link has subordinate links, as a bond does.
        IFF_SLAVE: The link belongs to a bond.
        IFF_MULTICAST: The link supports multicast.
        IFF_PORTSEL: The media type can be selected.
        IFF_AUTOMEDIA: The media type is detected automatically.
        IFF_DYNAMIC: The link loses its addresses when it goes down.
        IFF_LOWER_UP: The link has a signal.
        IFF_DORMANT: The link waits for an external event, such as authentication.
        IFF_ECHO: The link echoes sent packets.`,
    },
    {
      about: 'An attribute of an address.',
      man: 'rtnetlink(7)',
      names: `
        IFA_ADDRESS: The address, or the address of the peer on a point-to-point link.
        IFA_LOCAL: The local address.
        IFA_LABEL: The name of the interface, or its alias.
        IFA_BROADCAST: The broadcast address.
        IFA_CACHEINFO: The lifetimes.
        IFA_FLAGS: The flags, 32 bits.`,
    },
    {
      about: 'A flag of an address.',
      man: 'rtnetlink(7)',
      hex: true,
      names: `
        IFA_F_SECONDARY: The address is not the first of its network; for IPv6, it is temporary.
        IFA_F_TEMPORARY: The same number as IFA_F_SECONDARY.
        IFA_F_NODAD: No duplicate address detection is done.
        IFA_F_OPTIMISTIC: The address can be used before duplicate address detection has finished.
        IFA_F_DADFAILED: Duplicate address detection failed.
        IFA_F_HOMEADDRESS: The home address of a mobile host.
        IFA_F_DEPRECATED: The preferred lifetime has expired.
        IFA_F_TENTATIVE: Duplicate address detection has not finished.
        IFA_F_PERMANENT: The address has no lifetime.
        IFA_F_MANAGETEMPADDR: Temporary addresses are derived from the address.
        IFA_F_NOPREFIXROUTE: No route was created for the prefix.
        IFA_F_MCAUTOJOIN: The multicast group was joined automatically.
        IFA_F_STABLE_PRIVACY: The interface identifier is random and stable (RFC 7217).`,
    },
    {
      about: 'An attribute of a route.',
      man: 'rtnetlink(7)',
      names: `
        RTA_DST: The destination.
        RTA_SRC: The source.
        RTA_IIF: The index of the incoming interface.
        RTA_OIF: The index of the outgoing interface.
        RTA_GATEWAY: The gateway.
        RTA_PRIORITY: The metric.
        RTA_PREFSRC: The preferred source address.
        RTA_METRICS: Metrics, nested.
        RTA_MULTIPATH: Several next hops.
        RTA_TABLE: The table, 32 bits.
        RTA_VIA: The gateway, of any family.
        RTA_PREF: The router preference (RFC 4191).
        RTA_NH_ID: The ID of a next hop object.
        RTA_ENCAP_TYPE: The type of encapsulation.
        RTA_ENCAP: The parameters of the encapsulation, nested.
        RTA_CACHEINFO: The age and use counters.`,
    },
    {
      about: 'A flag of a route or of a next hop.',
      man: 'rtnetlink(7)',
      hex: true,
      names: `
        RTNH_F_DEAD: The route cannot be used.
        RTNH_F_PERVASIVE RTNH_F_ONLINK RTNH_F_OFFLOAD
        RTNH_F_LINKDOWN: The link is down.
        RTNH_F_UNRESOLVED RTNH_F_TRAP
        RTM_F_NOTIFY RTM_F_CLONED RTM_F_EQUALIZE RTM_F_PREFIX RTM_F_LOOKUP_TABLE RTM_F_FIB_MATCH RTM_F_OFFLOAD RTM_F_TRAP`,
    },
    {
      about: 'An attribute of a neighbor.',
      man: 'rtnetlink(7)',
      names: `
        NDA_DST: The network address.
        NDA_LLADDR: The hardware address.
        NDA_CACHEINFO: The age and use counters.
        NDA_PROBES: The number of probes sent.
        NDA_VLAN NDA_PORT NDA_VNI NDA_IFINDEX
        NDA_MASTER: The index of the bridge that has the entry.
        NDA_LINK_NETNSID NDA_SRC_VNI NDA_PROTOCOL NDA_NH_ID NDA_FDB_EXT_ATTRS NDA_FLAGS_EXT`,
    },
    {
      about: 'A state of a neighbor, or a flag.',
      man: 'rtnetlink(7)',
      hex: true,
      names: `
        NUD_INCOMPLETE: The address is being resolved.
        NUD_REACHABLE: The neighbor has recently replied.
        NUD_STALE: The neighbor has not replied recently.
        NUD_DELAY: The stale entry was used; a probe follows if the neighbor does not reply soon.
        NUD_PROBE: The neighbor is being probed.
        NUD_FAILED: The neighbor did not reply.
        NUD_NOARP: The neighbor needs no resolution.
        NUD_PERMANENT: The entry is static.
        NUD_NONE: The state is unknown.
        NTF_USE: Probe the neighbor now.
        NTF_SELF: Bridge: the entry is in the table of the device.
        NTF_MASTER: Bridge: the entry is in the table of the bridge.
        NTF_PROXY: This machine replies for the neighbor.
        NTF_EXT_LEARNED: A program or device outside the kernel added the entry.
        NTF_OFFLOADED: The entry is offloaded to the device.
        NTF_STICKY: Bridge: the entry does not move to another port.
        NTF_ROUTER: The neighbor is a router.`,
    },
    {
      about: 'A kind of route, a routing table, a scope, or the origin of a route.',
      man: 'rtnetlink(7)',
      names: `
        RTN_UNSPEC RTN_UNICAST RTN_LOCAL RTN_BROADCAST RTN_ANYCAST RTN_MULTICAST RTN_BLACKHOLE RTN_UNREACHABLE
        RTN_PROHIBIT RTN_THROW RTN_NAT RT_TABLE_UNSPEC RT_TABLE_DEFAULT RT_TABLE_MAIN RT_TABLE_LOCAL RT_SCOPE_UNIVERSE
        RT_SCOPE_SITE RT_SCOPE_LINK RT_SCOPE_HOST RT_SCOPE_NOWHERE RTPROT_UNSPEC RTPROT_REDIRECT RTPROT_KERNEL
        RTPROT_BOOT RTPROT_STATIC RTPROT_RA RTPROT_DHCP`,
    },
    {
      about: 'A multicast group of NETLINK_ROUTE, by number.',
      man: 'rtnetlink(7)',
      names: `
        RTNLGRP_LINK RTNLGRP_NOTIFY RTNLGRP_NEIGH RTNLGRP_TC RTNLGRP_IPV4_IFADDR RTNLGRP_IPV4_MROUTE RTNLGRP_IPV4_ROUTE
        RTNLGRP_IPV4_RULE RTNLGRP_IPV6_IFADDR RTNLGRP_IPV6_MROUTE RTNLGRP_IPV6_ROUTE RTNLGRP_IPV6_IFINFO
        RTNLGRP_IPV6_PREFIX RTNLGRP_IPV6_RULE RTNLGRP_ND_USEROPT RTNLGRP_PHONET_IFADDR RTNLGRP_PHONET_ROUTE RTNLGRP_DCB
        RTNLGRP_IPV4_NETCONF RTNLGRP_IPV6_NETCONF RTNLGRP_MDB RTNLGRP_MPLS_ROUTE RTNLGRP_NSID RTNLGRP_MPLS_NETCONF
        RTNLGRP_IPV4_MROUTE_R RTNLGRP_IPV6_MROUTE_R RTNLGRP_NEXTHOP RTNLGRP_BRVLAN RTNLGRP_MCTP_IFADDR RTNLGRP_TUNNEL
        RTNLGRP_STATS`,
    },
    {
      about: 'A constant of the control protocol of generic netlink, which manages the families.',
      man: 'Documentation/networking/generic_netlink.rst',
      headers: { linux: ['linux/genetlink.h'] },
      names: `
        GENL_ID_CTRL: The message type of the control protocol.
        GENL_NAMSIZ GENL_MIN_ID GENL_MAX_ID CTRL_CMD_UNSPEC CTRL_CMD_NEWFAMILY CTRL_CMD_DELFAMILY
        CTRL_CMD_GETFAMILY: Requests a family by ID or by name, or all families.
        CTRL_CMD_NEWOPS CTRL_CMD_DELOPS CTRL_CMD_GETOPS CTRL_CMD_NEWMCAST_GRP CTRL_CMD_DELMCAST_GRP
        CTRL_CMD_GETMCAST_GRP CTRL_CMD_GETPOLICY
        CTRL_ATTR_FAMILY_ID: The message type of the family.
        CTRL_ATTR_FAMILY_NAME: The name of the family.
        CTRL_ATTR_VERSION CTRL_ATTR_HDRSIZE CTRL_ATTR_MAXATTR
        CTRL_ATTR_OPS: The commands of the family, nested.
        CTRL_ATTR_MCAST_GROUPS: The multicast groups of the family, nested.
        CTRL_ATTR_POLICY CTRL_ATTR_OP_POLICY CTRL_ATTR_OP CTRL_ATTR_OP_ID CTRL_ATTR_OP_FLAGS CTRL_ATTR_MCAST_GRP_NAME
        CTRL_ATTR_MCAST_GRP_ID`,
    },
    {
      about: 'A permission or property of a generic netlink command.',
      man: 'Documentation/networking/generic_netlink.rst',
      hex: true,
      headers: { linux: ['linux/genetlink.h'] },
      names: 'GENL_ADMIN_PERM GENL_CMD_CAP_DO GENL_CMD_CAP_DUMP GENL_CMD_CAP_HASPOL GENL_UNS_ADMIN_PERM',
    },
    {
      about: 'A constant of NETLINK_SOCK_DIAG, the sockets of the machine.',
      man: 'sock_diag(7)',
      headers: { linux: ['linux/sock_diag.h', 'linux/inet_diag.h'] },
      names: `
        SOCK_DIAG_BY_FAMILY: Requests sockets; also the type of the replies.
        SOCK_DESTROY: Closes a connection.
        SKNLGRP_INET_TCP_DESTROY SKNLGRP_INET_UDP_DESTROY SKNLGRP_INET6_TCP_DESTROY SKNLGRP_INET6_UDP_DESTROY
        INET_DIAG_REQ_BYTECODE INET_DIAG_REQ_PROTOCOL INET_DIAG_NOCOOKIE INET_DIAG_MEMINFO INET_DIAG_INFO INET_DIAG_CONG
        INET_DIAG_TOS INET_DIAG_TCLASS INET_DIAG_SKMEMINFO INET_DIAG_SHUTDOWN INET_DIAG_PROTOCOL INET_DIAG_SKV6ONLY
        INET_DIAG_LOCALS INET_DIAG_PEERS INET_DIAG_MARK INET_DIAG_ULP_INFO INET_DIAG_CGROUP_ID`,
    },
    {
      about: 'A field that a request for Unix sockets asks for.',
      man: 'sock_diag(7)',
      hex: true,
      headers: { linux: ['linux/unix_diag.h'] },
      names: `
        UDIAG_SHOW_NAME: The name.
        UDIAG_SHOW_VFS: The device and the inode of the path.
        UDIAG_SHOW_PEER: The inode of the peer.
        UDIAG_SHOW_ICONS: The inodes of connections that wait to be accepted.
        UDIAG_SHOW_RQLEN: The lengths of the queues.
        UDIAG_SHOW_MEMINFO: The memory of the socket.
        UDIAG_SHOW_UID: The owner (Linux 5.3).`,
    },
    {
      about: 'An attribute of a Unix socket.',
      man: 'sock_diag(7)',
      headers: { linux: ['linux/unix_diag.h'] },
      names: `
        UNIX_DIAG_NAME: The name; abstract if it begins with NUL.
        UNIX_DIAG_VFS: The device and the inode of the path.
        UNIX_DIAG_PEER: The inode of the peer.
        UNIX_DIAG_ICONS: The inodes of connections that wait to be accepted.
        UNIX_DIAG_RQLEN: The lengths of the queues.
        UNIX_DIAG_MEMINFO: The memory of the socket.
        UNIX_DIAG_SHUTDOWN: The directions that are shut down.
        UNIX_DIAG_UID: The owner.`,
    },
  ],
};
