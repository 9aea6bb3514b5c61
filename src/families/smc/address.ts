import type { WithPort } from '../../address/address.js';
import { invalidValue } from '../../errors/argument.js';
import { checkInet, type InetAddress, type InetAddressInput } from '../inet/address.js';
import { inet } from '../inet/inet.js';
import { checkInet6, type Inet6Address, type Inet6AddressInput } from '../inet6/address.js';
import { inet6 } from '../inet6/inet6.js';

/** An address of an SMC socket: an IPv4 or IPv6 address, according to the protocol of the socket. */
export type SmcAddress = InetAddress | Inet6Address;

/**
 * An address argument of an SMC socket. It is IPv6 if the host contains a colon or the family is `'inet6'`. A host name
 * is resolved to an IPv4 address unless the family is `'inet6'`.
 */
export type SmcAddressInput = (InetAddressInput | Inet6AddressInput) & { readonly port: number };

declare module '../../address/address.js' {
  interface Families {
    smc: { address: SmcAddress; input: SmcAddressInput };
  }
}

/** Returns whether an address is IPv6: its family is `'inet6'` or its host contains a colon. */
export function isInet6(address: SmcAddressInput): address is WithPort<Inet6AddressInput> {
  const { family, host } = (address ?? {}) as { family?: unknown; host?: unknown };
  if (family !== undefined && family !== 'inet' && family !== 'inet6')
    throw invalidValue('address.family', "must be 'inet' or 'inet6' on this socket", family);
  return family === undefined ? typeof host === 'string' && host.includes(':') : family === 'inet6';
}

/** Encodes struct sockaddr_in or sockaddr_in6: af_smc(7). */
export function encodeSmc(address: SmcAddressInput): Uint8Array {
  return isInet6(address) ? inet6.encode(address) : inet.encode(address);
}

export function describeSmc(address: SmcAddressInput) {
  return isInet6(address) ? inet6.describe(address) : inet.describe(address);
}

export function isResolvedSmc(address: SmcAddressInput): boolean {
  return isInet6(address) ? inet6.isResolved!(checkInet6(address)) : inet.isResolved!(checkInet(address));
}

export function isPureSmc(address: SmcAddressInput): boolean {
  return isInet6(address) ? inet6.isPure!(address) : inet.isPure!(address);
}
