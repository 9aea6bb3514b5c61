/** Existing sockets that a `net.Socket` or a `net.Server` takes over. */
import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import { SOCK_STREAM } from '../constants/socket.js';
import { isInstance } from '../errors/argument.js';
import { SocketError } from '../errors/errors.js';
import { Socket } from '../socket/socket.js';
import type { AnySocket } from './any-socket.js';
import { BoundSocket } from './bound-socket.js';
import { checkInt32, invalidFdType, wrongType } from './errors.js';

/** Something that has a socket: a Socket of `berkeley`, or a {@link BoundSocket}. */
export type SocketHandle = AnySocket | BoundSocket;

/** Takes the socket out of a handle. */
export function socketOfHandle(handle: unknown): AnySocket {
  if (isInstance(handle, BoundSocket)) return handle.adopt();
  if (!isInstance(handle, Socket))
    throw wrongType('options.handle', 'an instance of Socket or BoundSocket', handle);
  if (handle.type !== SOCK_STREAM) throw invalidFdType('UDP');
  return handle as AnySocket;
}

/** Takes over a descriptor. */
export function socketOfDescriptor(value: unknown): AnySocket {
  const fd = checkInt32(value, 'fd', 0);
  try {
    const socket = Socket.adopt(fd);
    if (socket.type === SOCK_STREAM) return socket as AnySocket;
    socket.detach();
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
  }
  throw invalidFdType(kindOf(fd));
}

/** Returns the kind of a descriptor that is not a stream socket, as Node names it. */
function kindOf(fd: number): string {
  try {
    const status = fstatSync(fd);
    if (status.isFile()) return 'FILE';
    if (status.isFIFO()) return 'PIPE';
    return isatty(fd) ? 'TTY' : 'UNKNOWN';
  } catch {
    return 'UNKNOWN';
  }
}

/** Returns whether a socket is connected. */
export function isConnected(socket: AnySocket): boolean {
  try {
    socket.getpeername();
    return true;
  } catch {
    return false;
  }
}
