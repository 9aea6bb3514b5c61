/** Options for sending, fragmenting and acknowledging messages. */
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

/** Sends small messages immediately. */
export const nodelay: Option<boolean, Inet> = sctp.readWrite('SCTP_NODELAY', boolean);

/** Makes sending a message that is longer than a packet fail with `EMSGSIZE`, instead of fragmenting it. */
export const disableFragments: Option<boolean, Inet> = sctp.readWrite('SCTP_DISABLE_FRAGMENTS', boolean);

/** The maximum length of a chunk, in bytes; 0 for the path’s. */
export const maxseg: Option<AssociationValue, Inet, Partial<AssociationValue>> = sctp.readWrite(
  'SCTP_MAXSEG',
  associationValue,
);

/** The maximum number of packets per burst. */
export const maxBurst: Option<AssociationValue, Inet, Partial<AssociationValue>> = sctp.readWrite(
  'SCTP_MAX_BURST',
  associationValue,
);

/** A number that the program chooses. It is returned with messages that could not be sent. */
export const context: Option<AssociationValue, Inet, Partial<AssociationValue>> = sctp.readWrite(
  'SCTP_CONTEXT',
  associationValue,
);

/** Whether messages of several streams or associations can be delivered in interleaved pieces: 0, 1, 2. */
export const fragmentInterleave: Option<number, Inet> = sctp.readWrite(
  'SCTP_FRAGMENT_INTERLEAVE',
  range(0, 2),
  {
    note: 'Linux reads anything above 0 as 1',
  },
);

/** The number of received bytes of a message from which it is delivered partially. */
export const partialDeliveryPoint: Option<number, Inet> = sctp.readWrite(
  'SCTP_PARTIAL_DELIVERY_POINT',
  natural,
  { note: 'at most half of so.rcvbuf' },
);

/** How acknowledgements are delayed. An omitted field or 0 leaves a parameter unchanged. */
export interface DelayedSack extends OfAssociation {
  /** The delay in milliseconds, at most 500. */
  readonly delay: number;
  /** The number of packets after which an acknowledgement is sent; 1 for immediately. */
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

/** The send parameters of messages without their own. */
export const defaultSndinfo: Option<SendInfo, Inet, Partial<SendInfo>> = sctp.readWrite(
  'SCTP_DEFAULT_SNDINFO',
  sendInfoCodec,
);

/** When a message is abandoned (RFC 3758). */
export interface PartialReliability extends OfAssociation {
  /** One of `SCTP_PR_SCTP_`. */
  readonly policy: number;
  /** Milliseconds, retransmissions or a priority, depending on the policy. */
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

/** When messages without their own policy are abandoned. */
export const defaultPrinfo: Option<PartialReliability, Inet, Partial<PartialReliability>> = sctp.readWrite(
  'SCTP_DEFAULT_PRINFO',
  reliabilityCodec,
);

/** Whether messages can be abandoned (RFC 3758). */
export const prSupported: Option<AssociationSwitch, Inet, Partial<AssociationSwitch>> = sctp.readWrite(
  'SCTP_PR_SUPPORTED',
  associationSwitch,
);

/** Whether IPv4 peers of IPv6 sockets have mapped addresses (`::ffff:…`). */
export const iWantMappedV4Addr: Option<boolean, Inet> = sctp.readWrite(
  'SCTP_I_WANT_MAPPED_V4_ADDR',
  boolean,
  {
    note: 'true by default',
  },
);
