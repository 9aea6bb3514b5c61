import type { Subject } from '../subject.js';

export const packet: Subject = {
  name: 'packet',
  constants: 'src/families/packet/constants.ts',
  layout: 'src/families/packet/layout.ts',
  headers: { linux: ['sys/socket.h', 'linux/if_packet.h', 'linux/if_ether.h'] },
  groups: [
    {
      about: 'The packet family: frames of a network device.',
      man: 'packet(7)',
      family: 'packet',
      names: `
        AF_PACKET: The packet family: frames of a network device.
        PF_PACKET: The same number as AF_PACKET.`,
    },
    {
      about: 'Which way a packet went: `packetType` of a packet address.',
      man: 'packet(7)',
      names: `
        PACKET_HOST: To this host.
        PACKET_BROADCAST: To everybody.
        PACKET_MULTICAST: To a group.
        PACKET_OTHERHOST: To another host, caught by a promiscuous device.
        PACKET_OUTGOING: From this host, looped back.
        PACKET_LOOPBACK: From this host, looped back: groups and broadcasts.
        PACKET_USER: To user space.
        PACKET_KERNEL: To the kernel.
        PACKET_FASTROUTE: Without effect.`,
    },
    {
      about: 'A socket option of level SOL_PACKET.',
      kind: 'option',
      except: 'PACKET_TX_TIMESTAMP',
      man: 'packet(7)',
      names: `
        PACKET_ADD_MEMBERSHIP: Receive a group, all groups, or everything (packet_mreq).
        PACKET_DROP_MEMBERSHIP: Undo PACKET_ADD_MEMBERSHIP.
        PACKET_RECV_OUTPUT: Without effect.
        PACKET_RX_RING: A ring of received packets in shared memory.
        PACKET_STATISTICS: Packets and drops since the last read; read only.
        PACKET_COPY_THRESH: Packets that do not fit into a slot of the ring are copied to the socket’s queue.
        PACKET_AUXDATA: Receive lengths, status and VLAN of each packet (tpacket_auxdata).
        PACKET_ORIGDEV: Name the device that received, not the bond above it.
        PACKET_VERSION: The ring’s format, TPACKET_V1, _V2 or _V3.
        PACKET_HDRLEN: The size of the ring’s frame head for a version.
        PACKET_RESERVE: Bytes kept free before each packet of the ring.
        PACKET_TX_RING: A ring of packets to send, in shared memory.
        PACKET_LOSS: Skip malformed packets of the ring.
        PACKET_VNET_HDR: Each packet begins with a virtio_net_hdr.
        PACKET_VNET_HDR_SZ: The size of that virtio_net_hdr.
        PACKET_TX_TIMESTAMP: The number of a control message: a send timestamp.
        PACKET_TIMESTAMP: Where the ring’s timestamps come from.
        PACKET_FANOUT: Share the load with other sockets of a group.
        PACKET_FANOUT_DATA: The program that shares the load.
        PACKET_TX_HAS_OFF: Slots of the ring say where in them the packet begins.
        PACKET_QDISC_BYPASS: Send past the queueing discipline.
        PACKET_ROLLOVER_STATS: How often PACKET_FANOUT_ROLLOVER happened; read only.
        PACKET_IGNORE_OUTGOING: Do not receive what this host sends.`,
    },
    {
      about: 'How a fanout group shares packets (PACKET_FANOUT).',
      man: 'packet(7)',
      names: `
        PACKET_FANOUT_HASH: By the flow’s hash.
        PACKET_FANOUT_LB: In turn.
        PACKET_FANOUT_CPU: By the processor that receives.
        PACKET_FANOUT_ROLLOVER: To the next socket when one is full.
        PACKET_FANOUT_RND: At random.
        PACKET_FANOUT_QM: By the queue of the device.
        PACKET_FANOUT_CBPF: By a classic BPF program.
        PACKET_FANOUT_EBPF: By an extended BPF program.
        PACKET_FANOUT_FLAG_ROLLOVER: Flag: to the next socket when the chosen one is full.
        PACKET_FANOUT_FLAG_UNIQUEID: Flag: the kernel chooses an id that nobody uses.
        PACKET_FANOUT_FLAG_IGNORE_OUTGOING: Flag: what this host sends is left out.
        PACKET_FANOUT_FLAG_DEFRAG: Flag: fragments are put together first.`,
    },
    {
      about: 'What PACKET_ADD_MEMBERSHIP adds.',
      man: 'packet(7)',
      names: `
        PACKET_MR_MULTICAST: One group.
        PACKET_MR_PROMISC: Everything.
        PACKET_MR_ALLMULTI: All groups.
        PACKET_MR_UNICAST: One more address.`,
    },
    {
      about: 'The status of a packet (tp_status).',
      man: 'packet(7)',
      hex: true,
      names: `
        TP_STATUS_KERNEL: The slot is the kernel’s: nothing was received yet.
        TP_STATUS_USER: The slot is ours: a packet was received.
        TP_STATUS_COPY: The packet is longer than what was kept of it.
        TP_STATUS_LOSING: Packets were dropped since PACKET_STATISTICS was read.
        TP_STATUS_CSUMNOTREADY: The checksum is not computed yet.
        TP_STATUS_VLAN_VALID: The VLAN tag is said.
        TP_STATUS_BLK_TMO: The block is not full: its time ran out.
        TP_STATUS_VLAN_TPID_VALID: The protocol of the VLAN tag is said.
        TP_STATUS_CSUM_VALID: The transport’s checksum was found right.
        TP_STATUS_GSO_TCP: Several segments of TCP in one.
        TP_STATUS_AVAILABLE: To send: the slot is free.
        TP_STATUS_SEND_REQUEST: To send: the packet shall go.
        TP_STATUS_SENDING: To send: the packet is on its way.
        TP_STATUS_WRONG_FORMAT: To send: the packet makes no sense.
        TP_STATUS_TS_SOFTWARE: The timestamp was taken by software.
        TP_STATUS_TS_SYS_HARDWARE: Without effect.
        TP_STATUS_TS_RAW_HARDWARE: The timestamp was taken by the device.`,
    },
    {
      about: 'Of rings: a format (PACKET_VERSION), a size, or a flag of tpacket_req3.',
      man: 'packet(7)',
      names: `
        TPACKET_V1: The first format; its structures have a long.
        TPACKET_V2: The format for every architecture.
        TPACKET_V3: The format of blocks and not of slots.
        TPACKET_ALIGNMENT: What the parts of a slot are aligned to, in bytes.
        TPACKET_HDRLEN: The head of a slot of TPACKET_V1, in bytes.
        TP_FT_REQ_FILL_RXHASH: The flow’s hash is wanted.`,
    },
    {
      about: 'An Ethernet protocol.',
      kind: 'protocol',
      except: 'ETH_P_802_3_MIN',
      man: 'packet(7)',
      hex: true,
      names: `
        ETH_P_ALL: Every protocol.
        ETH_P_LOOP ETH_P_PUP ETH_P_PUPAT ETH_P_TSN ETH_P_ERSPAN2 ETH_P_IP ETH_P_X25 ETH_P_ARP ETH_P_BPQ ETH_P_IEEEPUP
        ETH_P_IEEEPUPAT ETH_P_BATMAN ETH_P_DEC ETH_P_DNA_DL ETH_P_DNA_RC ETH_P_DNA_RT ETH_P_LAT ETH_P_DIAG ETH_P_CUST
        ETH_P_SCA ETH_P_TEB ETH_P_RARP ETH_P_ATALK ETH_P_AARP ETH_P_8021Q ETH_P_ERSPAN ETH_P_IPX ETH_P_IPV6 ETH_P_PAUSE
        ETH_P_SLOW ETH_P_WCCP ETH_P_MPLS_UC ETH_P_MPLS_MC ETH_P_ATMMPOA ETH_P_PPP_DISC ETH_P_PPP_SES ETH_P_LINK_CTL
        ETH_P_ATMFATE ETH_P_PAE ETH_P_PROFINET ETH_P_REALTEK ETH_P_AOE ETH_P_ETHERCAT ETH_P_8021AD ETH_P_802_EX1
        ETH_P_MXLGSW: Tags of MaxLinear’s switches (DSA); not registered.
        ETH_P_PREAUTH ETH_P_TIPC ETH_P_LLDP ETH_P_MRP ETH_P_MACSEC ETH_P_8021AH ETH_P_MVRP ETH_P_1588
        ETH_P_NCSI ETH_P_PRP ETH_P_CFM ETH_P_FCOE ETH_P_IBOE ETH_P_TDLS ETH_P_FIP ETH_P_80221 ETH_P_HSR ETH_P_NSH
        ETH_P_LOOPBACK ETH_P_QINQ1 ETH_P_QINQ2 ETH_P_QINQ3
        ETH_P_YT921X: Tags of Motorcomm’s switches (DSA); not registered.
        ETH_P_8021AC: LLC of more than 1,500 bytes (IEEE 802.1AC).
        ETH_P_NXP_NETC: Tags of NXP’s switches (DSA); not registered.
        ETH_P_GRE_OSI: Of GRE: packets of OSI.
        ETH_P_EDSA ETH_P_DSA_8021Q ETH_P_DSA_A5PSW
        ETH_P_IFE ETH_P_AF_IUCV 
        ETH_P_802_3_MIN: From this number on it is a protocol; below it is a length (IEEE 802.3).
        ETH_P_802_3 ETH_P_AX25
        ETH_P_802_2: Frames of IEEE 802.2.
        ETH_P_SNAP: Frames of SNAP; the kernel’s own.
        ETH_P_DDCMP: DEC’s DDCMP; the kernel’s own.
        ETH_P_WAN_PPP
        ETH_P_PPP_MP ETH_P_LOCALTALK ETH_P_CAN ETH_P_CANFD ETH_P_CANXL ETH_P_PPPTALK 
        ETH_P_TR_802_2: Frames of IEEE 802.2, over Token Ring.
        ETH_P_MOBITEX: Mobitex, packet radio.
        ETH_P_CONTROL ETH_P_IRDA ETH_P_ECONET ETH_P_HDLC
        ETH_P_ARCNET: ARCnet.
        ETH_P_DSA ETH_P_TRAILER ETH_P_PHONET
        ETH_P_IEEE802154 ETH_P_CAIF ETH_P_XDSA ETH_P_MAP ETH_P_MCTP`,
    },
    {
      about: 'A size of Ethernet, in bytes.',
      man: 'packet(7)',
      names: `
        ETH_ALEN: An address.
        ETH_TLEN: The protocol’s field.
        ETH_HLEN: The whole head: two addresses and the protocol.
        ETH_ZLEN: The shortest frame, without its checksum.
        ETH_DATA_LEN: The most data of a frame.
        ETH_FRAME_LEN: The longest frame, without its checksum.
        ETH_FCS_LEN: The checksum.
        ETH_MIN_MTU: The least MTU, of IPv4 (RFC 791).
        ETH_MAX_MTU: The greatest MTU.`,
    },
    {
      about: 'An Ethernet protocol, by its BSD name.',
      kind: 'protocol',
      except: 'ETHERTYPE_TRAIL ETHERTYPE_NTRAILER',
      hex: true,
      headers: { linux: ['net/ethernet.h'], darwin: ['net/ethernet.h'] },
      names: `
        ETHERTYPE_PUP
        ETHERTYPE_SPRITE: The operating system Sprite.
        ETHERTYPE_IP ETHERTYPE_ARP ETHERTYPE_REVARP ETHERTYPE_AT ETHERTYPE_AARP
        ETHERTYPE_VLAN ETHERTYPE_IPX ETHERTYPE_IPV6
        ETHERTYPE_LOOPBACK: Tests of interfaces.
        ETHERTYPE_TRAIL: The first of those whose heads are at the end (RFC 893).
        ETHERTYPE_NTRAILER: How many of those there are.`,
    },
    {
      about: 'A kind of hardware: `hardwareType` of a packet address.',
      man: 'packet(7), netdevice(7)',
      headers: { linux: ['linux/if_arp.h'] },
      names: `
        ARPHRD_NETROM: Amateur radio, NET/ROM.
        ARPHRD_ETHER: Ethernet.
        ARPHRD_EETHER ARPHRD_AX25 ARPHRD_PRONET 
        ARPHRD_CHAOS: Chaosnet.
        ARPHRD_IEEE802 ARPHRD_ARCNET
        ARPHRD_APPLETLK: AppleTalk.
        ARPHRD_DLCI ARPHRD_ATM ARPHRD_METRICOM ARPHRD_IEEE1394 ARPHRD_EUI64 ARPHRD_INFINIBAND
        ARPHRD_SLIP: IP over a serial line.
        ARPHRD_CSLIP: IP over a serial line, heads compressed.
        ARPHRD_SLIP6: IP over a serial line, in six bits.
        ARPHRD_CSLIP6: IP over a serial line, in six bits, heads compressed.
        ARPHRD_RSRVD
        ARPHRD_ADAPT: Of the kernel’s SLIP: found out later.
        ARPHRD_ROSE: Amateur radio, ROSE.
        ARPHRD_X25
        ARPHRD_HWX25 ARPHRD_CAN
        ARPHRD_MCTP: Between the controllers of one machine (DMTF DSP0236).
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
        ARPHRD_VOID: Nothing is known.
        ARPHRD_NONE: No head at all.`,
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
    { name: 'ethhdr', about: 'the head of an Ethernet frame.', fields: 'h_dest h_source h_proto' },
  ],
};
