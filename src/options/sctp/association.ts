/** How associations begin, live and end. */
import {
  sctp_assoc_ids,
  sctp_assocparams,
  sctp_rtoinfo,
  sctp_setadaptation,
  sctp_status,
} from '../../families/inet/sctp-layout.js';
import {
  type AssociationSwitch,
  associationAt,
  associationSwitch,
  type InitMessage,
  initMessageCodec,
  type OfAssociation,
  type PeerInfo,
  peerInfoFields,
} from '../../families/inet/sctp-structures.js';
import { list } from '../../layout/bytes.js';
import type { Codec } from '../../layout/codec.js';
import { boolean, int, natural, uint32 } from '../../layout/numbers.js';
import { i32, optional, record, u16, u32 } from '../../layout/record.js';
import { checkCount } from '../answer.js';
import { type Inet, sctp } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

/** What associations begin with: how many streams, how many tries. */
export const initmsg: Option<InitMessage, Inet, Partial<InitMessage>> = sctp.readWrite(
  'SCTP_INITMSG',
  initMessageCodec,
);

/** How retransmissions are timed, in milliseconds; what is left out or 0 stays as it is. */
export interface RtoInfo extends OfAssociation {
  /** The timeout before anything was measured. */
  readonly initial: number;
  /** The longest. */
  readonly max: number;
  /** The shortest. */
  readonly min: number;
}

const rtoCodec: Codec<RtoInfo, Partial<RtoInfo>> = record<RtoInfo, Partial<RtoInfo>>(sctp_rtoinfo.size, {
  association: associationAt(sctp_rtoinfo.srto_assoc_id),
  initial: optional(u32(sctp_rtoinfo.srto_initial), 0),
  max: optional(u32(sctp_rtoinfo.srto_max), 0),
  min: optional(u32(sctp_rtoinfo.srto_min), 0),
});

/** How retransmissions are timed. */
export const rtoinfo: Option<RtoInfo, Inet, Partial<RtoInfo>> = sctp.readWrite('SCTP_RTOINFO', rtoCodec);

/** An association's limits; what is left out or 0 stays as it is. */
export interface AssociationInfo extends OfAssociation {
  /** How many retransmissions may stay unanswered before the association is dead. */
  readonly asocmaxrxt: number;
  /** Read only: how many addresses the peer has. */
  readonly numberPeerDestinations: number;
  /** Read only: the peer’s window, in bytes. */
  readonly peerRwnd: number;
  /** Read only: our window, in bytes. */
  readonly localRwnd: number;
  /** How long a cookie is good for, in milliseconds. */
  readonly cookieLife: number;
}

const infoCodec: Codec<AssociationInfo, Partial<AssociationInfo>> = record<
  AssociationInfo,
  Partial<AssociationInfo>
>(sctp_assocparams.size, {
  association: associationAt(sctp_assocparams.sasoc_assoc_id),
  asocmaxrxt: optional(u16(sctp_assocparams.sasoc_asocmaxrxt), 0),
  numberPeerDestinations: optional(u16(sctp_assocparams.sasoc_number_peer_destinations), 0),
  peerRwnd: optional(u32(sctp_assocparams.sasoc_peer_rwnd), 0),
  localRwnd: optional(u32(sctp_assocparams.sasoc_local_rwnd), 0),
  cookieLife: optional(u32(sctp_assocparams.sasoc_cookie_life), 0),
});

/** An association’s limits. */
export const associnfo: Option<AssociationInfo, Inet, Partial<AssociationInfo>> = sctp.readWrite(
  'SCTP_ASSOCINFO',
  infoCodec,
);

/** What has become of an association. */
export interface SctpStatus extends OfAssociation {
  /** `SCTP_ESTABLISHED` and its kin. */
  readonly state: number;
  /** The peer's window, in bytes. */
  readonly rwnd: number;
  /** Chunks that are not acknowledged. */
  readonly unackdata: number;
  /** Chunks that wait to be received. */
  readonly penddata: number;
  /** Streams that we receive on. */
  readonly instrms: number;
  /** Streams that we send on. */
  readonly outstrms: number;
  /** The longest chunk, in bytes. */
  readonly fragmentationPoint: number;
  /** The peer's primary address. */
  readonly primary: PeerInfo;
}

const primary = record<PeerInfo>(sctp_status.size - sctp_status.sstat_primary, peerInfoFields);

