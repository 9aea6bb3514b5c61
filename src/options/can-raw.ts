/** Options of raw CAN sockets, level SOL_CAN_RAW. Documentation/networking/can.rst. */
import { SOCK_RAW } from '../constants/socket.js';
import * as constants from '../families/can/constants.js';
import { can_filter, can_raw_vcid_options } from '../families/can/layout.js';
import { list } from '../layout/bytes.js';
import type { Codec } from '../layout/codec.js';
import { boolean, uint32 } from '../layout/numbers.js';
import { bits32, optional, record, u8 } from '../layout/record.js';
import { defineLevel } from './level.js';
import type { Option } from './option.js';

const raw = defineLevel({
  constants,
  level: constants.SOL_CAN_RAW,
  families: ['can'],
  types: [SOCK_RAW],
  protocols: [constants.CAN_RAW],
  man: 'Documentation/networking/can.rst',
});

/** A filter for CAN frames. A frame passes if its identifier equals `id` in all bits of `mask`. */
export interface CanFilter {
  /** The identifier, with `CAN_EFF_FLAG` and `CAN_RTR_FLAG`. `CAN_INV_FILTER` inverts the filter. */
  readonly id: number;
  /** The bits of the identifier that are compared. */
  readonly mask: number;
}

const filterCodec: Codec<CanFilter> = record<CanFilter>(can_filter.size, {
  id: bits32(can_filter.can_id),
  mask: bits32(can_filter.can_mask),
});

/** The filters for received frames, at most 512. A frame that passes any of them is received; `[]` receives none. */
export const filter: Option<readonly CanFilter[], 'can'> = raw.readWrite(
  'CAN_RAW_FILTER',
  list(filterCodec, 16),
  {
    note: 'by default, one filter that passes every frame',
  },
);

/** The error frames that are received: `CAN_ERR_` bits. */
export const errFilter: Option<number, 'can'> = raw.readWrite('CAN_RAW_ERR_FILTER', uint32);

/** Whether other sockets on this machine receive the frames that this socket sends. */
export const loopback: Option<boolean, 'can'> = raw.readWrite('CAN_RAW_LOOPBACK', boolean, {
  note: 'true by default',
});

/** Whether this socket receives the frames that it sends itself. */
export const recvOwnMsgs: Option<boolean, 'can'> = raw.readWrite('CAN_RAW_RECV_OWN_MSGS', boolean);

/** Whether CAN FD frames can be sent and received. */
export const fdFrames: Option<boolean, 'can'> = raw.readWrite('CAN_RAW_FD_FRAMES', boolean);

/** Whether CAN XL frames can be sent and received. */
export const xlFrames: Option<boolean, 'can'> = raw.readWrite('CAN_RAW_XL_FRAMES', boolean, { since: '6.1' });

/** Whether a frame must pass all filters instead of any one. */
export const joinFilters: Option<boolean, 'can'> = raw.readWrite('CAN_RAW_JOIN_FILTERS', boolean);

/** The virtual networks of a CAN XL bus that a socket uses. */
export interface CanVcid {
  /** `CAN_RAW_XL_VCID_` bits. */
  readonly flags: number;
  /** The virtual network that frames are sent to. */
  readonly txVcid: number;
  /** The virtual networks that frames are received from: those that equal `rxVcid` in all bits of `rxVcidMask`. */
  readonly rxVcid: number;
  /** The bits of `rxVcid` that are compared. */
  readonly rxVcidMask: number;
}

const vcidCodec: Codec<CanVcid, Partial<CanVcid>> = record<CanVcid, Partial<CanVcid>>(
  can_raw_vcid_options.size,
  {
    flags: optional(u8(can_raw_vcid_options.flags), 0),
    txVcid: optional(u8(can_raw_vcid_options.tx_vcid), 0),
    rxVcid: optional(u8(can_raw_vcid_options.rx_vcid), 0),
    rxVcidMask: optional(u8(can_raw_vcid_options.rx_vcid_mask), 0),
  },
);

/** The virtual networks of a CAN XL bus that the socket uses. */
export const xlVcidOpts: Option<CanVcid, 'can', Partial<CanVcid>> = raw.readWrite(
  'CAN_RAW_XL_VCID_OPTS',
  vcidCodec,
  { since: '6.9' },
);
