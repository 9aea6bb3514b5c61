/** The `host` of an inet or inet6 address to a numeric one: what sockets do before they bind, connect or send. */
import type { AddressOf } from '../address/address.js';
import { decodeAddress } from '../address/registry.js';
import { invalidValue } from '../errors/argument.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { writeIpv4, writeIpv6 } from '../layout/ip-text.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { addressQuestion, readRecords } from './getaddrinfo.js';
import { checkHost } from './host-name.js';
import { checkWait, type Lookup, perform, performSync } from './lookup.js';

/** A numeric host, and the zone it is in. */
export interface ResolvedHost {
  readonly host: string;
  /** An interface's index, which only IPv6 has; 0 for none. */
  readonly scopeId: number;
}

const scratch = new Uint8Array(16);

/** Whether `host` is an address in numbers, written as `inet_pton` reads it. No system call. */
export function isNumericHost(host: string, family: 4 | 6): boolean {
  return family === 4 ? writeIpv4(host, scratch, 0) : writeIpv6(host, scratch, 0);
}

/**
 * What `host` means without asking anybody: `''` is any address, `'<broadcast>'` is 255.255.255.255, and a numeric
 * address is itself. `undefined` for a name, and for an IPv6 address with a `%scope`.
 *
 * @throws {TypeError} for `'<broadcast>'` where the family is IPv6, which has none
 */
function literalHost(host: string, family: 4 | 6): ResolvedHost | undefined {
  if (host === '') return { host: family === 4 ? '0.0.0.0' : '::', scopeId: 0 };
  if (host === '<broadcast>') {
    if (family === 4) return { host: '255.255.255.255', scopeId: 0 };
    throw invalidValue('host', 'must not be "<broadcast>" where the family is IPv6', host);
  }
  return isNumericHost(host, family) ? { host, scopeId: 0 } : undefined;
}

/** The first answer is the one to use: getaddrinfo(3) has them in the order of preference. */
function readFirst(bytes: Buffer): ResolvedHost {
  const { sockaddr } = readRecords(bytes)[0]!;
  const address = decodeAddress(sockaddr, sockaddr.length) as AddressOf<'inet' | 'inet6'>;
  return { host: address.host, scopeId: address.family === 'inet6' ? address.scopeId : 0 };
}

function question(host: string, family: 4 | 6): Lookup<ResolvedHost> {
  return addressQuestion(
    checkHost(host, 'host'),
    null,
    { family: family === 4 ? AF_INET : AF_INET6 },
    readFirst,
  );
}

/**
 * The host of an address in numbers: at once and without a system call where it is numeric already, where it is `''`
 * (any address) or `'<broadcast>'`; else the first address that getaddrinfo(3) has for it in the family.
 *
 * @param host a string; all else about it is checked here
 * @param family 4 or 6
 * @param wait ends the wait early
 * @throws {ResolverError} when there is no such host in the family
 */
export async function resolveScopedHost(
  host: string,
  family: 4 | 6,
  wait: WaitOptions = {},
): Promise<ResolvedHost> {
  checkWait(wait).signal?.throwIfAborted();
  return literalHost(host, family) ?? perform(question(host, family), wait);
}

/** {@link resolveScopedHost}, blocking. */
export function resolveScopedHostSync(host: string, family: 4 | 6): ResolvedHost {
  return literalHost(host, family) ?? performSync(question(host, family));
}

/** {@link resolveScopedHost} where there is no zone to be kept. */
export async function resolveHost(host: string, family: 4 | 6, wait: WaitOptions = {}): Promise<string> {
  return (await resolveScopedHost(host, family, wait)).host;
}

/** {@link resolveHost}, blocking. */
export function resolveHostSync(host: string, family: 4 | 6): string {
  return resolveScopedHostSync(host, family).host;
}
