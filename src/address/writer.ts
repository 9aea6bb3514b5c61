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
