import type { TLSSocket } from 'node:tls';

const NAMES = [
  ...['localAddress', 'localPort', 'localFamily'],
  ...['remoteAddress', 'remotePort', 'remoteFamily'],
] as const;

/**
 * Gives a TLSSocket the addresses of the connection under it. Node.js asks the handle of a `net.Socket` for them, and any
 * other stream has none. They are then known to `node:https` and `node:http2`, too.
 */
export function keepAddresses(secure: TLSSocket, stream: object): void {
  const under = stream as Readonly<Record<string, unknown>> & { address?: () => object };
  for (const name of NAMES)
    Object.defineProperty(secure, name, { configurable: true, get: () => under[name] });
  Object.defineProperty(secure, 'address', { configurable: true, value: () => under.address?.() ?? {} });
  void under.remoteAddress; // is read while the connection is open, so that it is known afterwards
}
