/** How messages are sent, cut up and acknowledged. */
import { sctp_default_prinfo, sctp_sack_info } from '../../families/inet/sctp-layout.js';
import {
  type AssociationSwitch,
  type AssociationValue,
  associationAt,
  associationSwitch,
  associationValue,
  type OfAssociation,
  type SendInfo,
  sendInfoCodec,
} from '../../families/inet/sctp-structures.js';
import type { Codec } from '../../layout/codec.js';
import { boolean, natural, range } from '../../layout/numbers.js';
import { optional, record, u16, u32 } from '../../layout/record.js';
import { type Inet, sctp } from '../levels.js';
import type { Option } from '../option.js';

/** Sends at once, however little there is. */
export const nodelay: Option<boolean, Inet> = sctp.readWrite('SCTP_NODELAY', boolean);

/** Refuses what is longer than a packet with `EMSGSIZE`, and does not cut it up. */
export const disableFragments: Option<boolean, Inet> = sctp.readWrite('SCTP_DISABLE_FRAGMENTS', boolean);

/** The longest chunk, in bytes; 0 for the path’s. */
export const maxseg: Option<AssociationValue, Inet, Partial<AssociationValue>> = sctp.readWrite(
  'SCTP_MAXSEG',
  associationValue,
);

/** How many packets may be sent at once. */
export const maxBurst: Option<AssociationValue, Inet, Partial<AssociationValue>> = sctp.readWrite(
  'SCTP_MAX_BURST',
  associationValue,
);

/** A number of the program’s, which comes back with messages that could not be sent. */
export const context: Option<AssociationValue, Inet, Partial<AssociationValue>> = sctp.readWrite(
  'SCTP_CONTEXT',
  associationValue,
);

/** Whether messages of several streams or associations may be delivered in pieces at the same time: 0, 1, 2. */
export const fragmentInterleave: Option<number, Inet> = sctp.readWrite(
  'SCTP_FRAGMENT_INTERLEAVE',
  range(0, 2),
  {
    note: 'Linux reads anything above 0 as 1',
  },
);

/** How many bytes of a message have to be here for the rest to be delivered in pieces. */
export const partialDeliveryPoint: Option<number, Inet> = sctp.readWrite(
  'SCTP_PARTIAL_DELIVERY_POINT',
  natural,
  { note: 'at most half of so.rcvbuf' },
);

/** How acknowledgements are delayed; what is left out or 0 stays as it is. */
export interface DelayedSack extends OfAssociation {
  /** Milliseconds, at most 500. */
  readonly delay: number;
  /** After how many packets at most; 1: at once. */
  readonly frequency: number;
}

const sackCodec: Codec<DelayedSack, Partial<DelayedSack>> = record<DelayedSack, Partial<DelayedSack>>(
  sctp_sack_info.size,
  {
    association: associationAt(sctp_sack_info.sack_assoc_id),
    delay: optional(u32(sctp_sack_info.sack_delay), 0),
    frequency: optional(u32(sctp_sack_info.sack_freq), 0),
  },
);

/** How acknowledgements are delayed. */
export const delayedSack: Option<DelayedSack, Inet, Partial<DelayedSack>> = sctp.readWrite(
  'SCTP_DELAYED_SACK',
  sackCodec,
);

/** How messages are sent that do not say so themselves. */
export const defaultSndinfo: Option<SendInfo, Inet, Partial<SendInfo>> = sctp.readWrite(
  'SCTP_DEFAULT_SNDINFO',
  sendInfoCodec,
);

/** When a message is given up (RFC 3758). */
export interface PartialReliability extends OfAssociation {
  /** One of `SCTP_PR_SCTP_`. */
  readonly policy: number;
  /** Milliseconds, retransmissions or a priority, as the policy says. */
  readonly value: number;
}

const reliabilityCodec: Codec<PartialReliability, Partial<PartialReliability>> = record<
  PartialReliability,
  Partial<PartialReliability>
>(sctp_default_prinfo.size, {
  association: associationAt(sctp_default_prinfo.pr_assoc_id),
  policy: u16(sctp_default_prinfo.pr_policy),
  value: optional(u32(sctp_default_prinfo.pr_value), 0),
});

/** When messages are given up that do not say so themselves. */
export const defaultPrinfo: Option<PartialReliability, Inet, Partial<PartialReliability>> = sctp.readWrite(
  'SCTP_DEFAULT_PRINFO',
  reliabilityCodec,
);

/** Whether messages may be given up (RFC 3758). */
export const prSupported: Option<AssociationSwitch, Inet, Partial<AssociationSwitch>> = sctp.readWrite(
  'SCTP_PR_SUPPORTED',
  associationSwitch,
);

/** Makes IPv4 peers of IPv6 sockets known by mapped addresses (`::ffff:…`). */
export const iWantMappedV4Addr: Option<boolean, Inet> = sctp.readWrite(
  'SCTP_I_WANT_MAPPED_V4_ADDR',
  boolean,
  {
    note: 'true from the start',
  },
);
