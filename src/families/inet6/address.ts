import type { WithPort } from '../../address/address.js';
import type { Peer } from '../../address/driver.js';
import { checkAddress, writeFamily } from '../../address/registry.js';
import { binding } from '../../binding.js';
import { checkInteger, checkText, invalidValue } from '../../errors/argument.js';
import { readIpv6, writeIpv6 } from '../../layout/ip-text.js';
import { zeroed } from '../../layout/small.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import { AF_INET6 } from './constants.js';
import { sockaddr_in6 } from './layout.js';

/** An IPv6 address and port, as returned by all calls. */
export interface Inet6Address {
  /** The address family. */
  readonly family: 'inet6';
  /** The IPv6 address in RFC 5952 notation, without a zone: `'fe80::1'`. */
  readonly host: string;
  /** The port, 0 to 65535. */
  readonly port: number;
  /** The traffic class (upper bits) and flow label (lower 20 bits); 0 if unused. */
  readonly flowinfo: number;
  /** The index of the interface of a link-local or multicast address; 0 for other addresses. */
  readonly scopeId: number;
}

/** An IPv6 address and port, as accepted by all calls. */
export interface Inet6AddressInput {
  /** Optional; the default is the family of the socket. */
  readonly family?: 'inet6' | undefined;
  /** A numeric address (with an optional zone: `'fe80::1%eth0'`), a host name, or `''` for all interfaces. */
  readonly host: string;
  /**
   * The port, 0 to 65535; 0 lets the kernel choose. Raw and ping sockets do not need one, because their protocols have no
   * ports: it is 0 by default. All other sockets need one.
   */
  readonly port?: number | undefined;
  /** The traffic class (upper bits) and flow label (lower 20 bits), 28 bits in total; 0 by default. */
  readonly flowinfo?: number | undefined;
  /** The index of an interface. The default is the zone of `host`, or 0. */
  readonly scopeId?: number | undefined;
}

declare module '../../address/address.js' {
  interface Families {
    inet6: { address: Inet6Address; input: Inet6AddressInput };
  }
}

/**
 * The maximum flow information: 8 bits of traffic class and 20 bits of flow label, as in the IPv6 header (RFC 3493
 * section 3.3, IPV6_FLOWINFO_MASK in the kernel). Python only accepts the label, so some values that its kernel calls
 * return cannot be passed back to it.
 */
const MOST_FLOWINFO = 0xfffffff;

/** Checks an address, except whether its host is numeric. */
export function checkInet6(address: Inet6AddressInput): WithPort<Inet6AddressInput> {
  const input = checkAddress<'inet6'>(address, 'inet6');
  checkText(input.host, 'address.host');
  checkInteger(input.port, 'address.port', 0, 65535);
  if (input.flowinfo !== undefined) checkInteger(input.flowinfo, 'address.flowinfo', 0, MOST_FLOWINFO);
  if (input.scopeId !== undefined) checkInteger(input.scopeId, 'address.scopeId', 0, 0xffffffff);
  return input as WithPort<Inet6AddressInput>;
}

/** Returns the interface index of a zone, which is a number or a name: RFC 4007 section 11. */
function zoneIndex(zone: string, host: string): number {
  if (/^\d+$/.test(zone)) return checkInteger(Number(zone), 'address.host', 0, 0xffffffff);
  const index = zone === '' ? -1 : binding.if_nametoindex(zone);
  if (index < 0) throw invalidValue('address.host', 'must name an existing interface after %', host);
  return index;
}

/** Encodes struct sockaddr_in6, ipv6(7). */
export function encodeInet6(address: Inet6AddressInput): Uint8Array {
  const { host, port, flowinfo = 0, scopeId } = checkInet6(address);
  const percent = host.indexOf('%');
  const bytes = zeroed(sockaddr_in6.size);
  const view = viewOf(bytes);
  writeFamily(bytes, AF_INET6);
  view.setUint16(sockaddr_in6.sin6_port, port);
  view.setUint32(sockaddr_in6.sin6_flowinfo, flowinfo);
  if (!writeIpv6(percent < 0 ? host : host.slice(0, percent), bytes, sockaddr_in6.sin6_addr)) {
    throw invalidValue('address.host', 'must be a numeric IPv6 address here', host);
  }
  const scope = scopeId || (percent < 0 ? 0 : zoneIndex(host.slice(percent + 1), host));
  // Only sin6_scope_id is in host byte order.
  view.setUint32(sockaddr_in6.sin6_scope_id, scope, littleEndian);
  return bytes;
}

export function decodeInet6(bytes: Uint8Array, length: number): Inet6Address | undefined {
  if (length < sockaddr_in6.sin6_addr + 16) return undefined;
  const view = viewOf(bytes);
  const scoped = length >= sockaddr_in6.size;
  return Object.freeze({
    family: 'inet6',
    host: readIpv6(bytes, sockaddr_in6.sin6_addr),
    port: view.getUint16(sockaddr_in6.sin6_port),
    flowinfo: view.getUint32(sockaddr_in6.sin6_flowinfo),
    scopeId: scoped ? view.getUint32(sockaddr_in6.sin6_scope_id, littleEndian) : 0,
  });
}

/** Formats an address: `[::1]:80`, `[fe80::1%2]:80`, or `[::1]:80?flowinfo=7` if the flow information is not 0. */
export function formatInet6({ host, port, flowinfo, scopeId }: Inet6Address): string {
  const zone = scopeId === 0 ? '' : `%${scopeId}`;
  return `[${host}${zone}]:${port}${flowinfo === 0 ? '' : `?flowinfo=${flowinfo}`}`;
}

export function parseInet6(text: string): Inet6Address | undefined {
  const match = /^\[([\da-fA-F:.]+)(?:%(\d{1,10}))?\]:(\d{1,5})(?:\?flowinfo=(\d{1,10}))?$/.exec(text);
  if (match === null) return undefined;
  const [port, scopeId, flowinfo] = [Number(match[3]), Number(match[2] ?? 0), Number(match[4] ?? 0)];
  const bytes = new Uint8Array(16);
  // Bytes that are not from a kernel can have any value in the upper four bits.
  if (port > 65535 || scopeId > 0xffffffff || flowinfo > 0xffffffff) return undefined;
  if (!writeIpv6(match[1]!, bytes, 0)) return undefined;
  return Object.freeze({ family: 'inet6', host: readIpv6(bytes, 0), port, flowinfo, scopeId });
}

export function describeInet6({ host, port }: Inet6AddressInput): Peer {
  return { address: host === '' ? '::' : host, port };
}
