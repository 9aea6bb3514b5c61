import { binding } from '../binding.js';

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

interface Fields {
  readonly family: string;
  readonly host?: string;
  readonly port?: number;
  readonly scopeId?: number;
}

/** Returns the name of an interface, or its index if it no longer exists. */
function interfaceOf(index: number): string | number {
  const name = binding.if_indextoname(index);
  return typeof name === 'string' ? name : index;
}

/**
 * Returns the address that `read` returns. It is {@link NOWHERE} if the address has no host and port, or can no longer
 * be read.
 */
export function readNetAddress(read: () => object): NetAddressOrNone {
  try {
    const { family, host, port, scopeId } = read() as Fields;
    if (host === undefined || port === undefined) return NOWHERE;
    const address = scopeId ? `${host}%${interfaceOf(scopeId)}` : host;
    return { address, family: family === 'inet6' ? 'IPv6' : 'IPv4', port };
  } catch {
    return NOWHERE;
  }
}
