/** AF_ALG: the kernel's cryptography. Documentation/crypto/userspace-if.rst of the kernel. */
import { readFileSync } from 'node:fs';
import type { FamilyDriver } from '../../address/driver.js';
import { defineFamily } from '../../address/registry.js';
import { type AlgAddressInput, decodeAlg, encodeAlg, formatAlg, parseAlg } from './address.js';
import { AF_ALG } from './constants.js';

const types = ['hash', 'skcipher', 'aead', 'rng'];

/** Since Linux 7 a kernel may give programs only the algorithms of a list, and say of the others that it has none. */
function isRestricted(): boolean {
  try {
    return readFileSync('/proc/sys/crypto/af_alg_restrict', 'latin1').trim() !== '0';
  } catch {
    return false; // an older kernel
  }
}

/** The kernel says ENOENT of a type whose module is missing and of an algorithm that it does not have alike. */
function whyNot(code: string, { type, name }: AlgAddressInput): string | undefined {
  if (code !== 'ENOENT') return undefined;
  if (!types.includes(type)) return `the types are ${types.join(', ')}`;
  const none = `no ${type} '${name}' in this kernel, or modprobe algif_${type}`;
  return isRestricted() ? `${none}, or sysctl crypto.af_alg_restrict=0` : none;
}

export const alg: FamilyDriver<'alg'> = defineFamily({
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
