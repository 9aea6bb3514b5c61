import type { Subject } from '../subject.js';

/** What the messages of `berkeley/netlink` are made of: the attributes and numbers of links, addresses, routes and more. */
export const route: Subject = {
  name: 'route',
  constants: 'src/netlink/constants.ts',
  headers: {
    linux: [
      'sys/socket.h',
      'linux/if.h',
      'linux/if_link.h',
      'linux/if_addr.h',
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
        IFLA_MTU: The largest packet, in bytes.
        IFLA_LINK: The index of the link below it.
        IFLA_QDISC: The queueing discipline.
        IFLA_MASTER: The index of the bridge or bond it belongs to.
        IFLA_TXQLEN: The length of the transmit queue, in packets.
        IFLA_OPERSTATE: The operational state of RFC 2863.
        IFLA_LINKMODE: The link mode.
        IFLA_LINKINFO: What kind of link it is, nested.
        IFLA_IFALIAS: The alias that somebody gave it.
        IFLA_STATS64: The counters, 64 bits each.
        IFLA_GROUP: The group it belongs to.
        IFLA_INFO_KIND: The kind, inside IFLA_LINKINFO: "veth", "vcan".`,
    },
    {
      about: 'An operational state of RFC 2863.',
      man: 'rtnetlink(7)',
      names: `
        IF_OPER_UNKNOWN IF_OPER_NOTPRESENT IF_OPER_DOWN IF_OPER_LOWERLAYERDOWN IF_OPER_TESTING IF_OPER_DORMANT IF_OPER_UP`,
    },
    {
      about: 'A flag of a link.',
      man: 'netdevice(7)',
      hex: true,
      names: `
        IFF_UP: Somebody has switched it on.
        IFF_BROADCAST: It has a broadcast address.
        IFF_DEBUG: Its driver says more than usual.
        IFF_LOOPBACK: It leads back to this machine.
        IFF_POINTOPOINT: It leads to one peer.
        IFF_NOTRAILERS: Without effect.
        IFF_RUNNING: It works: IF_OPER_UP, or the driver does not say.
        IFF_NOARP: Nobody is asked for hardware addresses.
        IFF_PROMISC: It receives everything.
        IFF_ALLMULTI: It receives every group.
        IFF_MASTER: It is made of others: a bond.
        IFF_SLAVE: It is a part of a bond.
        IFF_MULTICAST: It knows multicast.
        IFF_PORTSEL: Its kind of plug can be chosen.
        IFF_AUTOMEDIA: Its kind of plug is found out.
        IFF_DYNAMIC: Its addresses are lost when it goes down.
        IFF_LOWER_UP: There is a signal.
        IFF_DORMANT: It waits for something from outside, like a password.
        IFF_ECHO: What is sent comes back.`,
    },
    {
      about: 'An attribute of an address.',
      man: 'rtnetlink(7)',
      names: `
        IFA_ADDRESS: The address, or the peer's on a point-to-point link.
        IFA_LOCAL: The local address.
        IFA_LABEL: The name of the interface, or its alias.
        IFA_BROADCAST: The broadcast address.
        IFA_CACHEINFO: How long it is valid.
        IFA_FLAGS: The flags, 32 bits.`,
    },
    {
      about: 'A flag of an address.',
      man: 'rtnetlink(7)',
      hex: true,
      names: `
        IFA_F_SECONDARY: It is not the first of its network; of IPv6, temporary.
        IFA_F_TEMPORARY: The same number as IFA_F_SECONDARY.
        IFA_F_NODAD: It is not looked for on the link before it is used.
        IFA_F_OPTIMISTIC: It may be used before it was looked for on the link.
        IFA_F_DADFAILED: Somebody else on the link has it.
        IFA_F_HOMEADDRESS: The home address of a mobile host.
        IFA_F_DEPRECATED: Its preferred lifetime is over.
        IFA_F_TENTATIVE: It is looked for on the link, and not used yet.
        IFA_F_PERMANENT: It has no lifetime.
        IFA_F_MANAGETEMPADDR: Temporary addresses are made of it.
        IFA_F_NOPREFIXROUTE: No route was made for its prefix.
        IFA_F_MCAUTOJOIN: Its group was joined for it.
        IFA_F_STABLE_PRIVACY: Its lower half is random, and stays (RFC 7217).`,
    },
    {
      about: 'An attribute of a route.',
      man: 'rtnetlink(7)',
      names: `
        RTA_DST: The destination.
        RTA_SRC: The source.
        RTA_IIF: The index of the interface it came in by.
        RTA_OIF: The index of the interface it goes out by.
        RTA_GATEWAY: The gateway.
        RTA_PRIORITY: The metric.
        RTA_PREFSRC: The source address to prefer.
        RTA_METRICS: Metrics, nested.
        RTA_MULTIPATH: Several next hops.
        RTA_TABLE: The table, 32 bits.
        RTA_VIA: The gateway, of whichever family.
        RTA_PREF: The router preference (RFC 4191).
        RTA_NH_ID: The id of a next hop object.
        RTA_ENCAP_TYPE: How packets are wrapped.
        RTA_ENCAP: What that takes, nested.
        RTA_CACHEINFO: Use and age.`,
    },
    {
      about: 'A flag of a route or of a next hop.',
      man: 'rtnetlink(7)',
      hex: true,
      names: `
        RTNH_F_DEAD: It cannot be used.
        RTNH_F_PERVASIVE RTNH_F_ONLINK RTNH_F_OFFLOAD
        RTNH_F_LINKDOWN: Its link is down.
        RTNH_F_UNRESOLVED RTNH_F_TRAP
        RTM_F_NOTIFY RTM_F_CLONED RTM_F_EQUALIZE RTM_F_PREFIX RTM_F_LOOKUP_TABLE RTM_F_FIB_MATCH RTM_F_OFFLOAD RTM_F_TRAP`,
    },
    {
      about: 'An attribute of a neighbour.',
      man: 'rtnetlink(7)',
      names: `
        NDA_DST: Its network address.
        NDA_LLADDR: Its hardware address.
        NDA_CACHEINFO: Use and age.
        NDA_PROBES: How often it was asked.
        NDA_VLAN NDA_PORT NDA_VNI NDA_IFINDEX
        NDA_MASTER: The index of the bridge that knows it.
        NDA_LINK_NETNSID NDA_SRC_VNI NDA_PROTOCOL NDA_NH_ID NDA_FDB_EXT_ATTRS NDA_FLAGS_EXT`,
    },
    {
      about: 'A state of a neighbour, or a flag.',
      man: 'rtnetlink(7)',
      hex: true,
      names: `
        NUD_INCOMPLETE: It is being asked for its address.
        NUD_REACHABLE: It has answered a short while ago.
        NUD_STALE: It has not been heard of for a while.
        NUD_DELAY: It was used though stale, and has a little time to be heard of.
        NUD_PROBE: It is being asked again.
        NUD_FAILED: It did not answer.
        NUD_NOARP: There is nobody to ask.
        NUD_PERMANENT: Somebody said so, for good.
        NUD_NONE: Nothing is known.
        NTF_USE: It shall be asked for its address now.
        NTF_SELF: Of a bridge: it is known to the device itself.
        NTF_MASTER: Of a bridge: it is known to the bridge above the device.
        NTF_PROXY: We answer for it.
        NTF_EXT_LEARNED: Somebody outside the kernel told of it.
        NTF_OFFLOADED: The device knows it too.
        NTF_STICKY: Of a bridge: it does not move to another port.
        NTF_ROUTER: It is a router.`,
    },
    {
      about: 'A kind of route, a routing table, a scope, or who made the route.',
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
      about: 'Of generic netlink: its control protocol, which knows the families by name.',
      man: 'Documentation/networking/generic_netlink.rst',
      headers: { linux: ['linux/genetlink.h'] },
      names: `
        GENL_ID_CTRL: The control protocol’s own message type.
        GENL_NAMSIZ GENL_MIN_ID GENL_MAX_ID CTRL_CMD_UNSPEC CTRL_CMD_NEWFAMILY CTRL_CMD_DELFAMILY
        CTRL_CMD_GETFAMILY: Asks for a family, by id or by name, or for all of them.
        CTRL_CMD_NEWOPS CTRL_CMD_DELOPS CTRL_CMD_GETOPS CTRL_CMD_NEWMCAST_GRP CTRL_CMD_DELMCAST_GRP
        CTRL_CMD_GETMCAST_GRP CTRL_CMD_GETPOLICY
        CTRL_ATTR_FAMILY_ID: The family’s message type.
        CTRL_ATTR_FAMILY_NAME: The family’s name.
        CTRL_ATTR_VERSION CTRL_ATTR_HDRSIZE CTRL_ATTR_MAXATTR
        CTRL_ATTR_OPS: The commands that it knows, nested.
        CTRL_ATTR_MCAST_GROUPS: Its multicast groups, nested.
        CTRL_ATTR_POLICY CTRL_ATTR_OP_POLICY CTRL_ATTR_OP CTRL_ATTR_OP_ID CTRL_ATTR_OP_FLAGS CTRL_ATTR_MCAST_GRP_NAME
        CTRL_ATTR_MCAST_GRP_ID`,
    },
    {
      about: 'Who may use a command of generic netlink, and how.',
      man: 'Documentation/networking/generic_netlink.rst',
      hex: true,
      headers: { linux: ['linux/genetlink.h'] },
      names: 'GENL_ADMIN_PERM GENL_CMD_CAP_DO GENL_CMD_CAP_DUMP GENL_CMD_CAP_HASPOL GENL_UNS_ADMIN_PERM',
    },
    {
      about: 'Of NETLINK_SOCK_DIAG: the sockets of the machine.',
      man: 'sock_diag(7)',
      headers: { linux: ['linux/sock_diag.h', 'linux/inet_diag.h'] },
      names: `
        SOCK_DIAG_BY_FAMILY: Asks for sockets, and answers.
        SOCK_DESTROY: Ends a connection.
        SKNLGRP_INET_TCP_DESTROY SKNLGRP_INET_UDP_DESTROY SKNLGRP_INET6_TCP_DESTROY SKNLGRP_INET6_UDP_DESTROY
        INET_DIAG_REQ_BYTECODE INET_DIAG_REQ_PROTOCOL INET_DIAG_NOCOOKIE INET_DIAG_MEMINFO INET_DIAG_INFO INET_DIAG_CONG
        INET_DIAG_TOS INET_DIAG_TCLASS INET_DIAG_SKMEMINFO INET_DIAG_SHUTDOWN INET_DIAG_PROTOCOL INET_DIAG_SKV6ONLY
        INET_DIAG_LOCALS INET_DIAG_PEERS INET_DIAG_MARK INET_DIAG_ULP_INFO INET_DIAG_CGROUP_ID`,
    },
  ],
};
