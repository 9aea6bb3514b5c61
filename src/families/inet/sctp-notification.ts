/** The notifications of SCTP, which come among the messages with `MSG_NOTIFICATION` set. RFC 6458 section 6.1. */
import { littleEndian } from '../../address/byte-order.js';
import { type Codec, viewOf } from '../../options/codec.js';
import { type Field, i32, record, u16, u32 } from '../../options/record.js';
import { addressAt } from '../../options/sctp/level.js';
import * as c from './sctp.js';
import * as l from './sctp-layout.js';
import type { SctpNotification } from './sctp-notifications.js';

/** A kind of notification: its structure. */
interface Row {
  readonly kind: SctpNotification['kind'];
  /** The shortest that makes sense, in bytes. */
  readonly size: number;
  decode(bytes: Buffer): object;
}

/** What is beyond the structure, to its end. */
function rest(name: string, size: number, offset: number, fields: Codec<object>): Omit<Row, 'kind'> {
  return {
    size,
    decode: bytes => ({ ...fields.decode(bytes), [name]: Buffer.from(bytes.subarray(offset)) }),
  };
}

const association = i32;

/** A number in network order. */
const network16 = (offset: number): Field<number> => ({
  ...u16(offset),
  read: view => view.getUint16(offset),
});

const head = l.sctp_assoc_change;

const sendFailed = (at: typeof l.sctp_send_failed | typeof l.sctp_send_failed_event): Row => ({
  kind: 'sendFailed',
  ...rest(
    'data',
    at.size,
    at.ssf_data,
    record(at.size, {
      association: association(at.ssf_assoc_id),
      error: u32(at.ssf_error),
      stream: u16(at.ssf_stream),
      sendFlags: u16(at.ssf_info_flags),
      ppid: u32(at.ssf_ppid),
      context: u32(at.ssf_context),
    }),
  ),
});

