/** AF_CAN: Controller Area Network. Documentation/networking/can.rst, iso15765-2.rst and j1939.rst of the kernel. */
import type { FamilyDriver } from '../../address/driver.js';
import { defineFamily } from '../../address/registry.js';
import { decodeCan, encodeCan } from './address.js';
import { formatCan, parseCan } from './address-text.js';
import { AF_CAN } from './constants.js';
import { bindHint, cureCan, explainCan } from './hints.js';

export const can: FamilyDriver<'can'> = defineFamily({
  name: 'can',
  number: AF_CAN,
  hint: 'modprobe can can-raw can-bcm can-isotp can-j1939',
  cure: cureCan,
  explain: explainCan,
  bindHint,
  hasErrorQueue: true,
  encode: encodeCan,
  decode: decodeCan,
  format: formatCan,
  parse: parseCan,
  describe: address => ({ address: formatCan(address) }),
});
