import type { SocketOptions, UnixSocketOptions } from './options.js';
import { type MessageListener, Socket } from './socket.js';
import { type UnixMessageListener, UnixSocket } from './unix-socket.js';

/**
 * Creates a datagram socket, as `dgram.createSocket` does. `type` can also be `'unix'`.
 *
 * ```ts
 * import { createSocket } from 'berkeley/dgram';
 *
 * const socket = createSocket({ type: 'udp4', packetInfo: true });
 * socket.on('message', (message, { address, port, interface: name }) => console.log(name, address, port));
 * socket.bind(5353);
 * ```
 *
 * @param type the type, or the options
 * @param listener a listener for `'message'`
 * @throws TypeError if the type or an option is invalid
 */
export function createSocket(type: 'udp4' | 'udp6' | SocketOptions, listener?: MessageListener): Socket;
export function createSocket(type: 'unix' | UnixSocketOptions, listener?: UnixMessageListener): UnixSocket;
export function createSocket(
  type: 'udp4' | 'udp6' | 'unix' | SocketOptions | UnixSocketOptions,
  listener?: MessageListener | UnixMessageListener,
): Socket | UnixSocket {
  const kind = typeof type === 'object' && type !== null ? type.type : type;
  if (kind === 'unix')
    return new UnixSocket(type as 'unix' | UnixSocketOptions, listener as UnixMessageListener);
  return new Socket(type as 'udp4' | SocketOptions, listener as MessageListener);
}
