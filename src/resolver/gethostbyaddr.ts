/** gethostbyaddr(3): an address, of either family, to the names of its host. */
import { performance } from 'node:perf_hooks';
import { decodeAddress } from '../address/registry.js';
import { binding } from '../binding.js';
import { invalidValue } from '../errors/argument.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { writeIpv4, writeIpv6 } from '../layout/ip-text.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { addressQuestion, readRecords } from './getaddrinfo.js';
import { type HostEntry, readHostEntry } from './host-entry.js';
import { checkHost } from './host-name.js';
import { type Lookup, perform, performSync } from './lookup.js';

/** An address in bytes, and its family. */
interface Packed {
  readonly family: number;
  readonly bytes: Uint8Array;
}

/** The bytes of a numeric address of either family, or `undefined`. */
function pack(host: string): Packed | undefined {
  const bytes = new Uint8Array(16);
  if (writeIpv4(host, bytes, 0)) return { family: AF_INET, bytes: bytes.subarray(0, 4) };
  return writeIpv6(host, bytes, 0) ? { family: AF_INET6, bytes } : undefined;
}

/** `host`, checked, with the one special host that is a single address replaced by it. */
function checkTarget(host: unknown): string {
  const target = checkHost(host, 'host');
  // Any address, of two families: not one that could be looked up.
  if (target === '') throw invalidValue('host', 'must not be empty', target);
  return target === '<broadcast>' ? '255.255.255.255' : target;
}

/** What to ask first when the host is a name: its address. */
function forward(host: string): Lookup<Packed> {
  return addressQuestion(host, null, {}, bytes => {
    const { sockaddr } = readRecords(bytes)[0]!;
    return pack((decodeAddress(sockaddr, sockaddr.length) as { host: string }).host)!;
  });
}

function reverse(hostname: string, { family, bytes }: Packed): Lookup<HostEntry> {
  return {
    syscall: 'gethostbyaddr',
    hostname,
    ask: callback => binding.gethostbyaddr(bytes, family, callback),
    read: readHostEntry,
  };
}

/** What is left of `options.timeout`, `since` being when the call began. */
function rest({ signal, timeout }: WaitOptions, since: number): WaitOptions {
  if (timeout === undefined || timeout === null) return { signal };
  return { signal, timeout: Math.max(0, timeout - (performance.now() - since)) };
}

/**
 * The official name of the host with an address, its other names, and its addresses. See gethostbyaddr(3).
 *
 * @param host an IPv4 or IPv6 address; a name is resolved to its first address before
 * @param options `signal` and `timeout` (milliseconds; no limit by default)
 * @throws {ResolverError} `ENOTFOUND`: with `hErrno` when the address has no name, with `eai` when the name given
 *   has no address
 * @throws {TypeError} naming the argument
 */
export async function gethostbyaddr(host: string, options: WaitOptions = {}): Promise<HostEntry> {
  const since = performance.now();
  const target = checkTarget(host);
  const packed = pack(target);
  if (packed !== undefined) return perform(reverse(target, packed), options);
  return perform(reverse(target, await perform(forward(target), options)), rest(options, since));
}

/** {@link gethostbyaddr}, blocking the thread for as long as the resolver takes. */
export function gethostbyaddrSync(host: string): HostEntry {
  const target = checkTarget(host);
  return performSync(reverse(target, pack(target) ?? performSync(forward(target))));
}
