import type { AddressInput, FamilyName } from './address.js';
import type { Room } from './registry.js';

/**
 * Writes the `sockaddr` of addresses, remembering the last one that cannot change: a server mostly answers the address
 * that it has just been given, and every address that we give is frozen.
 */
export class AddressWriter<F extends FamilyName> {
  #address: AddressInput<F> | undefined;
  #bytes: Uint8Array | undefined;

  constructor(private readonly room: Room<F>) {}

  /** The bytes of an address; `undefined` for one whose host has to be looked up. */
  write(address: AddressInput<F>): Uint8Array | undefined {
    if (address === this.#address && this.#bytes !== undefined) return this.#bytes;
    const { room } = this;
    if (room.isResolved !== undefined && !room.isResolved(address)) return undefined;
    const bytes = room.encode(address);
    if (room.isPure?.(address) && isConstant(address)) {
      this.#address = address;
      this.#bytes = bytes;
    }
    return bytes;
  }
}

/** Whether nobody can change what the address says: bytes can be written to even in a frozen object. */
function isConstant(address: object): boolean {
  return Object.isFrozen(address) && Object.values(address).every(value => typeof value !== 'object');
}
