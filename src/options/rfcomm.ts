/** Options of RFCOMM sockets, level SOL_RFCOMM. rfcomm(7) of BlueZ. */

import * as constants from '../families/bluetooth/constants.js';
import { rfcomm_conninfo } from '../families/bluetooth/layout.js';
import { uint32 } from '../layout/numbers.js';
import { type BluetoothConnection, connectionCodec } from './bluetooth-connection.js';
import { defineLevel } from './level.js';
import type { Option, ReadOnlyOption } from './option.js';

export type { BluetoothConnection } from './bluetooth-connection.js';

const rfcomm = defineLevel({
  constants,
  level: constants.SOL_RFCOMM,
  families: ['bluetooth'],
  protocols: [constants.BTPROTO_RFCOMM],
  man: 'rfcomm(7) of BlueZ',
});

/** The peer of the connection. */
export const conninfo: ReadOnlyOption<BluetoothConnection, 'bluetooth'> = rfcomm.readOnly(
  'RFCOMM_CONNINFO',
  connectionCodec(rfcomm_conninfo),
);

/** The security that the link requires: `RFCOMM_LM_` bits. `bluetooth.security` replaces it. */
export const lm: Option<number, 'bluetooth'> = rfcomm.readWrite('RFCOMM_LM', uint32);
