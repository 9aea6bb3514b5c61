/** Sockets whose protocols have no ports. The port of their addresses can be left out. */
import type { AddressInput } from '../../address/address.js';
import type { FamilyDriver } from '../../address/driver.js';
import { SOCK_DGRAM, SOCK_RAW } from '../../constants/socket.js';
import { checkObject } from '../../errors/argument.js';
import { IPPROTO_ICMP, IPPROTO_ICMPV6 } from './constants.js';

type Internet = 'inet' | 'inet6';

/** Returns whether a socket is a ping socket: "ICMP sockets" of icmp(7), net/ipv4/ping.c. */
export function isPing(type: number, protocol: number): boolean {
  return type === SOCK_DGRAM && (protocol === IPPROTO_ICMP || protocol === IPPROTO_ICMPV6);
}

/** Returns whether the addresses of a socket have no port: raw(7) and icmp(7). */
export function isPortless(type: number, protocol: number): boolean {
  return type === SOCK_RAW || isPing(type, protocol);
}

/** Returns the address with the port 0 if it has none. */
function withPort<F extends Internet>(address: AddressInput<F>): AddressInput<F> {
  const { port } = checkObject(address, 'address') as { port?: unknown };
  return port === undefined ? { ...address, port: 0 } : address;
}

/** Returns a driver that accepts addresses without a port, for the sockets that {@link isPortless} names. */
export function portless<F extends Internet>(driver: FamilyDriver<F>): FamilyDriver<F> {
  return {
    ...driver,
    encode: address => driver.encode(withPort(address)),
    isResolved: address => driver.isResolved!(withPort(address)),
    resolve: (address, wait) => driver.resolve!(withPort(address), wait),
    resolveSync: address => driver.resolveSync!(withPort(address)),
  };
}
