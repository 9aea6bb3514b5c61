/**
 * Socket addresses: frozen plain objects with a string `family`. The folder of each family adds its address types to
 * `Families`. `Socket<'…'>`, `AddressOf` and `AddressInput` are derived from it.
 */

/**
 * An address of a family that this package does not support. It contains all bytes, so it can be sent back unchanged.
 */
export interface UnknownAddress {
  /** Identifies an address of an unsupported family. */
  readonly family: 'unknown';
  /** The address family's number (`AF_*`) on this platform. */
  readonly number: number;
  /** The bytes of the socket address after the family number, in the kernel’s layout. */
  readonly bytes: Uint8Array;
}

/** The address types of a family: as calls return them, and as calls take them. */
export interface FamilyAddresses {
  readonly address: { readonly family: string };
  readonly input: object;
}

/** The address types of all families, by name. Each family augments this interface to register its types. */
export interface Families {
  unknown: {
    address: UnknownAddress;
    input: Omit<UnknownAddress, 'family'> & { readonly family?: 'unknown' };
  };
}

/** `'inet' | 'inet6' | 'unix' | …` */
export type FamilyName = keyof Families;

/** The address of a family, as calls return it. */
export type AddressOf<F extends FamilyName> = Families[F]['address'];

/** The address of a family, as calls take it: `family` and fields with a default can be omitted. */
export type AddressInput<F extends FamilyName> = Families[F]['input'];

/** Any address. */
export type SocketAddress = AddressOf<FamilyName>;

/** An address that has a port. Only raw and ping sockets accept one without. */
export type WithPort<A extends { readonly port?: number | undefined }> = A & { readonly port: number };
