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

/** A frame passes if its identifier and `id` are equal in all bits of `mask`. */
export interface CanFilter {
  /** With `CAN_EFF_FLAG`, `CAN_RTR_FLAG`; with `CAN_INV_FILTER` the filter is the opposite. */
  readonly id: number;
  /** Which bits of the identifier have to be those of `id`. */
  readonly mask: number;
}

const filterCodec: Codec<CanFilter> = record<CanFilter>(can_filter.size, {
  id: bits32(can_filter.can_id),
  mask: bits32(can_filter.can_mask),
});

/** Which frames are received: those that pass any of these filters, at most 512; `[]` receives none. */
export const filter: Option<readonly CanFilter[], 'can'> = raw.readWrite(
  'CAN_RAW_FILTER',
  list(filterCodec, 16),
  {
    note: 'one that passes everything from the start',
  },
);

/** Which error frames are received: `CAN_ERR_` bits. */
export const errFilter: Option<number, 'can'> = raw.readWrite('CAN_RAW_ERR_FILTER', uint32);

/** Whether other sockets of this machine receive what this one sends. */
export const loopback: Option<boolean, 'can'> = raw.readWrite('CAN_RAW_LOOPBACK', boolean, {
  note: 'true from the start',
});

/** Whether this socket receives what it sends itself. */
export const recvOwnMsgs: Option<boolean, 'can'> = raw.readWrite('CAN_RAW_RECV_OWN_MSGS', boolean);

/** Whether frames of CAN FD may be sent and received. */
export const fdFrames: Option<boolean, 'can'> = raw.readWrite('CAN_RAW_FD_FRAMES', boolean);

/** Whether frames of CAN XL may be sent and received. */
export const xlFrames: Option<boolean, 'can'> = raw.readWrite('CAN_RAW_XL_FRAMES', boolean, { since: '6.1' });

/** Whether a frame has to pass all filters, and not just one. */
export const joinFilters: Option<boolean, 'can'> = raw.readWrite('CAN_RAW_JOIN_FILTERS', boolean);

/** Virtual networks on a CAN XL bus. */
export interface CanVcid {
  /** `CAN_RAW_XL_VCID_` bits. */
  readonly flags: number;
  /** The network that is sent to. */
  readonly txVcid: number;
  /** Those that are received: equal to `rxVcid` in all bits of `rxVcidMask`. */
  readonly rxVcid: number;
  /** Which bits of `rxVcid` count. */
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

/** Which virtual networks of CAN XL are sent to and received. */
export const xlVcidOpts: Option<CanVcid, 'can', Partial<CanVcid>> = raw.readWrite(
  'CAN_RAW_XL_VCID_OPTS',
  vcidCodec,
  { since: '6.9' },
);
