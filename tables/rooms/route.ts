import type { Room } from '../room.js';

/** What NETLINK_ROUTE messages are made of: the attributes and numbers of links, addresses and routes. */
export const route: Room = {
  name: 'route',
  constants: 'src/netlink/constants.ts',
  headers: {
    linux: ['sys/socket.h', 'linux/if.h', 'linux/if_link.h', 'linux/if_addr.h', 'linux/rtnetlink.h'],
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
        IFF_UP IFF_BROADCAST IFF_DEBUG IFF_LOOPBACK IFF_POINTOPOINT IFF_NOTRAILERS IFF_RUNNING IFF_NOARP IFF_PROMISC
        IFF_ALLMULTI IFF_MASTER IFF_SLAVE IFF_MULTICAST IFF_PORTSEL IFF_AUTOMEDIA IFF_DYNAMIC IFF_LOWER_UP IFF_DORMANT
        IFF_ECHO`,
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
        RTA_TABLE: The table, 32 bits.`,
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
        RTNLGRP_LINK RTNLGRP_NOTIFY RTNLGRP_NEIGH RTNLGRP_TC RTNLGRP_IPV4_IFADDR RTNLGRP_IPV4_ROUTE RTNLGRP_IPV4_RULE
        RTNLGRP_IPV6_IFADDR RTNLGRP_IPV6_ROUTE RTNLGRP_IPV6_IFINFO RTNLGRP_IPV6_RULE`,
    },
  ],
};
