/** Options of packet sockets, level SOL_PACKET. packet(7). */

import { interfaceAt } from '../address/fields.js';
import type { InterfaceInput } from '../address/interface.js';
import type { Program } from '../bpf/program.js';
import { SOL_PACKET } from '../constants/socket.js';
import { checkInteger, checkObject } from '../errors/argument.js';
import * as constants from '../families/packet/constants.js';
import {
  fanout_args,
  packet_mreq,
  tpacket_req,
  tpacket_rollover_stats,
  tpacket_stats,
  tpacket_stats_v3,
} from '../families/packet/layout.js';
import { asymmetric, type Codec } from '../layout/codec.js';
import { hardwareBytes } from '../layout/hardware-address.js';
import { boolean, natural, range, uint32 } from '../layout/numbers.js';
import { record, u32, u64 } from '../layout/record.js';
import { littleEndian, viewOf } from '../layout/view.js';
import { programCodec } from './filter-program.js';
import { defineLevel } from './level.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from './option.js';

const packet = defineLevel({ constants, level: SOL_PACKET, families: ['packet'], man: 'packet(7)' });

/** Packets that a device receives in addition to its own. */
export interface PacketMembership {
  /** The interface, by index or name. */
  readonly interface: InterfaceInput;
  /** `PACKET_MR_PROMISC`, `PACKET_MR_ALLMULTI`, `PACKET_MR_MULTICAST`, `PACKET_MR_UNICAST`. */
  readonly type: number;
  /** The group or address, as text (`'01:00:5e:00:00:01'`) or as at most 8 bytes; not used by the first two types. */
  readonly address?: string | Uint8Array | undefined;
}

/** The codec of struct packet_mreq. */
const membershipCodec: Codec<unknown, PacketMembership> = {
  type: '{ interface, type, address? }',
  size: packet_mreq.size,
  encode(value, argument) {
    const given = checkObject(value, argument) as PacketMembership;
    const most = packet_mreq.mr_address_size;
    const address = hardwareBytes(given.address ?? '', `${argument}.address`, most);
    const bytes = new Uint8Array(packet_mreq.size);
    const view = viewOf(bytes);
    interfaceAt(packet_mreq.mr_ifindex).write(view, given.interface, `${argument}.interface`);
    const type = checkInteger(given.type, `${argument}.type`, 0, 0xffff);
    view.setUint16(packet_mreq.mr_type, type, littleEndian);
    view.setUint16(packet_mreq.mr_alen, address.length, littleEndian);
    bytes.set(address, packet_mreq.mr_address);
    return bytes;
  },
  decode: () => undefined,
};

/** The counters of a packet socket. */
export interface PacketStatistics {
  /** The number of received packets, including dropped ones. */
  readonly packets: number;
  /** The number of packets that were dropped because the buffer was full. */
  readonly drops: number;
  /** The number of times that a `TPACKET_V3` ring was full. */
  readonly freezeQueueCount?: number;
}

/** The codec of struct tpacket_stats, or of tpacket_stats_v3 if the socket has rings of that version. */
const statisticsCodec: Codec<PacketStatistics> = record<PacketStatistics>(
  tpacket_stats_v3.size,
  {
    packets: u32(tpacket_stats.tp_packets),
    drops: u32(tpacket_stats.tp_drops),
    freezeQueueCount: u32(tpacket_stats_v3.tp_freeze_q_cnt),
  },
  tpacket_stats.size,
);

/** A group of sockets that share the received packets. */
export interface Fanout {
  /** The group's number, 16 bits. */
  readonly id: number;
  /** How packets are distributed: one of `PACKET_FANOUT_HASH`, `_LB`, `_CPU`, …. */
  readonly mode: number;
  /** `PACKET_FANOUT_FLAG_` bits. */
  readonly flags: number;
}

/** The parameters to join a group of sockets. */
export interface FanoutInput extends Omit<Fanout, 'flags'> {
  /** `PACKET_FANOUT_FLAG_` bits; none by default. */
  readonly flags?: number | undefined;
  /** The maximum number of sockets in the group, at most 65536; 256 by default. Since Linux 5.10. */
  readonly maxMembers?: number | undefined;
}

