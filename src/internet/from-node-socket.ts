import type { Socket as NodeSocket } from 'node:net';
import { checkObject, invalidState, invalidType } from '../errors/argument.js';
import { fromfd } from '../socket/functions.js';
import { coreOf, getDefaultTimeout, type Socket } from '../socket/socket.js';

/**
 * Converts a connection of `node:net` to a socket, with its options and unreceived data.
 *
 * It duplicates the descriptor and destroys the `net.Socket`, which emits `'close'` but does not end the connection.
 * Only the new socket uses the connection afterwards. The `net.Socket` must not have received data that was not read,
 * or written data that was not sent. The socket receives the bytes of an incomplete character that `setEncoding()` holds
 * first. A server that converts all its connections should accept them with `{ pauseOnConnect: true }`.
 *
 * ```ts
 * net.createServer({ pauseOnConnect: true }, connection => serve(fromNodeSocket(connection)));
 * ```
 *
 * @param socket a connected `net.Socket`, over TCP or a Unix socket
 * @throws TypeError if it is not one, or does not give access to its descriptor: on Windows, on Bun and Deno, or over
 * TLS
 * @throws Error `ERR_INVALID_STATE` if it is closed, still connecting, or has unread or unsent data
 * @throws SocketError `EMFILE`
 */
export function fromNodeSocket(socket: NodeSocket): Socket<'inet' | 'inet6' | 'unix'> {
  const fd = descriptorOf(socket);
  const partial = partialCharacter(socket);
  const adopted = fromfd<'inet' | 'inet6' | 'unix'>(fd);
  try {
    adopted.timeout = getDefaultTimeout(); // libuv set O_NONBLOCK; no other code uses the open file any more
    if (partial.length > 0) removeDecoder(socket);
    socket.destroy();
  } catch (error) {
    adopted.close();
    throw error;
  }
  if (partial.length > 0) coreOf(adopted).handle.putBack(partial);
  return adopted;
}

/** A decoder of node:string_decoder that has the beginning of a character. */
interface PendingDecoder {
  readonly lastChar?: unknown;
  readonly lastNeed?: unknown;
  readonly lastTotal?: unknown;
}

/** The state of a stream that decodes text. */
interface ReadableState {
  decoder?: PendingDecoder | null;
}

function stateOf(socket: NodeSocket): ReadableState {
  return (socket as { _readableState?: ReadableState })._readableState ?? {};
}

/** Prevents the stream from giving its listeners part of a character, as Bun does when it destroys a stream. */
function removeDecoder(socket: NodeSocket): void {
  stateOf(socket).decoder = null;
}

/** Returns the bytes that the decoder of `setEncoding()` has received and not given to anyone. */
function partialCharacter(socket: NodeSocket): Buffer {
  if (socket.readableEncoding === null) return Buffer.alloc(0);
  const { lastChar, lastNeed, lastTotal } = stateOf(socket).decoder ?? {};
  if (!Buffer.isBuffer(lastChar) || typeof lastNeed !== 'number' || typeof lastTotal !== 'number')
    throw invalidState('the net.Socket decodes text and might hold an incomplete character');
  return Buffer.from(lastChar.subarray(0, lastTotal - lastNeed));
}

function descriptorOf(socket: NodeSocket): number {
  checkObject(socket, 'socket');
  if (socket.destroyed || socket.connecting) throw invalidState('the net.Socket is not connected');
  const { _handle: handle, encrypted } = socket as { _handle?: { fd?: unknown } | null; encrypted?: boolean };
  const fd = handle?.fd;
  if (encrypted || typeof fd !== 'number' || fd < 0) {
    throw invalidType('socket', 'a net.Socket with an accessible descriptor', socket);
  }
  if (socket.readableLength > 0) throw invalidState('the net.Socket has received data that was not read');
  if (socket.writableLength > 0) throw invalidState('the net.Socket has written data that was not sent');
  return fd;
}
