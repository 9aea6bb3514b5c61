import { binding } from '../binding.js';
import { SOCK_STREAM } from '../constants/socket.js';
import { IPPROTO_IPV6 } from '../families/inet/constants.js';
import { AF_INET6, IPV6_V6ONLY } from '../families/inet6/constants.js';

function probe(test: (fd: number) => boolean): boolean {
  const fd = binding.socket(AF_INET6, SOCK_STREAM, 0);
  if (fd < 0) return false;
  try {
    return test(fd);
  } finally {
    binding.close(fd);
  }
}

/** Returns whether this machine can create IPv6 sockets. Each call asks the kernel. */
export function hasIpv6(): boolean {
  return probe(() => true);
}

/** Returns whether an IPv6 socket can also serve IPv4 clients, as `::ffff:192.0.2.1` (RFC 3493 section 5.3). */
export function hasDualStack(): boolean {
  return probe(fd => binding.setsockoptInt(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0) === 0);
}
