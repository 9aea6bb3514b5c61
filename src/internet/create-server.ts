import type { AddressInput } from '../address/address.js';
import type { Family } from '../constants/constant.js';
import { SO_REUSEADDR, SO_REUSEPORT, SOCK_STREAM, SOL_SOCKET } from '../constants/socket.js';
import { checkObject, invalidValue } from '../errors/argument.js';
import { AF_INET, IPPROTO_IPV6 } from '../families/inet/constants.js';
import { AF_INET6, IPV6_V6ONLY } from '../families/inet6/constants.js';
import { AF_UNIX } from '../families/unix/constants.js';
import { checkBacklog } from '../socket/names.js';
import { Socket } from '../socket/socket.js';
import { hasDualStack } from './capabilities.js';

/** How {@link createServer} makes its socket. */
export interface ServerOptions<F extends 'inet' | 'inet6' | 'unix'> {
  /** `AF_INET` by default, `AF_UNIX` for an address with a `path` or an `abstract` name. */
  readonly family?: Family<F> | undefined;
  /** How many connections may wait to be accepted: see {@link Socket.listen}. */
  readonly backlog?: number | undefined;
  /** Sets `SO_REUSEPORT`: several sockets share the port, and the kernel its connections. False by default. */
  readonly reusePort?: boolean | undefined;
  /** With `AF_INET6`: serve IPv4 clients too. False by default, on every system alike. */
  readonly dualStack?: boolean | undefined;
}

/**
 * A stream socket that is bound to `address` and listens.
 *
 * ```ts
 * using server = createServer({ host: '127.0.0.1', port: 0 });
 * for await (const { socket } of server.connections()) …
 * ```
 *
 * Internet servers set `SO_REUSEADDR`, so that a restarted one does not have to wait for old connections' `TIME_WAIT`
 * to pass (on POSIX, where it allows no more than that).
 *
 * @param address where to listen; host `''` is every interface, port 0 lets the kernel choose (see `getsockname()`)
 * @throws TypeError or RangeError for a bad address or option, `dualStack` where it cannot be had among them
 * @throws SocketError `EADDRINUSE`, `EACCES`, …; nothing stays open
 */
export function createServer(address: AddressInput<'unix'>, options?: ServerOptions<'unix'>): Socket<'unix'>;
export function createServer<F extends 'inet' | 'inet6' = 'inet'>(
  address: AddressInput<F>,
  options?: ServerOptions<F>,
): Socket<F>;
export function createServer(
  address: AddressInput<'inet' | 'inet6' | 'unix'>,
  options: ServerOptions<'inet' | 'inet6' | 'unix'> = {},
): object {
  checkObject(address, 'address');
  checkObject(options, 'options');
  const {
    family = 'host' in address ? AF_INET : AF_UNIX,
    backlog,
    reusePort = false,
    dualStack = false,
  } = options;
  // Before anything is bound: a path would stay behind.
  if (backlog !== undefined) checkBacklog(backlog, 'options.backlog');
  if (dualStack && family !== AF_INET6) {
    throw invalidValue('options.dualStack', 'needs options.family to be AF_INET6', dualStack);
  }
  if (dualStack && !hasDualStack())
    throw invalidValue('options.dualStack', 'is not supported here', dualStack);
  const server = new Socket<'inet' | 'inet6' | 'unix'>(family, SOCK_STREAM);
  try {
    if (family !== AF_UNIX && process.platform !== 'win32') server.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
    if (reusePort) server.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1);
    if (family === AF_INET6) server.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, dualStack ? 0 : 1);
    server.bind(address);
    server.listen(backlog);
    return server;
  } catch (error) {
    server.close();
    throw error;
  }
}
