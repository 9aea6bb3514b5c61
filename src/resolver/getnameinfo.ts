/** getnameinfo(3): a socket address to the names of its host and its service. */

import type { AddressInput } from '../address/address.js';
import { readFamily } from '../address/registry.js';
import { binding } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import { SOCK_DGRAM } from '../constants/socket.js';
import { checkInteger, checkObject, invalidValue } from '../errors/argument.js';
import { MOST_FLOWINFO } from '../families/inet6/address.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { sockaddr_in6 } from '../families/inet6/layout.js';
import { viewOf } from '../layout/view.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { AI_NUMERICHOST } from './constants.js';
import { addressQuestion, readRecords } from './getaddrinfo.js';
import { checkHost } from './host-name.js';
import { type Lookup, perform, performSync } from './lookup.js';

/** What an address is called. */
export interface NameInfo {
  /** The host's name, or its number when it has no name or `NI_NUMERICHOST` was asked for. */
  readonly host: string;
  /** The service's name, or its port when it has no name or `NI_NUMERICSERV` was asked for. */
  readonly service: string;
}

/** An address whose host is numeric: `family` may be left out, since the host shows it. */
export type NumericAddress = AddressInput<'inet'> | AddressInput<'inet6'>;

type Fields = { -readonly [K in keyof AddressInput<'inet6'>]: AddressInput<'inet6'>[K] };

/** The sockaddr of `host` and `port`; getaddrinfo(3) itself reads the host, in all the forms and scopes it knows. */
function numericSockaddr(host: string, port: number): Uint8Array {
  const hints = { type: SOCK_DGRAM, flags: AI_NUMERICHOST };
  const records = performSync(addressQuestion(host, String(port), hints, readRecords));
  if (records.length !== 1) throw invalidValue('address.host', 'must stand for one address', host);
  return records[0]!.sockaddr;
}

function toSockaddr(address: NumericAddress): { host: string; sockaddr: Uint8Array } {
  const { family, flowinfo, scopeId, ...given } = checkObject(address, 'address') as Fields;
  const host = checkHost(given.host, 'address.host');
  const port = checkInteger(given.port, 'address.port', 0, 0xffff);
  if (flowinfo !== undefined) checkInteger(flowinfo, 'address.flowinfo', 0, MOST_FLOWINFO);
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

function question(address: NumericAddress, flags: number): Lookup<NameInfo> {
  if (typeof flags === 'number') assertPresent(flags, 'flags');
  checkInteger(flags, 'flags', 0, 0x7fffffff);
  const { host, sockaddr } = toSockaddr(address);
  return {
    syscall: 'getnameinfo',
    hostname: host,
    ask: callback => binding.getnameinfo(sockaddr, flags, callback),
    read: readNames,
  };
}

/**
 * Finds the names of an address's host and service. See getnameinfo(3), RFC 3493 section 6.2.
 *
 * @param address its host has to be numeric (as for `AI_NUMERICHOST`: short IPv4 forms and a `%scope` will do). The
 *   host of a scoped IPv6 address comes back with its `%scope`
 * @param flags `NI_` constants, or-ed: `NI_NUMERICHOST`, `NI_NUMERICSERV`, `NI_NAMEREQD`, `NI_DGRAM`, `NI_NOFQDN`
 * @param options `signal` and `timeout` (milliseconds; no limit by default)
 * @throws {ResolverError} `ENOTFOUND` when the host is not numeric, or has no name and `NI_NAMEREQD` wants one
 * @throws {TypeError} or {RangeError} naming the argument
 */
export async function getnameinfo(
  address: NumericAddress,
  flags: number = 0,
  options: WaitOptions = {},
): Promise<NameInfo> {
  return perform(question(address, flags), options);
}

/**
 * {@link getnameinfo}, blocking the thread for as long as the resolver takes: with DNS, that may be many seconds.
 *
 * @param address as there
 * @param flags as there
 */
export function getnameinfoSync(address: NumericAddress, flags: number = 0): NameInfo {
  return performSync(question(address, flags));
}