/**
 * Decodes id, mode and flags from one word. The mode is the low byte of the upper half, and the flags are its high
 * byte.
 */
const fanoutWord: Codec<Fanout, never> = {
  type: '{ id, mode, flags }',
  size: uint32.size,
  encode: () => new Uint8Array(0),
  decode(bytes) {
    const word = uint32.decode(bytes);
    return Object.freeze({ id: word & 0xffff, mode: (word >>> 16) & 0xff, flags: (word >>> 16) & 0xff00 });
  },
};

/** Encodes the value of PACKET_FANOUT: one word, or struct fanout_args if `maxMembers` is given. */
const fanoutArgs: Codec<unknown, FanoutInput> = {
  type: '{ id, mode, flags?, maxMembers? }',
  size: fanout_args.size,
  encode(value, argument) {
    const { id, mode, flags = 0, maxMembers } = checkObject(value, argument) as FanoutInput;
    checkInteger(id, `${argument}.id`, 0, 0xffff);
    checkInteger(mode, `${argument}.mode`, 0, 0xff);
    checkInteger(flags, `${argument}.flags`, 0, 0xffff);
    const word = uint32.encode((id | ((mode | flags) << 16)) >>> 0, argument);
    if (maxMembers === undefined) return word;
    return Buffer.concat([word, uint32.encode(maxMembers, `${argument}.maxMembers`)]);
  },
  decode: () => undefined,
};

const fanoutCodec: Codec<Fanout, FanoutInput> = asymmetric(fanoutWord, fanoutArgs);

/** Counters of packets that moved from full sockets to others. */
export interface RolloverStats {
  /** The number of packets that went to another socket of the group. */
  readonly all: number;
  /** The number of those that belong to large flows. */
  readonly huge: number;
  /** The number of packets for which no socket had space. */
  readonly failed: number;
}

/** The codec of struct tpacket_rollover_stats. */
const rolloverStatsCodec: Codec<RolloverStats> = record<RolloverStats>(tpacket_rollover_stats.size, {
  all: u64(tpacket_rollover_stats.tp_all),
  huge: u64(tpacket_rollover_stats.tp_huge),
  failed: u64(tpacket_rollover_stats.tp_failed),
});

/** The dimensions of a ring. A ring consists of blocks, and a block of frames. */
export interface PacketRing {
  /** The size of a block, in bytes: a multiple of the page size. */
  readonly blockSize: number;
  /** The number of blocks. */
  readonly blockCount: number;
  /** The size of a frame, in bytes: a multiple of `TPACKET_ALIGNMENT`. */
  readonly frameSize: number;
  /** The number of frames: as many as fit into the blocks. */
  readonly frameCount: number;
}

/** The codec of struct tpacket_req. */
const ringCodec: Codec<PacketRing> = record<PacketRing>(tpacket_req.size, {
  blockSize: u32(tpacket_req.tp_block_size),
  blockCount: u32(tpacket_req.tp_block_nr),
  frameSize: u32(tpacket_req.tp_frame_size),
  frameCount: u32(tpacket_req.tp_frame_nr),
});

/** Makes the device receive additional packets: all packets, all groups, or one group or address. */
export const addMembership: WriteOnlyOption<PacketMembership, 'packet'> = packet.writeOnly(
  'PACKET_ADD_MEMBERSHIP',
  membershipCodec,
);

/** Reverses `packet.addMembership`. */
export const dropMembership: WriteOnlyOption<PacketMembership, 'packet'> = packet.writeOnly(
  'PACKET_DROP_MEMBERSHIP',
  membershipCodec,
);

/** The numbers of received and dropped packets since this option was last read. */
export const statistics: ReadOnlyOption<PacketStatistics, 'packet'> = packet.readOnly(
  'PACKET_STATISTICS',
  statisticsCodec,
  { note: 'reading sets the counters to 0' },
);

