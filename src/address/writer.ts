import { invalidValue } from '../errors/argument.js';
import type { AddressInput, FamilyName } from './address.js';
import type { FamilyDriver } from './driver.js';
import { isImmutable } from './immutable.js';

/**
 * Writes the `sockaddr` of addresses, remembering the last one that cannot change: a server mostly answers the address
 * that it has just been given, and every address that we give is frozen.
 */
export class AddressWriter<F extends FamilyName> {
  #address: AddressInput<F> | undefined;
  #bytes: Uint8Array | undefined;

  constructor(private readonly driver: FamilyDriver<F>) {}

  /** The bytes of an address; `undefined` for one whose host has to be looked up. */
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
  host: ['inet', 'inet6', 'rds', 'smc'],
  path: ['unix'],
  abstract: ['unix'],
  interface: ['can', 'packet'],
  cid: ['vsock'],
  groups: ['netlink'],
  bdaddr: ['bluetooth'],
  node: ['qipcrtr', 'tipc'],
};

/** Returns the error for an address of another family, as its keys show; `undefined` where they do not, or it names one. */
function foreignAddress(address: unknown, family: string): Error | undefined {
  if (typeof address !== 'object' || address === null || Object.hasOwn(address, 'family')) return undefined;
  for (const [key, families] of Object.entries(keysOf)) {
    if (families.includes(family) || !Object.hasOwn(address, key)) continue;
    const others = families.map(name => `'${name}'`).join(' or ');
    return invalidValue('address', `is an address of family ${others}; this socket is '${family}'`, address);
  }
  return undefined;
}
