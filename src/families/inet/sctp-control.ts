/** The control messages of SCTP. RFC 6458 section 5.3. */

import type { Codec } from '../../layout/codec.js';
import { ipv4, ipv6 } from '../../layout/ip.js';
import { short } from '../../layout/numbers.js';
import { optional, record, single, u16, u32 } from '../../layout/record.js';
import {
  type Control,
  type ControlFacts,
  defineControl,
  defineReceived,
  type Receivable,
} from '../../message/codec.js';
import { IPPROTO_SCTP } from './constants.js';
import {
  SCTP_AUTHINFO,
  SCTP_DSTADDRV4,
  SCTP_DSTADDRV6,
  SCTP_INIT,
  SCTP_NXTINFO,
  SCTP_PRINFO,
  SCTP_RCVINFO,
  SCTP_SNDINFO,
  SCTP_SNDRCV,
} from './sctp.js';
import { sctp_nxtinfo, sctp_prinfo, sctp_rcvinfo, sctp_sndrcvinfo } from './sctp-layout.js';
import {
  associationAt,
  type InitMessage,
  initMessageCodec,
  type OfAssociation,
  type SendInfo,
  sendInfoCodec,
} from './sctp-structures.js';

function facts(name: string, type: number, option?: string): ControlFacts {
  return { name, level: IPPROTO_SCTP, type, man: 'RFC 6458', option };
}

/**
 * The parameters of the association that a message starts. A field that is omitted or 0 has the value of the socket
 * (`sctp.initmsg`). Send only, with the first message of a one-to-many socket to a peer.
 *
 * @throws TypeError or RangeError that names the field
 * @see RFC 6458 section 5.3.1
 */
export const sctpInit: Control<InitMessage, [init: Partial<InitMessage>]> = defineControl(
  facts('SCTP_INIT', SCTP_INIT),
  initMessageCodec,
);

/**
 * The stream, the flags and the payload protocol of a message. Send only. The default of each field is 0.
 *
 * ```ts
 * await socket.sendmsg({ data, control: [sctpSndinfo({ stream: 3, flags: SCTP_UNORDERED })] });
 * ```
 *
 * @throws TypeError or RangeError that names the field
 * @see RFC 6458 section 5.3.4
 */
export const sctpSndinfo: Control<SendInfo, [info: Partial<SendInfo>]> = defineControl(
  facts('SCTP_SNDINFO', SCTP_SNDINFO),
  sendInfoCodec,
);

/** The properties of a received message. */
export interface ReceiveInfo extends OfAssociation {
  /** The number of the stream. */
  readonly stream: number;
  /** The stream sequence number of the message. */
  readonly ssn: number;
  /** `SCTP_UNORDERED`, or 0. */
  readonly flags: number;
  /** The payload protocol identifier as the peer sent it, without conversion of the byte order. */
  readonly ppid: number;
  /** The transmission sequence number (TSN) of one of the chunks of the message. */
  readonly tsn: number;
  /** The cumulative TSN: all chunks up to it were received. */
  readonly cumtsn: number;
  /** The value that `sctp.context` set for the association. */
  readonly context: number;
}

const receiveCodec: Codec<ReceiveInfo> = record<ReceiveInfo>(sctp_rcvinfo.size, {
  association: associationAt(sctp_rcvinfo.rcv_assoc_id),
  stream: u16(sctp_rcvinfo.rcv_sid),
  ssn: u16(sctp_rcvinfo.rcv_ssn),
  flags: u16(sctp_rcvinfo.rcv_flags),
  ppid: u32(sctp_rcvinfo.rcv_ppid),
  tsn: u32(sctp_rcvinfo.rcv_tsn),
  cumtsn: u32(sctp_rcvinfo.rcv_cumtsn),
  context: u32(sctp_rcvinfo.rcv_context),
});

/**
 * The properties of a received message: its stream, sequence number, payload protocol and association.
 *
 * Enable it with `setOption(sctp.recvrcvinfo, true)`.
 *
 * @see RFC 6458 section 5.3.5
 */
export const sctpRcvinfo: Receivable<ReceiveInfo> = defineReceived(
  facts('SCTP_RCVINFO', SCTP_RCVINFO, 'SCTP_RECVRCVINFO'),
  receiveCodec,
);

/** The properties of the next message. */
export interface NextInfo extends OfAssociation {
  /** The number of the stream. */
  readonly stream: number;
  /** `SCTP_UNORDERED`, or `MSG_NOTIFICATION` if it is a notification. */
  readonly flags: number;
  /** The payload protocol identifier as the peer sent it. */
  readonly ppid: number;
  /** The number of bytes received so far. */
  readonly length: number;
}

