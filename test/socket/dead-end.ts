/** Datagrams to an unused port, for the tests of the error queue. */
import assert from 'node:assert/strict';
import {
  AF_INET,
  AF_INET6,
  ConnectionRefusedError,
  type Family,
  IPPROTO_IP,
  IPPROTO_IPV6,
  SOCK_DGRAM,
  Socket,
} from 'berkeley';
import { IP_RECVERR, IPV6_RECVERR } from 'berkeley/constants';
import { ipError, ipv6Error } from 'berkeley/control';

export interface Row {
  readonly name: 'inet' | 'inet6';
  readonly family: Family<'inet' | 'inet6'>;
  readonly host: string;
  readonly option: readonly [level: number, name: number];
  readonly codec: typeof ipError;
  /** "Port unreachable": the origin of the item, its ICMP type and code. */
  readonly unreachable: readonly [origin: string, type: number, code: number];
}

export const rows: readonly Row[] = [
  {
    name: 'inet',
    family: AF_INET as Row['family'],
    host: '127.0.0.1',
    option: [IPPROTO_IP, IP_RECVERR],
    codec: ipError,
    unreachable: ['icmp', 3, 3],
  },
  {
    name: 'inet6',
    family: AF_INET6 as Row['family'],
    host: '::1',
    option: [IPPROTO_IPV6, IPV6_RECVERR],
    codec: ipv6Error,
    unreachable: ['icmp6', 1, 4],
  },
];

export type InternetSocket = Socket<'inet' | 'inet6'>;

/** An unused port. */
export function deadEnd({ family, host }: Row): { host: string; port: number } {
  using socket = new Socket(family, SOCK_DGRAM);
  socket.bind({ host, port: 0 });
  return { host, port: socket.getsockname().port };
}

export function bound({ family, host, option }: Row, listens = true): InternetSocket {
  const socket = new Socket(family, SOCK_DGRAM);
  socket.bind({ host, port: 0 });
  if (listens) socket.setsockopt(...option, 1);
  return socket;
}

/** Sends to an unused port, and handles the error that the call may get from the previous datagram. */
export async function provoke(socket: InternetSocket, data: string, to: { host: string; port: number }) {
  try {
    await socket.sendto(data, to);
  } catch (error) {
    assert.ok(error instanceof ConnectionRefusedError);
    await socket.sendto(data, to);
  }
}
