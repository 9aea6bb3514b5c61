import type { Socket as NodeSocket } from 'node:net';
import { checkObject, invalidState, invalidType } from '../errors/argument.js';
import { fromfd } from '../socket/functions.js';
import { getDefaultTimeout, type Socket } from '../socket/socket.js';

/**
 * Takes a connection over from `node:net`, with its options and with whatever it has not received yet.
 *
 * The descriptor is duplicated and the `net.Socket` destroyed, which does not end the connection: it emits `'close'`,
 * and the connection is the new socket's alone. It has to be quiet: nothing received that was not read, nothing written
 * that was not sent. A server that is to hand over all its connections accepts them with `{ pauseOnConnect: true }`.
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
  const adopted = fromfd<'inet' | 'inet6' | 'unix'>(descriptorOf(socket));
  socket.destroy();
  adopted.timeout = getDefaultTimeout(); // libuv made the open file O_NONBLOCK; it is ours alone now
  return adopted;
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
