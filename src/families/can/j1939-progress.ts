/** The progress of J1939 transfers, from the error queue. Documentation/networking/j1939.rst. */

import { SCM_TSTAMP_ACK, SCM_TSTAMP_SCHED } from '../../constants/socket.js';
import { checkObject } from '../../errors/argument.js';
import {
  attributeNumber,
  type NetlinkAttributes,
  parseNetlinkAttributes,
} from '../../layout/netlink-attributes.js';
import { littleEndian } from '../../layout/view.js';
import type { QueuedError } from '../../message/error-queue.js';
import {
  J1939_EE_INFO_RX_ABORT,
  J1939_EE_INFO_RX_DPO,
  J1939_EE_INFO_RX_RTS,
  J1939_EE_INFO_TX_ABORT,
  J1939_NLA_BYTES_ACKED,
  J1939_NLA_DEST_ADDR,
  J1939_NLA_DEST_NAME,
  J1939_NLA_PGN,
  J1939_NLA_SRC_ADDR,
  J1939_NLA_SRC_NAME,
  J1939_NLA_TOTAL_SIZE,
} from './constants.js';
import { j1939Error } from './control.js';

/**
 * The stage of a transfer.
 *
 * When sending: `'scheduled'`, the message or its next piece was passed to the interface; `'acknowledged'`, the
 * receiver has the whole message; `'sendAborted'`, the transfer failed.
 *
 * When receiving: `'announced'`, the sender requested the transfer; `'receiving'`, the next block of a long message is
 * being transferred; `'receiveAborted'`, the transfer failed.
 */
export type J1939Stage =
  | 'scheduled'
  | 'acknowledged'
  | 'sendAborted'
  | 'announced'
  | 'receiving'
  | 'receiveAborted';

/** A message that was announced and not yet received. */
export interface J1939Announcement {
  /** The size of the message, in bytes. */
  readonly size: number;
  /** The parameter group number of the message. */
  readonly pgn: number;
  /** The NAME of the sender; 0 if the kernel does not have it. */
  readonly sourceName: bigint;
  /** The address of the sender. */
  readonly sourceAddress: number;
  /** The NAME of the receiver; 0 if the kernel does not have it. */
  readonly destName: bigint;
  /** The address of the receiver. */
  readonly destAddress: number;
}

/** The progress of a J1939 transfer. */
export interface J1939Progress {
  /** The stage of the transfer. */
  readonly stage: J1939Stage;
  /** The number of the sent message on this socket, from 0. It is 0 without `SOF_TIMESTAMPING_OPT_ID`. */
  readonly message: number;
  /** The number of bytes transferred so far; `null` for an announcement. */
  readonly bytes: number | null;
  /** The announced message; `null` at all other stages. */
  readonly announcement: J1939Announcement | null;
  /** The code of the failure, such as `'EHOSTUNREACH'`; `null` if the transfer did not fail. */
  readonly code: string | null;
}

/** The stages of sending that have a timestamp. */
const sent: ReadonlyMap<number, J1939Stage> = new Map([
  [SCM_TSTAMP_SCHED, 'scheduled'],
  [SCM_TSTAMP_ACK, 'acknowledged'],
]);

const others: ReadonlyMap<number, J1939Stage> = new Map([
  [J1939_EE_INFO_TX_ABORT, 'sendAborted'],
  [J1939_EE_INFO_RX_RTS, 'announced'],
  [J1939_EE_INFO_RX_DPO, 'receiving'],
  [J1939_EE_INFO_RX_ABORT, 'receiveAborted'],
]);

function readAnnouncement(attributes: NetlinkAttributes): J1939Announcement {
  const number = (type: number): number => attributeNumber(attributes.get(type)) ?? 0;
  const name = (type: number): bigint => {
    const bytes = attributes.get(type);
    if (bytes?.length !== 8) return 0n;
    return littleEndian ? bytes.readBigUInt64LE() : bytes.readBigUInt64BE();
  };
  return Object.freeze({
    size: number(J1939_NLA_TOTAL_SIZE),
    pgn: number(J1939_NLA_PGN),
    sourceName: name(J1939_NLA_SRC_NAME),
    sourceAddress: number(J1939_NLA_SRC_ADDR),
    destName: name(J1939_NLA_DEST_NAME),
    destAddress: number(J1939_NLA_DEST_ADDR),
  });
}

/**
 * Decodes an item of the error queue. Returns `undefined` if the item does not describe a J1939 transfer.
 *
 * ```ts
 * socket.setOption(canJ1939.errqueue, true);
 * socket.setOption(so.timestamping, { flags: SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_TX_ACK });
 * await socket.sendto(data, address);
 * console.log(j1939Progress(await socket.recvError())?.stage); // 'acknowledged'
 * ```
 *
 * The flags of `so.timestamping` select the stages: `SOF_TIMESTAMPING_TX_SCHED` and `SOF_TIMESTAMPING_TX_ACK` for
 * sending, `SOF_TIMESTAMPING_RX_SOFTWARE` for receiving. A failed send is reported without any flag.
 *
 * @param item an item from `recvError` or `readErrorQueue`
 * @see Documentation/networking/j1939.rst
 */
export function j1939Progress(item: QueuedError): J1939Progress | undefined {
  const { control, packet } = checkObject(item, 'item') as QueuedError;
  const error = j1939Error.find(control);
  if (error === undefined) return undefined;
  const { origin, info, data, code } = error;
  const stage = (origin === 'timestamping' ? sent : others).get(info);
  if (stage === undefined) return undefined;
  const attributes = parseNetlinkAttributes(packet);
  const isAnnounced = stage === 'announced';
  return Object.freeze({
    stage,
    message: data,
    bytes: attributeNumber(attributes.get(J1939_NLA_BYTES_ACKED)) ?? null,
    announcement: isAnnounced ? readAnnouncement(attributes) : null,
    code: stage.endsWith('Aborted') ? code : null,
  });
}
