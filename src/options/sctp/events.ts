/** Options for notifications and for the control messages of received messages. */
import { sctp_assoc_stats, sctp_event, sctp_event_subscribe } from '../../families/inet/sctp-layout.js';
import {
  addressAt,
  associationAt,
  type OfAssociation,
  type SctpAddress,
} from '../../families/inet/sctp-structures.js';
import type { Codec } from '../../layout/codec.js';
import { boolean } from '../../layout/numbers.js';
import { type Field, flag, optional, record, u8, u16, u64 } from '../../layout/record.js';
import { type Inet, sctp } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

/** The notifications that are received. An omitted field is false. */
export interface SctpEvents {
  /** Adds the control message `SCTP_SNDRCV` to each message. */
  readonly dataIo: boolean;
  /** `SCTP_ASSOC_CHANGE`: an association began or ended. */
  readonly association: boolean;
  /** `SCTP_PEER_ADDR_CHANGE`: an address of the peer was added, removed or changed its state. */
  readonly address: boolean;
  /** `SCTP_SEND_FAILED`: a message could not be sent. Older than RFC 6458. */
  readonly sendFailure: boolean;
  /** `SCTP_REMOTE_ERROR`: the peer reported an error. */
  readonly peerError: boolean;
  /** `SCTP_SHUTDOWN_EVENT`: the peer stopped sending. */
  readonly shutdown: boolean;
  /** `SCTP_PARTIAL_DELIVERY_EVENT`: the rest of a partially delivered message is lost. */
  readonly partialDelivery: boolean;
  /** `SCTP_ADAPTATION_INDICATION`: the peer’s adaptation layer. */
  readonly adaptationLayer: boolean;
  /** `SCTP_AUTHENTICATION_EVENT`: a key was activated or released. */
  readonly authentication: boolean;
  /** `SCTP_SENDER_DRY_EVENT`: all sent data is acknowledged. */
  readonly senderDry: boolean;
  /** `SCTP_STREAM_RESET_EVENT`: streams were reset. */
  readonly streamReset: boolean;
  /** `SCTP_ASSOC_RESET_EVENT`: all streams and the chunk numbers were reset. */
  readonly assocReset: boolean;
  /** `SCTP_STREAM_CHANGE_EVENT`: streams were added. */
  readonly streamChange: boolean;
  /** `SCTP_SEND_FAILED_EVENT`: a message could not be sent. */
  readonly sendFailureEvent: boolean;
}

const switchAt = (offset: number): Field<boolean> => optional(flag(u8(offset)), false);
const at = sctp_event_subscribe;

const eventsCodec: Codec<SctpEvents, Partial<SctpEvents>> = record<SctpEvents, Partial<SctpEvents>>(
  at.size,
  {
    dataIo: switchAt(at.sctp_data_io_event),
    association: switchAt(at.sctp_association_event),
    address: switchAt(at.sctp_address_event),
    sendFailure: switchAt(at.sctp_send_failure_event),
    peerError: switchAt(at.sctp_peer_error_event),
    shutdown: switchAt(at.sctp_shutdown_event),
    partialDelivery: switchAt(at.sctp_partial_delivery_event),
    adaptationLayer: switchAt(at.sctp_adaptation_layer_event),
    authentication: switchAt(at.sctp_authentication_event),
    senderDry: switchAt(at.sctp_sender_dry_event),
    streamReset: switchAt(at.sctp_stream_reset_event),
    assocReset: switchAt(at.sctp_assoc_reset_event),
    streamChange: switchAt(at.sctp_stream_change_event),
    sendFailureEvent: switchAt(at.sctp_send_failure_event_event),
  },
  at.sctp_authentication_event,
);

/** The notifications that are received. */
export const events: Option<SctpEvents, Inet, Partial<SctpEvents>> = sctp.readWrite(
  'SCTP_EVENTS',
  eventsCodec,
);

