/** AF_QIPCRTR: messages among the processors of a Qualcomm system. net/qrtr of the kernel. */

import type { FamilyDriver } from '../../address/driver.js';
import { recordCodec } from '../../address/record.js';
import { defineFamily } from '../../address/registry.js';
import { adviceFrom, moduleRow } from '../../errors/advice-table.js';
import './address.js';
import { AF_QIPCRTR } from './constants.js';
import { sockaddr_qrtr } from './layout.js';

export const qipcrtr: FamilyDriver<'qipcrtr'> = defineFamily({
  ...recordCodec('qipcrtr', AF_QIPCRTR, sockaddr_qrtr.size, {
    node: { offset: sockaddr_qrtr.sq_node },
    port: { offset: sockaddr_qrtr.sq_port },
  }),
  advise: adviceFrom([moduleRow('AF_QIPCRTR', 'qrtr')]),
});
