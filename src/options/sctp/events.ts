/** Which notifications are received among the data, and what each message says of itself. */
import { sctp_assoc_stats, sctp_event, sctp_event_subscribe } from '../../families/inet/sctp-layout.js';
import { boolean, type Codec } from '../codec.js';
import type { Option, ReadOnlyOption } from '../option.js';
import { type Field, flag, optional, record, u8, u16, u64 } from '../record.js';
import { addressAt, associationAt, type Inet, type OfAssociation, type SctpAddress, sctp } from './level.js';

/** Which notifications are received; what is left out is not. */
export interface SctpEvents {
  /** Each message says of itself what `SCTP_SNDRCV` holds. */
  readonly dataIo: boolean;
  readonly association: boolean;
  readonly address: boolean;
  readonly sendFailure: boolean;
  readonly peerError: boolean;
  readonly shutdown: boolean;
  readonly partialDelivery: boolean;
  readonly adaptationLayer: boolean;
  readonly authentication: boolean;
  readonly senderDry: boolean;
  readonly streamReset: boolean;
  readonly assocReset: boolean;
  readonly streamChange: boolean;
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

/** Which notifications are received, all at once. */
export const events: Option<SctpEvents, Inet, Partial<SctpEvents>> = sctp.readWrite(
  'SCTP_EVENTS',
  eventsCodec,
);

/** Whether one kind of notification is received. */
export interface SctpEvent extends OfAssociation {
  /** `SCTP_ASSOC_CHANGE` and its kin. */
  readonly type: number;
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

/** Whether one kind of notification is received: `about(sctp.event, { type })`. */
export const event: Option<SctpEvent, Inet, Partial<SctpEvent>> = sctp.readWrite('SCTP_EVENT', eventCodec, {
  since: '5.0',
  note: 'EINVAL when it is read without a type',
});

/** Whether each message says its stream and number: the control message `SCTP_RCVINFO`. */
export const recvrcvinfo: Option<boolean, Inet> = sctp.readWrite('SCTP_RECVRCVINFO', boolean);

/** Whether each message says the stream and length of the next: the control message `SCTP_NXTINFO`. */
export const recvnxtinfo: Option<boolean, Inet> = sctp.readWrite('SCTP_RECVNXTINFO', boolean);

/** Counters of an association, in chunks unless said otherwise. */
export interface SctpStatistics extends OfAssociation {
  /** The address that had the longest timeout. */
  readonly obsRtoAddress: SctpAddress | null;
  /** The longest timeout since this was last read, in milliseconds. */
  readonly maxrto: number;
  readonly isacks: number;
  readonly osacks: number;
  /** Packets. */
  readonly opackets: number;
  readonly ipackets: number;
  readonly rtxchunks: number;
  readonly outofseqtsns: number;
  readonly idupchunks: number;
  readonly gapcnt: number;
  readonly ouodchunks: number;
  readonly iuodchunks: number;
  readonly oodchunks: number;
  readonly iodchunks: number;
  readonly octrlchunks: number;
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
  { note: 'EINVAL where there is no association' },
);
