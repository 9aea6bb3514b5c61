/** The interface between sockets and address families: one driver object per family. */
import type { Failure } from '../errors/adviser.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import type { AddressInput, AddressOf, FamilyName } from './address.js';

/** The properties that an address adds to an error: `address`, and `port` if the family has ports. */
export interface Peer {
  readonly address: string;
  readonly port?: number | undefined;
}

/** The driver of one address family: everything that sockets need from it. */
export interface FamilyDriver<F extends FamilyName = FamilyName> {
  /** The `family` of its addresses. */
  readonly name: F;
  /** The `AF_` number on this platform; the number of an absent constant if the platform lacks the family. */
  readonly number: number;
  /** The family number in the kernel’s addresses, if it differs from `number`. */
  readonly says?: number;
  /**
   * Returns the driver of sockets with this type and protocol if their addresses differ from those of the other sockets
   * of the family.
   */
  variant?(type: number, protocol: number): FamilyDriver<F> | undefined;
  /** Returns advice for a failed call on a socket of this family; `undefined` if the general table should be used. */
  advise?(failure: Failure): string | undefined;
  /** Checks an address and encodes it as the kernel's `sockaddr`. */
  encode(address: AddressInput<F>): Uint8Array;
  /** Decodes the first `length` bytes of the kernel's `sockaddr`; `undefined` if they are not a valid address. */
  decode(bytes: Uint8Array, length: number): AddressOf<F> | undefined;
  /** Formats an address as one line of text, which `parse` can read. */
  format(address: AddressOf<F>): string;
  /** Parses text to an address; `undefined` if it is not an address of this family. */
  parse(text: string): AddressOf<F> | undefined;
  /** Returns the properties that the address adds to an error. */
  describe(address: AddressInput<F>): Peer;
  /** Resolves the host name of an address to a number. A driver without host names does not have this method. */
  resolve?(address: AddressInput<F>, wait: WaitOptions): Promise<AddressInput<F>>;
  /** The Sync form of `resolve`. */
  resolveSync?(address: AddressInput<F>): AddressInput<F>;
  /** Whether the host of an address is numeric, so that `resolve` is not needed. */
  isResolved?(address: AddressInput<F>): boolean;
  /**
   * Whether an address always encodes to the same bytes. An address with an interface name does not, because an
   * interface can be replaced.
   */
  isPure?(address: AddressInput<F>): boolean;
  /**
   * The longest `sockaddr` that system calls accept, if they accept every shorter one that the kernel has written. The kernel
   * writes one byte more than they accept for a path without a NUL (net/unix/af_unix.c, unix_mkname_bsd).
   */
  readonly longestName?: number;
  /** Whether the sockets have an error queue (`MSG_ERRQUEUE`). The kernel ignores the flag on other sockets. */
  readonly hasErrorQueue?: boolean;
  /** Whether accept(2) can return the peer’s address; true if absent. */
  readonly namesPeers?: boolean;
  /** Whether connect(2) must be called again when the connection is established (see socket/connect.ts). */
  connectsTwice?(type: number): boolean;
  /** Whether the integer value of an option has 64 bits instead of 32. */
  hasWideOption?(level: number, name: number): boolean;
  /** Whether a short read means that the receive queue is empty (see reactor/lane.ts). */
  shortReadMeansDrained?(type: number, protocol: number): boolean;
}
