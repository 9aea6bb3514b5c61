/** gethostbyname(3): the older look-up of names. It supports only IPv4, but returns aliases. */

import { binding } from '../binding.js';
import { checkText } from '../errors/argument.js';
import { AF_INET } from '../families/inet/constants.js';
import { checkWaitOptions, type WaitOptions } from '../reactor/wait-options.js';
import { type HostEntry, readHostEntry } from './host-entry.js';
import { checkHost } from './host-name.js';
import { type Lookup, perform, performSync } from './lookup.js';
import { resolveHost, resolveHostSync } from './resolve-host.js';

/**
 * Returns the first IPv4 address of a host: `'100.50.200.5'`. {@link getaddrinfo} supports IPv6 too.
 *
 * @param host a name. An IPv4 address is returned unchanged; `''` is `'0.0.0.0'`, `'<broadcast>'` is
 *   `'255.255.255.255'`.
 * @param options `signal`; `timeout` in milliseconds, no limit by default
 * @throws {ResolverError} `ENOTFOUND` if there is no such host
 * @throws {TimeoutError} if the timeout has passed; always if it is 0 and the host is a name
 * @throws {TypeError} or {RangeError} naming the argument
 */
export async function gethostbyname(host: string, options?: WaitOptions): Promise<string> {
  const wait = checkWaitOptions(options);
  return resolveHost(checkText(host, 'host'), 4, wait, 'host');
}

/**
 * Returns the first IPv4 address of a host. Blocks the thread until the resolver returns.
 *
 * @param host a name or an IPv4 address
 * @see {@link gethostbyname}
 */
export function gethostbynameSync(host: string): string {
  return resolveHostSync(checkText(host, 'host'), 4, 'host');
}

function lookupOf(host: string): Lookup<HostEntry> {
  const hostname = checkHost(host, 'host');
  return {
    syscall: 'gethostbyname',
    hostname,
    ask: callback => binding.gethostbyname(hostname, AF_INET, callback),
    read: readHostEntry,
  };
}

/**
 * Returns the official name of a host, its aliases, and all its IPv4 addresses.
 *
 * @param host a name or an IPv4 address
 * @param options `signal`; `timeout` in milliseconds, no limit by default
 * @throws {ResolverError} with `hErrno`: `HOST_NOT_FOUND` (code `ENOTFOUND`), `TRY_AGAIN`, `NO_RECOVERY`, `NO_DATA`
 * @throws {TimeoutError} if the timeout has passed; always if it is 0
 * @throws {TypeError} or {RangeError} naming the argument
 * @see gethostbyname(3)
 */
export async function gethostbynameEx(host: string, options?: WaitOptions): Promise<HostEntry> {
  const wait = checkWaitOptions(options);
  return perform(lookupOf(host), wait);
}

/**
 * Returns the official name of a host, its aliases, and all its IPv4 addresses. Blocks the thread until the resolver
 * returns.
 *
 * @param host a name or an IPv4 address
 * @see {@link gethostbynameEx}
 */
export function gethostbynameExSync(host: string): HostEntry {
  return performSync(lookupOf(host));
}
