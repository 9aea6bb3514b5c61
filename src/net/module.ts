import * as fromNode from './from-node.js';
import { createServer, Server } from './server.js';
import { connect, Socket } from './socket.js';

/** The names of `node:net`, for `import net from 'berkeley/net'`. */
export const net: {
  /** Creates a socket and connects it. */
  readonly connect: typeof connect;
  /** Creates a socket and connects it. */
  readonly createConnection: typeof connect;
  /** Creates a server. */
  readonly createServer: typeof createServer;
  /** The class of servers. */
  readonly Server: typeof Server;
  /** The class of sockets. */
  readonly Socket: typeof Socket;
  /** The class of sockets. */
  readonly Stream: typeof Socket;
  /** Addresses and networks to which no connection is made. */
  readonly BlockList: typeof fromNode.BlockList;
  /** An IP address and port. */
  readonly SocketAddress: typeof fromNode.SocketAddress;
  /** Returns 4 for an IPv4 address, 6 for an IPv6 address, and 0 for any other text. */
  readonly isIP: typeof fromNode.isIP;
  /** Returns whether a text is an IPv4 address. */
  readonly isIPv4: typeof fromNode.isIPv4;
  /** Returns whether a text is an IPv6 address. */
  readonly isIPv6: typeof fromNode.isIPv6;
  /** Returns the default of the option `autoSelectFamily`. */
  readonly getDefaultAutoSelectFamily: typeof fromNode.getDefaultAutoSelectFamily;
  /** Sets the default of the option `autoSelectFamily`, for `node:net` too. */
  readonly setDefaultAutoSelectFamily: typeof fromNode.setDefaultAutoSelectFamily;
  /** Returns the default of the option `autoSelectFamilyAttemptTimeout`, in milliseconds. */
  readonly getDefaultAutoSelectFamilyAttemptTimeout: typeof fromNode.getDefaultAutoSelectFamilyAttemptTimeout;
  /** Sets the default of the option `autoSelectFamilyAttemptTimeout`, for `node:net` too. */
  readonly setDefaultAutoSelectFamilyAttemptTimeout: typeof fromNode.setDefaultAutoSelectFamilyAttemptTimeout;
} = { ...fromNode, connect, createConnection: connect, createServer, Server, Socket, Stream: Socket };
