/** Options of ISO-TP sockets, level SOL_CAN_ISOTP. Set them before bind(). Documentation/networking/iso15765-2.rst. */
import { SOCK_DGRAM } from '../constants/socket.js';
import { invalidType, outOfRange } from '../errors/argument.js';
import * as constants from '../families/can/constants.js';
import { can_isotp_fc_options, can_isotp_ll_options, can_isotp_options } from '../families/can/layout.js';
import type { Codec } from '../layout/codec.js';
import { uint32 } from '../layout/numbers.js';
import { mapped, optional, record, u8, u32 } from '../layout/record.js';
import { defineLevel } from './level.js';
import type { Option } from './option.js';

const isotp = defineLevel({
  constants,
  level: constants.SOL_CAN_ISOTP,
  families: ['can'],
  types: [SOCK_DGRAM],
  protocols: [constants.CAN_ISOTP],
  man: 'Documentation/networking/iso15765-2.rst',
});

const remarks = { since: '5.10', requires: 'needs a socket that is not bound yet' };

/** How messages are divided into frames. An omitted field has the kernel's default. */
export interface IsotpOptions {
  /**
   * `CAN_ISOTP_` flags. Most of the other fields take effect only if their flag is set. With `CAN_ISOTP_WAIT_TX_DONE`
   * the kernel blocks the thread until a message is sent, in the promise form too. To wait for that without blocking,
   * use `poll` of `berkeley/select`.
   */
  readonly flags: number;
  /** The gap between frames that are sent, in nanoseconds; `CAN_ISOTP_FRAME_TXTIME_ZERO` for no gap. */
  readonly frameTxtime: number;
  /** Extended addressing: the first byte of frames in both directions (`CAN_ISOTP_EXTEND_ADDR`). */
  readonly extAddress: number;
  /** The byte that fills up frames that are sent (`CAN_ISOTP_TX_PADDING`). */
  readonly txpadContent: number;
  /**
   * The byte that fills up frames that are received (`CAN_ISOTP_RX_PADDING`). The kernel checks it if
   * `CAN_ISOTP_CHK_PAD_DATA` is set.
   */
  readonly rxpadContent: number;
  /**
   * Extended addressing: the first byte of received frames, if it differs from `extAddress` (`CAN_ISOTP_RX_EXT_ADDR`).
   */
  readonly rxExtAddress: number;
}

const optionsCodec: Codec<IsotpOptions, Partial<IsotpOptions>> = record<IsotpOptions, Partial<IsotpOptions>>(
  can_isotp_options.size,
  {
    flags: optional(u32(can_isotp_options.flags), constants.CAN_ISOTP_DEFAULT_FLAGS),
    frameTxtime: optional(u32(can_isotp_options.frame_txtime), constants.CAN_ISOTP_DEFAULT_FRAME_TXTIME),
    extAddress: optional(u8(can_isotp_options.ext_address), constants.CAN_ISOTP_DEFAULT_EXT_ADDRESS),
    txpadContent: optional(u8(can_isotp_options.txpad_content), constants.CAN_ISOTP_DEFAULT_PAD_CONTENT),
    rxpadContent: optional(u8(can_isotp_options.rxpad_content), constants.CAN_ISOTP_DEFAULT_PAD_CONTENT),
    rxExtAddress: optional(u8(can_isotp_options.rx_ext_address), constants.CAN_ISOTP_DEFAULT_EXT_ADDRESS),
  },
);

/** How messages are divided into frames. */
export const opts: Option<IsotpOptions, 'can', Partial<IsotpOptions>> = isotp.readWrite(
  'CAN_ISOTP_OPTS',
  optionsCodec,
  remarks,
);

/** The flow control parameters that this socket sends to the peer. */
export interface IsotpFlowControl {
  /** The number of frames per block; 0 for one block. */
  readonly blockSize: number;
  /** The shortest time between frames (STmin), in milliseconds: 0 to 127, or 0.1, 0.2, … 0.9. */
  readonly separationTime: number;
  /** The maximum number of wait frames. */
  readonly maxWait: number;
}

