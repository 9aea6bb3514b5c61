import { checkAddress, writeFamily } from '../../address/registry.js';
import { sockaddr_storage } from '../../constants/layout.js';
import { checkInteger } from '../../errors/argument.js';
import { nameBytes, readText } from '../../layout/text.js';
import { joinFields, numberFields, splitFields } from '../../layout/text-fields.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import { AF_ALG } from './constants.js';
import { sockaddr_alg, sockaddr_alg_new } from './layout.js';

/** An algorithm of the kernel's crypto API, as returned by all calls. */
export interface AlgAddress {
  /** The address family. */
  readonly family: 'alg';
  /** `'hash'`, `'skcipher'`, `'aead'` or `'rng'`. */
  readonly type: string;
  /**
   * The name of the algorithm with its mode, or the name of a driver: `'sha256'`, `'hmac(sha256)'`, `'cbc(aes)'`. At
   * most 103 bytes. /proc/crypto lists the algorithms that are loaded.
   */
  readonly name: string;
  /** The `CRYPTO_ALG_` flags that the algorithm must have, under `mask`. Usually 0. */
  readonly feature: number;
  /** The bits of `feature` that the kernel compares. Usually 0. */
  readonly mask: number;
}

/** An address argument of an AF_ALG socket. `feature` and `mask` are 0 by default. */
export interface AlgAddressInput {
  /** Optional; the default is the family of the socket. */
  readonly family?: 'alg' | undefined;
  /** `'hash'`, `'skcipher'`, `'aead'` or `'rng'`. */
  readonly type: string;
  /** The name of the algorithm with its mode: `'sha256'`, `'cbc(aes)'`. */
  readonly name: string;
  /** The `CRYPTO_ALG_` flags that the algorithm must have, under `mask`; 0 by default. */
  readonly feature?: number | undefined;
  /** The bits of `feature` that the kernel compares; 0 by default. */
  readonly mask?: number | undefined;
}

declare module '../../address/address.js' {
  interface Families {
    alg: { address: AlgAddress; input: AlgAddressInput };
  }
}

/**
 * The longest name. Since Linux 4.15 a name can extend beyond struct sockaddr_alg, up to the size of sockaddr_storage.
 */
const LONGEST_NAME = sockaddr_storage.size - sockaddr_alg_new.salg_name;

/** Encodes struct sockaddr_alg, or sockaddr_alg_new for a long name (include/uapi/linux/if_alg.h). */
export function encodeAlg(address: AlgAddressInput): Uint8Array {
  const { type, name, feature = 0, mask = 0 } = checkAddress<'alg'>(address, 'alg');
  const types = nameBytes(type, 'address.type', sockaddr_alg.salg_type_size);
  const names = nameBytes(name, 'address.name', LONGEST_NAME);
  const bytes = new Uint8Array(Math.max(sockaddr_alg.size, sockaddr_alg_new.size + names.length + 1));
  const view = viewOf(bytes);
  writeFamily(bytes, AF_ALG);
  bytes.set(types, sockaddr_alg.salg_type);
  bytes.set(names, sockaddr_alg.salg_name);
  view.setUint32(
    sockaddr_alg.salg_feat,
    checkInteger(feature, 'address.feature', 0, 0xffffffff),
    littleEndian,
  );
  view.setUint32(sockaddr_alg.salg_mask, checkInteger(mask, 'address.mask', 0, 0xffffffff), littleEndian);
  return bytes;
}

export function decodeAlg(bytes: Uint8Array, length: number): AlgAddress | undefined {
  if (length < sockaddr_alg.salg_name) return undefined;
  const view = viewOf(bytes, length);
  return Object.freeze({
    family: 'alg',
    type: readText(bytes, sockaddr_alg.salg_type, sockaddr_alg.salg_type + sockaddr_alg.salg_type_size),
    name: readText(bytes, sockaddr_alg.salg_name, length),
    feature: view.getUint32(sockaddr_alg.salg_feat, littleEndian),
    mask: view.getUint32(sockaddr_alg.salg_mask, littleEndian),
  });
}

/** Formats an address: `alg:hash:hmac(sha256):0:0`. */
export function formatAlg({ type, name, feature = 0, mask = 0 }: AlgAddressInput): string {
  return joinFields('alg', type, name, feature, mask);
}

export function parseAlg(text: string): AlgAddress | undefined {
  const [type, name, ...rest] = splitFields(text, 'alg', 4) ?? [];
  const numbers = numberFields(rest, 0xffffffff);
  if (type === undefined || name === undefined || numbers?.length !== 2) return undefined;
  return Object.freeze({ family: 'alg', type, name, feature: numbers[0]!, mask: numbers[1]! });
}
