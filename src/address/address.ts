/**
 * Socket addresses: frozen plain objects with a string `family`. Each family's folder adds its own to `Families`;
 * nothing else has to change for `Socket<'…'>`, `AddressOf` and `AddressInput` to know it.
 */

/** An address that no family of this package can read: nothing is lost, and it can be sent back as it came. */
export interface UnknownAddress {
  /** What every address has that no family of this package can read. */
  readonly family: 'unknown';
  /** The address family's number (`AF_*`) on this platform. */
  readonly number: number;
  /** The whole socket address after the family number, as the kernel lays it out. */
  readonly bytes: Uint8Array;
}

/** What a family declares of its addresses: what the kernel's become, and what may be written. */
export interface FamilyAddresses {
  readonly address: { readonly family: string };
  readonly input: object;
}

/** The families, by name. Each family augments this interface: that is its registration for the type checker. */
export interface Families {
  unknown: {
    address: UnknownAddress;
    input: Omit<UnknownAddress, 'family'> & { readonly family?: 'unknown' };
  };
}

/** `'inet' | 'inet6' | 'unix' | …` */
export type FamilyName = keyof Families;

/** The address of a family, as every call returns it. */
export type AddressOf<F extends FamilyName> = Families[F]['address'];

/** The address of a family, as every call takes it: `family` and fields with a default may be left out. */
export type AddressInput<F extends FamilyName> = Families[F]['input'];

/** Any address. */
export type SocketAddress = AddressOf<FamilyName>;