/**
 * STmin as flow control encodes it: 0xf1 to 0xf9 are tenths of a millisecond, and reserved values mean the longest
 * time.
 */
const LONGEST_STMIN = 0x7f;
const TENTHS = 0xf0;

const isTenths = (byte: number): boolean => byte > TENTHS && byte < TENTHS + 10;

function readStmin(byte: number): number {
  return isTenths(byte) ? (byte - TENTHS) / 10 : Math.min(byte, LONGEST_STMIN);
}

function writeStmin(time: number, argument: string): number {
  if (typeof time !== 'number') throw invalidType(argument, 'of type number', time);
  if (Number.isInteger(time) && time >= 0 && time <= LONGEST_STMIN) return time;
  const tenths = Math.round(time * 10);
  const isOne = Math.abs(time * 10 - tenths) < 1e-6 && isTenths(TENTHS + tenths);
  if (!isOne) throw outOfRange(argument, `0.1, 0.2, … 0.9, or an integer up to ${LONGEST_STMIN}`, time);
  return TENTHS + tenths;
}

const flowControl: Codec<IsotpFlowControl, Partial<IsotpFlowControl>> = record<
  IsotpFlowControl,
  Partial<IsotpFlowControl>
>(can_isotp_fc_options.size, {
  blockSize: optional(u8(can_isotp_fc_options.bs), constants.CAN_ISOTP_DEFAULT_RECV_BS),
  separationTime: optional(
    mapped(u8(can_isotp_fc_options.stmin), readStmin, writeStmin),
    readStmin(constants.CAN_ISOTP_DEFAULT_RECV_STMIN),
  ),
  maxWait: optional(u8(can_isotp_fc_options.wftmax), constants.CAN_ISOTP_DEFAULT_RECV_WFTMAX),
});

/** The flow control parameters that this socket sends to the peer. */
export const recvFc: Option<IsotpFlowControl, 'can', Partial<IsotpFlowControl>> = isotp.readWrite(
  'CAN_ISOTP_RECV_FC',
  flowControl,
  remarks,
);

/**
 * The time between frames that are sent, in nanoseconds. It overrides the receiver’s STmin; needs
 * `CAN_ISOTP_FORCE_TXSTMIN`.
 */
export const txStmin: Option<number, 'can'> = isotp.readWrite('CAN_ISOTP_TX_STMIN', uint32, remarks);

/** The time, in nanoseconds, within which a following frame is ignored; needs `CAN_ISOTP_FORCE_RXSTMIN`. */
export const rxStmin: Option<number, 'can'> = isotp.readWrite('CAN_ISOTP_RX_STMIN', uint32, remarks);

/** The link-layer parameters of frames. */
export interface IsotpLinkLayer {
  /** `CAN_MTU` or `CANFD_MTU`. */
  readonly mtu: number;
  /** The maximum number of data bytes per frame: 8 to 64. */
  readonly txDl: number;
  /** The flags of CAN FD frames: `CANFD_BRS`. */
  readonly txFlags: number;
}

const linkLayer: Codec<IsotpLinkLayer, Partial<IsotpLinkLayer>> = record<
  IsotpLinkLayer,
  Partial<IsotpLinkLayer>
>(can_isotp_ll_options.size, {
  mtu: optional(u8(can_isotp_ll_options.mtu), constants.CAN_ISOTP_DEFAULT_LL_MTU),
  txDl: optional(u8(can_isotp_ll_options.tx_dl), constants.CAN_ISOTP_DEFAULT_LL_TX_DL),
  txFlags: optional(u8(can_isotp_ll_options.tx_flags), constants.CAN_ISOTP_DEFAULT_LL_TX_FLAGS),
});

/** The link-layer parameters of frames: classic CAN or CAN FD. */
export const llOpts: Option<IsotpLinkLayer, 'can', Partial<IsotpLinkLayer>> = isotp.readWrite(
  'CAN_ISOTP_LL_OPTS',
  linkLayer,
  remarks,
);
