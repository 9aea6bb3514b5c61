/** Advice for failed calls on IPv4 and IPv6 sockets. */

import { SOCK_DCCP, SOCK_DGRAM, SOCK_RAW, SOCK_STREAM } from '../../constants/socket.js';
import { type AdviceRow, adviceFrom, LACKING, needsModules } from '../../errors/advice-table.js';
import type { Failure } from '../../errors/adviser.js';
import { NOT_CONNECTED } from '../../errors/general-advice.js';
import { IPV6_HDRINCL } from '../inet6/constants.js';
import {
  IP_HDRINCL,
  IPPROTO_DCCP,
  IPPROTO_ICMPV6,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPPROTO_L2TP,
  IPPROTO_MPTCP,
  IPPROTO_SCTP,
  IPPROTO_SMC,
  IPPROTO_TCP,
  IPPROTO_UDP,
  IPPROTO_UDPLITE,
} from './constants.js';
import { isPing } from './portless.js';

/** Advice for the protocols that a kernel can lack. */
const protocols: ReadonlyMap<number, string> = new Map([
  [IPPROTO_SCTP, needsModules('SCTP', 'sctp')],
  [IPPROTO_DCCP, `${needsModules('DCCP', 'dccp_ipv4', 'dccp_ipv6')}; removed in Linux 6.16`],
  [IPPROTO_UDPLITE, 'UDP-Lite was removed in Linux 7.1'],
  [IPPROTO_L2TP, needsModules('L2TP', 'l2tp_ip', 'l2tp_ip6')],
  [IPPROTO_MPTCP, 'MPTCP needs Linux 5.6 or later and sysctl -w net.mptcp.enabled=1'],
  [IPPROTO_SMC, `${needsModules('SMC', 'smc')}; IPPROTO_SMC needs Linux 6.11, AF_SMC is older`],
]);

function addressOf({ address }: Failure): { host: string; port: number; scopeId: number } {
  const { host, port, scopeId } = (address ?? {}) as { host?: unknown; port?: unknown; scopeId?: unknown };
  return {
    host: typeof host === 'string' ? host : '',
    port: typeof port === 'number' ? port : 0,
    scopeId: typeof scopeId === 'number' ? scopeId : 0,
  };
}

/**
 * Returns whether the host is in fe80::/10 and has no zone. Such an address exists on every link, so it does not
 * identify the link.
 */
function isUnscoped(failure: Failure): boolean {
  const { host, scopeId } = addressOf(failure);
  return /^fe[89ab][\da-f]:/i.test(host) && scopeId === 0 && !host.includes('%');
}

/** Returns whether the data begins with the caller's IP header: IP_HDRINCL of raw(7), which IPv6 has too. */
function hasOwnHeader({ type, family, optionOf }: Failure): boolean {
  if (type !== SOCK_RAW) return false;
  const [level, name] = family === 'inet6' ? [IPPROTO_IPV6, IPV6_HDRINCL] : [IPPROTO_IP, IP_HDRINCL];
  return (optionOf?.(level, name) ?? 0) !== 0;
}

/** Returns whether the kernel was to divide the data into datagrams: UDP_SEGMENT of udp(7). */
function isSegmented({ options }: Failure): boolean {
  const { segmentSize } = (options ?? {}) as { segmentSize?: unknown };
  return typeof segmentSize === 'number' && segmentSize > 0;
}

function isBroadcast(failure: Failure): boolean {
  const { host } = addressOf(failure);
  return host === '<broadcast>' || /^\d+\.\d+\.\d+\.255$/.test(host);
}

/** Returns the ss(8) command that lists the sockets of a protocol. */
function listing({ type, protocol }: Failure): string | undefined {
  if (type === SOCK_STREAM && [0, IPPROTO_TCP, IPPROTO_MPTCP].includes(protocol)) return 'ss -ltnp';
  if (type === SOCK_DGRAM && [0, IPPROTO_UDP].includes(protocol)) return 'ss -lunp';
  return protocol === IPPROTO_SCTP ? 'ss -lSnp' : undefined;
}

