/** getaddrinfo(3): resolves a host and a service to socket addresses. */

import type { AddressOf } from '../address/address.js';
import { decodeAddress } from '../address/registry.js';
import { binding } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import type { Family } from '../constants/kinds.js';
import { checkInteger, checkText, invalidType, outOfRange } from '../errors/argument.js';
import { littleEndian, viewOf } from '../layout/view.js';
import { checkSyncOptions, checkWaitOptions, type WaitOptions } from '../reactor/wait-options.js';
import { checkHost } from './host-name.js';
import { type Lookup, perform, performSync } from './lookup.js';

/** Restricts the result of `getaddrinfo`. Each is 0 by default, which means no restriction. */
export interface AddressHints {
  /** `AF_INET`, `AF_INET6`, or `AF_UNSPEC` (0) for both. */
  readonly family?: number | undefined;
  /** A socket type: `SOCK_STREAM`, `SOCK_DGRAM`, `SOCK_RAW`; 0 for all. */
  readonly type?: number | undefined;
  /** A protocol: `IPPROTO_TCP`, `IPPROTO_UDP`, …; 0 for any. */
  readonly protocol?: number | undefined;
  /** `AI_` constants, or-ed: `AI_PASSIVE`, `AI_CANONNAME`, `AI_NUMERICHOST`, `AI_ADDRCONFIG`, … */
  readonly flags?: number | undefined;
}

/** The options of {@link getaddrinfo}. */
export interface GetaddrinfoOptions extends AddressHints, WaitOptions {}

/** A socket address, and the arguments of `new Socket` to use it with. */
export interface AddressInfo {
  /** The address family: `AF_INET` or `AF_INET6`. */
  readonly family: Family<'inet' | 'inet6'>;
  /** The socket type: `SOCK_STREAM`, … */
  readonly type: number;
  /** The protocol: `IPPROTO_TCP`, … */
  readonly protocol: number;
  /** The canonical name of the host, on the first entry if `AI_CANONNAME` was set. */
  readonly canonicalName: string | undefined;
  /** The address to connect or bind to. The host is numeric; the scope of an IPv6 address is only in `scopeId`. */
  readonly address: AddressOf<'inet' | 'inet6'>;
}

/** The header of each record: native/core/resolve.h. */
const HEADER = { family: 0, type: 4, protocol: 8, addressLength: 12, nameLength: 16, size: 20 } as const;

/** One record of an answer. */
export interface AddressRecord {
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
  /** The socket address in the kernel's layout. */
  readonly sockaddr: Uint8Array;
  readonly canonicalName: string | undefined;
}

/** Reads the records of an answer. */
export function readRecords(bytes: Buffer): AddressRecord[] {
  const view = viewOf(bytes);
  const records: AddressRecord[] = [];
  for (let at = 0; at < bytes.length; ) {
    const number = (offset: number) => view.getInt32(at + offset, littleEndian);
    const nameAt = at + HEADER.size + number(HEADER.addressLength);
    const nameEnd = nameAt + Math.max(0, number(HEADER.nameLength));
    records.push({
      family: number(HEADER.family),
      type: number(HEADER.type),
      protocol: number(HEADER.protocol),
      sockaddr: new Uint8Array(
        bytes.buffer,
        bytes.byteOffset + at + HEADER.size,
        number(HEADER.addressLength),
      ),
      canonicalName: number(HEADER.nameLength) < 0 ? undefined : bytes.toString('utf8', nameAt, nameEnd),
    });
    at = (nameEnd + 3) & ~3;
  }
  return records;
}

function toAddressInfo({ sockaddr, ...record }: AddressRecord): AddressInfo {
  const family = record.family as Family<'inet' | 'inet6'>;
  const address = decodeAddress(sockaddr, sockaddr.length) as AddressOf<'inet' | 'inet6'>;
  return Object.freeze({ ...record, family, address });
}

function checkHint(value: unknown, argument: string): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') assertPresent(value, argument);
  return checkInteger(value, argument, 0, 0x7fffffff);
}

/** Checks a service. A number above 65535 is refused: glibc reads 65616 as 80. */
function checkService(value: unknown): string | null {
  if (value === null) return null;
  if (typeof value === 'number') return String(checkInteger(value, 'service', 0, 0xffff));
  if (typeof value !== 'string') throw invalidType('service', 'of type string or number, or null', value);
  const service = checkText(value, 'service');
  if (/^\s*\+?\d+$/.test(service) && Number(service) > 0xffff)
    throw outOfRange('service', '>= 0 && <= 65535', service);
  return service;
}

/** Returns a call of getaddrinfo(3). The arguments are not checked. */
export function addressLookup<T>(
  host: string | null,
  service: string | null,
  { family = 0, type = 0, protocol = 0, flags = 0 }: AddressHints,
  read: (bytes: Buffer) => T,
): Lookup<T> {
  return {
    syscall: 'getaddrinfo',
    hostname: host ?? undefined,
    ask: callback => binding.getaddrinfo(host, service, family, type, protocol, flags, callback),
    read,
  };
}

const HINT_KEYS: readonly string[] = ['family', 'type', 'protocol', 'flags'];

function checkedLookup(
  host: string | null,
  service: string | number | null,
  hints: AddressHints,
): Lookup<AddressInfo[]> {
  const { family, type, protocol, flags } = hints;
  const checked = {
    family: checkHint(family, 'options.family'),
    type: checkHint(type, 'options.type'),
    protocol: checkHint(protocol, 'options.protocol'),
    flags: checkHint(flags, 'options.flags'),
  };
  const name = host === null ? null : checkHost(host, 'host');
  return addressLookup(name, checkService(service), checked, bytes => readRecords(bytes).map(toAddressInfo));
}

/**
 * Resolves a host and a service to socket addresses, with the configuration of the machine (/etc/hosts, DNS, …).
 *
 * @param host a name or a numeric address, which can have a `%scope`; `null` for the loopback addresses, or with
 *   `AI_PASSIVE` for the addresses to listen on
 * @param service a name from /etc/services, or a port from 0 to 65535; `null` for port 0
 * @param options `family`, `type`, `protocol` and `flags` restrict the result; `signal`; `timeout` in milliseconds, no
 *   limit by default. A look-up always waits: with a timeout of 0 it throws a `TimeoutError`.
 * @returns at least one entry, frozen, in the order to try them
 * @throws {ResolverError} `ENOTFOUND` if there is no such host; `eai` says what failed
 * @throws {TimeoutError} if the timeout has passed
 * @throws {TypeError} or {RangeError} naming the argument
 * @see getaddrinfo(3), RFC 3493 section 6.1, RFC 6724 for the order
 */
export async function getaddrinfo(
  host: string | null,
  service: string | number | null,
  options: GetaddrinfoOptions = {},
): Promise<AddressInfo[]> {
  const wait = checkWaitOptions(options, HINT_KEYS);
  return perform(checkedLookup(host, service, options), wait);
}

/**
 * Resolves a host and a service to socket addresses. Blocks the thread until the resolver returns: with DNS, that can be
 * many seconds.
 *
 * @param host a name or a numeric address, or `null`
 * @param service a name from /etc/services, a port, or `null`
 * @param options `family`, `type`, `protocol` and `flags`. The C resolver has no timeout.
 * @see {@link getaddrinfo}
 */
export function getaddrinfoSync(
  host: string | null,
  service: string | number | null,
  options: AddressHints = {},
): AddressInfo[] {
  checkSyncOptions(options, HINT_KEYS);
  return performSync(checkedLookup(host, service, options));
}
