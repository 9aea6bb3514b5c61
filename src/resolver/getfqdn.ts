/** The fully qualified domain name of a host. */

import { checkText } from '../errors/argument.js';
import { SocketError, TimeoutError } from '../errors/errors.js';
import { checkWaitOptions, type WaitOptions } from '../reactor/wait-options.js';
import { gethostbyaddr, gethostbyaddrSync } from './gethostbyaddr.js';
import type { HostEntry } from './host-entry.js';
import { checkHost } from './host-name.js';
import { gethostname } from './hostname.js';

/** Returns the host to look up: this machine's name replaces an empty name and the unspecified addresses. */
function hostOf(name: unknown): string {
  const text = checkHost(checkText(name, 'name').trim(), 'name');
  return text === '' || text === '0.0.0.0' || text === '::' ? gethostname() : text;
}

/** Returns the first name with a dot, otherwise the official name. */
function qualified({ hostname, aliases }: HostEntry): string {
  return [hostname, ...aliases].find(name => name.includes('.')) ?? hostname;
}

/** Returns the name itself if the host cannot be resolved. */
function fallback(name: string, error: unknown): string {
  if (error instanceof SocketError && !(error instanceof TimeoutError)) return name;
  throw error;
}

/**
 * Returns the fully qualified domain name of a host: the first of its official name and its aliases that has a dot,
 * otherwise the official name. If the host cannot be resolved, it returns `name`.
 *
 * @param name a host name or an address; this machine by default, and for `''`, `'0.0.0.0'` and `'::'`
 * @param options `signal`; `timeout` in milliseconds, no limit by default
 * @throws {TimeoutError} if the timeout has passed; always if it is 0
 * @throws {TypeError} or {RangeError} naming the argument
 */
export async function getfqdn(name: string = '', options?: WaitOptions): Promise<string> {
  const wait = checkWaitOptions(options);
  const host = hostOf(name);
  try {
    return qualified(await gethostbyaddr(host, wait));
  } catch (error) {
    return fallback(host, error);
  }
}

/**
 * Returns the fully qualified domain name of a host. Blocks the thread until the resolver returns.
 *
 * @param name a host name or an address; this machine by default
 * @see {@link getfqdn}
 */
export function getfqdnSync(name: string = ''): string {
  const host = hostOf(name);
  try {
    return qualified(gethostbyaddrSync(host));
  } catch (error) {
    return fallback(host, error);
  }
}
