/** The structures of packet options. */

import { littleEndian } from '../address/byte-order.js';
import { checkInteger, checkObject, invalidType, invalidValue } from '../errors/argument.js';
import {
  fanout_args,
  packet_mreq,
  tpacket_req,
  tpacket_rollover_stats,
  tpacket_stats,
  tpacket_stats_v3,
} from '../families/packet/layout.js';
import { asymmetric, type Codec, uint32, viewOf } from './codec.js';
import { type InterfaceInput, interfaceAt } from './hosts.js';
import { record, u32, u64 } from './record.js';

/** What a device shall take beside what is for it. */
export interface PacketMembership {
  /** The interface, by index or name. */
  readonly interface: InterfaceInput;
  /** `PACKET_MR_PROMISC`, `PACKET_MR_ALLMULTI`, `PACKET_MR_MULTICAST`, `PACKET_MR_UNICAST`. */
  readonly type: number;
  /** The group or address, at most 8 bytes; none for the first two. */
  readonly address?: Uint8Array | undefined;
}

/** struct packet_mreq. */
export const membership: Codec<unknown, PacketMembership> = {
  type: '{ interface, type, address? }',
  size: packet_mreq.size,
  encode(value, argument) {
    const given = checkObject(value, argument) as PacketMembership;
    const { address = new Uint8Array(0) } = given;
    if (!(address instanceof Uint8Array))
      throw invalidType(`${argument}.address`, 'an instance of Uint8Array', address);
    const most = packet_mreq.mr_address_size;
    if (address.length > most)
      throw invalidValue(`${argument}.address`, `must not be longer than ${most} bytes`, address);
    const bytes = new Uint8Array(packet_mreq.size);
    const view = viewOf(bytes);
    interfaceAt(packet_mreq.mr_ifindex).write(view, given.interface as number, `${argument}.interface`);
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
  /** Those that came, the dropped ones included. */
  readonly packets: number;
  /** Those for which there was no room. */
  readonly drops: number;
  /** How many times a ring of `TPACKET_V3` was full. */
  readonly freezeQueueCount?: number;
}

/** struct tpacket_stats, and tpacket_stats_v3 where the socket has rings of that version. */
export const statistics: Codec<PacketStatistics> = record<PacketStatistics>(
  tpacket_stats_v3.size,
  {
    packets: u32(tpacket_stats.tp_packets),
    drops: u32(tpacket_stats.tp_drops),
    freezeQueueCount: u32(tpacket_stats_v3.tp_freeze_q_cnt),
  },
  tpacket_stats.size,
);

/** A group of sockets that share packets. */
export interface Fanout {
  /** The group's number, 16 bits. */
  readonly id: number;
  /** How packets are shared: one of `PACKET_FANOUT_HASH`, `_LB`, `_CPU`, …. */
  readonly mode: number;
  /** `PACKET_FANOUT_FLAG_` bits. */
  readonly flags: number;
}

/** The same as it is joined. */
export interface FanoutInput extends Omit<Fanout, 'flags'> {
  /** `PACKET_FANOUT_FLAG_` bits; none by default. */
  readonly flags?: number | undefined;
  /** How many sockets the group may have, at most 65536; 256 by default. Since Linux 5.10. */
  readonly maxMembers?: number | undefined;
}

/** Reads id, mode and flags of one word; the mode is the low byte of the upper half, and the flags are the rest of it. */
const fanoutWord: Codec<Fanout, never> = {
  type: '{ id, mode, flags }',
  size: uint32.size,
  encode: () => new Uint8Array(0),
  decode(bytes) {
    const word = uint32.decode(bytes);
    return Object.freeze({ id: word & 0xffff, mode: (word >>> 16) & 0xff, flags: (word >>> 16) & 0xff00 });
  },
};

/** What PACKET_FANOUT takes: the word, or struct fanout_args where the size of the group is said. */
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

export const fanout: Codec<Fanout, FanoutInput> = asymmetric(fanoutWord, fanoutArgs);

/** How packets rolled over from full sockets to others. */
export interface RolloverStats {
  /** Packets that went to another socket of the group. */
  readonly all: number;
  /** Of large flows. */
  readonly huge: number;
  /** For which no socket had room. */
  readonly failed: number;
}

/** struct tpacket_rollover_stats. */
export const rolloverStats: Codec<RolloverStats> = record<RolloverStats>(tpacket_rollover_stats.size, {
  all: u64(tpacket_rollover_stats.tp_all),
  huge: u64(tpacket_rollover_stats.tp_huge),
  failed: u64(tpacket_rollover_stats.tp_failed),
});

/** A ring, in blocks of frames. */
export interface PacketRing {
  /** The size of a block, in bytes: a multiple of the page. */
  readonly blockSize: number;
  /** How many blocks. */
  readonly blockCount: number;
  /** The size of a frame, in bytes: a multiple of `TPACKET_ALIGNMENT`. */
  readonly frameSize: number;
  /** How many frames: as many as fit into the blocks. */
  readonly frameCount: number;
}

/** struct tpacket_req. */
export const ring: Codec<PacketRing> = record<PacketRing>(tpacket_req.size, {
  blockSize: u32(tpacket_req.tp_block_size),
  blockCount: u32(tpacket_req.tp_block_nr),
  frameSize: u32(tpacket_req.tp_frame_size),
  frameCount: u32(tpacket_req.tp_frame_nr),
});
