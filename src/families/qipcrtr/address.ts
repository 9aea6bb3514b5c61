/** An address among the processors of a Qualcomm system, as every call returns it. */
export interface QipcrtrAddress {
  /** Tells it from the addresses of other families. */
  readonly family: 'qipcrtr';
  /** The processor; `QRTR_NODE_BCAST` is all of them. */
  readonly node: number;
  /** The port; `QRTR_PORT_CTRL` is the node's name service. */
  readonly port: number;
}

/** The same, as every call takes it. */
export type QipcrtrAddressInput = Omit<QipcrtrAddress, 'family'> & {
  readonly family?: 'qipcrtr' | undefined;
};

declare module '../../address/address.js' {
  interface Families {
    qipcrtr: { address: QipcrtrAddress; input: QipcrtrAddressInput };
  }
}
