/** AF_QIPCRTR: messages between the processors of a Qualcomm system. net/qrtr in the kernel. */

import type { FamilyDriver } from '../../address/driver.js';
import { numericCodec } from '../../address/numeric.js';
import { adviceFrom, moduleRow } from '../../errors/advice-table.js';
import { u32 } from '../../layout/record.js';
import { AF_QIPCRTR } from './constants.js';
import { sockaddr_qrtr } from './layout.js';

/** The address of a port on a processor of a Qualcomm system, as returned by all calls. */
export interface QipcrtrAddress {
  /** The address family. */
  readonly family: 'qipcrtr';
  /** The number of the processor; `QRTR_NODE_BCAST` for all processors. */
  readonly node: number;
  /** The port; `QRTR_PORT_CTRL` is the name service of the node. */
  readonly port: number;
}

/** An address argument of a socket of this family. */
export type QipcrtrAddressInput = Omit<QipcrtrAddress, 'family'> & {
  readonly family?: 'qipcrtr' | undefined;
};

declare module '../../address/address.js' {
  interface Families {
    qipcrtr: { address: QipcrtrAddress; input: QipcrtrAddressInput };
  }
}

export const qipcrtr: FamilyDriver<'qipcrtr'> = {
  ...numericCodec('qipcrtr', AF_QIPCRTR, sockaddr_qrtr.size, {
    node: u32(sockaddr_qrtr.sq_node),
    port: u32(sockaddr_qrtr.sq_port),
  }),
  advise: adviceFrom([moduleRow('AF_QIPCRTR', 'qrtr')]),
};
