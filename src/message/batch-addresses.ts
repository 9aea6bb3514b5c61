import type { AddressOf, FamilyName } from '../address/address.js';
import { isImmutable } from '../address/immutable.js';
import type { BatchMemory } from './batch-memory.js';

/**
 * Decodes the senders of a batch's messages, and returns the same object for the same bytes. Successive datagrams often
 * have the same sender. An address with bytes in it is decoded every time.
 */
export class SenderCache<F extends FamilyName> {
  #bytes = new Uint8Array(0);
  #address: AddressOf<F> | null = null;

  read(memory: BatchMemory, i: number): AddressOf<F> | null {
    const length = memory.nameLength(i);
    if (length === this.#bytes.length && memory.isNamed(i, this.#bytes)) return this.#address;
    const address = memory.address(i) as AddressOf<F> | null;
    if (address !== null && !isImmutable(address)) return address;
    this.#address = address;
    this.#bytes = memory.name(i).slice();
    return address;
  }
}
