/** AF_CAN: Controller Area Network. Documentation/networking/can.rst, iso15765-2.rst and j1939.rst in the kernel. */
import type { FamilyDriver } from '../../address/driver.js';
import { decodeCan, encodeCan } from './address.js';
import { formatCan, parseCan } from './address-text.js';
import { adviseCan } from './advice.js';
import { AF_CAN } from './constants.js';

export const can: FamilyDriver<'can'> = {
  name: 'can',
  number: AF_CAN,
  advise: adviseCan,
  hasErrorQueue: true,
  encode: encodeCan,
  decode: decodeCan,
  format: formatCan,
  parse: parseCan,
  describe: address => ({ address: formatCan(address) }),
};
