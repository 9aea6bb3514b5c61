/** Every transport of the echo suite: one row each. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { AF_INET6, hasIpv6, SOCK_DGRAM, Socket } from 'berkeley';
import type { Job, JsonAddress } from './echo-job.js';

export interface Transport extends Pick<Job, 'family' | 'type' | 'sizes'> {
  readonly name: string;
  /** A new address for a server, or for a datagram client. */
  address(folder: string, role: Job['role']): JsonAddress;
  readonly skip?: string | false;
}

const KiB = 1024;
const MiB = 1024 * KiB;
const bulk = [1, 2, KiB, 64 * KiB, MiB];

const ipv4 = () => ({ host: '127.0.0.1', port: 0 });
const ipv6 = () => ({ host: '::1', port: 0 });
const path = (folder: string, role: string) => ({ path: join(folder, `${role}.sock`) });
const abstract = () => ({ abstract: `berkeley-${randomUUID()}` });
/** A client with an abstract name lets the kernel choose the name. */
const autobind = (_: string, role: string) => (role === 'server' ? abstract() : ({ unnamed: true } as const));

/** Why IPv6 is not available here. */
export function withoutIpv6(): string | false {
  const cure =
    'needs ::1: sysctl net.ipv6.conf.lo.disable_ipv6=0, in Docker --sysctl net.ipv6.conf.all.disable_ipv6=0';
  if (!hasIpv6()) return cure;
  using socket = new Socket(AF_INET6, SOCK_DGRAM);
  try {
    socket.bind(ipv6());
    return false;
  } catch {
    return cure;
  }
}

const inet = { family: 'AF_INET', address: ipv4 } as const;
const inet6 = { family: 'AF_INET6', address: ipv6, skip: withoutIpv6() } as const;
const unix = { family: 'AF_UNIX', address: path } as const;

export const transports: readonly Transport[] = [
  { name: 'TCP over IPv4', ...inet, type: 'SOCK_STREAM', sizes: [...bulk, 64 * MiB] },
  { name: 'TCP over IPv6', ...inet6, type: 'SOCK_STREAM', sizes: bulk },
  { name: 'Unix stream', ...unix, type: 'SOCK_STREAM', sizes: [...bulk, 64 * MiB] },
  { name: 'Unix stream, abstract name', ...unix, address: abstract, type: 'SOCK_STREAM', sizes: bulk },
  { name: 'Unix seqpacket', ...unix, type: 'SOCK_SEQPACKET', sizes: [1, 2, KiB, 64 * KiB, 100 * KiB] },
  {
    name: 'Unix seqpacket, abstract name',
    ...unix,
    address: abstract,
    type: 'SOCK_SEQPACKET',
    sizes: [1, 100 * KiB],
  },
  // The maximum that the 16-bit length field of UDP allows, without the headers that it includes.
  { name: 'UDP over IPv4', ...inet, type: 'SOCK_DGRAM', sizes: [0, 1, 2, KiB, 32 * KiB, 65_507] },
  { name: 'UDP over IPv6', ...inet6, type: 'SOCK_DGRAM', sizes: [0, 1, 2, KiB, 32 * KiB, 65_527] },
  { name: 'Unix datagram', ...unix, type: 'SOCK_DGRAM', sizes: [0, 1, 2, KiB, 64 * KiB, 100 * KiB] },
  {
    name: 'Unix datagram, abstract names',
    ...unix,
    address: autobind,
    type: 'SOCK_DGRAM',
    sizes: [0, 1, 100 * KiB],
  },
];
