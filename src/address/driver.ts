/** What the package has to know about an address family: one driver object per family. */
import type { Failure } from '../errors/advice.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import type { AddressInput, AddressOf, FamilyName } from './address.js';

/** What an address adds to an error: `address`, and `port` where the family has ports. */
export interface Peer {
  readonly address: string;
  readonly port?: number | undefined;
}

/** One address family: everything the sockets have to know about it. */
export interface FamilyDriver<F extends FamilyName = FamilyName> {
  /** The name that its addresses carry. */
  readonly name: F;
  /** Its `AF_` number on this platform; the number of an absent constant where the platform lacks the family. */
  readonly number: number;
  /** The number that the kernel wants and writes in its addresses, where that is another family's. */
  readonly says?: number;
  /** Returns advice for a failed call on a socket of this family; `undefined` where the general table has it. */
  advise?(failure: Failure): string | undefined;
  /** Checks an address and lays it out as the kernel's `sockaddr`. */
  encode(address: AddressInput<F>): Uint8Array;
  /** Reads the kernel's `sockaddr`, `length` bytes of it; `undefined` where the bytes make no sense. */
  decode(bytes: Uint8Array, length: number): AddressOf<F> | undefined;
  /** One line of text that `parse` reads back. */
  format(address: AddressOf<F>): string;
  /** The address in `text`, or `undefined` when it is not one of this family. */
  parse(text: string): AddressOf<F> | undefined;
  /** What an error says of the address. */
  describe(address: AddressInput<F>): Peer;
  /** The address with its host name replaced by a number; a driver without host names has none. */
  resolve?(address: AddressInput<F>, wait: WaitOptions): Promise<AddressInput<F>>;
  /** The same, blocking. */
  resolveSync?(address: AddressInput<F>): AddressInput<F>;
  /** Whether `resolve` would have anything to do. */
  isResolved?(address: AddressInput<F>): boolean;
  /** Whether an address always has the same bytes. One that names an interface has not: interfaces come and go. */
  isPure?(address: AddressInput<F>): boolean;
  /** Whether its sockets have an error queue (`MSG_ERRQUEUE`); the kernel's others take the flag for none. */
  readonly hasErrorQueue?: boolean;
  /** Whether accept(2) may ask who connected; true where absent. */
  readonly namesPeers?: boolean;
  /** Whether connect(2) has to be called again when the connection is made (see socket/operations/connect.ts). */
  connectsTwice?(type: number): boolean;
  /** Whether the integer of an option has 64 bits and not 32. */
  hasWideOption?(level: number, name: number): boolean;
  /** Whether a short read from such a socket means that nothing is left to read (see reactor/lane.ts). */
  shortReadMeansDrained?(type: number, protocol: number): boolean;
}
