import { SocketError } from '../errors/errors.js';
import { guarded } from '../streams/guarded.js';
import type { AnySocket } from './any-socket.js';
import { callError } from './errors.js';

/** The errors of accept(2) that concern only one connection, which is gone (accept(2), "Error handling"). */
const GONE = ['ECONNABORTED', 'EPERM', 'EPROTO', 'ENETDOWN', 'EHOSTDOWN', 'EHOSTUNREACH', 'ENETUNREACH'];
/** The errors of accept(2) that pass when descriptors or memory are free again. */
const EXHAUSTED = ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'];

/** The pause after accept(2) has failed, in milliseconds. */
const PAUSE = 100;

/**
 * Accepts connections until the listener is closed. Connections that cannot be accepted, because no descriptor is free,
 * stay in the backlog.
 *
 * @param onSocket owns the accepted socket
 * @param onError is called for errors that are neither of one connection nor temporary
 */
export async function acceptAll(
  listener: AnySocket,
  onSocket: (socket: AnySocket) => void,
  onError: (error: unknown) => void,
): Promise<void> {
  while (!listener.closed) {
    try {
      const { socket } = await listener.accept();
      guarded(() => passOn(socket, onSocket));
    } catch (error) {
      if (!listener.closed) await failed(error, onError);
    }
  }
}

/** Passes a socket on. If that fails, it has no owner and is closed. */
export function passOn(socket: AnySocket, onSocket: (socket: AnySocket) => void): void {
  try {
    onSocket(socket);
  } catch (error) {
    socket.close();
    throw error;
  }
}

async function failed(error: unknown, onError: (error: unknown) => void): Promise<void> {
  const code = error instanceof SocketError ? error.code : '';
  if (GONE.includes(code)) return;
  if (!EXHAUSTED.includes(code))
    guarded(() => onError(error instanceof SocketError ? callError(error.errno, 'accept') : error));
  // The listener itself keeps the process alive, or does not, when the call is repeated.
  await new Promise(resolve => setTimeout(resolve, PAUSE));
}
