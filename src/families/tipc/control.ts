/** The control messages of AF_TIPC. The TIPC programmer’s guide. */
import { SOL_TIPC } from '../../constants/socket.js';
import { record, u32 } from '../../layout/record.js';
import { defineReader, defineReceived, type Receivable, type SpaceOf } from '../../message/codec.js';
import { CMSG_SPACE } from '../../message/control.js';
import { TIPC_DESTNAME, TIPC_ERRINFO, TIPC_RETDATA } from './constants.js';
import { tipc_service_range } from './layout.js';

const MAN = 'https://docs.tipc.io';
const WORD = 4;

/** The reason why a sent message was returned. */
export interface TipcReturned {
  /** The error code: `TIPC_ERR_NO_NAME` to `TIPC_ERR_OVERLOAD`, or `TIPC_CONN_SHUTDOWN`. */
  readonly code: number;
  /** The number of bytes of its data that were returned: see {@link tipcReturnedData}. */
  readonly length: number;
}

/**
 * The reason why a sent message was returned: it could not be delivered, or the connection has ended. It arrives with
 * an empty message. Connectionless sockets drop such messages unless `tipc.destDroppable` is `false`.
 *
 * @see https://docs.tipc.io, TIPC_ERRINFO
 */
export const tipcReturned: Receivable<TipcReturned> = defineReceived(
  { name: 'TIPC_ERRINFO', level: SOL_TIPC, type: TIPC_ERRINFO, man: MAN },
  record<TipcReturned>(2 * WORD, { code: u32(0), length: u32(WORD) }),
);

/**
 * The data of a returned message, at most 1 KiB. `tipcReturnedData.space(n)` returns the space for `n` bytes.
 *
 * @see https://docs.tipc.io, TIPC_RETDATA
 */
export const tipcReturnedData: Receivable<Buffer, SpaceOf> = defineReader(
  { name: 'TIPC_RETDATA', level: SOL_TIPC, type: TIPC_RETDATA, man: MAN },
  CMSG_SPACE,
  data => data,
);

/** The service instances that a message was sent to. */
export interface TipcDestination {
  /** The type of the service. */
  readonly type: number;
  /** The first instance. It equals `upper` unless the message was sent to a range. */
  readonly lower: number;
  /** The last instance. */
  readonly upper: number;
}

/**
 * The service name that a message was sent to, or that a connection was made to. A socket can have several names.
 * Delivered automatically with messages that were sent to a name.
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
