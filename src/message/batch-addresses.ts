import type { AddressOf, FamilyName } from '../address/address.js';
import { isImmutable } from '../address/immutable.js';
import type { BatchMemory } from './batch-memory.js';

/**
 * Reads the senders of a batch's messages, making one object of the same bytes: datagrams come in runs from a peer. An
 * address with bytes in it is made anew each time.
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
