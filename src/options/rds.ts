/** Options of RDS sockets, level SOL_RDS. rds(7) of rds-tools. */

import { roomOf } from '../address/registry.js';
import { SOL_RDS } from '../constants/socket.js';
import type { InetAddressInput } from '../families/inet/address.js';
import { AF_INET } from '../families/inet/constants.js';
import { sockaddr_in } from '../families/inet/layout.js';
import * as constants from '../families/rds/constants.js';
import { boolean, type Codec, natural, uint32 } from './codec.js';
import { defineLevel } from './level.js';
import type { Option, WriteOnlyOption } from './option.js';

const rds = defineLevel({ constants, level: SOL_RDS, families: ['rds'], man: 'rds(7) of rds-tools' });

const destination: Codec<unknown, InetAddressInput> = {
  type: '{ host, port }',
  size: sockaddr_in.size,
  encode: value => roomOf(AF_INET).encode(value as never),
  decode: () => undefined,
};

/** Drops all messages to one address that are not yet acknowledged. */
export const cancelSentTo: WriteOnlyOption<InetAddressInput, 'rds'> = rds.writeOnly(
  'RDS_CANCEL_SENT_TO',
  destination,
);

/** Whether the end of transfers is told in the error queue. */
export const recverr: Option<boolean, 'rds'> = rds.readWrite('RDS_RECVERR', boolean);

/** Which ports' congestion is told: a group of bits. */
export const congMonitor: WriteOnlyOption<number, 'rds'> = rds.writeOnly('RDS_CONG_MONITOR', natural);

/** What carries the messages: `RDS_TRANS_IB`, `RDS_TRANS_TCP`; before bind. */
export const transport: Option<number, 'rds'> = rds.readWrite('SO_RDS_TRANSPORT', uint32, {
  note: '4294967295 (RDS_TRANS_NONE) where none was chosen',
});
