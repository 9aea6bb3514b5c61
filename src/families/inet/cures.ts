/** What would help when the kernel does not make a socket of IPv4 or IPv6: by protocol, type, and what it said. */
import type { WantedSocket } from '../../address/driver.js';
import { SOCK_DCCP, SOCK_DGRAM, SOCK_RAW } from '../../constants/socket.js';
import {
  IPPROTO_DCCP,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_L2TP,
  IPPROTO_MPTCP,
  IPPROTO_SCTP,
  IPPROTO_SMC,
  IPPROTO_UDPLITE,
} from './constants.js';

/** The protocols that a kernel may be without. */
const protocols: ReadonlyMap<number, string> = new Map([
  [IPPROTO_SCTP, 'modprobe sctp'],
  [IPPROTO_DCCP, 'modprobe dccp_ipv4 dccp_ipv6; gone since Linux 6.16'],
  [IPPROTO_UDPLITE, 'gone since Linux 7.1'],
  [IPPROTO_L2TP, 'modprobe l2tp_ip l2tp_ip6'],
  [IPPROTO_MPTCP, 'sysctl -w net.mptcp.enabled=1; since Linux 5.6'],
  [IPPROTO_SMC, 'modprobe smc; since Linux 6.11, AF_SMC before'],
]);

/** What would help, for the rooms of IPv4 and IPv6. */
export function internetCure({ type, protocol, code }: WantedSocket): string | undefined {
  if (code === 'EPERM' || code === 'EACCES') return privilege(type, protocol);
  return protocols.get(type === SOCK_DCCP ? IPPROTO_DCCP : protocol);
}

/** icmp(7): who may have an unprivileged ping socket stands in a sysctl, of IPv4 and IPv6 alike. */
function privilege(type: number, protocol: number): string | undefined {
  if (type === SOCK_RAW) return 'needs CAP_NET_RAW';
  const isPing = type === SOCK_DGRAM && (protocol === IPPROTO_ICMP || protocol === IPPROTO_ICMPV6);
  return isPing ? 'sysctl -w net.ipv4.ping_group_range="0 2147483647"' : undefined;
}
