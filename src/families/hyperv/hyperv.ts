/** AF_HYPERV: sockets between a Windows host and its virtual machines. hvsocket.h. */
import type { FamilyDriver } from '../../address/driver.js';
import { adviceFrom } from '../../errors/advice-table.js';
import { decodeHyperv, encodeHyperv, formatHyperv, parseHyperv } from './address.js';
import { AF_HYPERV } from './constants.js';

export const hyperv: FamilyDriver<'hyperv'> = {
  name: 'hyperv',
  number: AF_HYPERV,
  advise: adviceFrom([
    { calls: ['socket'], codes: ['EAFNOSUPPORT'], text: 'AF_HYPERV needs Windows 10 or later with Hyper-V' },
  ]),
  encode: encodeHyperv,
  decode: decodeHyperv,
  format: formatHyperv,
  parse: parseHyperv,
  describe: address => ({ address: formatHyperv(address) }),
  isPure: () => true,
};
