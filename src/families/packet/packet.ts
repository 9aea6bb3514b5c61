/** AF_PACKET: link-layer frames of network devices. packet(7). */
import type { FamilyDriver } from '../../address/driver.js';
import { adviceFrom } from '../../errors/advice-table.js';
import { decodePacket, encodePacket, formatPacket, parsePacket } from './address.js';
import { AF_PACKET } from './constants.js';

export const packet: FamilyDriver<'packet'> = {
  name: 'packet',
  number: AF_PACKET,
  advise: adviceFrom([
    { calls: ['socket'], codes: ['EPERM'], text: 'packet sockets need CAP_NET_RAW' },
    {
      calls: ['send'],
      codes: ['ENXIO', 'EDESTADDRREQ', 'ENOTCONN'],
      text: 'the frame has no outgoing interface: set it in the address, or bind() to it',
    },
    { codes: ['ENETDOWN'], text: 'the interface is down: ip link set dev NAME up' },
  ]),
  hasErrorQueue: true,
  encode: encodePacket,
  decode: decodePacket,
  format: formatPacket,
  parse: parsePacket,
  describe: address => ({ address: formatPacket(address) }),
};
