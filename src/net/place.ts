/** Local addresses of servers, and sockets that are bound to them. */
import { SO_REUSEADDR, SO_REUSEPORT, SOCK_STREAM, SOL_SOCKET } from '../constants/socket.js';
import { errnoNumber } from '../errors/codes.js';
import { SocketError, socketError } from '../errors/errors.js';
import { AF_INET, IPPROTO_IPV6 } from '../families/inet/constants.js';
import { AF_INET6, IPV6_V6ONLY } from '../families/inet6/constants.js';
import { AF_UNIX } from '../families/unix/constants.js';
import { Socket } from '../socket/socket.js';
import type { AnySocket } from './any-socket.js';
import type { Setup } from './birth.js';
import { unixAddress } from './target.js';

/** An IP address and port to listen on. */
export interface IpPlace {
  readonly address: string;
  readonly port: number;
  readonly version: 4 | 6;
  readonly ipv6Only: boolean;
  readonly reusePort: boolean;
  readonly protocol?: number;
  readonly path?: undefined;
}

/** A path to listen on. */
export interface PathPlace {
  readonly path: string;
  readonly address?: string;
  readonly port?: number | undefined;
}

/** An address of any other family to listen on. */
export interface OtherPlace {
  readonly family: number;
  readonly other: object;
  readonly protocol?: number;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  readonly path?: undefined;
}

/** What to listen on. */
export type Place = IpPlace | PathPlace | OtherPlace;

/** Opens a socket and binds it. If that fails, nothing stays open. */
export function bindServer(place: Place, setUp: Setup): AnySocket {
  const socket = openFor(place);
  try {
    setUp(socket);
    if (place.path !== undefined) bindPath(socket, place.path);
    else if ('other' in place) socket.bind(place.other as never);
    else bindIp(socket, place);
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

function openFor(place: Place): AnySocket {
  if (place.path !== undefined) return new Socket(AF_UNIX as never, SOCK_STREAM);
  const { protocol = 0 } = place;
  const family = 'other' in place ? place.family : place.version === 6 ? AF_INET6 : AF_INET;
  return new Socket(family as never, SOCK_STREAM, protocol as never);
}

function bindIp(socket: AnySocket, { address, port, version, ipv6Only, reusePort }: IpPlace): void {
  if (process.platform !== 'win32') socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
  if (reusePort) socket.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1);
  if (version === 6) socket.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, ipv6Only ? 1 : 0);
  socket.bind({ host: address, port } as never);
}

function bindPath(socket: AnySocket, path: string): void {
  try {
    socket.bind(unixAddress(path) as never);
  } catch (error) {
    // libuv reports a missing directory as EACCES, as Windows does.
    const isMissing = error instanceof SocketError && error.code === 'ENOENT';
    throw isMissing ? socketError(errnoNumber('EACCES'), { syscall: 'bind' }) : error;
  }
}
