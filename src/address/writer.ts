import { invalidValue, isRevoked } from '../errors/argument.js';
import type { AddressInput, FamilyName } from './address.js';
import type { FamilyDriver } from './driver.js';
import { isImmutable } from './immutable.js';

/**
 * Encodes addresses, and caches the last immutable one. A server usually replies to the address that it just received,
 * and every address that this package returns is frozen.
 */
export class AddressWriter<F extends FamilyName> {
  #address: AddressInput<F> | undefined;
  #bytes: Uint8Array | undefined;

  constructor(private readonly driver: FamilyDriver<F>) {}

  /** Returns the encoded address if it is the cached one. This runs no code of the caller. */
  cached(address: AddressInput<F>): Uint8Array | undefined {
    return address === this.#address ? this.#bytes : undefined;
  }

  /** Encodes an address; `undefined` if its host name must be resolved first. */
  write(address: AddressInput<F>): Uint8Array | undefined {
    if (address === this.#address && this.#bytes !== undefined) return this.#bytes;
    try {
      return this.#encode(address);
    } catch (error) {
      throw foreignAddress(address, this.driver.name) ?? error;
    }
  }

  #encode(address: AddressInput<F>): Uint8Array | undefined {
    const { driver } = this;
    if (driver.isResolved !== undefined && !driver.isResolved(address)) return undefined;
    const bytes = driver.encode(address);
    if (driver.isPure?.(address) && isImmutable(address)) {
      this.#address = address;
      this.#bytes = bytes;
    }
    return bytes;
  }
}

/** Keys that only addresses of certain families have. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  host: ['inet', 'inet6', 'rds', 'smc', 'divert'],
  path: ['unix'],
  abstract: ['unix'],
  interface: ['can', 'packet', 'divert'],
  cid: ['vsock', 'bluetooth'],
  groups: ['netlink'],
  node: ['qipcrtr', 'tipc'],
};

/** Returns the error for an address of another family, which its keys identify; `undefined` if it is not one. */
function foreignAddress(address: unknown, family: string): Error | undefined {
  if (typeof address !== 'object' || address === null || isRevoked(address)) return undefined;
  if (Object.hasOwn(address, 'family')) return undefined;
  for (const [key, families] of Object.entries(keysOf)) {
    if (families.includes(family) || !Object.hasOwn(address, key)) continue;
    const others = families.map(name => `'${name}'`).join(' or ');
    return invalidValue('address', `is an address of family ${others}; this socket is '${family}'`, address);
  }
  return undefined;
}
