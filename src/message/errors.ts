/** The kernel's description of an error, `struct sock_extended_err`, which items of the error queue contain. ip(7). */

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
 * The source of an error: the local network stack (`'local'`) or an ICMP message (`'icmp'`, `'icmp6'`). Other items are
 * not errors but notifications about sent data: a timestamp (`'timestamping'`), memory that can be reused
 * (`'zerocopy'`), or a missed transmit time (`'txtime'`).
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

/** An error as the kernel reports it. */
export interface ExtendedError {
  /** The symbolic name of the error, `'ECONNREFUSED'`; `'ENOMSG'` for timestamps, `null` for zerocopy. `ee_errno`. */
  readonly code: string | null;
  /** The error number, negative; 0 if there is no error. `ee_errno`. */
  readonly errno: number;
  /** The source of the error. `ee_origin`. */
  readonly origin: ErrorOrigin;
  /** The ICMP type. `ee_type`. */
  readonly type: number;
  /** The ICMP code; for zerocopy and txtime, one of `SO_EE_CODE_`. `ee_code`. */
  readonly subtype: number;
  /**
   * For `EMSGSIZE`, the path MTU; for a timestamp, its type (`SCM_TSTAMP_`); for zerocopy, the first call. `ee_info`.
   */
  readonly info: number;
  /** For a timestamp, the number of its message; for zerocopy, the last call. `ee_data`. */
  readonly data: number;
  /**
   * The sender of the error: the router or host that sent the ICMP message. Its port is 0. For local errors and
   * timestamps, it is the packet's own source or `null`.
   */
  readonly offender: SocketAddress | null;
}

/** Decodes a `sock_extended_err` and the address after it; `undefined` if it is too short. */
function decodeExtendedError(data: Buffer): ExtendedError | undefined {
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

/** SO_EE_OFFENDER: the kernel writes zeros, AF_UNSPEC, if there is none. */
function readOffender(bytes: Uint8Array): SocketAddress | null {
  if (bytes.length < 2 || readFamily(bytes) === AF_UNSPEC) return null;
  return decodeAddress(bytes, bytes.length);
}

const rows: Receivable<ExtendedError>[] = [];

/**
 * Returns a row for the control message with which a family's error queue reports errors. Reading the error queue of
 * such sockets then uses it.
 *
 * @param offender the space for the offender's address, in bytes
 */
export function defineErrors(facts: ControlFacts, offender: number): Receivable<ExtendedError> {
  checkInteger(offender, 'offender', 0, 0xffff);
  const row = defineReader(facts, CMSG_SPACE(sock_extended_err.size + offender), decodeExtendedError);
  rows.push(row);
  return row;
}

/** Returns the extended error among the control messages of an item of the error queue. */
export function findExtendedError(control: readonly ControlMessage[]): ExtendedError | undefined {
  for (const row of rows) {
    const error = row.find(control);
    if (error !== undefined) return error;
  }
  // No row exists for this family. Beside the error, the kernel adds only timestamps (net/core/sock.c,
  // sock_recv_errqueue).
  const other = control.find(({ level }) => level !== SOL_SOCKET);
  return other && decodeExtendedError(other.data);
}

/** The completed sends with `MSG_ZEROCOPY`, whose memory can be reused. */
export interface ZerocopyCompletion {
  /** The first of them. Such sends are counted from 0 for each socket, with a 32-bit counter that wraps around. */
  readonly first: number;
  /** The last of them. */
  readonly last: number;
  /** Whether the kernel copied the data, so that zerocopy costs more than it saves. */
  readonly copied: boolean;
}

/**
 * Returns the completed sends with `MSG_ZEROCOPY` in an item of the error queue; `undefined` if it reports something
 * else.
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
