/** How J1939 transfers get on, as the error queue tells it. Documentation/networking/j1939.rst. */

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
 * What became of a message. Of one that is sent: it, or the next piece of it, went to the interface (`'scheduled'`), the
 * receiver has all of it (`'acknowledged'`), it was given up (`'sendAborted'`). Of one that is received: its sender asked
 * to send it (`'announced'`), another block of a long one is on its way (`'receiving'`), it was given up
 * (`'receiveAborted'`).
 */
export type J1939Stage =
  | 'scheduled'
  | 'acknowledged'
  | 'sendAborted'
  | 'announced'
  | 'receiving'
  | 'receiveAborted';

/** A message of which only the announcement has come. */
export interface J1939Announcement {
  /** How long it is, in bytes. */
  readonly size: number;
  /** Its parameter group number. */
  readonly pgn: number;
  /** The NAME of its sender; 0 where the kernel knows none. */
  readonly sourceName: bigint;
  /** The address of its sender. */
  readonly sourceAddress: number;
  /** The NAME of its receiver; 0 where the kernel knows none. */
  readonly destName: bigint;
  /** The address of its receiver. */
  readonly destAddress: number;
}

/** News of a J1939 transfer. */
export interface J1939Progress {
  /** What became of the message. */
  readonly stage: J1939Stage;
  /** Which of the socket's messages, counted from 0; 0 without `SOF_TIMESTAMPING_OPT_ID`. Of what is sent. */
  readonly message: number;
  /** How many bytes have arrived so far; of an announcement, `null`. */
  readonly bytes: number | null;
  /** The message that is announced; `null` at any other stage. */
  readonly announcement: J1939Announcement | null;
  /** Why it was given up: `'EHOSTUNREACH'`, …; `null` where it was not. */
  readonly code: string | null;
}

/** Of what is sent, the stages that have a timestamp. */
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
 * What an item of the error queue says of a J1939 transfer; `undefined` if it is about something else.
 *
 * ```ts
 * socket.setOption(canJ1939.errqueue, true);
 * socket.setOption(so.timestamping, { flags: SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_TX_ACK });
 * await socket.sendto(data, 0, address);
 * console.log(j1939Progress(await socket.recvError())?.stage); // 'acknowledged'
 * ```
 *
 * Which stages are told is up to `so.timestamping`: `SOF_TIMESTAMPING_TX_SCHED`, `SOF_TIMESTAMPING_TX_ACK`,
 * `SOF_TIMESTAMPING_RX_SOFTWARE` for what is received; what was given up in sending is told without any.
 *
 * @param item what `recvError` or `readErrorQueue` gave
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
