/**
 * The notifications of SCTP, received as messages with the flag `MSG_NOTIFICATION`. RFC 6458 section 6.1, RFC 6525
 * section 6.1.
 */
import type { Codec } from '../../layout/codec.js';
import { inputBytes } from '../../layout/memory.js';
import { i32, network16, record, u16, u32 } from '../../layout/record.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import * as c from './sctp.js';
import * as l from './sctp-layout.js';
import { addressAt, type SctpAddress } from './sctp-structures.js';

/** The fields of all notifications. */
interface OfKind<Kind extends string> {
  /** The kind of the notification. */
  readonly kind: Kind;
  /** The flags, according to the kind: `SCTP_DATA_SENT`, `SCTP_STREAM_RESET_OUTGOING_SSN`, … */
  readonly flags: number;
  /** The association. */
  readonly association: number;
}

/** `SCTP_ASSOC_CHANGE`: an association began or ended. */
export interface AssociationChange extends OfKind<'association'> {
  /** `SCTP_COMM_UP`, `SCTP_COMM_LOST`, `SCTP_RESTART`, `SCTP_SHUTDOWN_COMP` or `SCTP_CANT_STR_ASSOC`. */
  readonly state: number;
  /** The SCTP error code; 0 if there is none. */
  readonly error: number;
  /** The number of outbound streams. */
  readonly outboundStreams: number;
  /** The number of inbound streams. */
  readonly inboundStreams: number;
  /** The ABORT chunk if the association was lost; otherwise the features that the peer supports, or empty. */
  readonly info: Buffer;
}

/** `SCTP_PEER_ADDR_CHANGE`: an address of the peer was added, removed, or changed its state. */
export interface PeerAddressChange extends OfKind<'address'> {
  /** The address. */
  readonly address: SctpAddress | null;
  /** The state, one of the `SCTP_ADDR_` constants. */
  readonly state: number;
  /** The error code; 0 if there is none. */
  readonly error: number;
}

/** `SCTP_REMOTE_ERROR`: the peer reported an error. */
export interface RemoteError extends OfKind<'remoteError'> {
  /** The cause: RFC 9260 section 3.3.10. */
  readonly error: number;
  /** The complete error chunk as received. */
  readonly data: Buffer;
}

/** `SCTP_SEND_FAILED_EVENT`, or its older form `SCTP_SEND_FAILED`: a message could not be sent. */
export interface SendFailed extends OfKind<'sendFailed'> {
  /** The SCTP error code; 0 if there is none. */
  readonly error: number;
  /** The stream of the message. */
  readonly stream: number;
  /** The flags of the message. */
  readonly sendFlags: number;
  /** The payload protocol identifier. */
  readonly ppid: number;
  /** The context value that the program set for the message. */
  readonly context: number;
  /** The message. */
  readonly data: Buffer;
}

/** `SCTP_SHUTDOWN_EVENT`: the peer shut down the association, so neither side can send more data. */
export interface PeerShutdown extends OfKind<'shutdown'> {}

/** `SCTP_ADAPTATION_INDICATION`: the adaptation layer of the peer. */
export interface AdaptationIndication extends OfKind<'adaptation'> {
  /** The value that the peer set with `sctp.adaptationLayer`. */
  readonly indication: number;
}

/** `SCTP_PARTIAL_DELIVERY_EVENT`: the rest of a partially delivered message is lost. */
export interface PartialDelivery extends OfKind<'partialDelivery'> {
  /** `SCTP_PARTIAL_DELIVERY_ABORTED`. */
  readonly indication: number;
  /** The stream of the message. */
  readonly stream: number;
  /** The stream sequence number of the message. */
  readonly sequence: number;
}

/** `SCTP_AUTHENTICATION_INDICATION`: a key was activated or is no longer used. */
export interface AuthenticationChange extends OfKind<'authentication'> {
  /** The number of the key. */
  readonly key: number;
  /** The number of the previous key. */
  readonly alternative: number;
  /** `SCTP_AUTH_NEW_KEY`, `SCTP_AUTH_FREE_KEY` or `SCTP_AUTH_NO_AUTH`. */
  readonly indication: number;
}

/** `SCTP_SENDER_DRY_EVENT`: the peer acknowledged all data. */
export interface SenderDry extends OfKind<'senderDry'> {}

/** `SCTP_STREAM_RESET_EVENT`: streams were reset, or could not be. */
export interface StreamReset extends OfKind<'streamReset'> {
  /** The streams; empty for all streams. */
  readonly streams: readonly number[];
}

/** `SCTP_ASSOC_RESET_EVENT`: all streams and the TSNs were reset. */
export interface AssociationReset extends OfKind<'associationReset'> {
  /** The next TSN of this side. */
  readonly localTsn: number;
  /** The next TSN of the peer. */
  readonly remoteTsn: number;
}

/** `SCTP_STREAM_CHANGE_EVENT`: the number of streams changed. */
export interface StreamChange extends OfKind<'streamChange'> {
  /** The number of inbound streams now. */
  readonly inboundStreams: number;
  /** The number of outbound streams now. */
  readonly outboundStreams: number;
}

/** A notification. `kind` determines the other fields. */
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

/** The structure of a kind of notification. */
interface Row {
  readonly kind: SctpNotification['kind'];
  /** The minimum size, in bytes. */
  readonly size: number;
  decode(bytes: Buffer): object;
}

/** Decodes the fields and the data after them, to the end of the notification. */
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
 * Parses a notification: a message that was received with the flag `MSG_NOTIFICATION`.
 *
 * ```ts
 * const { data, flags } = await socket.recvmsg(65536);
 * if (flags & MSG_NOTIFICATION) console.log(parseSctpNotification(data));
 * ```
 *
 * @returns `undefined` if the notification is unknown or truncated
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
