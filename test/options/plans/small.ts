/** The groups with few rows. */
import type { Socket } from 'berkeley';
import { bpf, ret } from 'berkeley/bpf';
import {
  ICMP_ECHO,
  ICMP6_ECHO_REPLY,
  PACKET_FANOUT_CBPF,
  PACKET_FANOUT_HASH,
  PACKET_MR_PROMISC,
  RTMGRP_LINK,
  SOF_TIMESTAMPING_RAW_HARDWARE,
  TPACKET_V3,
} from 'berkeley/constants';
import { type mptcp, netlink, type packet, packet as rows } from 'berkeley/options';
import { type GroupPlan, matching, reads, refusesToRead, sets, unreadable, writes } from '../plan.js';

const allTypes = Array.from({ length: 256 }, (_, type) => type);

export const icmpPlans: GroupPlan = {
  kinds: ['icmp'],
  rows: { filter: sets({ block: [ICMP_ECHO, 31] }) },
};

export const icmp6Plans: GroupPlan = {
  kinds: ['icmp6'],
  rows: {
    filter: sets({ pass: [ICMP6_ECHO_REPLY] }, { block: allTypes.filter(type => type !== ICMP6_ECHO_REPLY) }),
  },
};

export const mptcpPlans: GroupPlan = {
  kinds: ['mptcp4 connected', 'mptcp6 connected'],
  rows: {
    info: reads(matching((info: mptcp.MptcpInfo) => info.token > 0)),
    tcpinfo: reads(
      matching(
        (subflows: readonly { state: string }[]) =>
          subflows.length === 1 && subflows[0]!.state === 'ESTABLISHED',
      ),
    ),
    subflowAddrs: reads(
      matching(
        (subflows: readonly mptcp.SubflowAddresses[], socket) =>
          JSON.stringify(subflows[0]?.remote) === JSON.stringify(socket.getpeername()),
      ),
    ),
  },
};

const joined = (socket: Socket<never>) =>
  (socket as unknown as Socket<'netlink'>).setOption(netlink.addMembership, RTMGRP_LINK);

export const netlinkPlans: GroupPlan = {
  kinds: ['netlink'],
  rows: {
    addMembership: writes(RTMGRP_LINK),
    dropMembership: writes(RTMGRP_LINK, { before: joined }),
    listMemberships: reads([RTMGRP_LINK], { before: joined }),
    pktinfo: sets(true),
    broadcastError: sets(true),
    noEnobufs: sets(true),
    listenAllNsid: sets(true, true, { refusal: unreadable }),
    capAck: sets(true),
    extAck: sets(true),
    getStrictChk: sets(true),
  },
};

const fanout = { id: 0x1234, mode: PACKET_FANOUT_HASH, flags: 0 };
const promiscuous = { interface: 'lo', type: PACKET_MR_PROMISC };
const ring = { blockSize: 4096, blockCount: 2, frameSize: 2048, frameCount: 4 };
const cast = (socket: Socket<never>) => socket as unknown as Socket<'packet'>;

export const packetPlans: GroupPlan = {
  kinds: ['packet'],
  rows: {
    addMembership: writes(promiscuous),
    dropMembership: writes(promiscuous, {
      before: socket => cast(socket).setOption(rows.addMembership, promiscuous),
    }),
    statistics: reads(matching((statistics: packet.PacketStatistics) => statistics.packets >= 0)),
    auxdata: sets(true),
    fanout: sets(fanout, fanout, { on: ['packet bound'] }),
    fanoutData: writes(bpf([ret(0)]), {
      on: ['packet bound'],
      before: socket => cast(socket).setOption(rows.fanout, { id: 0x1235, mode: PACKET_FANOUT_CBPF }),
    }),
    rolloverStats: refusesToRead('EINVAL', 'the group does not roll over', { on: ['packet bound'] }),
    ignoreOutgoing: sets(true),
    origdev: sets(true),
    qdiscBypass: sets(true),
    timestamp: sets(SOF_TIMESTAMPING_RAW_HARDWARE),
    vnetHdr: sets(true),
    vnetHdrSz: sets(12),
    version: sets(TPACKET_V3),
    reserve: sets(16),
    loss: sets(true),
    txHasOff: sets(true),
    copyThresh: sets(100, 100, { refusal: unreadable }),
    rxRing: writes(ring),
    txRing: writes(ring),
  },
};

export const vsockPlans: GroupPlan = {
  kinds: ['vsock'],
  rows: {
    bufferSize: sets(100_000),
    bufferMinSize: sets(1000),
    bufferMaxSize: sets(1_000_000),
    connectTimeout: sets(500),
    peerHostVmId: refusesToRead('ENOPROTOOPT', 'VMware’s transport alone has it'),
    trusted: refusesToRead('ENOPROTOOPT', 'VMware’s transport alone has it'),
  },
};

export const unixPlans: GroupPlan = { kinds: ['unix connected'], rows: {} };

/** Groups without rows for Linux. The test checks on a Linux socket that each row reports this. */
export const elsewherePlans: GroupPlan = { kinds: ['tcp4'], rows: {} };

export const smcPlans: GroupPlan = { kinds: ['smc4', 'smc6'], rows: { limitHs: sets(true) } };
