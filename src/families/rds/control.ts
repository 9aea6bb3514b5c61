/** The control messages of AF_RDS. rds(7). */
import { SOL_RDS } from '../../constants/socket.js';
import { uint64 } from '../../layout/numbers.js';
import { defineReceived, type Receivable } from '../../message/codec.js';
import { RDS_CMSG_CONG_UPDATE } from './constants.js';

/**
 * A mask of 64 bits that reports ports that are no longer congested. The bit of a port is `1n << BigInt(port % 64)`, so
 * several ports share a bit. It arrives with an empty message after a send failed with `ENOBUFS`, if `rds.congMonitor`
 * is set.
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
