/** AF_ALG: the kernel's crypto API. Documentation/crypto/userspace-if.rst in the kernel. */
import type { FamilyDriver } from '../../address/driver.js';
import { decodeAlg, encodeAlg, formatAlg, parseAlg } from './address.js';
import { adviseAlg } from './advice.js';
import { AF_ALG } from './constants.js';

export const alg: FamilyDriver<'alg'> = {
  name: 'alg',
  number: AF_ALG,
  advise: adviseAlg,
  // AF_ALG has no getname, so accept(2) fails with ECONNABORTED if it gets a buffer for an address
  // (crypto/algif_hash.c).
  namesPeers: false,
  encode: encodeAlg,
  decode: decodeAlg,
  format: formatAlg,
  parse: parseAlg,
  describe: address => ({ address: formatAlg(address) }),
};
