/** The control messages of AF_TIPC: where a message was sent to, and why one has come back. The TIPC programmer’s guide. */
import { SOL_TIPC } from '../../constants/socket.js';
import { record, u32 } from '../../layout/record.js';
import { defineReader, defineReceived, type Receivable, type SpaceOf } from '../../message/codec.js';
import { CMSG_SPACE } from '../../message/control.js';
import { TIPC_DESTNAME, TIPC_ERRINFO, TIPC_RETDATA } from './constants.js';
import { tipc_service_range } from './layout.js';

const MAN = 'https://docs.tipc.io';
const WORD = 4;

/** What became of a message that has come back. */
export interface TipcReturned {
  /** Why: one of `TIPC_ERR_NO_NAME` to `TIPC_ERR_OVERLOAD`, or `TIPC_CONN_SHUTDOWN`. */
  readonly code: number;
  /** How much of its data has come back, in bytes: see {@link tipcReturnedData}. */
  readonly length: number;
}

/**
 * Why a message of ours has come back: it could not be delivered, or the connection has ended. It comes with a message
 * that is empty. Sockets without connections drop such messages instead, unless `tipc.destDroppable` is set to false.
 *
 * @see https://docs.tipc.io, TIPC_ERRINFO
 */
export const tipcReturned: Receivable<TipcReturned> = defineReceived(
  { name: 'TIPC_ERRINFO', level: SOL_TIPC, type: TIPC_ERRINFO, man: MAN },
  record<TipcReturned>(2 * WORD, { code: u32(0), length: u32(WORD) }),
);

/**
 * The data of the message that has come back, at most 1 KiB of it. `tipcReturnedData.space(n)` is the space for `n` bytes.
 *
 * @see https://docs.tipc.io, TIPC_RETDATA
 */
export const tipcReturnedData: Receivable<Buffer, SpaceOf> = defineReader(
  { name: 'TIPC_RETDATA', level: SOL_TIPC, type: TIPC_RETDATA, man: MAN },
  CMSG_SPACE,
  data => data,
);

/** Instances of a service that a message was sent to. */
export interface TipcDestination {
  /** The service's type. */
  readonly type: number;
  /** The first instance, and the last: the same, unless it was sent to a range. */
  readonly lower: number;
  /** The last instance. */
  readonly upper: number;
}

/**
 * The name that a message was sent to, or that a connection was made to: one socket may offer many. It comes by itself
 * where a message was sent by name.
 *
 * @see https://docs.tipc.io, TIPC_DESTNAME
 */
export const tipcDestination: Receivable<TipcDestination> = defineReceived(
  { name: 'TIPC_DESTNAME', level: SOL_TIPC, type: TIPC_DESTNAME, man: MAN },
  record<TipcDestination>(tipc_service_range.size, {
    type: u32(tipc_service_range.type),
    lower: u32(tipc_service_range.lower),
    upper: u32(tipc_service_range.upper),
  }),
);
