import { addressLength, shared } from '../binding.js';
import { copyOf } from '../layout/small.js';
import type { AddressOf, FamilyName } from './address.js';
import type { FamilyDriver } from './driver.js';
import { isImmutable } from './immutable.js';
import { decodeAddress } from './registry.js';

/**
 * Decodes the address that the kernel wrote to shared memory, and caches the last one. Successive datagrams often have
 * the same sender, and comparing its few bytes costs a tenth of creating the same frozen object again. An address with
 * bytes in it is decoded every time, because its receiver can change the bytes.
 */
export class AddressReader<F extends FamilyName> {
  #length = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #address: AddressOf<F> | null = null;

  constructor(private readonly driver: FamilyDriver<F>) {}

  read(): AddressOf<F> | null {
    const length = addressLength();
    if (length === this.#length && this.#isSame(length)) return this.#address;
    const address = decodeAddress(shared.address, length, this.driver) as AddressOf<F> | null;
    if (address !== null && !isImmutable(address)) return address;
    this.#address = address;
    this.#length = length;
    this.#bytes = copyOf(shared.address, 0, length); // new bytes: a call can still hold the last
    return address;
  }

  /**
   * Returns the `sockaddr` of the address that was read last, so that a server that replies to each sender encodes no
   * address. `undefined` for any other address, and if system calls might not accept what the kernel has written. This runs no
   * code of the caller.
   */
  bytesOf(address: unknown): Uint8Array | undefined {
    const last = this.#address;
    if (last === null || address !== last || this.driver.isPure?.(last as never) !== true) return undefined;
    return this.#length <= (this.driver.longestName ?? 0) ? this.#bytes : undefined;
  }

  #isSame(length: number): boolean {
    const bytes = this.#bytes;
    const now = shared.address;
    for (let i = 0; i < length; i++) if (bytes[i] !== now[i]) return false;
    return true;
  }
}
