/** The notifications of SCTP, which come among the messages with `MSG_NOTIFICATION` set. RFC 6458 section 6.1, RFC 6525 section 6.1. */
import type { Codec } from '../../layout/codec.js';
import { inputBytes } from '../../layout/parse-input.js';
import { i32, network16, record, u16, u32 } from '../../layout/record.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import * as c from './sctp.js';
import * as l from './sctp-layout.js';
import { addressAt, type SctpAddress } from './sctp-structures.js';

/** What every notification says. */
interface OfKind<Kind extends string> {
  /** What it is about. */
  readonly kind: Kind;
  /** Flags of its kind: `SCTP_DATA_SENT`, `SCTP_STREAM_RESET_OUTGOING_SSN`, … */
  readonly flags: number;
  /** The association that it is about. */
  readonly association: number;
}

/** `SCTP_ASSOC_CHANGE`: an association began or ended. */
export interface AssociationChange extends OfKind<'association'> {
  /** `SCTP_COMM_UP`, `SCTP_COMM_LOST`, `SCTP_RESTART`, `SCTP_SHUTDOWN_COMP` or `SCTP_CANT_STR_ASSOC`. */
  readonly state: number;
  /** The reason in SCTP’s own numbering; 0 for none. */
  readonly error: number;
  /** How many streams there are to send on. */
  readonly outboundStreams: number;
  /** How many streams there are to receive from. */
  readonly inboundStreams: number;
  /** The ABORT chunk of an association that was lost; else empty, or what the peer supports. */
  readonly info: Buffer;
}

/** `SCTP_PEER_ADDR_CHANGE`: an address of the peer came, went or changed. */
export interface PeerAddressChange extends OfKind<'address'> {
  /** The address. */
  readonly address: SctpAddress | null;
  /** One of `SCTP_ADDR_`. */
  readonly state: number;
  /** The reason, where there is one; 0 for none. */
  readonly error: number;
}

/** `SCTP_REMOTE_ERROR`: the peer tells of an error. */
export interface RemoteError extends OfKind<'remoteError'> {
  /** The cause, RFC 9260 section 3.3.10. */
  readonly error: number;
  /** The whole of the error as it came. */
  readonly data: Buffer;
}

/** `SCTP_SEND_FAILED_EVENT` or, of before RFC 6458, `SCTP_SEND_FAILED`: a message could not be sent. */
export interface SendFailed extends OfKind<'sendFailed'> {
  /** The reason in SCTP’s own numbering; 0 for none. */
  readonly error: number;
  /** The stream that it was for. */
  readonly stream: number;
  /** The flags that it was to be sent with. */
  readonly sendFlags: number;
  /** The payload’s protocol. */
  readonly ppid: number;
  /** The number that the program gave it. */
  readonly context: number;
  /** The message itself. */
  readonly data: Buffer;
}

/** `SCTP_SHUTDOWN_EVENT`: the peer sends no more, and takes no more. */
export interface PeerShutdown extends OfKind<'shutdown'> {}

/** `SCTP_ADAPTATION_INDICATION`: what the peer says it is. */
export interface AdaptationIndication extends OfKind<'adaptation'> {
  /** What the peer set with `sctp.adaptationLayer`. */
  readonly indication: number;
}

/** `SCTP_PARTIAL_DELIVERY_EVENT`: the rest of a message that came in pieces is lost. */
export interface PartialDelivery extends OfKind<'partialDelivery'> {
  /** `SCTP_PARTIAL_DELIVERY_ABORTED`. */
  readonly indication: number;
  /** The stream that it came on. */
  readonly stream: number;
  /** Its number in the stream. */
  readonly sequence: number;
}

/** `SCTP_AUTHENTICATION_INDICATION`: a key came or went out of use. */
export interface AuthenticationChange extends OfKind<'authentication'> {
  /** The number of the key. */
  readonly key: number;
  /** The number of the key before it. */
  readonly alternative: number;
  /** `SCTP_AUTH_NEW_KEY`, `SCTP_AUTH_FREE_KEY` or `SCTP_AUTH_NO_AUTH`. */
  readonly indication: number;
}

/** `SCTP_SENDER_DRY_EVENT`: all that was sent is acknowledged. */
export interface SenderDry extends OfKind<'senderDry'> {}

/** `SCTP_STREAM_RESET_EVENT`: streams began anew, or could not. */
export interface StreamReset extends OfKind<'streamReset'> {
  /** The streams; all, where there are none. */
  readonly streams: readonly number[];
}

/** `SCTP_ASSOC_RESET_EVENT`: all streams and the numbering of chunks began anew. */
export interface AssociationReset extends OfKind<'associationReset'> {
  /** The number of our next chunk. */
  readonly localTsn: number;
  /** The number of the peer’s next chunk. */
  readonly remoteTsn: number;
}

/** `SCTP_STREAM_CHANGE_EVENT`: streams were added. */
export interface StreamChange extends OfKind<'streamChange'> {
  /** How many streams there are to receive from now. */
  readonly inboundStreams: number;
  /** How many streams there are to send on now. */
  readonly outboundStreams: number;
}

/** A notification, by its `kind`. */
export type SctpNotification =
  | AssociationChange
  | PeerAddressChange
  | RemoteError
  | SendFailed
  | PeerShutdown
  | AdaptationIndication
  | PartialDelivery
  | AuthenticationChange
  | SenderDry
  | StreamReset
  | AssociationReset
  | StreamChange;

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
export function parseSctpNotification(input: Uint8Array): SctpNotification | undefined {
  const data = inputBytes(input, 'data');
  if (data.length < head.sac_state) return undefined;
  const view = viewOf(data);
  const row = rows.get(view.getUint16(head.sac_type, littleEndian));
  const length = view.getUint32(head.sac_length, littleEndian);
  if (row === undefined || length < row.size || length > data.length) return undefined;
  const flags = view.getUint16(head.sac_flags, littleEndian);
  const values = row.decode(data.subarray(0, length));
  return Object.freeze({ kind: row.kind, flags, ...values }) as unknown as SctpNotification;
}
