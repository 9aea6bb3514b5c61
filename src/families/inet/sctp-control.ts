/** The control messages of SCTP: how a message is sent, and what it says of itself. RFC 6458 section 5.3. */

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
 * What the association that a message begins starts with; what is left out or 0 is the socket’s (`sctp.initmsg`). Sent only,
 * with the first message of a one-to-many socket to a peer.
 *
 * @throws TypeError or RangeError naming the field
 * @see RFC 6458 section 5.3.1
 */
export const sctpInit: Control<InitMessage, [init: Partial<InitMessage>]> = defineControl(
  facts('SCTP_INIT', SCTP_INIT),
  initMessageCodec,
);

/**
 * The stream that a message is sent on, its flags and its payload’s protocol. Sent only; what is left out is 0.
 *
 * ```ts
 * await socket.sendmsg({ data, control: [sctpSndinfo({ stream: 3, flags: SCTP_UNORDERED })] });
 * ```
 *
 * @throws TypeError or RangeError naming the field
 * @see RFC 6458 section 5.3.4
 */
export const sctpSndinfo: Control<SendInfo, [info: Partial<SendInfo>]> = defineControl(
  facts('SCTP_SNDINFO', SCTP_SNDINFO),
  sendInfoCodec,
);

/** What a message says of itself. */
export interface ReceiveInfo extends OfAssociation {
  /** The stream that it came on. */
  readonly stream: number;
  /** Its number in the stream. */
  readonly ssn: number;
  /** `SCTP_UNORDERED`, or 0. */
  readonly flags: number;
  /** The payload’s protocol, as the peer wrote it: no byte order is minded. */
  readonly ppid: number;
  /** The number of one of its chunks. */
  readonly tsn: number;
  /** The number up to which all chunks had come. */
  readonly cumtsn: number;
  /** What `sctp.context` gave to the association. */
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
 * What a message says of itself: its stream, its number in it, its payload’s protocol, its association.
 *
 * Switched on with `setOption(sctp.recvrcvinfo, true)`.
 *
 * @see RFC 6458 section 5.3.5
 */
export const sctpRcvinfo: Receivable<ReceiveInfo> = defineReceived(
  facts('SCTP_RCVINFO', SCTP_RCVINFO, 'SCTP_RECVRCVINFO'),
  receiveCodec,
);

/** What is known of the next message. */
export interface NextInfo extends OfAssociation {
  /** The stream that it came on. */
  readonly stream: number;
  /** `SCTP_UNORDERED`, or `MSG_NOTIFICATION` where it is a notification. */
  readonly flags: number;
  /** The payload’s protocol, as the peer wrote it. */
  readonly ppid: number;
  /** How many bytes of it are here. */
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
 * What is known of the message after this one, where it is here already: its stream and its length.
 *
 * Switched on with `setOption(sctp.recvnxtinfo, true)`.
 *
 * @see RFC 6458 section 5.3.6
 */
export const sctpNxtinfo: Receivable<NextInfo> = defineReceived(
  facts('SCTP_NXTINFO', SCTP_NXTINFO, 'SCTP_RECVNXTINFO'),
  nextCodec,
);

/** When a message is given up. */
export interface MessageReliability {
  /** One of `SCTP_PR_SCTP_`. */
  readonly policy: number;
  /** Milliseconds, retransmissions or a priority, as the policy says. */
  readonly value: number;
}

/**
 * When the message is given up (RFC 3758): after a time, after so many retransmissions. Sent only, since Linux 4.20.
 *
 * @throws TypeError or RangeError naming the field
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
 * The number of the key that the message is signed with (RFC 4895). Sent only, since Linux 4.20.
 *
 * @throws TypeError or RangeError naming `SCTP_AUTHINFO`
 * @see RFC 6458 section 5.3.8
 */
export const sctpAuthinfo: Control<number> = defineControl(
  { ...facts('SCTP_AUTHINFO', SCTP_AUTHINFO), since: '4.20' },
  short(2),
);

/**
 * One more address of the peer that the first message goes to, IPv4. Sent only, since Linux 4.20.
 *
 * @throws TypeError naming `SCTP_DSTADDRV4`
 * @see RFC 6458 section 5.3.9
 */
export const sctpDstaddrv4: Control<string> = defineControl(
  { ...facts('SCTP_DSTADDRV4', SCTP_DSTADDRV4), since: '4.20' },
  single('IPv4 address', ipv4(0)),
);

/**
 * One more address of the peer that the first message goes to, IPv6. Sent only, since Linux 4.20.
 *
 * @throws TypeError naming `SCTP_DSTADDRV6`
 * @see RFC 6458 section 5.3.10
 */
export const sctpDstaddrv6: Control<string> = defineControl(
  { ...facts('SCTP_DSTADDRV6', SCTP_DSTADDRV6), since: '4.20' },
  single('IPv6 address', ipv6(0)),
);

/** How a message is sent, and what it says of itself, in one. */
export interface SendReceiveInfo extends ReceiveInfo {
  /** To send: the milliseconds after which it is given up; 0 for never. */
  readonly timeToLive: number;
}

/**
 * What {@link sctpSndinfo} and {@link sctpRcvinfo} say in one: of before RFC 6458, for systems and programs that have nothing
 * else. What is left out is 0.
 *
 * Switched on with `setOption(sctp.events, { dataIo: true })`.
 *
 * @throws TypeError or RangeError naming the field
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
