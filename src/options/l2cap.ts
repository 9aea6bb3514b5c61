/** Options of L2CAP sockets, level SOL_L2CAP. l2cap(7) of BlueZ. */

import * as constants from '../families/bluetooth/constants.js';
import { l2cap_conninfo, l2cap_options } from '../families/bluetooth/layout.js';
import type { Codec } from '../layout/codec.js';
import { uint32 } from '../layout/numbers.js';
import { record, u8, u16 } from '../layout/record.js';
import { type BluetoothConnection, connectionCodec } from './bluetooth-connection.js';
import { defineLevel } from './level.js';
import type { Option, ReadOnlyOption } from './option.js';

export type { BluetoothConnection } from './bluetooth-connection.js';

const l2cap = defineLevel({
  constants,
  level: constants.SOL_L2CAP,
  families: ['bluetooth'],
  protocols: [constants.BTPROTO_L2CAP],
  man: 'l2cap(7) of BlueZ',
});

/** The parameters of an L2CAP channel. */
export interface L2capOptions {
  /** The longest packet that can be sent, in bytes. */
  readonly omtu: number;
  /** The longest packet that can be received, in bytes. */
  readonly imtu: number;
  /** The time after which a packet is discarded, in milliseconds; 65535 for never. */
  readonly flushTo: number;
  /** The delivery mode: one of `L2CAP_MODE_`. */
  readonly mode: number;
  /** Whether packets carry a checksum. */
  readonly fcs: number;
  /** The maximum number of times that a packet is sent. */
  readonly maxTx: number;
  /** The maximum number of unacknowledged packets. */
  readonly txwinSize: number;
}

const optionsCodec: Codec<L2capOptions> = record<L2capOptions>(l2cap_options.size, {
  omtu: u16(l2cap_options.omtu),
  imtu: u16(l2cap_options.imtu),
  flushTo: u16(l2cap_options.flush_to),
  mode: u8(l2cap_options.mode),
  fcs: u8(l2cap_options.fcs),
  maxTx: u8(l2cap_options.max_tx),
  txwinSize: u16(l2cap_options.txwin_size),
});

/** The parameters of the channel. */
export const options: Option<L2capOptions, 'bluetooth'> = l2cap.readWrite('L2CAP_OPTIONS', optionsCodec);

/** The peer of the connection. */
export const conninfo: ReadOnlyOption<BluetoothConnection, 'bluetooth'> = l2cap.readOnly(
  'L2CAP_CONNINFO',
  connectionCodec(l2cap_conninfo),
);

/** The security that the link requires: `L2CAP_LM_` bits. `bluetooth.security` replaces it. */
export const lm: Option<number, 'bluetooth'> = l2cap.readWrite('L2CAP_LM', uint32);
