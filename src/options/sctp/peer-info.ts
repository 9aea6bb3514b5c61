import { sctp_paddrinfo } from '../../families/inet/sctp-layout.js';
import { type Fields, i32, optional, u32 } from '../record.js';
import { addressAt, associationAt, type OfAssociation, type SctpAddress } from './level.js';

/** What is known of one address of the peer. */
export interface PeerInfo extends OfAssociation {
  /** The address of the peer; `null` for none. */
  readonly address: SctpAddress | null;
  /** `SCTP_ACTIVE`, `SCTP_INACTIVE`, `SCTP_PF`, `SCTP_UNCONFIRMED`. */
  readonly state: number;
  /** The congestion window, in bytes. */
  readonly cwnd: number;
  /** The smoothed round trip, in milliseconds. */
  readonly srtt: number;
  /** The timeout, in milliseconds. */
  readonly rto: number;
  /** The path’s MTU, in bytes. */
  readonly mtu: number;
}

/** struct sctp_paddrinfo. */
export const peerInfoFields: Fields<PeerInfo> = {
  association: associationAt(sctp_paddrinfo.spinfo_assoc_id),
  address: addressAt(sctp_paddrinfo.spinfo_address),
  state: optional(i32(sctp_paddrinfo.spinfo_state), 0),
  cwnd: optional(u32(sctp_paddrinfo.spinfo_cwnd), 0),
  srtt: optional(u32(sctp_paddrinfo.spinfo_srtt), 0),
  rto: optional(u32(sctp_paddrinfo.spinfo_rto), 0),
  mtu: optional(u32(sctp_paddrinfo.spinfo_mtu), 0),
};
