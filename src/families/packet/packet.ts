/** AF_PACKET: frames, to and from a network device itself. packet(7). */
import type { FamilyDriver } from '../../address/driver.js';
import { defineFamily } from '../../address/registry.js';
import { decodePacket, encodePacket, formatPacket, parsePacket } from './address.js';
import { AF_PACKET } from './constants.js';

export const packet: FamilyDriver<'packet'> = defineFamily({
  name: 'packet',
  number: AF_PACKET,
  hint: 'needs CAP_NET_RAW',
  hasErrorQueue: true,
  encode: encodePacket,
  decode: decodePacket,
  format: formatPacket,
  parse: parsePacket,
  describe: address => ({ address: formatPacket(address) }),
});
