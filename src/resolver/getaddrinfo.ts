/** getaddrinfo(3): a host and a service to addresses that a socket can use. */
import { endianness } from 'node:os';
import type { AddressOf } from '../address/address.js';
import { decodeAddress } from '../address/registry.js';
import { binding } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import type { Family } from '../constants/kinds.js';
import { checkInteger, checkObject, checkText, invalidType, outOfRange } from '../errors/argument.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { checkHost } from './host-name.js';
import { type Lookup, perform, performSync } from './lookup.js';

/** What the answer to `getaddrinfo` is narrowed to. Each is 0 when left out: anything goes. */
export interface AddressHints {
  /** `AF_INET`, `AF_INET6`, or `AF_UNSPEC` (0) for both. */
  readonly family?: number | undefined;
  /** A socket type: `SOCK_STREAM`, `SOCK_DGRAM`, `SOCK_RAW`; 0 for all of them. */
  readonly type?: number | undefined;
  /** A protocol: `IPPROTO_TCP`, `IPPROTO_UDP`, …; 0 for any. */
  readonly protocol?: number | undefined;
  /** `AI_` constants, or-ed: `AI_PASSIVE`, `AI_CANONNAME`, `AI_NUMERICHOST`, `AI_ADDRCONFIG`, … */
  readonly flags?: number | undefined;
}

/** One way to reach a host: what to make a socket with, and where to connect or bind it. */
export interface AddressInfo {
  /** The family to make a socket with: `AF_INET` or `AF_INET6`. */
  readonly family: Family<'inet' | 'inet6'>;
  /** The type to make a socket with: `SOCK_STREAM`, … */
  readonly type: number;
  /** The protocol to make a socket with: `IPPROTO_TCP`, … */
  readonly protocol: number;
  /** The host's canonical name, on the first entry after `AI_CANONNAME`. */
  readonly canonicalName: string | undefined;
  /** Where to connect or bind; the host is numeric, the scope of an IPv6 address stands in `scopeId` only. */
  readonly address: AddressOf<'inet' | 'inet6'>;
}

const littleEndian = endianness() === 'LE';

/** The numbers before each record; native/core/resolve.h. */
const HEADER = { family: 0, type: 4, protocol: 8, addressLength: 12, nameLength: 16, size: 20 } as const;

/** Where one record's parts are, among the bytes of an answer. */
export interface AddressRecord {
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
  /** The socket address, as the kernel lays it out. */
  readonly sockaddr: Uint8Array;
  readonly canonicalName: string | undefined;
}

/** Takes the records of an answer apart. */
export function readRecords(bytes: Buffer): AddressRecord[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
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

/** glibc would take 65616 for 80. */
function checkService(value: unknown): string | null {
  if (value === null) return null;
  if (typeof value === 'number') return String(checkInteger(value, 'service', 0, 0xffff));
  if (typeof value !== 'string') throw invalidType('service', 'of type string or number, or null', value);
  const service = checkText(value, 'service');
  if (/^\s*\+?\d+$/.test(service) && Number(service) > 0xffff)
    throw outOfRange('service', '>= 0 && <= 65535', service);
  return service;
}

/** A question to getaddrinfo(3), its arguments not checked. */
export function addressQuestion<T>(
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

function question(
  host: string | null,
  service: string | number | null,
  hints: AddressHints,
): Lookup<AddressInfo[]> {
  const { family, type, protocol, flags } = checkObject(hints, 'options') as AddressHints;
  const checked = {
    family: checkHint(family, 'options.family'),
    type: checkHint(type, 'options.type'),
    protocol: checkHint(protocol, 'options.protocol'),
    flags: checkHint(flags, 'options.flags'),
  };
  const name = host === null ? null : checkHost(host, 'host');
  return addressQuestion(name, checkService(service), checked, bytes =>
    readRecords(bytes).map(toAddressInfo),
  );
}

/**
 * Resolves a host and a service to socket addresses, by the rules of the machine (/etc/hosts, DNS, …), in the order in
 * which they should be tried. See getaddrinfo(3), RFC 3493 section 6.1 and, for the order, RFC 6724.
 *
 * @param host a name or a numeric address, which may have a `%scope`; `null` for this machine: the loopback addresses,
 *   or with `AI_PASSIVE` the addresses to listen on
 * @param service a name from /etc/services, or a port from 0 to 65535; `null` for port 0
 * @param options the {@link AddressHints}, and `signal` and `timeout` (milliseconds; no limit by default)
 * @returns at least one entry, frozen
 * @throws {ResolverError} `ENOTFOUND` when there is no such host; else its `eai` says what is wrong
 * @throws {TypeError} or {RangeError} naming the argument
 */
export async function getaddrinfo(
  host: string | null,
  service: string | number | null,
  options: AddressHints & WaitOptions = {},
): Promise<AddressInfo[]> {
  return perform(question(host, service, options), options);
}

/**
 * {@link getaddrinfo}, blocking the thread for as long as the resolver takes: with DNS, that may be many seconds.
 *
 * @param host as there
 * @param service as there
 * @param options the {@link AddressHints}
 */
export function getaddrinfoSync(
  host: string | null,
  service: string | number | null,
  options: AddressHints = {},
): AddressInfo[] {
  return performSync(question(host, service, options));
}
