import { createSocket } from './create-socket.js';
import { Socket } from './socket.js';

/** The functions of `node:dgram`, for `import dgram from 'berkeley/dgram'`. */
export const dgram: {
  /** Creates a datagram socket. */
  readonly createSocket: typeof createSocket;
  /** The class of UDP sockets. */
  readonly Socket: typeof Socket;
} = { createSocket, Socket };
