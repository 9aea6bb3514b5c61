/** The structures that the options, control messages and notifications of SCTP share. RFC 6458. */
import { decodeAddress, driverOf } from '../../address/registry.js';
import { sockaddr_storage } from '../../constants/layout.js';
import { checkObject } from '../../errors/argument.js';
import type { Codec } from '../../layout/codec.js';
import { type Field, type Fields, flag, i32, optional, record, u16, u32 } from '../../layout/record.js';
import { bytesOf } from '../../layout/view.js';
import type { Inet6Address } from '../inet6/address.js';
import { AF_INET6 } from '../inet6/constants.js';
import type { InetAddress } from './address.js';
import { AF_INET } from './constants.js';
import { sctp_assoc_value, sctp_initmsg, sctp_paddrinfo, sctp_sndinfo } from './sctp-layout.js';

/** A value of one association. To read an option of one association, use `withParameter(option, { association })`. */
export interface OfAssociation {
  /**
   * The association. 0, the default, is the association of a connected socket. On other sockets it means future
   * associations (`SCTP_FUTURE_ASSOC`).
   */
  readonly association: number;
}

/** The association ID at the start of most structures. */
export const associationAt = (offset: number): Field<number> => optional(i32(offset), 0);

/** A number for an association. */
export interface AssociationValue extends OfAssociation {
  /** The value; the option defines its meaning. */
  readonly value: number;
}

/** struct sctp_assoc_value. */
export const associationValue: Codec<AssociationValue, Partial<AssociationValue>> = record<
  AssociationValue,
  Partial<AssociationValue>
>(sctp_assoc_value.size, {
  association: associationAt(sctp_assoc_value.assoc_id),
  value: u32(sctp_assoc_value.assoc_value),
});

/** A switch for an association. */
export interface AssociationSwitch extends OfAssociation {
  /** Whether it is enabled. */
  readonly on: boolean;
}

/** struct sctp_assoc_value with a value of 0 or 1. */
export const associationSwitch: Codec<AssociationSwitch, Partial<AssociationSwitch>> = record<
  AssociationSwitch,
  Partial<AssociationSwitch>
>(sctp_assoc_value.size, {
  association: associationAt(sctp_assoc_value.assoc_id),
  on: flag(u32(sctp_assoc_value.assoc_value)),
});

/** An address of an association. `null` stands for all addresses. */
export type SctpAddress = InetAddress | Inet6Address;

/** A field of type `sockaddr_storage`. All zeros mean no address. */
export function addressAt(offset: number): Field<SctpAddress | null> {
  const storageOf = (view: DataView) => bytesOf(view).subarray(offset, offset + sockaddr_storage.size);
  return {
    offset,
    size: sockaddr_storage.size,
    fallback: null,
    read(view) {
      const address = decodeAddress(storageOf(view), sockaddr_storage.size);
      return address?.family === 'inet' || address?.family === 'inet6' ? address : null;
    },
    write(view, value, argument) {
      if (value === null) return;
      const { host } = checkObject(value, argument) as SctpAddress;
      const driver = driverOf(typeof host === 'string' && host.includes(':') ? AF_INET6 : AF_INET);
      storageOf(view).set(driver.encode(value as never));
    },
  };
}

/** The state of one address of the peer. */
export interface PeerInfo extends OfAssociation {
  /** The address of the peer; `null` for none. */
  readonly address: SctpAddress | null;
  /** The state: `SCTP_ACTIVE`, `SCTP_INACTIVE`, `SCTP_PF` or `SCTP_UNCONFIRMED`. */
  readonly state: number;
  /** The congestion window, in bytes. */
  readonly cwnd: number;
  /** The smoothed round-trip time, in milliseconds. */
  readonly srtt: number;
  /** The retransmission timeout, in milliseconds. */
  readonly rto: number;
  /** The path MTU, in bytes. */
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

/** The initial parameters of associations. A field that is omitted or 0 does not change. */
export interface InitMessage {
  /** The number of outbound streams. */
  readonly numOstreams: number;
  /** The maximum number of inbound streams. */
  readonly maxInstreams: number;
  /** The maximum number of attempts to connect. */
  readonly maxAttempts: number;
  /** The maximum time between attempts, in milliseconds. */
  readonly maxInitTimeo: number;
}

/** struct sctp_initmsg. */
export const initMessageCodec: Codec<InitMessage, Partial<InitMessage>> = record<
  InitMessage,
  Partial<InitMessage>
>(sctp_initmsg.size, {
  numOstreams: optional(u16(sctp_initmsg.sinit_num_ostreams), 0),
  maxInstreams: optional(u16(sctp_initmsg.sinit_max_instreams), 0),
  maxAttempts: optional(u16(sctp_initmsg.sinit_max_attempts), 0),
  maxInitTimeo: optional(u16(sctp_initmsg.sinit_max_init_timeo), 0),
});

/** The default parameters of sent messages. */
export interface SendInfo extends OfAssociation {
  /** The stream, by number. */
  readonly stream: number;
  /** Flags such as `SCTP_UNORDERED`. */
  readonly flags: number;
  /** The payload protocol identifier, sent without conversion of the byte order. */
  readonly ppid: number;
  /** A value of the program. Notifications of failed sends contain it. */
  readonly context: number;
}

/** struct sctp_sndinfo. */
export const sendInfoCodec: Codec<SendInfo, Partial<SendInfo>> = record<SendInfo, Partial<SendInfo>>(
  sctp_sndinfo.size,
  {
    association: associationAt(sctp_sndinfo.snd_assoc_id),
    stream: optional(u16(sctp_sndinfo.snd_sid), 0),
    flags: optional(u16(sctp_sndinfo.snd_flags), 0),
    ppid: optional(u32(sctp_sndinfo.snd_ppid), 0),
    context: optional(u32(sctp_sndinfo.snd_context), 0),
  },
);
