/** Options of TIPC sockets, level SOL_TIPC. The TIPC programmer’s guide, https://tipc.io. */
import { SOL_TIPC } from '../constants/socket.js';
import * as constants from '../families/tipc/constants.js';
import { tipc_group_req } from '../families/tipc/layout.js';
import { asymmetric, type Codec, nothing } from '../layout/codec.js';
import { boolean, natural, range, uint32 } from '../layout/numbers.js';
import { optional, record, u32 } from '../layout/record.js';
import { defineLevel } from './level.js';
import type { Option, OptionCodec, ReadOnlyOption, WriteOnlyOption } from './option.js';

const tipc = defineLevel({ constants, level: SOL_TIPC, families: ['tipc'], man: 'https://tipc.io' });

/** The importance of sent messages: one of `TIPC_LOW_IMPORTANCE` to `TIPC_CRITICAL_IMPORTANCE`. */
export const importance: Option<number, 'tipc'> = tipc.readWrite('TIPC_IMPORTANCE', range(0, 3));

/** Whether messages may be dropped when the link is congested. */
export const srcDroppable: Option<boolean, 'tipc'> = tipc.readWrite('TIPC_SRC_DROPPABLE', boolean);

/**
 * Whether messages that cannot be delivered are dropped instead of returned. The default is true on connectionless
 * sockets and false on others. The control message `tipcReturned` of a returned message contains the reason.
 */
export const destDroppable: Option<boolean, 'tipc'> = tipc.readWrite('TIPC_DEST_DROPPABLE', boolean);

/** The timeout of connect(), in milliseconds. */
export const connTimeout: Option<number, 'tipc'> = tipc.readWrite('TIPC_CONN_TIMEOUT', uint32);

/** Always 0. It exists for old programs. */
export const nodeRecvqDepth: ReadOnlyOption<number, 'tipc'> = tipc.readOnly('TIPC_NODE_RECVQ_DEPTH', natural);

/** The number of messages in the receive queue. */
export const sockRecvqDepth: ReadOnlyOption<number, 'tipc'> = tipc.readOnly('TIPC_SOCK_RECVQ_DEPTH', natural);

/** The number of bytes in the receive queue. */
export const sockRecvqUsed: ReadOnlyOption<number, 'tipc'> = tipc.readOnly('TIPC_SOCK_RECVQ_USED', natural);

/** A codec that passes neither a value nor memory: these options refuse any. */
const nothingAtAll: OptionCodec<void> = { ...nothing, passing: 'null' };

/** Sends multicast messages as broadcasts to all nodes. */
export const mcastBroadcast: WriteOnlyOption<void, 'tipc'> = tipc.writeOnly(
  'TIPC_MCAST_BROADCAST',
  nothingAtAll,
);

/** Sends multicast messages as copies to each node that needs them. */
export const mcastReplicast: WriteOnlyOption<void, 'tipc'> = tipc.writeOnly(
  'TIPC_MCAST_REPLICAST',
  nothingAtAll,
);

/** Sends small messages immediately. */
export const nodelay: WriteOnlyOption<boolean, 'tipc'> = tipc.writeOnly('TIPC_NODELAY', boolean, {
  since: '5.5',
});

/** A group of sockets that can send to each other. */
export interface TipcGroup {
  /** The group number: 64 or more. */
  readonly type: number;
  /** The number of this member. */
  readonly instance: number;
  /** `TIPC_CLUSTER_SCOPE` by default, or `TIPC_NODE_SCOPE`. */
  readonly scope?: number | undefined;
  /** `TIPC_GROUP_LOOPBACK`, `TIPC_GROUP_MEMBER_EVTS`. */
  readonly flags?: number | undefined;
}

const group: Codec<TipcGroup> = record<TipcGroup>(tipc_group_req.size, {
  type: u32(tipc_group_req.type),
  instance: u32(tipc_group_req.instance),
  scope: optional(u32(tipc_group_req.scope), constants.TIPC_CLUSTER_SCOPE),
  flags: optional(u32(tipc_group_req.flags), 0),
});

/** Joins a group. Reading returns the group number, 0 for none. */
export const groupJoin: Option<number, 'tipc', TipcGroup> = tipc.readWrite(
  'TIPC_GROUP_JOIN',
  asymmetric(uint32, group),
);

/** Leaves the group. */
export const groupLeave: WriteOnlyOption<void, 'tipc'> = tipc.writeOnly('TIPC_GROUP_LEAVE', nothingAtAll);
