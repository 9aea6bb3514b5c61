/** Resolves the `host` of an inet or inet6 address before a socket binds, connects or sends. */
import type { AddressOf } from '../address/address.js';
import { decodeAddress } from '../address/registry.js';
import { invalidValue } from '../errors/argument.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { writeIpv4, writeIpv6 } from '../layout/ip-text.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { addressLookup, readRecords } from './getaddrinfo.js';
import { checkHost } from './host-name.js';
import { type Lookup, perform, performSync } from './lookup.js';

/** A numeric host and its scope. */
export interface ResolvedHost {
  readonly host: string;
  /** The interface index of an IPv6 scope; 0 for none. */
  readonly scopeId: number;
}

const scratch = new Uint8Array(16);

/** Returns whether a host is a numeric address in the form of `inet_pton`. Makes no system call. */
export function isNumericHost(host: string, family: 4 | 6): boolean {
  return family === 4 ? writeIpv4(host, scratch, 0) : writeIpv6(host, scratch, 0);
}

/**
 * Returns the address of a host that needs no look-up: `''` is the unspecified address, `'<broadcast>'` is
 * 255.255.255.255, and a numeric address is itself. Returns `undefined` for a name and for an IPv6 address with a `%scope`.
 *
 * @throws {TypeError} for `'<broadcast>'` if the family is IPv6, which has no broadcast
 */
function literalHost(host: string, family: 4 | 6, argument: string): ResolvedHost | undefined {
  if (host === '') return { host: family === 4 ? '0.0.0.0' : '::', scopeId: 0 };
  if (host === '<broadcast>') {
    if (family === 4) return { host: '255.255.255.255', scopeId: 0 };
    throw invalidValue(argument, 'must not be "<broadcast>": IPv6 has no broadcast', host);
  }
  return isNumericHost(host, family) ? { host, scopeId: 0 } : undefined;
}

/** Reads the first address, which getaddrinfo(3) prefers. */
function readFirst(bytes: Buffer): ResolvedHost {
  const { sockaddr } = readRecords(bytes)[0]!;
  const address = decodeAddress(sockaddr, sockaddr.length) as AddressOf<'inet' | 'inet6'>;
  return { host: address.host, scopeId: address.family === 'inet6' ? address.scopeId : 0 };
}

function lookupOf(host: string, family: 4 | 6, argument: string): Lookup<ResolvedHost> {
  return addressLookup(
    checkHost(host, argument),
    null,
    { family: family === 4 ? AF_INET : AF_INET6 },
    readFirst,
  );
}

/**
 * Returns the numeric address of a host. A numeric host, `''` and `'<broadcast>'` need no look-up; for a name it is the
 * first address that getaddrinfo(3) returns in the family.
 *
 * @param host a string; everything else is checked here
 * @param family 4 or 6
 * @param argument the name of the host in errors
 * @param wait checked wait options. A look-up always waits: with a timeout of 0 it throws a `TimeoutError`.
 * @throws {ResolverError} if there is no such host in the family
 */
export async function resolveScopedHost(
  host: string,
  family: 4 | 6,
  wait: WaitOptions = {},
  argument = 'address.host',
): Promise<ResolvedHost> {
  wait.signal?.throwIfAborted();
  return literalHost(host, family, argument) ?? perform(lookupOf(host, family, argument), wait);
}

/** Returns the numeric address of a host. Blocks the thread until the resolver returns. */
export function resolveScopedHostSync(host: string, family: 4 | 6, argument = 'address.host'): ResolvedHost {
  return literalHost(host, family, argument) ?? performSync(lookupOf(host, family, argument));
}

/** Returns the numeric address of a host without its scope. */
export async function resolveHost(
  host: string,
  family: 4 | 6,
  wait?: WaitOptions,
  argument?: string,
): Promise<string> {
  return (await resolveScopedHost(host, family, wait, argument)).host;
}

/** Returns the numeric address of a host without its scope. Blocks the thread until the resolver returns. */
export function resolveHostSync(host: string, family: 4 | 6, argument?: string): string {
  return resolveScopedHostSync(host, family, argument).host;
}
