import { decodeAddress, driverOf } from '../../address/registry.js';
import { sockaddr_storage } from '../../constants/layout.js';
import { SOCK_SEQPACKET, SOCK_STREAM } from '../../constants/socket.js';
import { checkObject } from '../../errors/argument.js';
import type { InetAddress } from '../../families/inet/address.js';
import { AF_INET, IPPROTO_SCTP } from '../../families/inet/constants.js';
import * as constants from '../../families/inet/sctp.js';
import { sctp_assoc_value } from '../../families/inet/sctp-layout.js';
import type { Inet6Address } from '../../families/inet6/address.js';
import { AF_INET6 } from '../../families/inet6/constants.js';
import type { Codec } from '../codec.js';
import { defineLevel, type Level } from '../level.js';
import { type Field, flag, i32, optional, record, u32 } from '../record.js';

/** The families that SCTP runs over. */
export type Inet = 'inet' | 'inet6';

/** The makers of rows of level IPPROTO_SCTP. */
export const sctp: Level<typeof constants, Inet> = defineLevel({
  constants,
  level: IPPROTO_SCTP,
  families: ['inet', 'inet6'],
  types: [SOCK_STREAM, SOCK_SEQPACKET],
  protocols: [IPPROTO_SCTP],
  man: 'RFC 6458',
});

/** What needs no more than to be asked with an association is asked with `about(option, { association })`. */
export interface OfAssociation {
  /**
   * The association; 0, the default, is the one of a connected socket, and of any other those that are yet to come
   * (`SCTP_FUTURE_ASSOC`).
   */
  readonly association: number;
}

/** The association, at the head of most structures. */
export const associationAt = (offset: number): Field<number> => optional(i32(offset), 0);

/** An association and a number. */
export interface AssociationValue extends OfAssociation {
  /** What the option says it is. */
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

/** An association and a switch. */
export interface AssociationSwitch extends OfAssociation {
  /** Whether it is switched on. */
  readonly on: boolean;
}

/** struct sctp_assoc_value, of which the number is 0 or 1. */
export const associationSwitch: Codec<AssociationSwitch, Partial<AssociationSwitch>> = record<
  AssociationSwitch,
  Partial<AssociationSwitch>
>(sctp_assoc_value.size, {
  association: associationAt(sctp_assoc_value.assoc_id),
  on: flag(u32(sctp_assoc_value.assoc_value)),
});

/** An address of an association; `null` for none, which is all of them. */
export type SctpAddress = InetAddress | Inet6Address;

/** A `sockaddr_storage`, which holds no address where it is all zeros. */
export function addressAt(offset: number): Field<SctpAddress | null> {
  const bytesOf = (view: DataView) =>
    new Uint8Array(view.buffer, view.byteOffset + offset, sockaddr_storage.size);
  return {
    offset,
    size: sockaddr_storage.size,
    fallback: null,
    read(view) {
      const address = decodeAddress(bytesOf(view), sockaddr_storage.size);
      return address?.family === 'inet' || address?.family === 'inet6' ? address : null;
    },
    write(view, value, argument) {
      if (value === null) return;
      const { host } = checkObject(value, argument) as SctpAddress;
      const driver = driverOf(typeof host === 'string' && host.includes(':') ? AF_INET6 : AF_INET);
      bytesOf(view).set(driver.encode(value as never));
    },
  };
}
