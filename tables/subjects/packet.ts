import type { Subject } from '../subject.js';

export const packet: Subject = {
  name: 'packet',
  constants: 'src/families/packet/constants.ts',
  layout: 'src/families/packet/layout.ts',
  headers: { linux: ['sys/socket.h', 'linux/if_packet.h', 'linux/if_ether.h'] },
  groups: [
    {
      about: 'The packet family: link-layer frames of network devices.',
      man: 'packet(7)',
      family: 'packet',
      names: `
        AF_PACKET: The packet family: link-layer frames of network devices.
        PF_PACKET: The same number as AF_PACKET.`,
    },
    {
      about: 'The destination of a packet: `packetType` of a packet address.',
      man: 'packet(7)',
      names: `
        PACKET_HOST: To this host.
        PACKET_BROADCAST: A link-layer broadcast.
        PACKET_MULTICAST: A link-layer multicast.
        PACKET_OTHERHOST: To another host, received in promiscuous mode.
        PACKET_OUTGOING: From this host, looped back to a packet socket.
        PACKET_LOOPBACK: From this host, looped back: a multicast or a broadcast.
        PACKET_USER: To user space.
        PACKET_KERNEL: To the kernel.
        PACKET_FASTROUTE: Has no effect.`,
    },
    {
      about: 'A socket option of level SOL_PACKET.',
      kind: 'option',
      except: 'PACKET_TX_TIMESTAMP',
      man: 'packet(7)',
      names: `
        PACKET_ADD_MEMBERSHIP: Receive a multicast group, all groups, or all packets (packet_mreq).
        PACKET_DROP_MEMBERSHIP: Undo PACKET_ADD_MEMBERSHIP.
        PACKET_RECV_OUTPUT: Has no effect.
        PACKET_RX_RING: A ring of received packets in shared memory.
        PACKET_STATISTICS: The number of packets and drops since the last read; read-only.
        PACKET_COPY_THRESH: Copy packets that exceed a slot of the ring to the socket’s queue.
        PACKET_AUXDATA: Receive the lengths, status and VLAN tag of each packet (tpacket_auxdata).
        PACKET_ORIGDEV: Report the device that received the packet, not its bond.
        PACKET_VERSION: The format of the ring: TPACKET_V1, TPACKET_V2 or TPACKET_V3.
        PACKET_HDRLEN: The size of the frame header in a ring of a format.
        PACKET_RESERVE: The number of bytes reserved before each packet of the ring.
        PACKET_TX_RING: A ring of packets to send, in shared memory.
        PACKET_LOSS: Skip malformed packets of the ring.
        PACKET_VNET_HDR: Add a virtio_net_hdr before each packet.
        PACKET_VNET_HDR_SZ: The size of the virtio_net_hdr.
        PACKET_TX_TIMESTAMP: The type of a control message with a send timestamp.
        PACKET_TIMESTAMP: The source of the timestamps in the ring.
        PACKET_FANOUT: Distribute packets among the sockets of a group.
        PACKET_FANOUT_DATA: The program that distributes the packets.
        PACKET_TX_HAS_OFF: Read the offset of the packet from the slot of the ring.
        PACKET_QDISC_BYPASS: Bypass the queueing discipline when sending.
        PACKET_ROLLOVER_STATS: The counters of PACKET_FANOUT_ROLLOVER; read-only.
        PACKET_IGNORE_OUTGOING: Do not receive packets that this host sends.`,
    },
    {
      about: 'The distribution mode of a fanout group (PACKET_FANOUT).',
      man: 'packet(7)',
      names: `
        PACKET_FANOUT_HASH: By the hash of the flow.
        PACKET_FANOUT_LB: Round robin.
        PACKET_FANOUT_CPU: By the receiving CPU.
        PACKET_FANOUT_ROLLOVER: To the next socket when one is full.
        PACKET_FANOUT_RND: At random.
        PACKET_FANOUT_QM: By the queue of the device.
        PACKET_FANOUT_CBPF: By a classic BPF program.
        PACKET_FANOUT_EBPF: By an extended BPF program.
        PACKET_FANOUT_FLAG_ROLLOVER: Flag: to the next socket when the chosen one is full.
        PACKET_FANOUT_FLAG_UNIQUEID: Flag: the kernel chooses an unused ID.
        PACKET_FANOUT_FLAG_IGNORE_OUTGOING: Flag: ignore packets that this host sends.
        PACKET_FANOUT_FLAG_DEFRAG: Flag: reassemble fragments first.`,
    },
    {
      about: 'A type of PACKET_ADD_MEMBERSHIP.',
      man: 'packet(7)',
      names: `
        PACKET_MR_MULTICAST: A multicast group.
        PACKET_MR_PROMISC: All packets.
        PACKET_MR_ALLMULTI: All multicast groups.
        PACKET_MR_UNICAST: An additional unicast address.`,
    },
    {
      about: 'The status of a packet (tp_status).',
      man: 'packet(7)',
      hex: true,
      names: `
        TP_STATUS_KERNEL: The kernel owns the slot: no packet was received yet.
        TP_STATUS_USER: The program owns the slot: a packet was received.
        TP_STATUS_COPY: The packet was truncated.
        TP_STATUS_LOSING: Packets were dropped since the last read of PACKET_STATISTICS.
        TP_STATUS_CSUMNOTREADY: The checksum is not computed yet.
        TP_STATUS_VLAN_VALID: The VLAN tag is present.
        TP_STATUS_BLK_TMO: The block timed out before it was full.
        TP_STATUS_VLAN_TPID_VALID: The protocol of the VLAN tag is present.
        TP_STATUS_CSUM_VALID: The checksum of the transport header is valid.
        TP_STATUS_GSO_TCP: Several TCP segments were merged.
        TP_STATUS_AVAILABLE: Sending: the slot is free.
        TP_STATUS_SEND_REQUEST: Sending: the packet is ready to be sent.
        TP_STATUS_SENDING: Sending: the packet is being sent.
        TP_STATUS_WRONG_FORMAT: Sending: the packet is invalid.
        TP_STATUS_TS_SOFTWARE: The timestamp is from software.
        TP_STATUS_TS_SYS_HARDWARE: Has no effect.
        TP_STATUS_TS_RAW_HARDWARE: The timestamp is from the device.`,
    },
    {
      about: 'A format of rings (PACKET_VERSION), a size, or a flag of tpacket_req3.',
      man: 'packet(7)',
      names: `
        TPACKET_V1: The first format. Its structures depend on the size of a long.
        TPACKET_V2: The format that is the same on all architectures.
        TPACKET_V3: The format with blocks instead of slots.
        TPACKET_ALIGNMENT: The alignment of the parts of a slot, in bytes.
        TPACKET_HDRLEN: The size of the header of a TPACKET_V1 slot, in bytes.
        TP_FT_REQ_FILL_RXHASH: Fill in the hash of the flow.`,
    },
    {
      about: 'An Ethernet protocol.',
      kind: 'protocol',
      except: 'ETH_P_802_3_MIN',
      man: 'packet(7)',
      hex: true,
      names: `
        ETH_P_ALL: All protocols.
        ETH_P_LOOP ETH_P_PUP ETH_P_PUPAT ETH_P_TSN ETH_P_ERSPAN2 ETH_P_IP ETH_P_X25 ETH_P_ARP ETH_P_BPQ ETH_P_IEEEPUP
        ETH_P_IEEEPUPAT ETH_P_BATMAN ETH_P_DEC ETH_P_DNA_DL ETH_P_DNA_RC ETH_P_DNA_RT ETH_P_LAT ETH_P_DIAG ETH_P_CUST
        ETH_P_SCA ETH_P_TEB ETH_P_RARP ETH_P_ATALK ETH_P_AARP ETH_P_8021Q ETH_P_ERSPAN ETH_P_IPX ETH_P_IPV6 ETH_P_PAUSE
        ETH_P_SLOW ETH_P_WCCP ETH_P_MPLS_UC ETH_P_MPLS_MC ETH_P_ATMMPOA ETH_P_PPP_DISC ETH_P_PPP_SES ETH_P_LINK_CTL
        ETH_P_ATMFATE ETH_P_PAE ETH_P_PROFINET ETH_P_REALTEK ETH_P_AOE ETH_P_ETHERCAT ETH_P_8021AD ETH_P_802_EX1
        ETH_P_MXLGSW: Tags of MaxLinear switches (DSA); not registered.
        ETH_P_PREAUTH ETH_P_TIPC ETH_P_LLDP ETH_P_MRP ETH_P_MACSEC ETH_P_8021AH ETH_P_MVRP ETH_P_1588
        ETH_P_NCSI ETH_P_PRP ETH_P_CFM ETH_P_FCOE ETH_P_IBOE ETH_P_TDLS ETH_P_FIP ETH_P_80221 ETH_P_HSR ETH_P_NSH
        ETH_P_LOOPBACK ETH_P_QINQ1 ETH_P_QINQ2 ETH_P_QINQ3
        ETH_P_YT921X: Tags of Motorcomm switches (DSA); not registered.
        ETH_P_8021AC: LLC frames of more than 1,500 bytes (IEEE 802.1AC).
        ETH_P_NXP_NETC: Tags of NXP switches (DSA); not registered.
        ETH_P_GRE_OSI: OSI packets over GRE.
        ETH_P_EDSA ETH_P_DSA_8021Q ETH_P_DSA_A5PSW
        ETH_P_IFE ETH_P_AF_IUCV 
        ETH_P_802_3_MIN: The minimum protocol number; smaller values are lengths (IEEE 802.3).
        ETH_P_802_3 ETH_P_AX25
        ETH_P_802_2: Frames of IEEE 802.2.
        ETH_P_SNAP: SNAP frames; internal to the kernel.
        ETH_P_DDCMP: DEC DDCMP; internal to the kernel.
        ETH_P_WAN_PPP
        ETH_P_PPP_MP ETH_P_LOCALTALK ETH_P_CAN ETH_P_CANFD ETH_P_CANXL ETH_P_PPPTALK 
        ETH_P_TR_802_2: Frames of IEEE 802.2 over Token Ring.
        ETH_P_MOBITEX: Mobitex packet radio.
        ETH_P_CONTROL ETH_P_IRDA ETH_P_ECONET ETH_P_HDLC
        ETH_P_ARCNET: ARCnet.
        ETH_P_DSA ETH_P_TRAILER ETH_P_PHONET
        ETH_P_IEEE802154 ETH_P_CAIF ETH_P_XDSA ETH_P_MAP ETH_P_MCTP`,
    },
    {
      about: 'A size of Ethernet, in bytes.',
      man: 'packet(7)',
      names: `
        ETH_ALEN: The length of an address.
        ETH_TLEN: The length of the protocol field.
        ETH_HLEN: The length of the header: two addresses and the protocol.
        ETH_ZLEN: The minimum length of a frame without its checksum.
        ETH_DATA_LEN: The maximum length of the data in a frame.
        ETH_FRAME_LEN: The maximum length of a frame without its checksum.
        ETH_FCS_LEN: The length of the checksum.
        ETH_MIN_MTU: The minimum MTU of IPv4 (RFC 791).
        ETH_MAX_MTU: The maximum MTU.`,
    },
    {
      about: 'An Ethernet protocol, by its BSD name.',
      kind: 'protocol',
      except: 'ETHERTYPE_TRAIL ETHERTYPE_NTRAILER',
      hex: true,
      headers: { linux: ['net/ethernet.h'], darwin: ['net/ethernet.h'] },
      names: `
        ETHERTYPE_PUP
        ETHERTYPE_SPRITE: The Sprite operating system.
        ETHERTYPE_IP ETHERTYPE_ARP ETHERTYPE_REVARP ETHERTYPE_AT ETHERTYPE_AARP
        ETHERTYPE_VLAN ETHERTYPE_IPX ETHERTYPE_IPV6
        ETHERTYPE_LOOPBACK: Interface tests.
        ETHERTYPE_TRAIL: The first protocol with trailing headers (RFC 893).
        ETHERTYPE_NTRAILER: The number of protocols with trailing headers.`,
    },
    {
      about: 'A hardware type: `hardwareType` of a packet address.',
      man: 'packet(7), netdevice(7)',
      headers: { linux: ['linux/if_arp.h'] },
      names: `
        ARPHRD_NETROM: NET/ROM amateur radio.
        ARPHRD_ETHER: Ethernet.
        ARPHRD_EETHER ARPHRD_AX25 ARPHRD_PRONET 
        ARPHRD_CHAOS: Chaosnet.
        ARPHRD_IEEE802 ARPHRD_ARCNET
        ARPHRD_APPLETLK: AppleTalk.
        ARPHRD_DLCI ARPHRD_ATM ARPHRD_METRICOM ARPHRD_IEEE1394 ARPHRD_EUI64 ARPHRD_INFINIBAND
        ARPHRD_SLIP: IP over a serial line.
        ARPHRD_CSLIP: IP over a serial line, with compressed headers.
        ARPHRD_SLIP6: IP over a serial line, with 6-bit encoding.
        ARPHRD_CSLIP6: IP over a serial line, with 6-bit encoding and compressed headers.
        ARPHRD_RSRVD
        ARPHRD_ADAPT: Adaptive SLIP: the encoding is detected.
        ARPHRD_ROSE: ROSE amateur radio.
        ARPHRD_X25
        ARPHRD_HWX25 ARPHRD_CAN
        ARPHRD_MCTP: MCTP: communication between the controllers of a machine (DMTF DSP0236).
        ARPHRD_PPP: The point-to-point protocol.
        ARPHRD_CISCO
        ARPHRD_HDLC: The same number as ARPHRD_CISCO.
        ARPHRD_LAPB ARPHRD_DDCMP ARPHRD_RAWHDLC
        ARPHRD_RAWIP ARPHRD_TUNNEL ARPHRD_TUNNEL6 ARPHRD_FRAD ARPHRD_SKIP ARPHRD_LOOPBACK ARPHRD_LOCALTLK ARPHRD_FDDI
        ARPHRD_BIF 
        ARPHRD_SIT: IPv6 in IPv4.
        ARPHRD_IPDDP ARPHRD_IPGRE ARPHRD_PIMREG ARPHRD_HIPPI ARPHRD_ASH ARPHRD_ECONET ARPHRD_IRDA
        ARPHRD_FCPP ARPHRD_FCAL ARPHRD_FCPL ARPHRD_FCFABRIC 
        ARPHRD_IEEE802_TR: Token Ring.
        ARPHRD_IEEE80211 ARPHRD_IEEE80211_PRISM
        ARPHRD_IEEE80211_RADIOTAP
        ARPHRD_IEEE802154: IEEE 802.15.4.
       ARPHRD_IEEE802154_MONITOR ARPHRD_PHONET ARPHRD_PHONET_PIPE
        ARPHRD_CAIF ARPHRD_IP6GRE ARPHRD_NETLINK ARPHRD_6LOWPAN ARPHRD_VSOCKMON
        ARPHRD_VOID: Unknown.
        ARPHRD_NONE: No link-layer header.`,
    },
  ],
  structs: [
    {
      name: 'sockaddr_ll',
      about: 'a packet address.',
      fields: 'sll_family sll_protocol sll_ifindex sll_hatype sll_pkttype sll_halen sll_addr+',
    },
    {
      name: 'packet_mreq',
      about: 'the value of PACKET_ADD_MEMBERSHIP.',
      fields: 'mr_ifindex mr_type mr_alen mr_address+',
    },
    { name: 'tpacket_stats', about: 'the value of PACKET_STATISTICS.', fields: 'tp_packets tp_drops' },
    {
      name: 'tpacket_stats_v3',
      about: 'the value of PACKET_STATISTICS with TPACKET_V3.',
      fields: 'tp_packets tp_drops tp_freeze_q_cnt',
    },
    {
      name: 'tpacket_auxdata',
      about: 'the control message PACKET_AUXDATA.',
      fields: 'tp_status tp_len tp_snaplen tp_mac tp_net tp_vlan_tci tp_vlan_tpid',
    },
    {
      name: 'tpacket_rollover_stats',
      about: 'the value of PACKET_ROLLOVER_STATS.',
      fields: 'tp_all tp_huge tp_failed',
    },
    {
      name: 'tpacket_req',
      about: 'the value of PACKET_RX_RING and PACKET_TX_RING.',
      fields: 'tp_block_size tp_block_nr tp_frame_size tp_frame_nr',
    },
    {
      name: 'tpacket_req3',
      about: 'the value of PACKET_RX_RING with TPACKET_V3.',
      fields: `
        tp_block_size tp_block_nr tp_frame_size tp_frame_nr tp_retire_blk_tov tp_sizeof_priv tp_feature_req_word`,
    },
    { name: 'fanout_args', about: 'the value of PACKET_FANOUT.', fields: 'id type_flags max_num_members' },
    { name: 'ethhdr', about: 'the header of an Ethernet frame.', fields: 'h_dest h_source h_proto' },
  ],
};
