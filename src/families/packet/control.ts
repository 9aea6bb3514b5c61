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

/** The tag of a VLAN, which the kernel takes out of a frame as it comes. IEEE 802.1Q. */
export interface VlanTag {
  /** The VLAN, 0 to 4095. */
  readonly id: number;
  /** The priority, 0 to 7. */
  readonly priority: number;
  /** Whether the frame may be dropped before others. */
  readonly dropEligible: boolean;
  /** The Ethernet protocol of the tag: `ETH_P_8021Q` or `ETH_P_8021AD`. */
  readonly protocol: number;
}

/** What there is to know of a packet beside its bytes and its address. */
export interface PacketAuxdata {
  /** `TP_STATUS_` constants, or-ed: whether its checksum is still to be computed, or was found good, … */
  readonly status: number;
  /** The length of the packet before it was cut, in bytes. */
  readonly length: number;
  /** How many bytes of it were received: what a filter let through, or the whole. */
  readonly capturedLength: number;
  /** Where the head of the link layer begins, in bytes from the beginning of what was received. */
  readonly linkOffset: number;
  /** Where the packet’s own head begins, in bytes from the beginning of what was received. */
  readonly networkOffset: number;
  /** The tag that was taken out of the frame; `undefined` where it had none. */
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
 * What there is to know of a packet beside its bytes: {@link PacketAuxdata}, with the VLAN tag, which the kernel takes
 * out of the frame.
 *
 * Switched on with `setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)`.
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
 * An item of the error queue: the send timestamp of a packet. `Socket.recvError` and `readErrorQueue` read it.
 *
 * Switched on with `setsockopt(SOL_SOCKET, SO_TIMESTAMPING, flags)`.
 *
 * @see packet(7); Documentation/networking/timestamping.rst
 */
export const packetError: Receivable<ExtendedError> = defineErrors(
  { name: 'PACKET_TX_TIMESTAMP', level, type: PACKET_TX_TIMESTAMP, man: MAN, option: 'SO_TIMESTAMPING' },
  0,
);
