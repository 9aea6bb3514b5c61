/** AF_QIPCRTR: messages among the processors of a Qualcomm system. net/qrtr of the kernel. */

import type { FamilyDriver } from '../../address/driver.js';
import { numericCodec } from '../../address/numeric.js';
import { defineFamily } from '../../address/registry.js';
import { u32 } from '../../layout/record.js';
import { AF_QIPCRTR } from './constants.js';
import { sockaddr_qrtr } from './layout.js';

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

export const qipcrtr: FamilyDriver<'qipcrtr'> = defineFamily({
  ...numericCodec('qipcrtr', AF_QIPCRTR, sockaddr_qrtr.size, {
    node: u32(sockaddr_qrtr.sq_node),
    port: u32(sockaddr_qrtr.sq_port),
  }),
  hint: 'modprobe qrtr',
});
