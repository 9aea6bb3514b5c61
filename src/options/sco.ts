/** Options of SCO sockets (voice), level SOL_SCO. sco(7) of BlueZ. */

import * as constants from '../families/bluetooth/constants.js';
import { sco_conninfo, sco_options } from '../families/bluetooth/layout.js';
import type { Codec } from '../layout/codec.js';
import { record, u16 } from '../layout/record.js';
import { type BluetoothConnection, connectionCodec } from './bluetooth-connection.js';
import { defineLevel } from './level.js';
import type { ReadOnlyOption } from './option.js';

export type { BluetoothConnection } from './bluetooth-connection.js';

const sco = defineLevel({
  constants,
  level: constants.SOL_SCO,
  families: ['bluetooth'],
  protocols: [constants.BTPROTO_SCO],
  man: 'sco(7) of BlueZ',
});

/** The parameters of a voice connection. */
export interface ScoOptions {
  /** The longest packet, in bytes. */
  readonly mtu: number;
}

const optionsCodec: Codec<ScoOptions> = record<ScoOptions>(sco_options.size, { mtu: u16(sco_options.mtu) });

/** The parameters of the connection. */
export const options: ReadOnlyOption<ScoOptions, 'bluetooth'> = sco.readOnly('SCO_OPTIONS', optionsCodec);

/** The peer of the connection. */
export const conninfo: ReadOnlyOption<BluetoothConnection, 'bluetooth'> = sco.readOnly(
  'SCO_CONNINFO',
  connectionCodec(sco_conninfo),
);
