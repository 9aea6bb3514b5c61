/** The kernel's own account of an error, `struct sock_extended_err`: what the error queue is made of. ip(7). */

import type { SocketAddress } from '../address/address.js';
import { decodeAddress, readFamily } from '../address/registry.js';
import { sock_extended_err } from '../constants/layout.js';
import {
  AF_UNSPEC,
  SO_EE_CODE_ZEROCOPY_COPIED,
  SO_EE_ORIGIN_ICMP,
  SO_EE_ORIGIN_ICMP6,
  SO_EE_ORIGIN_LOCAL,
  SO_EE_ORIGIN_NONE,
  SO_EE_ORIGIN_TIMESTAMPING,
  SO_EE_ORIGIN_TXTIME,
  SO_EE_ORIGIN_ZEROCOPY,
  SOL_SOCKET,
} from '../constants/socket.js';
import { checkInteger, checkObject } from '../errors/argument.js';
import { errnoCode } from '../errors/codes.js';
import { littleEndian, viewOf } from '../layout/view.js';
import { type ControlFacts, defineReader, type Receivable } from './codec.js';
import { CMSG_SPACE, type ControlMessage } from './control.js';

/**
 * Where an error came from: this machine's network stack (`'local'`), an ICMP message (`'icmp'`, `'icmp6'`), or no error
 * at all but news of something sent: its timestamp (`'timestamping'`), its memory that is free again (`'zerocopy'`), its
 * time to leave that was missed (`'txtime'`).
 */
export type ErrorOrigin =
  | 'none'
  | 'local'
  | 'icmp'
  | 'icmp6'
  | 'timestamping'
  | 'zerocopy'
  | 'txtime'
  | 'unknown';

const origins: ReadonlyMap<number, ErrorOrigin> = new Map([
  [SO_EE_ORIGIN_NONE, 'none'],
  [SO_EE_ORIGIN_LOCAL, 'local'],
  [SO_EE_ORIGIN_ICMP, 'icmp'],
  [SO_EE_ORIGIN_ICMP6, 'icmp6'],
  [SO_EE_ORIGIN_TIMESTAMPING, 'timestamping'],
  [SO_EE_ORIGIN_ZEROCOPY, 'zerocopy'],
  [SO_EE_ORIGIN_TXTIME, 'txtime'],
]);

/** An error as the kernel tells it. */
export interface ExtendedError {
  /** The error's symbolic name, `'ECONNREFUSED'`; of timestamps `'ENOMSG'`, of zerocopy, which is none, `null`. `ee_errno`. */
  readonly code: string | null;
  /** The error's number, negative; 0 where nothing failed. `ee_errno`. */
  readonly errno: number;
  /** Who reported it. `ee_origin`. */
  readonly origin: ErrorOrigin;
  /** The ICMP type. `ee_type`. */
  readonly type: number;
  /** The ICMP code; of zerocopy and txtime, one of `SO_EE_CODE_`. `ee_code`. */
  readonly subtype: number;
  /** Of `EMSGSIZE`, the path's MTU; of a timestamp, which one (`SCM_TSTAMP_`); of zerocopy, the first call. `ee_info`. */
  readonly info: number;
  /** Of a timestamp, which message it is of; of zerocopy, the last call. `ee_data`. */
  readonly data: number;
  /**
   * Who reported the error: the router or host that sent the ICMP message. Its port is 0. Of errors of this machine and
   * of timestamps, the packet's own source or nothing.
   */
  readonly offender: SocketAddress | null;
}

/** A `sock_extended_err` and the address after it; `undefined` where there is too little of it. */
export function decodeExtendedError(data: Buffer): ExtendedError | undefined {
  if (data.length < sock_extended_err.size) return undefined;
  const view = viewOf(data);
  const errno = view.getUint32(sock_extended_err.ee_errno, littleEndian);
  return Object.freeze({
    code: errno === 0 ? null : errnoCode(-errno),
    errno: errno === 0 ? 0 : -errno,
    origin: origins.get(data[sock_extended_err.ee_origin]!) ?? 'unknown',
    type: data[sock_extended_err.ee_type]!,
    subtype: data[sock_extended_err.ee_code]!,
    info: view.getUint32(sock_extended_err.ee_info, littleEndian),
    data: view.getUint32(sock_extended_err.ee_data, littleEndian),
    offender: readOffender(data.subarray(sock_extended_err.size)),
  });
}

/** SO_EE_OFFENDER: the kernel leaves zeros, AF_UNSPEC, where there was none. */
function readOffender(bytes: Uint8Array): SocketAddress | null {
  if (bytes.length < 2 || readFamily(bytes) === AF_UNSPEC) return null;
  return decodeAddress(bytes, bytes.length);
}

const rows: Receivable<ExtendedError>[] = [];

/**
 * A row for the control message that a family's error queue is told by. Once defined, errors of such sockets are read by
 * it, whoever reads them.
 *
 * @param offender the space for the offender's address, in bytes
 */
export function defineErrors(facts: ControlFacts, offender: number): Receivable<ExtendedError> {
  checkInteger(offender, 'offender', 0, 0xffff);
  const row = defineReader(facts, CMSG_SPACE(sock_extended_err.size + offender), decodeExtendedError);
  rows.push(row);
  return row;
}

/** The extended error among the control messages of an item of the error queue. */
export function findExtendedError(control: readonly ControlMessage[]): ExtendedError | undefined {
  for (const row of rows) {
    const error = row.find(control);
    if (error !== undefined) return error;
  }
  // A family that no row knows: beside its error the kernel puts timestamps alone (net/core/sock.c, sock_recv_errqueue).
  const other = control.find(({ level }) => level !== SOL_SOCKET);
  return other && decodeExtendedError(other.data);
}

/** Which sends with `MSG_ZEROCOPY` are done with the caller's memory. */
export interface ZerocopyCompletion {
  /** The first of them: such sends are counted from 0, for each socket; 32 bits, and round. */
  readonly first: number;
  /** The last of them. */
  readonly last: number;
  /** Whether the kernel had to copy the data after all, so that asking for zerocopy costs more than it saves. */
  readonly copied: boolean;
}

/**
 * What an item of the error queue says of sends with `MSG_ZEROCOPY`; `undefined` if it is about something else.
 *
 * @see Documentation/networking/msg_zerocopy.rst
 */
export function zerocopyCompletion(error: ExtendedError): ZerocopyCompletion | undefined {
  const { origin, subtype, info, data } = checkObject(error, 'error') as ExtendedError;
  if (origin !== 'zerocopy') return undefined;
  for (const [name, value] of Object.entries({ subtype, info, data }))
    checkInteger(value, `error.${name}`, 0, 0xffffffff);
  const copied = (subtype & SO_EE_CODE_ZEROCOPY_COPIED) !== 0;
  return Object.freeze({ first: info, last: data, copied });
}
