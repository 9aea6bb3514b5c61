/** AF_INET: IPv4. ip(7), tcp(7), udp(7), raw(7). */
import type { FamilyDriver } from '../../address/driver.js';
import { SOCK_STREAM } from '../../constants/socket.js';
import { isNumericHost, resolveHost, resolveHostSync } from '../../resolver/resolve-host.js';
import {
  checkInet,
  decodeInet,
  describeInet,
  encodeInet,
  formatInet,
  type InetAddressInput,
  parseInet,
} from './address.js';
import { adviseInternet } from './advice.js';
import { AF_INET, IPPROTO_TCP } from './constants.js';
import { sockaddr_in } from './layout.js';
import { isPortless, portless } from './portless.js';

/** Returns whether the host is numeric. */
function isResolved({ host }: InetAddressInput): boolean {
  return isNumericHost(host, 4);
}

/**
 * Returns whether the type is that of TCP and MPTCP. Other protocols with this type share the code in
 * net/ipv4/af_inet.c, so the answer is valid for them.
 */
export function streamConnectsTwice(type: number): boolean {
  return type === SOCK_STREAM;
}

/**
 * Returns whether a short read means that the socket is empty. This is true for TCP unless there is urgent data, which
 * the reactor detects.
 */
export function tcpReadsToTheEnd(type: number, protocol: number): boolean {
  return type === SOCK_STREAM && (protocol === 0 || protocol === IPPROTO_TCP);
}

const withPorts: FamilyDriver<'inet'> = {
  name: 'inet',
  number: AF_INET,
  hasErrorQueue: true,
  encode: encodeInet,
  isPure: () => true,
  longestName: sockaddr_in.size,
  decode: decodeInet,
  format: formatInet,
  parse: parseInet,
  describe: describeInet,
  isResolved: address => isResolved(checkInet(address)),
  async resolve(address, wait) {
    const { host, port } = checkInet(address);
    return isResolved(address) ? address : { host: await resolveHost(host, 4, wait), port };
  },
  resolveSync(address) {
    const { host, port } = checkInet(address);
    return isResolved(address) ? address : { host: resolveHostSync(host, 4), port };
  },
  connectsTwice: streamConnectsTwice,
  advise: failure => adviseInternet(failure),
  shortReadMeansDrained: tcpReadsToTheEnd,
};

const withoutPorts = portless(withPorts);

/** The driver. Raw and ping sockets have a variant, whose addresses do not need a port. */
export const inet: FamilyDriver<'inet'> = {
  ...withPorts,
  variant: (type, protocol) => (isPortless(type, protocol) ? withoutPorts : undefined),
};
