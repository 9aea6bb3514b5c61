/** Options of RDS sockets, level SOL_RDS. rds(7) of rds-tools. */

import { driverOf } from '../address/registry.js';
import { SOL_RDS } from '../constants/socket.js';
import { AF_INET } from '../families/inet/constants.js';
import { sockaddr_in } from '../families/inet/layout.js';
import * as constants from '../families/rds/constants.js';
import type { RdsAddressInput } from '../families/rds/rds.js';
import type { Codec } from '../layout/codec.js';
import { boolean, uint32 } from '../layout/numbers.js';
import { defineLevel } from './level.js';
import type { Option, WriteOnlyOption } from './option.js';

const rds = defineLevel({ constants, level: SOL_RDS, families: ['rds'], man: 'rds(7) of rds-tools' });

const destination: Codec<unknown, RdsAddressInput> = {
  type: '{ host, port }',
  size: sockaddr_in.size,
  encode: value => driverOf(AF_INET).encode(value as never),
  decode: () => undefined,
};

/** Drops all messages to one address that are not yet sent or acknowledged. */
export const cancelSentTo: WriteOnlyOption<RdsAddressInput, 'rds'> = rds.writeOnly(
  'RDS_CANCEL_SENT_TO',
  destination,
);

/** Reports the completion of remote memory transfers (RDMA), with the control message `RDS_CMSG_RDMA_STATUS`. */
export const recverr: Option<boolean, 'rds'> = rds.readWrite('RDS_RECVERR', boolean);

/**
 * Reports when a congested port is ready again, with the control message `rdsCongestion` on an empty message. Until
 * then, sending to the port fails with `ENOBUFS`.
 */
export const congMonitor: WriteOnlyOption<boolean, 'rds'> = rds.writeOnly('RDS_CONG_MONITOR', boolean);

/** The transport: `RDS_TRANS_IB`, `RDS_TRANS_TCP`. Set it before bind(). */
export const transport: Option<number, 'rds'> = rds.readWrite('SO_RDS_TRANSPORT', uint32, {
  note: '4294967295 (RDS_TRANS_NONE) if none was chosen',
});