/** Adds the control message `PACKET_AUXDATA` to each packet: its length, VLAN tag and checksum state. */
export const auxdata: Option<boolean, 'packet'> = packet.readWrite('PACKET_AUXDATA', boolean);

/** Joins a group of sockets that share the received packets. */
export const fanout: Option<Fanout, 'packet', FanoutInput> = packet.readWrite('PACKET_FANOUT', fanoutCodec, {
  note: 'only on a bound socket; without a group, reading returns id 0 and mode 0',
});

/** The classic BPF program that selects the socket of a group: `PACKET_FANOUT_CBPF`. */
export const fanoutData: WriteOnlyOption<Program, 'packet'> = packet.writeOnly(
  'PACKET_FANOUT_DATA',
  programCodec,
  {
    note: 'EINVAL in a group with another mode',
  },
);

/** Counters of packets that moved from full sockets of a group to others. */
export const rolloverStats: ReadOnlyOption<RolloverStats, 'packet'> = packet.readOnly(
  'PACKET_ROLLOVER_STATS',
  rolloverStatsCodec,
  { note: 'EINVAL in a group without rollover' },
);

/** Whether packets that this machine sends are ignored. */
export const ignoreOutgoing: Option<boolean, 'packet'> = packet.readWrite('PACKET_IGNORE_OUTGOING', boolean, {
  since: '4.20',
});

/** Whether addresses contain the device that received the packet, instead of the device above it (bond, VLAN). */
export const origdev: Option<boolean, 'packet'> = packet.readWrite('PACKET_ORIGDEV', boolean);

/** Bypasses the device’s queueing discipline when sending. */
export const qdiscBypass: Option<boolean, 'packet'> = packet.readWrite('PACKET_QDISC_BYPASS', boolean);

/** The clock of packet timestamps: `SOF_TIMESTAMPING_RAW_HARDWARE`, `SOF_TIMESTAMPING_SOFTWARE`, or 0. */
export const timestamp: Option<number, 'packet'> = packet.readWrite('PACKET_TIMESTAMP', natural);

/** Whether packets begin with a virtio_net_hdr, with which the device can take over work such as checksums. */
export const vnetHdr: Option<boolean, 'packet'> = packet.readWrite('PACKET_VNET_HDR', boolean, {
  note: 'only sockets of SOCK_RAW; set it before creating a ring',
});

/** The length of the virtio_net_hdr: 0 for none, 10 or 12. */
export const vnetHdrSz: Option<number, 'packet'> = packet.readWrite('PACKET_VNET_HDR_SZ', range(0, 12), {
  since: '6.4',
});

const MAPPED = 'for rings, which only native code can map';

/** The layout of rings: one of `TPACKET_V`. */
export const version: Option<number, 'packet'> = packet.readWrite('PACKET_VERSION', range(0, 2), {
  note: MAPPED,
});

/** The space before each packet, in bytes. */
export const reserve: Option<number, 'packet'> = packet.readWrite('PACKET_RESERVE', natural, {
  note: MAPPED,
});

/** Whether malformed packets are dropped without stopping the transmission. */
export const loss: Option<boolean, 'packet'> = packet.readWrite('PACKET_LOSS', boolean, { note: MAPPED });

/** Whether each packet to send contains the offset of its data. */
export const txHasOff: Option<boolean, 'packet'> = packet.readWrite('PACKET_TX_HAS_OFF', boolean, {
  note: MAPPED,
});

/** The length from which packets are copied to the queue too, in bytes. */
export const copyThresh: Option<number, 'packet'> = packet.readWrite('PACKET_COPY_THRESH', natural, {
  note: `${MAPPED}; write-only on old kernels`,
});

/** A ring for receiving packets. */
export const rxRing: WriteOnlyOption<PacketRing, 'packet'> = packet.writeOnly('PACKET_RX_RING', ringCodec, {
  note: MAPPED,
});

/** A ring for sending packets. */
export const txRing: WriteOnlyOption<PacketRing, 'packet'> = packet.writeOnly('PACKET_TX_RING', ringCodec, {
  note: MAPPED,
});
