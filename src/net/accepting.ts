import { SocketError } from '../errors/errors.js';
import { isExhausted, isLostConnection } from '../socket/accept-errors.js';
import { guarded } from '../streams/guarded.js';
import type { AnySocket } from './any-socket.js';
import { callError } from './errors.js';

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
  if (isLostConnection(error)) return;
  if (!isExhausted(error))
    guarded(() => onError(error instanceof SocketError ? callError(error.errno, 'accept') : error));
  // The listener itself keeps the process alive, or does not, when the call is repeated.
  await new Promise(resolve => setTimeout(resolve, PAUSE));
}
