import * as fromNode from './from-node.js';
import { createServer, Server } from './server.js';
import { connect, Socket } from './socket.js';

const own: {
  /** Creates a socket and connects it. */
  readonly connect: typeof connect;
  /** {@link connect}. */
  readonly createConnection: typeof connect;
  /** Creates a server. */
  readonly createServer: typeof createServer;
  /** The class of servers. */
  readonly Server: typeof Server;
  /** The class of sockets. */
  readonly Socket: typeof Socket;
  /** {@link Socket}. */
  readonly Stream: typeof Socket;
} = { connect, createConnection: connect, createServer, Server, Socket, Stream: Socket };

/** The names of `node:net`, for `import net from 'berkeley/net'`. */
export const net: typeof own & typeof fromNode = { ...fromNode, ...own };
