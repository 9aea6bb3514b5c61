import type { Group } from '../subject.js';

/** The families without a subject of their own, in the subject of every socket. */
export const families: readonly Group[] = [
  {
    about: 'An address family without a driver; its addresses are raw bytes.',
    man: 'socket(2)',
    family: 'unknown',
    names: `
      AF_UNSPEC: No family. In connect(), removes the association; in getaddrinfo(), requests any family.
      AF_APPLETALK: AppleTalk.
      AF_ASH: Ash; not implemented in Linux.
      AF_ATMPVC: ATM permanent virtual circuits.
      AF_ATMSVC: ATM switched virtual circuits.
      AF_AX25: AX.25 amateur radio.
      AF_BRIDGE: Bridges, in messages of NETLINK_ROUTE; no sockets.
      AF_CAIF: CAIF: modems of ST-Ericsson.
      AF_DECnet: DECnet; removed from Linux.
      AF_ECONET: Acorn Econet; removed from Linux.
      AF_IB: InfiniBand addresses; no sockets.
      AF_IEEE802154: IEEE 802.15.4 low-rate wireless networks.
      AF_IPX: Novell IPX; removed from Linux.
      AF_IRDA: Infrared; removed from Linux.
      AF_ISDN: ISDN telephony (mISDN).
      AF_IUCV: IUCV: communication between virtual machines of IBM Z.
      AF_KCM: The Kernel Connection Multiplexor: messages over TCP, delimited by a BPF program.
      AF_KEY: IPsec key management (RFC 2367).
      AF_LLC: IEEE 802.2 logical link control.
      AF_MCTP: MCTP: communication between the controllers of a machine (DMTF DSP0236).
      AF_MPLS: MPLS routes, in messages of NETLINK_ROUTE; no sockets.
      AF_NETBEUI: NetBEUI; not implemented in Linux.
      AF_NETROM: NET/ROM amateur radio.
      AF_NFC: Near field communication.
      AF_PHONET: Phonet: modems of Nokia.
      AF_PPPOX: PPP over Ethernet, L2TP and PPTP.
      AF_ROSE: ROSE amateur radio.
      AF_ROUTE: Routing messages; on Linux another name of AF_NETLINK.
      AF_RXRPC: RxRPC: remote procedure calls of AFS.
      AF_SECURITY: Security modules; not implemented in Linux.
      AF_SNA: IBM SNA; not implemented in Linux.
      AF_WANPIPE: Sangoma WAN cards; not implemented in Linux.
      AF_X25: X.25.
      AF_XDP: XDP: frames of a network device that bypass the kernel’s network stack.`,
  },
  {
    about: 'The same number as the AF_ constant of this name.',
    man: 'socket(2)',
    family: 'unknown',
    names: `
      PF_UNSPEC: The same number as AF_UNSPEC.
      PF_APPLETALK: The same number as AF_APPLETALK.
      PF_ASH: The same number as AF_ASH.
      PF_ATMPVC: The same number as AF_ATMPVC.
      PF_ATMSVC: The same number as AF_ATMSVC.
      PF_AX25: The same number as AF_AX25.
      PF_BRIDGE: The same number as AF_BRIDGE.
      PF_CAIF: The same number as AF_CAIF.
      PF_DECnet: The same number as AF_DECnet.
      PF_ECONET: The same number as AF_ECONET.
      PF_IB: The same number as AF_IB.
      PF_IEEE802154: The same number as AF_IEEE802154.
      PF_IPX: The same number as AF_IPX.
      PF_IRDA: The same number as AF_IRDA.
      PF_ISDN: The same number as AF_ISDN.
      PF_IUCV: The same number as AF_IUCV.
      PF_KCM: The same number as AF_KCM.
      PF_KEY: The same number as AF_KEY.
      PF_LLC: The same number as AF_LLC.
      PF_MCTP: The same number as AF_MCTP.
      PF_MPLS: The same number as AF_MPLS.
      PF_NETBEUI: The same number as AF_NETBEUI.
      PF_NETROM: The same number as AF_NETROM.
      PF_NFC: The same number as AF_NFC.
      PF_PHONET: The same number as AF_PHONET.
      PF_PPPOX: The same number as AF_PPPOX.
      PF_ROSE: The same number as AF_ROSE.
      PF_ROUTE: The same number as AF_ROUTE.
      PF_RXRPC: The same number as AF_RXRPC.
      PF_SECURITY: The same number as AF_SECURITY.
      PF_SNA: The same number as AF_SNA.
      PF_WANPIPE: The same number as AF_WANPIPE.
      PF_X25: The same number as AF_X25.
      PF_XDP: The same number as AF_XDP.`,
  },
  {
    about: 'An address family of macOS or Windows that Linux does not have.',
    man: 'socket(2)',
    family: 'unknown',
    headers: { linux: [] },
    names: `
      AF_LINK: The link layer: addresses of interfaces.
      AF_NDRV: Frames of a network driver.
      AF_PPP: The point-to-point protocol.
      AF_UTUN: Tunnels with an endpoint in a process.
      AF_IMPLINK AF_PUP AF_CHAOS AF_NS AF_ISO AF_OSI AF_ECMA AF_DATAKIT AF_CCITT AF_DLI AF_LAT AF_HYLINK AF_COIP AF_CNT
      AF_SIP AF_E164 AF_NATM AF_NETBIOS AF_IEEE80211 AF_VOICEVIEW AF_FIREFOX AF_BAN AF_ATM AF_CLUSTER AF_12844 AF_NETDES
      AF_BTH: The Windows name of AF_BLUETOOTH.`,
  },
  {
    about: 'The same number as the AF_ constant of this name, which Linux does not have.',
    man: 'socket(2)',
    family: 'unknown',
    headers: { linux: [] },
    names: `
      PF_LINK: The same number as AF_LINK.
      PF_NDRV: The same number as AF_NDRV.
      PF_PPP: The same number as AF_PPP.
      PF_UTUN: The same number as AF_UTUN.
      PF_BTH: The same number as AF_BTH.
      PF_IMPLINK: The same number as AF_IMPLINK.
      PF_PUP: The same number as AF_PUP.
      PF_CHAOS: The same number as AF_CHAOS.
      PF_NS: The same number as AF_NS.
      PF_ISO: The same number as AF_ISO.
      PF_OSI: The same number as AF_OSI.
      PF_ECMA: The same number as AF_ECMA.
      PF_DATAKIT: The same number as AF_DATAKIT.
      PF_CCITT: The same number as AF_CCITT.
      PF_DLI: The same number as AF_DLI.
      PF_LAT: The same number as AF_LAT.
      PF_HYLINK: The same number as AF_HYLINK.
      PF_COIP: The same number as AF_COIP.
      PF_CNT: The same number as AF_CNT.
      PF_SIP: The same number as AF_SIP.
      PF_NATM: The same number as AF_NATM.
      PF_NETBIOS: The same number as AF_NETBIOS.
      PF_VOICEVIEW: The same number as AF_VOICEVIEW.
      PF_FIREFOX: The same number as AF_FIREFOX.
      PF_BAN: The same number as AF_BAN.
      PF_ATM: The same number as AF_ATM.`,
  },
  {
    about: 'An address family that Python names.',
    man: 'socket(2)',
    family: 'unknown',
    absent: true,
    names: 'AF_AAL5: ATM; the name in early versions of Linux.',
  },
];
