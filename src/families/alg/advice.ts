/** Advice for failed calls on AF_ALG sockets. */
import { readFileSync } from 'node:fs';
import { adviceFrom, moduleRow } from '../../errors/advice-table.js';
import type { Failure } from '../../errors/adviser.js';
import type { AlgAddressInput } from './address.js';

const types = ['hash', 'skcipher', 'aead', 'rng'];

/**
 * Returns whether this kernel restricts programs to a list of algorithms. Since Linux 7 it can, and returns ENOENT for
 * the others.
 */
function isRestricted(): boolean {
  try {
    return readFileSync('/proc/sys/crypto/af_alg_restrict', 'latin1').trim() !== '0';
  } catch {
    return false; // an older kernel
  }
}

/** Explains ENOENT, which the kernel returns both for a type whose module is missing and for an unknown algorithm. */
function missing({ address }: Failure): string {
  const { type, name } = address as AlgAddressInput;
  if (!types.includes(type)) return `the types are ${types.join(', ')}`;
  const none = `this kernel has no ${type} '${name}'; the type needs a kernel module: modprobe algif_${type}`;
  return isRestricted()
    ? `${none}; or the algorithm is restricted: sysctl -w crypto.af_alg_restrict=0`
    : none;
}

/** Returns advice for a failed call on a socket of AF_ALG. */
export const adviseAlg: (failure: Failure) => string | undefined = adviceFrom([
  moduleRow('AF_ALG', ...types.map(type => `algif_${type}`)),
  { calls: ['bind'], codes: ['ENOENT'], when: ({ address }) => address !== undefined, text: missing },
  {
    calls: ['send', 'recv', 'accept'],
    codes: ['ENOKEY'],
    text: 'set a key first: ALG_SET_KEY on the bound socket',
  },
]);