/** Whether one type of notification is received. */
export interface SctpEvent extends OfAssociation {
  /** The type: `SCTP_ASSOC_CHANGE` or another notification. */
  readonly type: number;
  /** Whether it is received. */
  readonly on: boolean;
}

const eventCodec: Codec<SctpEvent, Partial<SctpEvent>> = record<SctpEvent, Partial<SctpEvent>>(
  sctp_event.size,
  {
    association: associationAt(sctp_event.se_assoc_id),
    type: u16(sctp_event.se_type),
    on: flag(u8(sctp_event.se_on)),
  },
);

/** Whether one type of notification is received. Read it with `withParameter(sctp.event, { type })`. */
export const event: Option<SctpEvent, Inet, Partial<SctpEvent>> = sctp.readWrite('SCTP_EVENT', eventCodec, {
  since: '5.0',
  note: 'EINVAL if it is read without a type',
});

/** Adds the control message `SCTP_RCVINFO` to each message: its stream and number. */
export const recvrcvinfo: Option<boolean, Inet> = sctp.readWrite('SCTP_RECVRCVINFO', boolean);

/** Adds the control message `SCTP_NXTINFO` to each message: the stream and length of the next message. */
export const recvnxtinfo: Option<boolean, Inet> = sctp.readWrite('SCTP_RECVNXTINFO', boolean);

/** The counters of an association. The unit is chunks, unless the description says otherwise. */
export interface SctpStatistics extends OfAssociation {
  /** The address with the longest timeout. */
  readonly obsRtoAddress: SctpAddress | null;
  /** The longest timeout since the counters were last read, in milliseconds. */
  readonly maxrto: number;
  /** SACKs received. */
  readonly isacks: number;
  /** SACKs sent. */
  readonly osacks: number;
  /** Packets sent. */
  readonly opackets: number;
  /** Packets received. */
  readonly ipackets: number;
  /** Retransmitted chunks. */
  readonly rtxchunks: number;
  /** Chunks that were received before earlier ones. */
  readonly outofseqtsns: number;
  /** Chunks that were received more than once. */
  readonly idupchunks: number;
  /** Gaps that the peer’s SACKs reported. */
  readonly gapcnt: number;
  /** Data sent, unordered. */
  readonly ouodchunks: number;
  /** Data received, unordered. */
  readonly iuodchunks: number;
  /** Data sent, in order. */
  readonly oodchunks: number;
  /** Data received, in order. */
  readonly iodchunks: number;
  /** Control chunks sent. */
  readonly octrlchunks: number;
  /** Control chunks received. */
  readonly ictrlchunks: number;
}

const s = sctp_assoc_stats;

const statisticsCodec: Codec<SctpStatistics> = record<SctpStatistics>(s.size, {
  association: associationAt(s.sas_assoc_id),
  obsRtoAddress: addressAt(s.sas_obs_rto_ipaddr),
  maxrto: u64(s.sas_maxrto),
  isacks: u64(s.sas_isacks),
  osacks: u64(s.sas_osacks),
  opackets: u64(s.sas_opackets),
  ipackets: u64(s.sas_ipackets),
  rtxchunks: u64(s.sas_rtxchunks),
  outofseqtsns: u64(s.sas_outofseqtsns),
  idupchunks: u64(s.sas_idupchunks),
  gapcnt: u64(s.sas_gapcnt),
  ouodchunks: u64(s.sas_ouodchunks),
  iuodchunks: u64(s.sas_iuodchunks),
  oodchunks: u64(s.sas_oodchunks),
  iodchunks: u64(s.sas_iodchunks),
  octrlchunks: u64(s.sas_octrlchunks),
  ictrlchunks: u64(s.sas_ictrlchunks),
});

/** Counters of an association. */
export const getAssocStats: ReadOnlyOption<SctpStatistics, Inet> = sctp.readOnly(
  'SCTP_GET_ASSOC_STATS',
  statisticsCodec,
  { note: 'EINVAL if there is no association' },
);
