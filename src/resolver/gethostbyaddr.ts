/** gethostbyaddr(3): resolves an IPv4 or IPv6 address to the names of its host. */

import { decodeAddress } from '../address/registry.js';
import { binding } from '../binding.js';
import { invalidValue } from '../errors/argument.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { writeIpv4, writeIpv6 } from '../layout/ip-text.js';
import { WaitDeadline } from '../reactor/wait-deadline.js';
import { checkWaitOptions, type WaitOptions } from '../reactor/wait-options.js';
import { addressLookup, readRecords } from './getaddrinfo.js';
import { type HostEntry, readHostEntry } from './host-entry.js';
import { checkHost } from './host-name.js';
import { type Lookup, performSync, performUntil } from './lookup.js';

/** A numeric address in bytes, and its family. */
interface Packed {
  readonly family: number;
  readonly bytes: Uint8Array;
}

/** Returns the bytes of a numeric address, or `undefined` for a name. */
function pack(host: string): Packed | undefined {
  const bytes = new Uint8Array(16);
  if (writeIpv4(host, bytes, 0)) return { family: AF_INET, bytes: bytes.subarray(0, 4) };
  return writeIpv6(host, bytes, 0) ? { family: AF_INET6, bytes } : undefined;
}

/** Checks a host, and replaces `'<broadcast>'` by its address. */
function checkTarget(host: unknown): string {
  const target = checkHost(host, 'host');
  // An empty host means the unspecified addresses of both families, which have no name.
  if (target === '') throw invalidValue('host', 'must not be empty', target);
  return target === '<broadcast>' ? '255.255.255.255' : target;
}

/** Returns the look-up of a name's first address. */
function forward(host: string): Lookup<Packed> {
  return addressLookup(host, null, {}, bytes => {
    const { sockaddr } = readRecords(bytes)[0]!;
    return pack((decodeAddress(sockaddr, sockaddr.length) as { host: string }).host)!;
  });
}

/** Returns the look-up of an address's names. */
function reverse(hostname: string, { family, bytes }: Packed): Lookup<HostEntry> {
  return {
    syscall: 'gethostbyaddr',
    hostname,
    ask: callback => binding.gethostbyaddr(bytes, family, callback),
    read: readHostEntry,
  };
}

/**
 * Returns the names and addresses of the host with an address.
 *
 * @param host an IPv4 or IPv6 address; a name is resolved to its first address
 * @param options `signal`; `timeout` in milliseconds, no limit by default
 * @throws {ResolverError} `ENOTFOUND`: with `hErrno` if the address has no name, with `eai` if the name has no address
 * @throws {TimeoutError} if the timeout has passed; always if it is 0
 * @throws {TypeError} or {RangeError} naming the argument
 * @see gethostbyaddr(3)
 */
export async function gethostbyaddr(host: string, options?: WaitOptions): Promise<HostEntry> {
  const deadline = new WaitDeadline('gethostbyaddr', checkWaitOptions(options));
  const target = checkTarget(host);
  const packed = pack(target) ?? (await performUntil(forward(target), deadline));
  return performUntil(reverse(target, packed), deadline);
}

/**
 * Returns the names and addresses of the host with an address. Blocks the thread until the resolver returns.
 *
 * @param host an IPv4 or IPv6 address, or a name
 * @see {@link gethostbyaddr}
 */
export function gethostbyaddrSync(host: string): HostEntry {
  const target = checkTarget(host);
  return performSync(reverse(target, pack(target) ?? performSync(forward(target))));
}
