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

/** How a channel delivers. */
export interface L2capOptions {
  /** The longest packet that may be sent, in bytes. */
  readonly omtu: number;
  /** The longest packet that may come, in bytes. */
  readonly imtu: number;
  /** Milliseconds after which a packet is given up; 65535: never. */
  readonly flushTo: number;
  /** One of `L2CAP_MODE_`. */
  readonly mode: number;
  /** Whether packets carry a checksum. */
  readonly fcs: number;
  /** How many times a packet is sent. */
  readonly maxTx: number;
  /** How many packets may stay unacknowledged. */
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

/** How the channel delivers. */
export const options: Option<L2capOptions, 'bluetooth'> = l2cap.readWrite('L2CAP_OPTIONS', optionsCodec);

/** The other end of the connection. */
export const conninfo: ReadOnlyOption<BluetoothConnection, 'bluetooth'> = l2cap.readOnly(
  'L2CAP_CONNINFO',
  connectionCodec(l2cap_conninfo),
);

/** How the link has to be secured: `L2CAP_LM_` bits. `bluetooth.security` takes its place. */
export const lm: Option<number, 'bluetooth'> = l2cap.readWrite('L2CAP_LM', uint32);
