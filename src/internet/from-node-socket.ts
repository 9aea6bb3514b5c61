import type { Socket as NodeSocket } from 'node:net';
import { checkObject, invalidState, invalidType } from '../errors/argument.js';
import { fromfd } from '../socket/functions.js';
import { coreOf, getDefaultTimeout, type Socket } from '../socket/socket.js';

/**
 * Takes a connection over from `node:net`, with its options and with whatever it has not received yet.
 *
 * The descriptor is duplicated and the `net.Socket` destroyed, which does not end the connection: it emits `'close'`,
 * and the connection is the new socket's alone. It has to be quiet: nothing received that was not read, nothing written
 * that was not sent. The bytes of a character that `setEncoding()` waits to complete are received first. A server that is to hand over all its connections accepts them with `{ pauseOnConnect: true }`.
 *
 * ```ts
 * net.createServer({ pauseOnConnect: true }, connection => serve(fromNodeSocket(connection)));
 * ```
 *
 * @param socket a connected `net.Socket`, over TCP or a Unix socket
 * @throws TypeError if it is none, or has no descriptor: on Windows, on Bun and Deno, or over TLS
 * @throws Error `ERR_INVALID_STATE` if it is closed, still connecting, or not quiet
 * @throws SocketError `EMFILE`
 */
export function fromNodeSocket(socket: NodeSocket): Socket<'inet' | 'inet6' | 'unix'> {
  const fd = descriptorOf(socket);
  const partial = partialCharacter(socket);
  const adopted = fromfd<'inet' | 'inet6' | 'unix'>(fd);
  try {
    adopted.timeout = getDefaultTimeout(); // libuv made the open file O_NONBLOCK
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

/** Returns the bytes that the decoder of `setEncoding()` has received and not given to anyone. */
function partialCharacter(socket: NodeSocket): Buffer {
  if (socket.readableEncoding === null) return Buffer.alloc(0);
  const state = (socket as { _readableState?: { decoder?: PendingDecoder | null } })._readableState;
  const { lastChar, lastNeed, lastTotal } = state?.decoder ?? {};
  if (!Buffer.isBuffer(lastChar) || typeof lastNeed !== 'number' || typeof lastTotal !== 'number')
    throw invalidState('the net.Socket decodes text, and might have received half a character');
  return Buffer.from(lastChar.subarray(0, lastTotal - lastNeed));
}

function descriptorOf(socket: NodeSocket): number {
  checkObject(socket, 'socket');
  if (socket.destroyed || socket.connecting) throw invalidState('the net.Socket is not connected');
  const { _handle: handle, encrypted } = socket as { _handle?: { fd?: unknown } | null; encrypted?: boolean };
  const fd = handle?.fd;
  if (encrypted || typeof fd !== 'number' || fd < 0) {
    throw invalidType('socket', 'a net.Socket that has a descriptor', socket);
  }
  if (socket.readableLength > 0) throw invalidState('the net.Socket has received what nobody has read');
  if (socket.writableLength > 0) throw invalidState('the net.Socket has not sent all that was written');
  return fd;
}
