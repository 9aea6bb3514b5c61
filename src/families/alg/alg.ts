/** AF_ALG: the kernel's cryptography. Documentation/crypto/userspace-if.rst of the kernel. */
import { defineFamily, type Room } from '../../address/registry.js';
import { decodeAlg, encodeAlg, formatAlg, parseAlg } from './address.js';
import { AF_ALG } from './constants.js';

export const alg: Room<'alg'> = defineFamily({
  name: 'alg',
  number: AF_ALG,
  hint: 'modprobe algif_hash algif_skcipher algif_aead algif_rng',
  // With an address to fill in, accept(2) fails with ECONNABORTED: AF_ALG has no getname (crypto/algif_hash.c).
  namesPeers: false,
  encode: encodeAlg,
  decode: decodeAlg,
  format: formatAlg,
  parse: parseAlg,
  describe: address => ({ address: formatAlg(address) }),
});
