/** The streams of an association. */

import { checkObject } from '../../errors/argument.js';
import {
  sctp_add_streams,
  sctp_prstatus,
  sctp_reset_streams,
  sctp_stream_value,
} from '../../families/inet/sctp-layout.js';
import {
  type AssociationSwitch,
  type AssociationValue,
  associationAt,
  associationSwitch,
  associationValue,
  type OfAssociation,
} from '../../families/inet/sctp-structures.js';
import { list } from '../../layout/bytes.js';
import type { Codec } from '../../layout/codec.js';
import { int, short } from '../../layout/numbers.js';
import { optional, record, u16, u64 } from '../../layout/record.js';
import { type Inet, sctp } from '../levels.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from '../option.js';

/** The scheduler, which selects the stream to send from: one of `SCTP_SS_`. */
export const streamScheduler: Option<AssociationValue, Inet, Partial<AssociationValue>> = sctp.readWrite(
  'SCTP_STREAM_SCHEDULER',
  associationValue,
);

/** A stream and its parameter for the scheduler. */
export interface StreamValue extends OfAssociation {
  /** The stream number. */
  readonly stream: number;
  /** The parameter for the scheduler: with `SCTP_SS_PRIO` the priority, 0 the highest. */
  readonly value: number;
}

const streamCodec: Codec<StreamValue, Partial<StreamValue>> = record<StreamValue, Partial<StreamValue>>(
  sctp_stream_value.size,
  {
    association: associationAt(sctp_stream_value.assoc_id),
    stream: u16(sctp_stream_value.stream_id),
    value: u16(sctp_stream_value.stream_value),
  },
);

/** A stream’s priority. Read it with `withParameter(sctp.streamSchedulerValue, { stream })`. */
export const streamSchedulerValue: Option<StreamValue, Inet, Partial<StreamValue>> = sctp.readWrite(
  'SCTP_STREAM_SCHEDULER_VALUE',
  streamCodec,
  { note: 'EINVAL if there is no association' },
);

/** Whether fragments of messages of several streams can be interleaved (RFC 8260). */
export const interleavingSupported: Option<
  AssociationSwitch,
  Inet,
  Partial<AssociationSwitch>
> = sctp.readWrite('SCTP_INTERLEAVING_SUPPORTED', associationSwitch, {
  note: 'EPERM unless net.sctp.intl_enable is 1 and sctp.fragmentInterleave is on',
});

/** Whether streams can be reset and added (RFC 6525). */
export const reconfigSupported: Option<AssociationSwitch, Inet, Partial<AssociationSwitch>> = sctp.readWrite(
  'SCTP_RECONFIG_SUPPORTED',
  associationSwitch,
);

/** The requests that the peer can make: `SCTP_ENABLE_RESET_STREAM_REQ` and the other `SCTP_ENABLE_` bits. */
export const enableStreamReset: Option<AssociationValue, Inet, Partial<AssociationValue>> = sctp.readWrite(
  'SCTP_ENABLE_STREAM_RESET',
  associationValue,
);

/** The streams to reset. */
export interface StreamReset {
  /** The association; by default that of a connected socket. */
  readonly association?: number | undefined;
  /** `SCTP_STREAM_RESET_INCOMING`, `SCTP_STREAM_RESET_OUTGOING`. */
  readonly flags: number;
  /** The stream numbers; none for all streams. */
  readonly streams?: readonly number[] | undefined;
}

const resetHead = record<{ association?: number; flags: number; count: number }>(sctp_reset_streams.size, {
  association: associationAt(sctp_reset_streams.srs_assoc_id),
  flags: u16(sctp_reset_streams.srs_flags),
  count: u16(sctp_reset_streams.srs_number_streams),
});
const streamList = list(short(2), 64);

const resetCodec: Codec<unknown, StreamReset> = {
  type: '{ association?, flags, streams? }',
  size: resetHead.size,
  encode(value, argument) {
    const { streams = [], association = 0, flags } = checkObject(value, argument) as StreamReset;
    const rest = streamList.encode(streams, `${argument}.streams`);
    return Buffer.concat([resetHead.encode({ association, flags, count: streams.length }, argument), rest]);
  },
  decode: () => undefined,
};

/** Resets streams: their message numbers start again at 0. */
export const resetStreams: WriteOnlyOption<StreamReset, Inet> = sctp.writeOnly(
  'SCTP_RESET_STREAMS',
  resetCodec,
);

/** Resets all streams and the chunk numbers. */
export const resetAssoc: WriteOnlyOption<number, Inet> = sctp.writeOnly('SCTP_RESET_ASSOC', int);

/** The numbers of streams to add. */
export interface AddedStreams {
  /** The association; by default that of a connected socket. */
  readonly association?: number | undefined;
  /** The number of incoming streams to add; 0 by default. */
  readonly instrms?: number | undefined;
  /** The number of outgoing streams to add; 0 by default. */
  readonly outstrms?: number | undefined;
}

const addCodec: Codec<AddedStreams> = record<AddedStreams>(sctp_add_streams.size, {
  association: associationAt(sctp_add_streams.sas_assoc_id),
  instrms: optional(u16(sctp_add_streams.sas_instrms), 0),
  outstrms: optional(u16(sctp_add_streams.sas_outstrms), 0),
});

/** Adds streams to an association. */
export const addStreams: WriteOnlyOption<AddedStreams, Inet> = sctp.writeOnly('SCTP_ADD_STREAMS', addCodec);

/** The number of abandoned messages. */
export interface GivenUp extends OfAssociation {
  /** The stream number; 0 for the whole association. */
  readonly stream: number;
  /** One of `SCTP_PR_SCTP_`. */
  readonly policy: number;
  /** Messages that were abandoned before any part was sent. */
  readonly abandonedUnsent: number;
  /** Messages that were abandoned after a part was sent. */
  readonly abandonedSent: number;
}

const givenUpCodec: Codec<GivenUp> = record<GivenUp>(sctp_prstatus.size, {
  association: associationAt(sctp_prstatus.sprstat_assoc_id),
  stream: optional(u16(sctp_prstatus.sprstat_sid), 0),
  policy: u16(sctp_prstatus.sprstat_policy),
  abandonedUnsent: optional(u64(sctp_prstatus.sprstat_abandoned_unsent), 0),
  abandonedSent: optional(u64(sctp_prstatus.sprstat_abandoned_sent), 0),
});

/** The number of abandoned messages of an association. Read it with `withParameter(sctp.prAssocStatus, { policy })`. */
export const prAssocStatus: ReadOnlyOption<GivenUp, Inet> = sctp.readOnly(
  'SCTP_PR_ASSOC_STATUS',
  givenUpCodec,
  {
    note: 'EINVAL if there is no association, or without a policy',
  },
);

/**
 * The number of abandoned messages of a stream. Read it with `withParameter(sctp.prStreamStatus, { stream, policy })`.
 */
export const prStreamStatus: ReadOnlyOption<GivenUp, Inet> = sctp.readOnly(
  'SCTP_PR_STREAM_STATUS',
  givenUpCodec,
  {
    note: 'EINVAL if there is no association, or without a policy',
  },
);
