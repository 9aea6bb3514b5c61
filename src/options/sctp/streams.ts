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

/** How the next message is chosen among streams: one of `SCTP_SS_`. */
export const streamScheduler: Option<AssociationValue, Inet, Partial<AssociationValue>> = sctp.readWrite(
  'SCTP_STREAM_SCHEDULER',
  associationValue,
);

/** A stream and a number that its scheduler wants: its priority. */
export interface StreamValue extends OfAssociation {
  /** The stream, by number. */
  readonly stream: number;
  /** What its scheduler wants: with `SCTP_SS_PRIO` its priority, 0 the highest. */
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

/** A stream’s priority: `withParameter(sctp.streamSchedulerValue, { stream })`. */
export const streamSchedulerValue: Option<StreamValue, Inet, Partial<StreamValue>> = sctp.readWrite(
  'SCTP_STREAM_SCHEDULER_VALUE',
  streamCodec,
  { note: 'EINVAL where there is no association' },
);

/** Whether pieces of messages of several streams may be sent by turns (RFC 8260). */
export const interleavingSupported: Option<
  AssociationSwitch,
  Inet,
  Partial<AssociationSwitch>
> = sctp.readWrite('SCTP_INTERLEAVING_SUPPORTED', associationSwitch, {
  note: 'EPERM unless net.sctp.intl_enable is 1 and sctp.fragmentInterleave is on',
});

/** Whether streams may be reset and added (RFC 6525). */
export const reconfigSupported: Option<AssociationSwitch, Inet, Partial<AssociationSwitch>> = sctp.readWrite(
  'SCTP_RECONFIG_SUPPORTED',
  associationSwitch,
);

/** What the peer may ask for: `SCTP_ENABLE_RESET_STREAM_REQ` and its kin. */
export const enableStreamReset: Option<AssociationValue, Inet, Partial<AssociationValue>> = sctp.readWrite(
  'SCTP_ENABLE_STREAM_RESET',
  associationValue,
);

/** Which streams are to begin anew. */
export interface StreamReset {
  /** The association; by default the one of a connected socket. */
  readonly association?: number | undefined;
  /** `SCTP_STREAM_RESET_INCOMING`, `SCTP_STREAM_RESET_OUTGOING`. */
  readonly flags: number;
  /** Their numbers; none for all. */
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

/** Begins streams anew: their numbering starts over. */
export const resetStreams: WriteOnlyOption<StreamReset, Inet> = sctp.writeOnly(
  'SCTP_RESET_STREAMS',
  resetCodec,
);

/** Begins all streams and the numbering of chunks anew. */
export const resetAssoc: WriteOnlyOption<number, Inet> = sctp.writeOnly('SCTP_RESET_ASSOC', int);

/** How many streams are added. */
export interface AddedStreams {
  /** The association; by default the one of a connected socket. */
  readonly association?: number | undefined;
  /** How many are added that we receive on; 0 by default. */
  readonly instrms?: number | undefined;
  /** How many are added that we send on; 0 by default. */
  readonly outstrms?: number | undefined;
}

const addCodec: Codec<AddedStreams> = record<AddedStreams>(sctp_add_streams.size, {
  association: associationAt(sctp_add_streams.sas_assoc_id),
  instrms: optional(u16(sctp_add_streams.sas_instrms), 0),
  outstrms: optional(u16(sctp_add_streams.sas_outstrms), 0),
});

/** Adds streams. */
export const addStreams: WriteOnlyOption<AddedStreams, Inet> = sctp.writeOnly('SCTP_ADD_STREAMS', addCodec);

/** How many messages were given up. */
export interface GivenUp extends OfAssociation {
  /** The stream, by number; 0 for the association as a whole. */
  readonly stream: number;
  /** One of `SCTP_PR_SCTP_`. */
  readonly policy: number;
  /** Before they were sent at all. */
  readonly abandonedUnsent: number;
  /** After they had been sent at least in part. */
  readonly abandonedSent: number;
}

const givenUpCodec: Codec<GivenUp> = record<GivenUp>(sctp_prstatus.size, {
  association: associationAt(sctp_prstatus.sprstat_assoc_id),
  stream: optional(u16(sctp_prstatus.sprstat_sid), 0),
  policy: u16(sctp_prstatus.sprstat_policy),
  abandonedUnsent: optional(u64(sctp_prstatus.sprstat_abandoned_unsent), 0),
  abandonedSent: optional(u64(sctp_prstatus.sprstat_abandoned_sent), 0),
});

/** How many messages of an association were given up: `withParameter(sctp.prAssocStatus, { policy })`. */
export const prAssocStatus: ReadOnlyOption<GivenUp, Inet> = sctp.readOnly(
  'SCTP_PR_ASSOC_STATUS',
  givenUpCodec,
  {
    note: 'EINVAL where there is no association, and without a policy',
  },
);

/** How many messages of a stream were given up: `withParameter(sctp.prStreamStatus, { stream, policy })`. */
export const prStreamStatus: ReadOnlyOption<GivenUp, Inet> = sctp.readOnly(
  'SCTP_PR_STREAM_STATUS',
  givenUpCodec,
  {
    note: 'EINVAL where there is no association, and without a policy',
  },
);
