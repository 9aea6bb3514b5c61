import type { Group } from '../subject.js';

/** The families that have no subject of their own, in the subject of every socket. */
export const families: readonly Group[] = [
  {
    about: 'An address family without a driver of its own; its addresses are bytes.',
    man: 'socket(2)',
    family: 'unknown',
    names: `
      AF_UNSPEC: No family: in connect(), dissolves an association; in getaddrinfo(), any family.
      AF_APPLETALK: AppleTalk.
      AF_ASH: Ash; the kernel has none.
      AF_ATMPVC: Permanent circuits of ATM.
      AF_ATMSVC: Switched circuits of ATM.
      AF_AX25: Amateur radio, AX.25.
      AF_BRIDGE: Bridges, in messages of NETLINK_ROUTE; no sockets.
      AF_CAIF: Modems of ST-Ericsson.
      AF_DECnet: DECnet; no longer in Linux.
      AF_ECONET: Acorn Econet; no longer in Linux.
      AF_IB: InfiniBand addresses; no sockets.
      AF_IEEE802154: Low-rate radio, IEEE 802.15.4.
      AF_IPX: Novell’s IPX; no longer in Linux.
      AF_IRDA: Infrared; no longer in Linux.
      AF_ISDN: Digital telephony, mISDN.
      AF_IUCV: Between virtual machines of IBM Z.
      AF_KCM: Messages over TCP, cut by a BPF program.
      AF_KEY: Keys of IPsec (RFC 2367).
      AF_LLC: Logical link control, IEEE 802.2.
      AF_MCTP: Between the controllers of one machine (DMTF DSP0236).
      AF_MPLS: Routes of MPLS, in messages of NETLINK_ROUTE; no sockets.
      AF_NETBEUI: NetBEUI; the kernel has none.
      AF_NETROM: Amateur radio, NET/ROM.
      AF_NFC: Near field communication.
      AF_PHONET: Modems of Nokia.
      AF_PPPOX: PPP over Ethernet, L2TP and PPTP.
      AF_ROSE: Amateur radio, ROSE.
      AF_ROUTE: Routing messages; on Linux another name of AF_NETLINK.
      AF_RXRPC: Remote procedure calls of AFS.
      AF_SECURITY: Of security modules; the kernel has none.
      AF_SNA: IBM’s SNA; the kernel has none.
      AF_WANPIPE: Sangoma’s cards; the kernel has none.
      AF_X25: X.25.
      AF_XDP: Frames of a device, past the kernel.`,
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
    about: 'An address family of macOS or Windows that Linux never had.',
    man: 'socket(2)',
    family: 'unknown',
    headers: { linux: [] },
    names: `
      AF_LINK: The link layer: addresses of interfaces.
      AF_NDRV: Frames of a network driver.
      AF_PPP: The point-to-point protocol.
      AF_UTUN: Tunnels that a program is the other end of.
      AF_IMPLINK AF_PUP AF_CHAOS AF_NS AF_ISO AF_OSI AF_ECMA AF_DATAKIT AF_CCITT AF_DLI AF_LAT AF_HYLINK AF_COIP AF_CNT
      AF_SIP AF_E164 AF_NATM AF_NETBIOS AF_IEEE80211 AF_VOICEVIEW AF_FIREFOX AF_BAN AF_ATM AF_CLUSTER AF_12844 AF_NETDES
      AF_BTH: What others call AF_BLUETOOTH.`,
  },
  {
    about: 'The same number as the AF_ constant of this name, which Linux never had.',
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
];