const WINDOWS_PORTS = 'netsh interface ipv4 show dynamicport tcp';

/** On Windows SO_REUSEADDR takes the port of another process, so it is not advised: "Using SO_REUSEADDR" of Microsoft Learn. */
function portInUseOnWindows({ syscall, address }: Failure): string {
  const { port } = (address ?? {}) as { port?: unknown };
  if (syscall === 'bind' && port === 0) return `no local port is free: ${WINDOWS_PORTS}`;
  return 'another socket uses this port; netstat -ano shows its process';
}

function portInUse(failure: Failure): string {
  const { port } = addressOf(failure);
  if (failure.syscall === 'bind' && port === 0)
    return 'no local port is free: sysctl net.ipv4.ip_local_port_range';
  const command = listing(failure);
  const filter = port === 0 ? '' : ` 'sport = :${port}'`;
  const who = command === undefined ? '' : `; ${command}${filter} shows its process`;
  const again =
    failure.type === SOCK_STREAM
      ? '; set SO_REUSEADDR before bind() to ignore connections that have ended'
      : '';
  return `another socket uses this port${who}${again}`;
}

/** Returns the ip(8) command that shows the route to the host. */
function routeCommand(failure: Failure): string {
  const { host } = addressOf(failure);
  return host === '' ? '' : `: ip ${failure.family === 'inet6' ? '-6 ' : ''}route get ${host}`;
}

const privileges: readonly AdviceRow[] = [
  {
    calls: ['socket'],
    codes: ['EPERM', 'EACCES'],
    when: ({ type }) => type === SOCK_RAW,
    text: 'raw sockets need CAP_NET_RAW',
    windows: 'raw sockets need the rights of an administrator',
  },
  {
    calls: ['socket'],
    codes: ['EPERM', 'EACCES'],
    when: ({ type, protocol }) => isPing(type, protocol),
    text: 'ICMP sockets are limited to the groups of a sysctl: sysctl -w net.ipv4.ping_group_range="0 2147483647"',
    windows: null,
  },
  {
    calls: ['bind'],
    codes: ['EACCES'],
    when: failure => addressOf(failure).port > 0,
    text: ({ address }) =>
      `a port below net.ipv4.ip_unprivileged_port_start (1024 by default) needs CAP_NET_BIND_SERVICE: sysctl -w net.ipv4.ip_unprivileged_port_start=${(address as { port: number }).port}`,
    windows:
      'another socket has this port for itself, or Windows reserves it: netsh interface ipv4 show excludedportrange tcp',
  },
  {
    calls: ['connect', 'send'],
    codes: ['EACCES'],
    when: isBroadcast,
    text: 'a broadcast needs SO_BROADCAST: setOption(so.broadcast, true)',
  },
  {
    calls: ['connect', 'send'],
    codes: ['EACCES'],
    text: 'if this is a broadcast address, set SO_BROADCAST; otherwise a route or a firewall prohibits it',
  },
  { calls: ['connect', 'send'], codes: ['EPERM'], text: 'a firewall rule of this machine prohibits it' },
];

