/** Existing sockets that a `net.Socket` or a `net.Server` takes over. */

import { SOCK_STREAM } from '../constants/socket.js';
import { isInstance } from '../errors/argument.js';
import { SocketError } from '../errors/errors.js';
import { invalidFdType, wrongType } from '../errors/node-errors.js';
import { fdType } from '../socket/fd-type.js';
import { Socket } from '../socket/socket.js';
import type { AnySocket } from './any-socket.js';
import { BoundSocket } from './bound-socket.js';
import { checkInt32 } from './errors.js';

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
  const type = fdType(fd);
  throw invalidFdType(type === 'UNIX' ? 'UNKNOWN' : type); // Node.js has no datagrams over Unix sockets
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
