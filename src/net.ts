/**
 * Entry point `berkeley/net`: the interface of `node:net` over sockets of this package. It also has what `node:net` lacks:
 * socket options from birth, and other address families.
 *
 * ```ts
 * import { connect } from 'berkeley/net';
 * import { tcp } from 'berkeley/options';
 *
 * const connection = connect({ host: 'example.org', port: 80, options: [[tcp.userTimeout, 5000]] });
 * connection.on('connect', () => console.log(connection.handle?.getOption(tcp.info).rtt));
 * ```
 *
 * @packageDocumentation
 */

export type { SocketHandle } from './net/adopt.js';
export type { AnySocket } from './net/any-socket.js';
export type { InitialOption, InitialOptions } from './net/birth.js';
export { BoundSocket, type BoundSocketOptions } from './net/bound-socket.js';
export type { KeepAliveOptions } from './net/connection-options.js';
export {
  BlockList,
  getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  isIP,
  isIPv4,
  isIPv6,
  SocketAddress,
  setDefaultAutoSelectFamily,
  setDefaultAutoSelectFamilyAttemptTimeout,
} from './net/from-node.js';
export type { ListenOptions } from './net/listen.js';
export { net as default } from './net/module.js';
export { type ConnectionServer, type DrainOptions, type ServeOptions, Serving, serve } from './net/serve.js';
export {
  type ConnectionListener,
  createServer,
  type DropArgument,
  Server,
  type ServerOptions,
} from './net/server.js';
export {
  type ConnectionOptions,
  connect,
  connect as createConnection,
  type OnReadOptions,
  Socket,
  Socket as Stream,
  type SocketOptions,
} from './net/socket.js';
export type { ConnectOptions } from './net/target.js';