const nextCodec: Codec<NextInfo> = record<NextInfo>(sctp_nxtinfo.size, {
  association: associationAt(sctp_nxtinfo.nxt_assoc_id),
  stream: u16(sctp_nxtinfo.nxt_sid),
  flags: u16(sctp_nxtinfo.nxt_flags),
  ppid: u32(sctp_nxtinfo.nxt_ppid),
  length: u32(sctp_nxtinfo.nxt_length),
});

/**
 * The stream and the length of the message after this one, if it was already received.
 *
 * Enable it with `setOption(sctp.recvnxtinfo, true)`.
 *
 * @see RFC 6458 section 5.3.6
 */
export const sctpNxtinfo: Receivable<NextInfo> = defineReceived(
  facts('SCTP_NXTINFO', SCTP_NXTINFO, 'SCTP_RECVNXTINFO'),
  nextCodec,
);

/** The limit after which a message is abandoned. */
export interface MessageReliability {
  /** The policy, one of the `SCTP_PR_SCTP_` constants. */
  readonly policy: number;
  /** The limit in milliseconds, as a number of retransmissions, or as a priority, according to the policy. */
  readonly value: number;
}

/**
 * The limit after which the message is abandoned (RFC 3758): a time or a number of retransmissions. Send only, since
 * Linux 4.20.
 *
 * @throws TypeError or RangeError that names the field
 * @see RFC 6458 section 5.3.7
 */
export const sctpPrinfo: Control<MessageReliability> = defineControl(
  { ...facts('SCTP_PRINFO', SCTP_PRINFO), since: '4.20' },
  record<MessageReliability>(sctp_prinfo.size, {
    policy: u16(sctp_prinfo.pr_policy),
    value: u32(sctp_prinfo.pr_value),
  }),
);

/**
 * The number of the key that authenticates the message (RFC 4895). Send only, since Linux 4.20.
 *
 * @throws TypeError or RangeError that names `SCTP_AUTHINFO`
 * @see RFC 6458 section 5.3.8
 */
export const sctpAuthinfo: Control<number> = defineControl(
  { ...facts('SCTP_AUTHINFO', SCTP_AUTHINFO), since: '4.20' },
  short(2),
);

/**
 * An additional IPv4 address of the peer, with the first message. Send only, since Linux 4.20.
 *
 * @throws TypeError that names `SCTP_DSTADDRV4`
 * @see RFC 6458 section 5.3.9
 */
export const sctpDstaddrv4: Control<string> = defineControl(
  { ...facts('SCTP_DSTADDRV4', SCTP_DSTADDRV4), since: '4.20' },
  single('IPv4 address', ipv4(0)),
);

/**
 * An additional IPv6 address of the peer, with the first message. Send only, since Linux 4.20.
 *
 * @throws TypeError that names `SCTP_DSTADDRV6`
 * @see RFC 6458 section 5.3.10
 */
export const sctpDstaddrv6: Control<string> = defineControl(
  { ...facts('SCTP_DSTADDRV6', SCTP_DSTADDRV6), since: '4.20' },
  single('IPv6 address', ipv6(0)),
);

/** The properties of a sent or received message. */
export interface SendReceiveInfo extends ReceiveInfo {
  /** When sending, the number of milliseconds after which the message is abandoned; 0 for never. */
  readonly timeToLive: number;
}

/**
 * The older form of {@link sctpSndinfo} and {@link sctpRcvinfo} in one control message, from before RFC 6458. The
 * default of each field is 0.
 *
 * Enable it with `setOption(sctp.events, { dataIo: true })`.
 *
 * @throws TypeError or RangeError that names the field
 * @see RFC 6458 section 5.3.2
 */
export const sctpSndrcv: Control<SendReceiveInfo, [info: Partial<SendReceiveInfo>]> = defineControl(
  facts('SCTP_SNDRCV', SCTP_SNDRCV, 'SCTP_EVENTS'),
  record<SendReceiveInfo, Partial<SendReceiveInfo>>(sctp_sndrcvinfo.size, {
    association: associationAt(sctp_sndrcvinfo.sinfo_assoc_id),
    stream: optional(u16(sctp_sndrcvinfo.sinfo_stream), 0),
    ssn: optional(u16(sctp_sndrcvinfo.sinfo_ssn), 0),
    flags: optional(u16(sctp_sndrcvinfo.sinfo_flags), 0),
    ppid: optional(u32(sctp_sndrcvinfo.sinfo_ppid), 0),
    context: optional(u32(sctp_sndrcvinfo.sinfo_context), 0),
    timeToLive: optional(u32(sctp_sndrcvinfo.sinfo_timetolive), 0),
    tsn: optional(u32(sctp_sndrcvinfo.sinfo_tsn), 0),
    cumtsn: optional(u32(sctp_sndrcvinfo.sinfo_cumtsn), 0),
  }),
);
