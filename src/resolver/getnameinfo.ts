/** getnameinfo(3): resolves a socket address to the names of its host and its service. */

import type { AddressInput } from '../address/address.js';
import { readFamily } from '../address/registry.js';
import { binding } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import { SOCK_DGRAM } from '../constants/socket.js';
import { checkInteger, checkObject, invalidValue } from '../errors/argument.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { sockaddr_in6 } from '../families/inet6/layout.js';
import { viewOf } from '../layout/view.js';
import { checkSyncOptions, checkWaitOptions, type WaitOptions } from '../reactor/wait-options.js';
import { AI_NUMERICHOST } from './constants.js';
import { addressLookup, readRecords } from './getaddrinfo.js';
import { checkHost } from './host-name.js';
import { type Lookup, perform, performSync } from './lookup.js';

/** The names of a socket address. */
export interface NameInfo {
  /** The host's name; its numeric address if it has no name or `NI_NUMERICHOST` is set. */
  readonly host: string;
  /** The service's name; its port if it has no name or `NI_NUMERICSERV` is set. */
  readonly service: string;
}

/** An address with a numeric host. `family` is optional, since the host implies it. */
export type NumericAddress = (AddressInput<'inet'> | AddressInput<'inet6'>) & { readonly port: number };

/** The largest flow information of an IPv6 address: 28 bits. */
const MAX_FLOWINFO = 0xfffffff;

type Fields = { -readonly [K in keyof AddressInput<'inet6'>]: AddressInput<'inet6'>[K] };

/** Returns the sockaddr of a host and a port. getaddrinfo(3) reads the host, so all its forms and scopes are supported. */
function numericSockaddr(host: string, port: number): Uint8Array {
  const hints = { type: SOCK_DGRAM, flags: AI_NUMERICHOST };
  const records = performSync(addressLookup(host, String(port), hints, readRecords));
  if (records.length !== 1) throw invalidValue('address.host', 'must be one address', host);
  return records[0]!.sockaddr;
}

function toSockaddr(address: NumericAddress): { host: string; sockaddr: Uint8Array } {
  const { family, flowinfo, scopeId, ...given } = checkObject(address, 'address') as Fields;
  const host = checkHost(given.host, 'address.host');
  const port = checkInteger(given.port, 'address.port', 0, 0xffff);
  if (flowinfo !== undefined) checkInteger(flowinfo, 'address.flowinfo', 0, MAX_FLOWINFO);
  if (scopeId !== undefined) checkInteger(scopeId, 'address.scopeId', 0, 0xffffffff);

  const sockaddr = numericSockaddr(host, port);
  const actual = readFamily(sockaddr) === AF_INET6 ? 'inet6' : 'inet';
  if (family !== undefined && family !== actual) {
    throw invalidValue('address.family', `must be '${actual}' for the host ${host}`, family);
  }
  const view = viewOf(sockaddr);
  if (actual === 'inet6') {
    if (flowinfo !== undefined) view.setUint32(sockaddr_in6.sin6_flowinfo, flowinfo);
    if (scopeId) sockaddr.set(new Uint8Array(Uint32Array.of(scopeId).buffer), sockaddr_in6.sin6_scope_id);
  } else if (flowinfo !== undefined || scopeId !== undefined) {
    const field = flowinfo === undefined ? 'scopeId' : 'flowinfo';
    throw invalidValue(`address.${field}`, 'must be left out of an IPv4 address', address);
  }
  return { host, sockaddr };
}

function readNames(bytes: Buffer): NameInfo {
  const [host = '', service = ''] = bytes.toString('utf8').split('\0');
  return Object.freeze({ host, service });
}

function lookupOf(address: NumericAddress, flags: unknown, argument: string): Lookup<NameInfo> {
  if (typeof flags === 'number') assertPresent(flags, argument);
  const checkedFlags = flags === undefined ? 0 : checkInteger(flags, argument, 0, 0x7fffffff);
  const { host, sockaddr } = toSockaddr(address);
  return {
    syscall: 'getnameinfo',
    hostname: host,
    ask: callback => binding.getnameinfo(sockaddr, checkedFlags, callback),
    read: readNames,
  };
}

/** The options of {@link getnameinfoSync}. */
export interface SyncGetnameinfoOptions {
  /** `NI_` constants, or-ed: `NI_NUMERICHOST`, `NI_NUMERICSERV`, `NI_NAMEREQD`, `NI_DGRAM`, `NI_NOFQDN`. */
  readonly flags?: number | undefined;
}

/** The options of {@link getnameinfo}. */
export interface GetnameinfoOptions extends SyncGetnameinfoOptions, WaitOptions {}

const OPTION_KEYS: readonly string[] = ['flags'];

/**
 * Resolves a socket address to the names of its host and its service.
 *
 * @param address an address with a numeric host: short IPv4 forms and a `%scope` are supported. The host of a scoped IPv6
 *   address is returned with its `%scope`.
 * @param options `NI_` constants, or-ed; or an object with `flags`, `signal` and `timeout` (milliseconds, no limit by
 *   default)
 * @throws {ResolverError} `ENOTFOUND` if the host is not numeric, or if it has no name and `NI_NAMEREQD` is set
 * @throws {TimeoutError} if the timeout has passed; always if it is 0
 * @throws {TypeError} or {RangeError} naming the argument
 * @see getnameinfo(3), RFC 3493 section 6.2
 */
export async function getnameinfo(
  address: NumericAddress,
  options?: number | GetnameinfoOptions,
): Promise<NameInfo> {
  if (typeof options === 'number') return perform(lookupOf(address, options, 'flags'), {});
  const wait = checkWaitOptions(options, OPTION_KEYS);
  return perform(lookupOf(address, options?.flags, 'options.flags'), wait);
}

/**
 * Resolves a socket address to the names of its host and its service. Blocks the thread until the resolver returns: with
 * DNS, that can be many seconds.
 *
 * @param address an address with a numeric host
 * @param options `NI_` constants, or-ed; or an object with `flags`. The C resolver has no timeout.
 * @see {@link getnameinfo}
 */
export function getnameinfoSync(
  address: NumericAddress,
  options?: number | SyncGetnameinfoOptions,
): NameInfo {
  if (typeof options === 'number') return performSync(lookupOf(address, options, 'flags'));
  checkSyncOptions(options, OPTION_KEYS);
  return performSync(lookupOf(address, options?.flags, 'options.flags'));
}
