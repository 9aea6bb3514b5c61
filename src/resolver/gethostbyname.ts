/** gethostbyname(3): the older look-up of names, which knows IPv4 only, but knows aliases. */

import { binding } from '../binding.js';
import { checkText } from '../errors/argument.js';
import { AF_INET } from '../families/inet/constants.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { type HostEntry, readHostEntry } from './host-entry.js';
import { checkHost } from './host-name.js';
import { type Lookup, perform, performSync } from './lookup.js';
import { resolveHost, resolveHostSync } from './resolve-host.js';

/**
 * The first IPv4 address of a host, `'100.50.200.5'`. {@link getaddrinfo} is the one that knows IPv6 too.
 *
 * @param host a name; an IPv4 address comes back unchanged; `''` is `'0.0.0.0'`, `'<broadcast>'` is
 *   `'255.255.255.255'`
 * @param options `signal` and `timeout` (milliseconds; no limit by default)
 * @throws {ResolverError} `ENOTFOUND` when there is no such host
 * @throws {TypeError} naming the argument
 */
export async function gethostbyname(host: string, options: WaitOptions = {}): Promise<string> {
  return resolveHost(checkText(host, 'host'), 4, options);
}

/** {@link gethostbyname}, blocking the thread for as long as the resolver takes. */
export function gethostbynameSync(host: string): string {
  return resolveHostSync(checkText(host, 'host'), 4);
}

function question(host: string): Lookup<HostEntry> {
  const hostname = checkHost(host, 'host');
  return {
    syscall: 'gethostbyname',
    hostname,
    ask: callback => binding.gethostbyname(hostname, AF_INET, callback),
    read: readHostEntry,
  };
}

/**
 * The official name of a host, its other names, and all its IPv4 addresses. See gethostbyname(3).
 *
 * @param host a name or an IPv4 address
 * @param options `signal` and `timeout` (milliseconds; no limit by default)
 * @throws {ResolverError} with `hErrno`: `HOST_NOT_FOUND` (code `ENOTFOUND`), `TRY_AGAIN`, `NO_RECOVERY`, `NO_DATA`
 * @throws {TypeError} naming the argument
 */
export async function gethostbynameEx(host: string, options: WaitOptions = {}): Promise<HostEntry> {
  return perform(question(host), options);
}

/** {@link gethostbynameEx}, blocking the thread for as long as the resolver takes. */
export function gethostbynameExSync(host: string): HostEntry {
  return performSync(question(host));
}
