/** An address among a host and its virtual machines, as every call returns it. */
export interface VsockAddress {
  /** Tells it from the addresses of other families. */
  readonly family: 'vsock';
  /** The machine: `VMADDR_CID_HOST` (2), `VMADDR_CID_LOCAL` (1), `VMADDR_CID_ANY`, or a guest's number. */
  readonly cid: number;
  /** The port, 32 bits; `VMADDR_PORT_ANY` lets the kernel choose. */
  readonly port: number;
  /** `VMADDR_FLAG_TO_HOST`: by way of the host, to another of its guests; only where it is set. Since Linux 5.11. */
  readonly flags?: number | undefined;
}

/** The same, as every call takes it. */
export type VsockAddressInput = Omit<VsockAddress, 'family'> & { readonly family?: 'vsock' | undefined };

declare module '../../address/address.js' {
  interface Families {
    vsock: { address: VsockAddress; input: VsockAddressInput };
  }
}
