/** Options of packet sockets, level SOL_PACKET. packet(7). */

import type { Program } from '../bpf/program.js';
import { SOL_PACKET } from '../constants/socket.js';
import * as constants from '../families/packet/constants.js';
import { boolean, natural, range } from './codec.js';
import { defineLevel } from './level.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from './option.js';
import * as p from './packet-structures.js';
import { programCodec } from './program.js';

const packet = defineLevel({ constants, level: SOL_PACKET, families: ['packet'], man: 'packet(7)' });

/** Has the device take more than is for it: everything, all groups, a group or an address. */
export const addMembership: WriteOnlyOption<p.PacketMembership, 'packet'> = packet.writeOnly(
  'PACKET_ADD_MEMBERSHIP',
  p.membership,
);

/** Takes that back. */
export const dropMembership: WriteOnlyOption<p.PacketMembership, 'packet'> = packet.writeOnly(
  'PACKET_DROP_MEMBERSHIP',
  p.membership,
);

/** How many packets came, and how many of them were dropped, since this was last read. */
export const statistics: ReadOnlyOption<p.PacketStatistics, 'packet'> = packet.readOnly(
  'PACKET_STATISTICS',
  p.statistics,
  { note: 'reading sets the counters to 0' },
);

/** Whether each packet says its length, VLAN tag and checksum state: the control message `PACKET_AUXDATA`. */
export const auxdata: Option<boolean, 'packet'> = packet.readWrite('PACKET_AUXDATA', boolean);

/** Joins a group of sockets that share the packets. */
export const fanout: Option<p.Fanout, 'packet', p.FanoutInput> = packet.readWrite('PACKET_FANOUT', p.fanout, {
  note: 'on a socket that is bound; reads id 0 and mode 0 where there is no group',
});

/** The classic BPF program that picks the socket of a group: `PACKET_FANOUT_CBPF`. */
export const fanoutData: WriteOnlyOption<Program, 'packet'> = packet.writeOnly(
  'PACKET_FANOUT_DATA',
  programCodec,
  {
    note: 'EINVAL in a group of any other mode',
  },
);

/** How the packets of a group rolled over from full sockets to others. */
export const rolloverStats: ReadOnlyOption<p.RolloverStats, 'packet'> = packet.readOnly(
  'PACKET_ROLLOVER_STATS',
  p.rolloverStats,
  { note: 'EINVAL in a group that does not roll over' },
);

/** Whether packets that this machine sends are left out. */
export const ignoreOutgoing: Option<boolean, 'packet'> = packet.readWrite('PACKET_IGNORE_OUTGOING', boolean, {
  since: '4.20',
});

/** Whether an address says the device that a packet came by, and not the one above it (bond, VLAN). */
export const origdev: Option<boolean, 'packet'> = packet.readWrite('PACKET_ORIGDEV', boolean);

/** Sends around the queue of the device. */
export const qdiscBypass: Option<boolean, 'packet'> = packet.readWrite('PACKET_QDISC_BYPASS', boolean);

/** Which clock stamps packets: `SOF_TIMESTAMPING_RAW_HARDWARE`, `SOF_TIMESTAMPING_SOFTWARE`, or 0. */
export const timestamp: Option<number, 'packet'> = packet.readWrite('PACKET_TIMESTAMP', natural);

/** Whether packets begin with a virtio_net_hdr, which offloads what the device can do. */
export const vnetHdr: Option<boolean, 'packet'> = packet.readWrite('PACKET_VNET_HDR', boolean, {
  note: 'sockets of SOCK_RAW alone; before any ring',
});

/** The length of that head: 0 for none, 10 or 12. */
export const vnetHdrSz: Option<number, 'packet'> = packet.readWrite('PACKET_VNET_HDR_SZ', range(0, 12), {
  since: '6.4',
});

const MAPPED = 'of rings, which only native code can map';

/** The layout of a ring: one of `TPACKET_V`. */
export const version: Option<number, 'packet'> = packet.readWrite('PACKET_VERSION', range(0, 2), {
  note: MAPPED,
});

/** The room before each packet, in bytes. */
export const reserve: Option<number, 'packet'> = packet.readWrite('PACKET_RESERVE', natural, {
  note: MAPPED,
});

/** Drops what is malformed, and goes on. */
export const loss: Option<boolean, 'packet'> = packet.readWrite('PACKET_LOSS', boolean, { note: MAPPED });

/** Whether each packet to send says where it begins. */
export const txHasOff: Option<boolean, 'packet'> = packet.readWrite('PACKET_TX_HAS_OFF', boolean, {
  note: MAPPED,
});

/** How long a packet has to be to be copied to the queue too, in bytes. */
export const copyThresh: Option<number, 'packet'> = packet.readWrite('PACKET_COPY_THRESH', natural, {
  note: `${MAPPED}; old kernels do not let it be read`,
});

/** A ring that packets are received by. */
export const rxRing: WriteOnlyOption<p.PacketRing, 'packet'> = packet.writeOnly('PACKET_RX_RING', p.ring, {
  note: MAPPED,
});

/** A ring that packets are sent by. */
export const txRing: WriteOnlyOption<p.PacketRing, 'packet'> = packet.writeOnly('PACKET_TX_RING', p.ring, {
  note: MAPPED,
});
export type * from './packet-structures.js';
