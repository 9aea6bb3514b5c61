/** ICMP errors in words. RFC 792, RFC 1812, RFC 4443. */

import { SocketError } from 'berkeley';
import type { QueuedError } from 'berkeley/control';

const words: Readonly<Record<string, string>> = {
  'icmp 3 0': 'Destination Net Unreachable',
  'icmp 3 1': 'Destination Host Unreachable',
  'icmp 3 2': 'Destination Protocol Unreachable',
  'icmp 3 3': 'Destination Port Unreachable',
  'icmp 3 4': 'Frag needed',
  'icmp 3 5': 'Source Route Failed',
  'icmp 3 9': 'Destination Net Prohibited',
  'icmp 3 10': 'Destination Host Prohibited',
  'icmp 3 13': 'Packet filtered',
  'icmp 11 0': 'Time to live exceeded',
  'icmp 11 1': 'Frag reassembly time exceeded',
  'icmp6 1 0': 'No route',
  'icmp6 1 1': 'Administratively prohibited',
  'icmp6 1 2': 'Beyond scope of source address',
  'icmp6 1 3': 'Address unreachable',
  'icmp6 1 4': 'Port unreachable',
  'icmp6 2 0': 'Packet too big',
  'icmp6 3 0': 'Hop limit exceeded',
};

/** Returns an error as ping prints it: `Time to live exceeded`. */
export function describeIcmp({ origin, type, subtype, code }: QueuedError): string {
  return words[`${origin} ${type} ${subtype}`] ?? `${origin} type ${type} code ${subtype} (${code})`;
}

/** The host that sent the error; `undefined` for an error of this machine. */
export function senderOf({ offender, origin }: QueuedError): string | undefined {
  if (origin !== 'icmp' && origin !== 'icmp6') return undefined;
  return offender !== null && 'host' in offender ? offender.host : undefined;
}

const queued = new Set([
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNREFUSED',
  'EMSGSIZE',
  'EPROTO',
  'EACCES',
  'ENOPROTOOPT',
]);

/**
 * Whether the error of a call is an ICMP error of an earlier packet. The next call on a socket fails with it, and the error
 * queue tells it in full: ip(7), IP_RECVERR.
 */
export function isQueued(error: unknown): boolean {
  return error instanceof SocketError && queued.has(error.code);
}
