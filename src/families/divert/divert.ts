/** AF_DIVERT: packets that FreeBSD's firewall passes to a process. divert(4). */
import type { FamilyDriver } from '../../address/driver.js';
import { adviceFrom } from '../../errors/advice-table.js';
import { decodeDivert, encodeDivert, formatDivert, parseDivert } from './address.js';
import { AF_DIVERT } from './constants.js';
import { sockaddr_in } from './layout.js';

export const divert: FamilyDriver<'divert'> = {
  name: 'divert',
  number: AF_DIVERT,
  says: sockaddr_in.AF_INET,
  advise: adviceFrom([
    {
      calls: ['socket'],
      codes: ['EAFNOSUPPORT', 'EPROTONOSUPPORT'],
      text: 'AF_DIVERT needs a kernel module: kldload ipdivert',
    },
    { calls: ['socket'], codes: ['EPERM', 'EACCES'], text: 'divert sockets need root' },
  ]),
  encode: encodeDivert,
  decode: decodeDivert,
  format: formatDivert,
  parse: parseDivert,
  describe: address => ({ address: formatDivert(address) }),
  isPure: () => true,
};