const statusCodec: Codec<SctpStatus> = record<SctpStatus>(sctp_status.size, {
  association: associationAt(sctp_status.sstat_assoc_id),
  state: i32(sctp_status.sstat_state),
  rwnd: u32(sctp_status.sstat_rwnd),
  unackdata: u16(sctp_status.sstat_unackdata),
  penddata: u16(sctp_status.sstat_penddata),
  instrms: u16(sctp_status.sstat_instrms),
  outstrms: u16(sctp_status.sstat_outstrms),
  fragmentationPoint: u32(sctp_status.sstat_fragmentation_point),
  primary: {
    offset: sctp_status.sstat_primary,
    size: primary.size,
    read: view =>
      primary.decode(Buffer.from(view.buffer, view.byteOffset + sctp_status.sstat_primary, primary.size)),
    write: () => undefined,
  },
});

/** What has become of the association. */
export const status: ReadOnlyOption<SctpStatus, Inet> = sctp.readOnly('SCTP_STATUS', statusCodec, {
  note: 'EINVAL where there is no association',
});

/** Seconds after which an idle association closes; 0: never. */
export const autoclose: Option<number, Inet> = sctp.readWrite('SCTP_AUTOCLOSE', natural, {
  note: 'sockets of SOCK_SEQPACKET alone: ENOTSUP on the others',
});

const adaptationCodec: Codec<{ readonly indication: number }> = record<{ readonly indication: number }>(
  sctp_setadaptation.size,
  { indication: u32(sctp_setadaptation.ssb_adaptation_ind) },
);

/** A number that tells the peer what we are. */
export const adaptationLayer: Option<{ readonly indication: number }, Inet> = sctp.readWrite(
  'SCTP_ADAPTATION_LAYER',
  adaptationCodec,
);

/** How many associations the socket has. */
export const getAssocNumber: ReadOnlyOption<number, Inet> = sctp.readOnly('SCTP_GET_ASSOC_NUMBER', natural, {
  note: 'sockets of SOCK_SEQPACKET alone',
});

const ids = list(int, 63);

const idsCodec: Codec<readonly number[], never> = {
  ...ids,
  type: 'array of association numbers',
  size: sctp_assoc_ids.size + ids.size,
  decode: bytes => {
    const count = uint32.decode(bytes.subarray(0, sctp_assoc_ids.size));
    checkCount(count, (bytes.length - sctp_assoc_ids.gaids_assoc_id) / int.size, 'associations');
    const end = sctp_assoc_ids.gaids_assoc_id + count * int.size;
    return ids.decode(bytes.subarray(sctp_assoc_ids.gaids_assoc_id, end));
  },
};

/** The numbers of the socket’s associations. */
export const getAssocIdList: ReadOnlyOption<readonly number[], Inet> = sctp.readOnly(
  'SCTP_GET_ASSOC_ID_LIST',
  idsCodec,
  { note: 'sockets of SOCK_SEQPACKET alone; EINVAL for more than 63 associations' },
);

/** Whether several sockets may be bound to one port, as so.reuseport has it for others. */
export const reusePort: Option<boolean, Inet> = sctp.readWrite('SCTP_REUSE_PORT', boolean, {
  since: '4.19',
  note: 'sockets of SOCK_STREAM alone, before bind',
});

/** Whether the addresses of an association follow those of the machine. */
export const autoAsconf: Option<boolean, Inet> = sctp.readWrite('SCTP_AUTO_ASCONF', boolean, {
  note: 'sockets bound to all addresses alone; net.sctp.addip_enable has to be 1',
});

const extension = { since: '5.4' };

/** Whether addresses may change during an association (RFC 5061). */
export const asconfSupported: Option<AssociationSwitch, Inet, Partial<AssociationSwitch>> = sctp.readWrite(
  'SCTP_ASCONF_SUPPORTED',
  associationSwitch,
  extension,
);

/** Whether chunks may be authenticated (RFC 4895). */
export const authSupported: Option<AssociationSwitch, Inet, Partial<AssociationSwitch>> = sctp.readWrite(
  'SCTP_AUTH_SUPPORTED',
  associationSwitch,
  extension,
);

/** Whether congestion may be told by ECN. */
export const ecnSupported: Option<AssociationSwitch, Inet, Partial<AssociationSwitch>> = sctp.readWrite(
  'SCTP_ECN_SUPPORTED',
  associationSwitch,
  extension,
);
