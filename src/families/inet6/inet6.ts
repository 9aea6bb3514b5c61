/** AF_INET6: IPv6. ipv6(7). */
import type { FamilyDriver } from '../../address/driver.js';
import {
  isNumericHost,
  type ResolvedHost,
  resolveScopedHost,
  resolveScopedHostSync,
} from '../../resolver/resolve-host.js';
import { adviseInternet } from '../inet/advice.js';
import { streamConnectsTwice, tcpReadsToTheEnd } from '../inet/inet.js';
import { isPortless, portless } from '../inet/portless.js';
import {
  checkInet6,
  decodeInet6,
  describeInet6,
  encodeInet6,
  formatInet6,
  type Inet6AddressInput,
  parseInet6,
} from './address.js';
import { AF_INET6 } from './constants.js';
import { sockaddr_in6 } from './layout.js';

/** Returns whether the host is numeric. */
function isResolved({ host }: Inet6AddressInput): boolean {
  const percent = host.indexOf('%');
  return isNumericHost(percent < 0 ? host : host.slice(0, percent), 6);
}

function withHost(input: Inet6AddressInput, { host, scopeId }: ResolvedHost): Inet6AddressInput {
  return { ...input, host, scopeId: input.scopeId || scopeId };
}

const withPorts: FamilyDriver<'inet6'> = {
  name: 'inet6',
  number: AF_INET6,
  hasErrorQueue: true,
  encode: encodeInet6,
  isPure: ({ host }) => !host.includes('%'),
  longestName: sockaddr_in6.size,
  decode: decodeInet6,
  format: formatInet6,
  parse: parseInet6,
  describe: describeInet6,
  isResolved: address => isResolved(checkInet6(address)),
  async resolve(address, wait) {
    const input = checkInet6(address);
    return isResolved(input) ? input : withHost(input, await resolveScopedHost(input.host, 6, wait));
  },
  resolveSync(address) {
    const input = checkInet6(address);
    return isResolved(input) ? input : withHost(input, resolveScopedHostSync(input.host, 6));
  },
  connectsTwice: streamConnectsTwice,
  advise: failure => adviseInternet(failure),
  shortReadMeansDrained: tcpReadsToTheEnd,
};

const withoutPorts = portless(withPorts);

/** The driver. Raw and ping sockets have a variant, whose addresses do not need a port. */
export const inet6: FamilyDriver<'inet6'> = {
  ...withPorts,
  variant: (type, protocol) => (isPortless(type, protocol) ? withoutPorts : undefined),
};