const addresses: readonly AdviceRow[] = [
  {
    calls: ['send'],
    codes: ['EINVAL'],
    when: isSegmented,
    text: 'a segment must fit, with its headers, into the MTU of the route',
  },
  {
    // net/ipv4/ping.c, ping_common_sendmsg and ping_supported.
    calls: ['send'],
    codes: ['EINVAL'],
    when: ({ type, protocol }) => isPing(type, protocol),
    text: ({ protocol }) =>
      `a ping socket only sends echo requests: type ${protocol === IPPROTO_ICMPV6 ? 128 : 8}, code 0, and at least 8 bytes`,
  },
  {
    // net/ipv6/raw.c, rawv6_sendmsg: the port selects the protocol, and only IPPROTO_RAW has a choice.
    calls: ['send', 'connect'],
    codes: ['EINVAL'],
    when: failure => failure.type === SOCK_RAW && failure.family === 'inet6' && addressOf(failure).port > 0,
    text: 'the port of a raw IPv6 socket is the number of its protocol or 0: leave it out',
  },
  {
    // net/ipv4/raw.c, raw_send_hdrinc; net/ipv6/raw.c, rawv6_send_hdrinc.
    calls: ['send'],
    codes: ['EINVAL'],
    when: hasOwnHeader,
    text: ({ family }) =>
      family === 'inet6'
        ? 'with IPV6_HDRINCL, the data begins with an IPv6 header, which has 40 bytes'
        : 'with IP_HDRINCL, the data begins with an IPv4 header: its first byte is 0x45, and it has 20 bytes or more',
  },
  {
    calls: ['bind', 'connect', 'send'],
    codes: ['EINVAL', 'ENETUNREACH', 'EHOSTUNREACH'],
    when: isUnscoped,
    text: "a link-local address needs its interface: scopeId: if_nametoindex('eth0'), or host: 'fe80::1%eth0'",
    windows: 'a link-local address needs its interface: scopeId, a number of if_nameindex()',
  },
  {
    calls: ['bind'],
    codes: ['EINVAL'],
    text: 'the socket already has an address; another address needs another socket',
  },
  { calls: ['bind', 'listen'], codes: ['EADDRINUSE'], text: portInUse, windows: portInUseOnWindows },
  {
    calls: ['bind'],
    codes: ['EADDRNOTAVAIL'],
    text: 'no interface of this machine has this address; ip address lists them',
    windows: 'no interface of this machine has this address; ipconfig lists them',
  },
  {
    calls: ['connect', 'send'],
    codes: ['EADDRNOTAVAIL'],
    text: 'no local address can reach it, or no local port is free (sysctl net.ipv4.ip_local_port_range)',
    windows: `no local address can reach it, or no local port is free (${WINDOWS_PORTS})`,
  },
  {
    calls: ['connect', 'send'],
    codes: ['ENETUNREACH'],
    text: failure => `this machine has no route to it${routeCommand(failure)}`,
    windows: 'this machine has no route to it: route print',
  },
  {
    calls: ['connect', 'send'],
    codes: ['EHOSTUNREACH'],
    text: failure => `the host does not answer, or there is no route to it${routeCommand(failure)}`,
    windows: 'the host does not answer, or there is no route to it: route print',
  },
  {
    // Linux returns EPIPE in place of ENOTCONN (net/core/stream.c, sk_stream_wait_connect). A connection that has ended
    // keeps its local port.
    calls: ['send'],
    codes: ['EPIPE'],
    when: ({ hasNoPort }) => hasNoPort?.() === true,
    text: NOT_CONNECTED,
  },
  {
    calls: ['send'],
    codes: ['EMSGSIZE'],
    when: hasOwnHeader,
    text: 'the kernel does not fragment packets with your own IP header: send at most the MTU of the route',
  },
  {
    calls: ['send'],
    codes: ['EMSGSIZE'],
    when: ({ type }) => type === SOCK_DGRAM || type === SOCK_RAW,
    text: 'a datagram has at most 65507 bytes over IPv4 and 65527 over IPv6, less if fragmentation is disabled',
  },
];

/** The advice table of the family. */
export const internetRows: readonly AdviceRow[] = [
  {
    calls: ['socket'],
    codes: LACKING,
    when: ({ type, protocol }) => type === SOCK_DCCP || protocols.has(protocol),
    text: ({ type, protocol }) => protocols.get(type === SOCK_DCCP ? IPPROTO_DCCP : protocol),
    windows: 'Windows does not have this protocol',
  },
  {
    calls: ['socket'],
    codes: ['EAFNOSUPPORT'],
    when: ({ family }) => family === 'inet6',
    text: 'this kernel has no IPv6: modprobe ipv6, or start it without ipv6.disable=1',
    windows: 'IPv6 is disabled on this machine',
  },
  ...privileges,
  ...addresses,
];

/** Returns advice for a failed call on a socket of IPv4 or IPv6. */
export const adviseInternet: (failure: Failure) => string | undefined = adviceFrom(internetRows);
