/** What the notifications of SCTP say. RFC 6458 section 6.1, RFC 6525 section 6.1. */
import type { SctpAddress } from '../../options/sctp/level.js';

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
