/** The fully qualified name of a host, as well as the machine knows it. */

import { checkText } from '../errors/argument.js';
import { SocketError, TimeoutError } from '../errors/errors.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { gethostbyaddr, gethostbyaddrSync } from './gethostbyaddr.js';
import type { HostEntry } from './host-entry.js';
import { gethostname } from './hostname.js';

/** This machine's own name stands in for no name and for any address. */
function subject(name: unknown): string {
  const text = checkText(name, 'name').trim();
  return text === '' || text === '0.0.0.0' || text === '::' ? gethostname() : text;
}

/** The first of the host's names that has a dot, else its official name. */
function qualified({ hostname, aliases }: HostEntry): string {
  return [hostname, ...aliases].find(name => name.includes('.')) ?? hostname;
}

/** A host that cannot be resolved keeps the name it was asked by. */
function fallback(name: string, error: unknown): string {
  if (error instanceof SocketError && !(error instanceof TimeoutError)) return name;
  throw error;
}

/**
 * The fully qualified domain name of a host: of its official name and its aliases the first that has a dot, else the
 * official name; `name` itself where the host cannot be resolved.
 *
 * @param name a host name or an address; this machine by default, and for `''`, `'0.0.0.0'` and `'::'`
 * @param options `signal` and `timeout` (milliseconds; no limit by default)
 * @throws {TypeError} naming the argument
 */
export async function getfqdn(name: string = '', options: WaitOptions = {}): Promise<string> {
  const host = subject(name);
  try {
    return qualified(await gethostbyaddr(host, options));
  } catch (error) {
    return fallback(host, error);
  }
}

/** {@link getfqdn}, blocking the thread for as long as the resolver takes. */
export function getfqdnSync(name: string = ''): string {
  const host = subject(name);
  try {
    return qualified(gethostbyaddrSync(host));
  } catch (error) {
    return fallback(host, error);
  }
}
