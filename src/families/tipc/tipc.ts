/** AF_TIPC: Transparent Inter-Process Communication within a cluster. tipc(7), http://tipc.io. */
import type { FamilyDriver } from '../../address/driver.js';
import { adviceFrom, moduleRow } from '../../errors/advice-table.js';
import { decodeTipc, encodeTipc, formatTipc, parseTipc } from './address.js';
import { AF_TIPC } from './constants.js';

export const tipc: FamilyDriver<'tipc'> = {
  name: 'tipc',
  number: AF_TIPC,
  advise: adviceFrom([moduleRow('AF_TIPC', 'tipc')]),
  encode: encodeTipc,
  decode: decodeTipc,
  format: formatTipc,
  parse: parseTipc,
  describe: address => ({ address: formatTipc(address) }),
};
