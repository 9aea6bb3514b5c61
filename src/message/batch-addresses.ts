/** Addresses of batches. Datagrams come in runs from one peer and go in runs to one: the last one is remembered. */
import type { AddressInput, AddressOf, FamilyName } from '../address/address.js';
import type { Room } from '../address/registry.js';
import { outOfRange } from '../errors/argument.js';
import type { BatchMemory } from './batch-memory.js';

/** Reads senders, making one object of the same bytes. */
export class SenderCache<F extends FamilyName> {
  #bytes = new Uint8Array(0);
  #address: AddressOf<F> | null = null;

  read(memory: BatchMemory, i: number): AddressOf<F> | null {
    const length = memory.nameLength(i);
    if (length === this.#bytes.length && memory.isNamed(i, this.#bytes)) return this.#address;
    this.#address = memory.address(i) as AddressOf<F> | null;
    this.#bytes = memory.name(i).slice();
    return this.#address;
  }
}

/** Lays receivers out for the kernel. */
export class ReceiverCache<F extends FamilyName> {
  #address: object | undefined;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly room: Room<F>,
    private readonly most: number,
  ) {}

  encode(address: AddressInput<F> | AddressOf<F>): Uint8Array {
    // Only what is frozen is surely what it was the last time.
    if (address === this.#address && Object.isFrozen(address)) return this.#bytes;
    const bytes = this.room.encode(address as AddressInput<F>);
    if (bytes.length > this.most) {
      throw outOfRange('address', `at most ${this.most} bytes long in a batch`, bytes.length);
    }
    this.#address = address;
    this.#bytes = bytes;
    return bytes;
  }
}
