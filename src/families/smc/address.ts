import { invalidValue } from '../../errors/argument.js';
import { checkInet, type InetAddress, type InetAddressInput } from '../inet/address.js';
import { inet } from '../inet/inet.js';
import { checkInet6, type Inet6Address, type Inet6AddressInput } from '../inet6/address.js';
import { inet6 } from '../inet6/inet6.js';

/** An address of SMC, which is TCP’s: IPv4 or IPv6, as the protocol of the socket is. */
export type SmcAddress = InetAddress | Inet6Address;

/**
 * The same, as every call takes it. A host with a colon is IPv6, and so is what says `family: 'inet6'`; a host name is
 * looked up for IPv4 unless the address says so.
 */
export type SmcAddressInput = InetAddressInput | Inet6AddressInput;

declare module '../../address/address.js' {
  interface Families {
    smc: { address: SmcAddress; input: SmcAddressInput };
  }
}

/** Whether an address is IPv6: it says so, or its host has a colon. Host names are IPv4 unless the address says so. */
export function isInet6(address: SmcAddressInput): address is Inet6AddressInput {
  const { family, host } = (address ?? {}) as { family?: unknown; host?: unknown };
  if (family !== undefined && family !== 'inet' && family !== 'inet6')
    throw invalidValue('address.family', "must be 'inet' or 'inet6' on this socket", family);
  return family === undefined ? typeof host === 'string' && host.includes(':') : family === 'inet6';
}

/** struct sockaddr_in or sockaddr_in6: af_smc(7). */
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
