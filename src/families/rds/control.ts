/** The control messages of AF_RDS. rds(7). */
import { SOL_RDS } from '../../constants/socket.js';
import { uint64 } from '../../layout/numbers.js';
import { defineReceived, type Receivable } from '../../message/codec.js';
import { RDS_CMSG_CONG_UPDATE } from './constants.js';

/**
 * Ports that were congested and are no longer: 64 bits, that of a port is `1n << BigInt(port % 64)`, so a port may be
 * woken for another's sake. It comes with a message that is empty, once `rds.congMonitor` is set and sending was `ENOBUFS`.
 *
 * @see rds(7), RDS_CMSG_CONG_UPDATE
 */
export const rdsCongestion: Receivable<bigint> = defineReceived(
  {
    name: 'RDS_CMSG_CONG_UPDATE',
    level: SOL_RDS,
    type: RDS_CMSG_CONG_UPDATE,
    man: 'rds(7)',
    option: 'RDS_CONG_MONITOR',
  },
  uint64,
);
