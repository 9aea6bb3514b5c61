/** The control messages of packet sockets. packet(7). */

import { SOL_PACKET } from '../../constants/socket.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import { defineReceived, type Receivable } from '../../message/codec.js';
import { defineErrors, type ExtendedError } from '../../message/errors.js';
import {
  ETH_P_8021Q,
  PACKET_AUXDATA,
  PACKET_TX_TIMESTAMP,
  TP_STATUS_VLAN_TPID_VALID,
  TP_STATUS_VLAN_VALID,
} from './constants.js';
import { tpacket_auxdata } from './layout.js';

const MAN = 'packet(7)';
const level = SOL_PACKET;

/** A VLAN tag, which the kernel removes from received frames. IEEE 802.1Q. */
export interface VlanTag {
  /** The VLAN identifier, 0 to 4095. */
  readonly id: number;
  /** The priority, 0 to 7. */
  readonly priority: number;
  /** Whether the frame is dropped before others. */
  readonly dropEligible: boolean;
  /** The Ethernet protocol of the tag: `ETH_P_8021Q` or `ETH_P_8021AD`. */
  readonly protocol: number;
}

/** Additional information about a received packet. */
export interface PacketAuxdata {
  /** A mask of `TP_STATUS_` constants: whether the checksum is not yet computed, is valid, and so on. */
  readonly status: number;
  /** The original length of the packet, in bytes. */
  readonly length: number;
  /** The number of captured bytes: the whole packet, or less if a filter truncated it. */
  readonly capturedLength: number;
  /** The offset of the link-layer header in the received data, in bytes. */
  readonly linkOffset: number;
  /** The offset of the network-layer header in the received data, in bytes. */
  readonly networkOffset: number;
  /** The VLAN tag that the kernel removed; `undefined` if the frame had none. */
  readonly vlan: VlanTag | undefined;
}

function vlanOf(view: DataView, status: number): VlanTag | undefined {
  if ((status & TP_STATUS_VLAN_VALID) === 0) return undefined;
  const tci = view.getUint16(tpacket_auxdata.tp_vlan_tci, littleEndian);
  const tpid = view.getUint16(tpacket_auxdata.tp_vlan_tpid, littleEndian);
  return Object.freeze({
    id: tci & 0xfff,
    priority: tci >> 13,
    dropEligible: (tci & 0x1000) !== 0,
    protocol: status & TP_STATUS_VLAN_TPID_VALID ? tpid : ETH_P_8021Q,
  });
}

/**
 * Additional information about a received packet, including the VLAN tag that the kernel removed:
 * {@link PacketAuxdata}.
 *
 * Enable it with `setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)`.
 *
 * @see packet(7), PACKET_AUXDATA
 */
export const auxdata: Receivable<PacketAuxdata> = defineReceived(
  { name: 'PACKET_AUXDATA', level, type: PACKET_AUXDATA, man: MAN, option: 'PACKET_AUXDATA' },
  {
    size: tpacket_auxdata.size,
    decode(bytes) {
      const view = viewOf(bytes);
      const status = view.getUint32(tpacket_auxdata.tp_status, littleEndian);
      return Object.freeze({
        status,
        length: view.getUint32(tpacket_auxdata.tp_len, littleEndian),
        capturedLength: view.getUint32(tpacket_auxdata.tp_snaplen, littleEndian),
        linkOffset: view.getUint16(tpacket_auxdata.tp_mac, littleEndian),
        networkOffset: view.getUint16(tpacket_auxdata.tp_net, littleEndian),
        vlan: vlanOf(view, status),
      });
    },
  },
);

/**
 * The send timestamp of a packet, from the error queue. `Socket.recvError` and `readErrorQueue` read it.
 *
 * Enable it with `setsockopt(SOL_SOCKET, SO_TIMESTAMPING, flags)`.
 *
 * @see packet(7); Documentation/networking/timestamping.rst
 */
export const packetError: Receivable<ExtendedError> = defineErrors(
  { name: 'PACKET_TX_TIMESTAMP', level, type: PACKET_TX_TIMESTAMP, man: MAN, option: 'SO_TIMESTAMPING' },
  0,
);
