import { binding } from '../binding.js';
import type { AddressOf } from './address.js';

/** The address of an endpoint in the form of `node:net`. */
export interface NetAddress {
  /** The numeric host, with the zone of a link-local IPv6 address: `fe80::1%eth0`. */
  readonly address: string;
  /** The family, as Node names it. */
  readonly family: 'IPv4' | 'IPv6';
  /** The port. */
  readonly port: number;
}

/** A {@link NetAddress}, or an empty object if there is none. */
export type NetAddressOrNone = NetAddress | Record<string, never>;

/** The address of an endpoint that has no host and port. */
export const NOWHERE: NetAddressOrNone = Object.freeze({});

/** Returns the name of an interface, or its index if it no longer exists. */
function interfaceOf(index: number): string | number {
  const name = binding.if_indextoname(index);
  return typeof name === 'string' ? name : index;
}

/** Returns an address in the form of Node.js, which names the zone of link-local addresses only (src/tcp_wrap.cc, AddressToJS). */
export function toNetAddress(address: AddressOf<'inet'> | AddressOf<'inet6'>): NetAddress {
  const { host, port } = address;
  if (address.family === 'inet') return { address: host, family: 'IPv4', port };
  const isScoped = address.scopeId !== 0 && /^fe[89ab]/.test(host);
  return { address: isScoped ? `${host}%${interfaceOf(address.scopeId)}` : host, family: 'IPv6', port };
}

function isInternet({ family }: { readonly family: string }): boolean {
  return family === 'inet' || family === 'inet6';
}

/**
 * Returns the address that `read` returns. It is {@link NOWHERE} if the address has no host and port, or can no longer
 * be read.
 */
export function readNetAddress(read: () => object): NetAddressOrNone {
  try {
    const address = read() as AddressOf<'inet'>;
    return isInternet(address) ? toNetAddress(address) : NOWHERE;
  } catch {
    return NOWHERE;
  }
}
