/** AF_ALG: the kernel's cryptography. Documentation/crypto/userspace-if.rst of the kernel. */
import { defineFamily, type Room } from '../../address/registry.js';
import { type AlgAddressInput, decodeAlg, encodeAlg, formatAlg, parseAlg } from './address.js';
import { AF_ALG } from './constants.js';

const types = ['hash', 'skcipher', 'aead', 'rng'];

/** The kernel says ENOENT of a type whose module is missing and of an algorithm that it does not have alike. */
function whyNot(code: string, { type, name }: AlgAddressInput): string | undefined {
  if (code !== 'ENOENT') return undefined;
  if (!types.includes(type)) return `the types are ${types.join(', ')}`;
  return `no ${type} '${name}' in this kernel, or modprobe algif_${type}`;
}

export const alg: Room<'alg'> = defineFamily({
  name: 'alg',
  number: AF_ALG,
  hint: 'modprobe algif_hash algif_skcipher algif_aead algif_rng',
  // With an address to fill in, accept(2) fails with ECONNABORTED: AF_ALG has no getname (crypto/algif_hash.c).
  namesPeers: false,
  bindHint: whyNot,
  encode: encodeAlg,
  decode: decodeAlg,
  format: formatAlg,
  parse: parseAlg,
  describe: address => ({ address: formatAlg(address) }),
});
