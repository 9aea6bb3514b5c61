/** Options for the start, state and end of associations. */
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
import { checkCount } from '../element-count.js';
import { type Inet, sctp } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

/** The parameters of new associations: numbers of streams and of attempts. */
export const initmsg: Option<InitMessage, Inet, Partial<InitMessage>> = sctp.readWrite(
  'SCTP_INITMSG',
  initMessageCodec,
);

/** The retransmission timeouts, in milliseconds. An omitted field or 0 leaves a timeout unchanged. */
export interface RtoInfo extends OfAssociation {
  /** The initial timeout, before a round trip is measured. */
  readonly initial: number;
  /** The maximum timeout. */
  readonly max: number;
  /** The minimum timeout. */
  readonly min: number;
}

const rtoCodec: Codec<RtoInfo, Partial<RtoInfo>> = record<RtoInfo, Partial<RtoInfo>>(sctp_rtoinfo.size, {
  association: associationAt(sctp_rtoinfo.srto_assoc_id),
  initial: optional(u32(sctp_rtoinfo.srto_initial), 0),
  max: optional(u32(sctp_rtoinfo.srto_max), 0),
  min: optional(u32(sctp_rtoinfo.srto_min), 0),
});

/** The retransmission timeouts. */
export const rtoinfo: Option<RtoInfo, Inet, Partial<RtoInfo>> = sctp.readWrite('SCTP_RTOINFO', rtoCodec);

/** The limits of an association. An omitted field or 0 leaves a limit unchanged. */
export interface AssociationInfo extends OfAssociation {
  /** The number of unanswered retransmissions after which the association fails. */
  readonly asocmaxrxt: number;
  /** The number of the peer’s addresses. Read-only. */
  readonly numberPeerDestinations: number;
  /** The peer’s receive window, in bytes. Read-only. */
  readonly peerRwnd: number;
  /** The local receive window, in bytes. Read-only. */
  readonly localRwnd: number;
  /** The lifetime of a cookie, in milliseconds. */
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

/** The limits of an association. */
export const associnfo: Option<AssociationInfo, Inet, Partial<AssociationInfo>> = sctp.readWrite(
  'SCTP_ASSOCINFO',
  infoCodec,
);

/** The status of an association. */
export interface SctpStatus extends OfAssociation {
  /** The state: `SCTP_ESTABLISHED` or another `SCTP_` state. */
  readonly state: number;
  /** The peer's receive window, in bytes. */
  readonly rwnd: number;
  /** The number of chunks that are not acknowledged. */
  readonly unackdata: number;
  /** The number of chunks that are not yet received by the program. */
  readonly penddata: number;
  /** The number of incoming streams. */
  readonly instrms: number;
  /** The number of outgoing streams. */
  readonly outstrms: number;
  /** The maximum length of a chunk, in bytes. */
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

/** The status of the association. */
export const status: ReadOnlyOption<SctpStatus, Inet> = sctp.readOnly('SCTP_STATUS', statusCodec, {
  note: 'EINVAL if there is no association',
});

/** The idle time after which an association closes, in seconds; 0 for never. */
export const autoclose: Option<number, Inet> = sctp.readWrite('SCTP_AUTOCLOSE', natural, {
  note: 'only sockets of SOCK_SEQPACKET; ENOTSUP on others',
});

const adaptationCodec: Codec<{ readonly indication: number }> = record<{ readonly indication: number }>(
  sctp_setadaptation.size,
  { indication: u32(sctp_setadaptation.ssb_adaptation_ind) },
);

/** A number that identifies the adaptation layer to the peer. */
export const adaptationLayer: Option<{ readonly indication: number }, Inet> = sctp.readWrite(
  'SCTP_ADAPTATION_LAYER',
  adaptationCodec,
);

/** The number of associations of the socket. */
export const getAssocNumber: ReadOnlyOption<number, Inet> = sctp.readOnly('SCTP_GET_ASSOC_NUMBER', natural, {
  note: 'only sockets of SOCK_SEQPACKET',
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

/** The ids of the socket’s associations. */
export const getAssocIdList: ReadOnlyOption<readonly number[], Inet> = sctp.readOnly(
  'SCTP_GET_ASSOC_ID_LIST',
  idsCodec,
  { note: 'only sockets of SOCK_SEQPACKET; EINVAL for more than 63 associations' },
);

/** Whether several sockets can be bound to one port. It corresponds to so.reuseport. */
export const reusePort: Option<boolean, Inet> = sctp.readWrite('SCTP_REUSE_PORT', boolean, {
  since: '4.19',
  note: 'only sockets of SOCK_STREAM; set it before bind',
});

/** Whether the addresses of an association change when those of the machine change. */
export const autoAsconf: Option<boolean, Inet> = sctp.readWrite('SCTP_AUTO_ASCONF', boolean, {
  note: 'only sockets that are bound to all addresses; net.sctp.addip_enable must be 1',
});

const extension = { since: '5.4' };

/** Whether addresses can change during an association (RFC 5061). */
export const asconfSupported: Option<AssociationSwitch, Inet, Partial<AssociationSwitch>> = sctp.readWrite(
  'SCTP_ASCONF_SUPPORTED',
  associationSwitch,
  extension,
);

/** Whether chunks can be authenticated (RFC 4895). */
export const authSupported: Option<AssociationSwitch, Inet, Partial<AssociationSwitch>> = sctp.readWrite(
  'SCTP_AUTH_SUPPORTED',
  associationSwitch,
  extension,
);

/** Whether congestion can be signalled with ECN. */
export const ecnSupported: Option<AssociationSwitch, Inet, Partial<AssociationSwitch>> = sctp.readWrite(
  'SCTP_ECN_SUPPORTED',
  associationSwitch,
  extension,
);
