/** The options of a connection that `node:net` has methods for. They can be set before there is a connection. */
import { SO_KEEPALIVE, SOL_SOCKET } from '../constants/socket.js';
import {
  AF_INET,
  IP_TOS,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPPROTO_TCP,
  TCP_KEEPCNT,
  TCP_KEEPIDLE,
  TCP_KEEPINTVL,
  TCP_NODELAY,
} from '../families/inet/constants.js';
import { AF_INET6, IPV6_TCLASS } from '../families/inet6/constants.js';
import type { AnySocket } from './any-socket.js';

/** The arguments of `setKeepAlive`. */
export interface KeepAliveOptions {
  /** Whether to send keepalive probes; false by default. */
  readonly enable?: boolean | undefined;
  /** The idle time before the first probe, in milliseconds; 0, the default, keeps the current value. */
  readonly initialDelay?: number | undefined;
  /** The time between probes, in milliseconds; 1000 by default. */
  readonly interval?: number | undefined;
  /** The number of unanswered probes after which the connection fails; 10 by default. */
  readonly count?: number | undefined;
}

/** Returns whether a socket is TCP over IPv4 or IPv6. */
export function isTcp(socket: AnySocket): boolean {
  return !socket.closed && (socket.family === AF_INET || socket.family === AF_INET6);
}

/** Sets `TCP_NODELAY`. */
export function applyNoDelay(socket: AnySocket, enable: boolean): void {
  if (isTcp(socket)) socket.setsockopt(IPPROTO_TCP, TCP_NODELAY, enable);
}

/** Sets `SO_KEEPALIVE` and the times of its probes, in whole seconds. */
export function applyKeepAlive(
  socket: AnySocket,
  { enable = false, initialDelay = 0, interval = 1000, count = 10 }: KeepAliveOptions,
): void {
  if (!isTcp(socket)) return;
  socket.setsockopt(SOL_SOCKET, SO_KEEPALIVE, enable);
  if (!enable) return;
  const [idle, between] = [Math.trunc(initialDelay / 1000), Math.trunc(interval / 1000)];
  // As in Node.js: without an initial delay, the times of the system are kept.
  if (!(idle > 0)) return;
  socket.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, idle);
  if (between > 0) socket.setsockopt(IPPROTO_TCP, TCP_KEEPINTVL, between);
  if (count > 0) socket.setsockopt(IPPROTO_TCP, TCP_KEEPCNT, count);
}

/** Sets the type of service of IPv4, or the traffic class of IPv6. */
export function applyTypeOfService(socket: AnySocket, value: number): void {
  if (!isTcp(socket)) return;
  if (socket.family === AF_INET) socket.setsockopt(IPPROTO_IP, IP_TOS, value);
  else socket.setsockopt(IPPROTO_IPV6, IPV6_TCLASS, value);
}

/** Reads the type of service of IPv4, or the traffic class of IPv6. */
export function readTypeOfService(socket: AnySocket): number {
  if (!isTcp(socket)) return 0;
  return socket.family === AF_INET
    ? socket.getsockopt(IPPROTO_IP, IP_TOS)
    : socket.getsockopt(IPPROTO_IPV6, IPV6_TCLASS);
}