const rows: ReadonlyMap<number, Row> = new Map<number, Row>([
  [
    c.SCTP_ASSOC_CHANGE,
    {
      kind: 'association',
      ...rest(
        'info',
        head.size,
        head.sac_info,
        record(head.size, {
          association: association(head.sac_assoc_id),
          state: u16(head.sac_state),
          error: u16(head.sac_error),
          outboundStreams: u16(head.sac_outbound_streams),
          inboundStreams: u16(head.sac_inbound_streams),
        }),
      ),
    },
  ],
  [
    c.SCTP_PEER_ADDR_CHANGE,
    {
      kind: 'address',
      ...record(l.sctp_paddr_change.size, {
        association: association(l.sctp_paddr_change.spc_assoc_id),
        address: addressAt(l.sctp_paddr_change.spc_aaddr),
        state: i32(l.sctp_paddr_change.spc_state),
        error: i32(l.sctp_paddr_change.spc_error),
      }),
    },
  ],
  [
    c.SCTP_REMOTE_ERROR,
    {
      kind: 'remoteError',
      ...rest(
        'data',
        l.sctp_remote_error.size,
        l.sctp_remote_error.sre_data,
        record(l.sctp_remote_error.size, {
          association: association(l.sctp_remote_error.sre_assoc_id),
          error: network16(l.sctp_remote_error.sre_error),
        }),
      ),
    },
  ],
  [c.SCTP_SEND_FAILED, sendFailed(l.sctp_send_failed)],
  [c.SCTP_SEND_FAILED_EVENT, sendFailed(l.sctp_send_failed_event)],
  [
    c.SCTP_SHUTDOWN_EVENT,
    {
      kind: 'shutdown',
      ...record(l.sctp_shutdown_event.size, { association: association(l.sctp_shutdown_event.sse_assoc_id) }),
    },
  ],
  [
    c.SCTP_ADAPTATION_INDICATION,
    {
      kind: 'adaptation',
      ...record(l.sctp_adaptation_event.size, {
        association: association(l.sctp_adaptation_event.sai_assoc_id),
        indication: u32(l.sctp_adaptation_event.sai_adaptation_ind),
      }),
    },
  ],
  [
    c.SCTP_PARTIAL_DELIVERY_EVENT,
    {
      kind: 'partialDelivery',
      ...record(l.sctp_pdapi_event.size, {
        association: association(l.sctp_pdapi_event.pdapi_assoc_id),
        indication: u32(l.sctp_pdapi_event.pdapi_indication),
        stream: u32(l.sctp_pdapi_event.pdapi_stream),
        sequence: u32(l.sctp_pdapi_event.pdapi_seq),
      }),
    },
  ],
  [
    c.SCTP_AUTHENTICATION_INDICATION,
    {
      kind: 'authentication',
      ...record(l.sctp_authkey_event.size, {
        association: association(l.sctp_authkey_event.auth_assoc_id),
        key: u16(l.sctp_authkey_event.auth_keynumber),
        alternative: u16(l.sctp_authkey_event.auth_altkeynumber),
        indication: u32(l.sctp_authkey_event.auth_indication),
      }),
    },
  ],
  [
    c.SCTP_SENDER_DRY_EVENT,
    {
      kind: 'senderDry',
      ...record(l.sctp_sender_dry_event.size, {
        association: association(l.sctp_sender_dry_event.sender_dry_assoc_id),
      }),
    },
  ],
  [
    c.SCTP_STREAM_RESET_EVENT,
    { kind: 'streamReset', size: l.sctp_stream_reset_event.size, decode: streamReset },
  ],
  [
    c.SCTP_ASSOC_RESET_EVENT,
    {
      kind: 'associationReset',
      ...record(l.sctp_assoc_reset_event.size, {
        association: association(l.sctp_assoc_reset_event.assocreset_assoc_id),
        localTsn: u32(l.sctp_assoc_reset_event.assocreset_local_tsn),
        remoteTsn: u32(l.sctp_assoc_reset_event.assocreset_remote_tsn),
      }),
    },
  ],
  [
    c.SCTP_STREAM_CHANGE_EVENT,
    {
      kind: 'streamChange',
      ...record(l.sctp_stream_change_event.size, {
        association: association(l.sctp_stream_change_event.strchange_assoc_id),
        inboundStreams: u16(l.sctp_stream_change_event.strchange_instrms),
        outboundStreams: u16(l.sctp_stream_change_event.strchange_outstrms),
      }),
    },
  ],
]);

function streamReset(bytes: Buffer): object {
  const at = l.sctp_stream_reset_event;
  const view = viewOf(bytes);
  const count = Math.floor((bytes.length - at.strreset_stream_list) / 2);
  return {
    association: view.getInt32(at.strreset_assoc_id, littleEndian),
    streams: Object.freeze(
      Array.from({ length: count }, (_, i) => view.getUint16(at.strreset_stream_list + 2 * i, littleEndian)),
    ),
  };
}

/**
 * Reads a notification: what was received with `MSG_NOTIFICATION` among the message’s flags.
 *
 * ```ts
 * const { data, flags } = await socket.recvmsg(65536);
 * if (flags & MSG_NOTIFICATION) console.log(parseSctpNotification(data));
 * ```
 *
 * @returns `undefined` for one that is not known, or was cut
 * @see RFC 6458 section 6.1
 */
export function parseSctpNotification(data: Buffer): SctpNotification | undefined {
  if (data.length < head.sac_state) return undefined;
  const view = viewOf(data);
  const row = rows.get(view.getUint16(head.sac_type, littleEndian));
  const length = view.getUint32(head.sac_length, littleEndian);
  if (row === undefined || length < row.size || length > data.length) return undefined;
  const flags = view.getUint16(head.sac_flags, littleEndian);
  const values = row.decode(data.subarray(0, length));
  return Object.freeze({ kind: row.kind, flags, ...values }) as unknown as SctpNotification;
}
