/** Settings of the kernel that programs with sockets meet: ip-sysctl.rst, sysctl/net.rst and core(5) of Linux. */
import { readFileSync } from 'node:fs';

/** A setting. */
export interface SysctlReport {
  readonly name: string;
  /** The value; numbers are separated by one space. */
  readonly value: string;
  /** What it limits. */
  readonly meaning: string;
}

const rows: readonly (readonly [name: string, meaning: string])[] = [
  ['net.ipv4.ping_group_range', 'the groups that can open ping sockets'],
  ['net.ipv4.ip_unprivileged_port_start', 'the first port that needs no privilege'],
  ['net.ipv4.ip_local_port_range', 'the ports that connect() and bind() choose'],
  ['net.ipv4.tcp_fastopen', '1: clients, 2: servers, 3: both'],
  ['net.ipv4.tcp_congestion_control', 'the default of TCP_CONGESTION'],
  ['net.ipv4.tcp_available_congestion_control', 'the values of TCP_CONGESTION'],
  ['net.ipv4.tcp_rmem', 'receive buffers of TCP: least, default, most bytes'],
  ['net.ipv4.tcp_wmem', 'send buffers of TCP: least, default, most bytes'],
  ['net.core.rmem_default', 'SO_RCVBUF of a new socket'],
  ['net.core.rmem_max', 'the largest SO_RCVBUF'],
  ['net.core.wmem_default', 'SO_SNDBUF of a new socket'],
  ['net.core.wmem_max', 'the largest SO_SNDBUF'],
  ['net.core.somaxconn', 'the largest backlog of listen()'],
  ['net.core.optmem_max', 'the most bytes of control messages and options'],
  ['net.core.busy_poll', 'microseconds that poll() looks at the device'],
  ['net.unix.max_dgram_qlen', 'datagrams that wait at a Unix socket'],
  ['net.ipv4.igmp_max_memberships', 'multicast groups of one socket'],
  ['net.ipv6.bindv6only', '1: IPv6 sockets do not take IPv4 connections'],
  ['net.ipv6.conf.all.disable_ipv6', '1: there is no IPv6'],
  ['fs.file-max', 'descriptors of the system'],
  ['kernel.unprivileged_bpf_disabled', '0: users can load eBPF programs'],
];

/** Returns the settings that this kernel has. */
export function reportSysctls(): SysctlReport[] {
  return rows.flatMap(([name, meaning]) => {
    const value = readSysctl(name);
    return value === undefined ? [] : [{ name, value, meaning }];
  });
}

function readSysctl(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'latin1')
      .trim()
      .replace(/\s+/g, ' ');
  } catch {
    return undefined;
  }
}
