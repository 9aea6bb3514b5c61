import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import type { AddressInput, FamilyName } from '../address/address.js';
import type { Family } from '../constants/kinds.js';
import { SO_REUSEADDR, SO_REUSEPORT, SOCK_STREAM, SOL_SOCKET } from '../constants/socket.js';
import { checkBoolean, checkInteger, checkObject, invalidValue } from '../errors/argument.js';
import { SocketError, UnsupportedError } from '../errors/errors.js';
import { AF_INET, IPPROTO_IPV6 } from '../families/inet/constants.js';
import { AF_INET6, IPV6_V6ONLY } from '../families/inet6/constants.js';
import { AF_UNIX } from '../families/unix/constants.js';
import { checkOptionKeys } from '../reactor/wait-options.js';
import { checkBacklog } from '../socket/names.js';
import { checkFamily } from '../socket/open.js';
import { Socket } from '../socket/socket.js';

/** Options that all servers have. */
interface AnyServerOptions {
  /** The maximum number of connections that wait to be accepted: see {@link Socket.listen}. */
  readonly backlog?: number | undefined;
}

/** The options of {@link createServer} for a TCP server. */
export interface ServerOptions<F extends 'inet' | 'inet6' = 'inet' | 'inet6'> extends AnyServerOptions {
  /** The family; by default that of a numeric `host`, and `AF_INET` for a name. */
  readonly family?: Family<F> | undefined;
  /** Sets `SO_REUSEPORT`: several sockets share the port, and the kernel distributes connections. False by default. */
  readonly reusePort?: boolean | undefined;
  /** With `AF_INET6`: also serves IPv4 clients. False by default, on every system. */
  readonly dualStack?: boolean | undefined;
}

/** The options of {@link createServer} for a Unix server. */
export interface UnixServerOptions extends AnyServerOptions {
  /** `AF_UNIX`. */
  readonly family?: Family<'unix'> | undefined;
  /**
   * The permissions of the path, such as `0o600`. They are set before anyone can connect. By default they depend on the
   * umask.
   */
  readonly mode?: number | undefined;
  /**
   * `'stale'` removes an existing path on which no server listens, as a killed server leaves it. If a server listens,
   * the call fails with `EADDRINUSE`. By default an existing path is an error.
   */
  readonly unlink?: 'stale' | undefined;
}

/** The address that {@link createServer} listens on. */
export interface ServerAddress<H extends string = string> {
  /** The family, as in addresses. It must match the host. */
  readonly family?: 'inet' | 'inet6' | undefined;
  /** A numeric address or a name of this machine; `''`, every interface, by default. */
  readonly host?: H | undefined;
  /** 0 to 65535; 0 lets the kernel choose (see `getsockname()`). */
  readonly port: number;
  /** The flow label of an IPv6 address; 0 by default. */
  readonly flowinfo?: number | undefined;
  /** The interface of a link-local IPv6 address, by index; 0 by default. */
  readonly scopeId?: number | undefined;
}

/** The family of a server, if its host is a literal type. */
export type FamilyOfHost<H> = string extends H
  ? 'inet' | 'inet6'
  : H extends `${string}:${string}`
    ? 'inet6'
    : 'inet';

/**
 * Creates a stream socket that is bound to `address` and listens.
 *
 * ```ts
 * const server = createServer({ host: '127.0.0.1', port: 0 });
 * for await (const { socket } of server.connections()) …
 * ```
 *
 * TCP servers set `SO_REUSEADDR`, so that a restarted server can bind while old connections are in `TIME_WAIT`. On
 * Windows the option is not set, because it would allow more than that.
 *
 * @param address the address to listen on: `{ port }`, `{ host, port }`, `{ path }`, or the result of another server's
 * `getsockname()`
 * @param options `family`, `backlog`, `reusePort`, `dualStack`; for a path `backlog`, `mode`, `unlink`
 * @throws TypeError or RangeError for an invalid address or option
 * @throws UnsupportedError for `dualStack` if the system does not support it
 * @throws SocketError `EADDRINUSE`, `EACCES`, …; nothing stays open
 */
export function createServer(address: AddressInput<'unix'>, options?: UnixServerOptions): Socket<'unix'>;
export function createServer<F extends 'inet' | 'inet6'>(
  address: ServerAddress & { readonly family: F },
  options?: ServerOptions<NoInfer<F>>,
): Socket<F>;
export function createServer<F extends 'inet' | 'inet6'>(
  address: ServerAddress,
  options: ServerOptions<F> & { readonly family: Family<F> },
): Socket<F>;
export function createServer<const H extends string = ''>(
  address: ServerAddress<H>,
  options?: ServerOptions,
): Socket<FamilyOfHost<H>>;
export function createServer(
  address: AddressInput<'unix'> | ServerAddress,
  options: ServerOptions | UnixServerOptions = {},
): object {
  checkObject(address, 'address');
  return 'path' in address || 'abstract' in address
    ? unixServer(address, options as UnixServerOptions)
    : internetServer(address as ServerAddress, options as ServerOptions);
}

function internetServer(address: ServerAddress, options: ServerOptions): Socket<'inet' | 'inet6'> {
  checkOptionKeys(options, ['family', 'backlog', 'reusePort', 'dualStack']);
  const { backlog, reusePort = false, dualStack = false } = options;
  const { family: name, host = '', ...rest } = address;
  const { family: wanted } = options;
  const family = wanted === undefined ? familyOf(name, host) : checkFamily(wanted, 'options.family');
  if (backlog !== undefined) checkBacklog(backlog, 'options.backlog');
  checkBoolean(reusePort, 'options.reusePort');
  checkBoolean(dualStack, 'options.dualStack');
  if (dualStack && family !== AF_INET6)
    throw invalidValue('options.dualStack', 'requires options.family to be AF_INET6', dualStack);
  const server = new Socket<'inet' | 'inet6'>(family as Family<'inet' | 'inet6'>, SOCK_STREAM);
  return listening(server, backlog, () => {
    if (process.platform !== 'win32') server.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
    if (reusePort) server.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1);
    if (family === AF_INET6) setDualStack(server, dualStack);
    server.bind({ ...rest, host, ...(name !== undefined && { family: name }) } as AddressInput<'inet'>);
  });
}

function familyOf(name: string | undefined, host: unknown): number {
  if (name === 'inet6') return AF_INET6;
  return name === undefined && typeof host === 'string' && host.includes(':') ? AF_INET6 : AF_INET;
}

function setDualStack(server: Socket<'inet' | 'inet6'>, dualStack: boolean): void {
  try {
    server.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, dualStack ? 0 : 1);
  } catch (error) {
    if (!dualStack || !(error instanceof SocketError)) throw error;
    const hint = 'this system does not serve IPv4 clients on an IPv6 socket: leave out dualStack';
    throw new UnsupportedError(error.errno, { syscall: 'setsockopt', hint });
  }
}

function unixServer(address: AddressInput<'unix'>, options: UnixServerOptions): Socket<'unix'> {
  checkOptionKeys(options, ['family', 'backlog', 'mode', 'unlink']);
  const { backlog, mode, unlink, family } = options;
  // Checked before bind(), which would leave the path behind.
  if (backlog !== undefined) checkBacklog(backlog, 'options.backlog');
  if (mode !== undefined) checkInteger(mode, 'options.mode', 0, 0o7777);
  if (unlink !== undefined && unlink !== 'stale')
    throw invalidValue('options.unlink', "must be 'stale' or left out", unlink);
  if (family !== undefined && (family as number) !== (AF_UNIX as number))
    throw invalidValue('options.family', 'must be AF_UNIX for a path', family);
  const path = (address as { path?: string | Uint8Array }).path;
  const server = new Socket(AF_UNIX as unknown as Family<'unix'>, SOCK_STREAM);
  return listening(server, backlog, () => {
    bindPath(server, address, unlink === 'stale' ? path : undefined);
    if (path === undefined || mode === undefined) return;
    try {
      chmodSync(toPath(path), mode);
    } catch (error) {
      unlinkSync(toPath(path));
      throw error;
    }
  });
}

function toPath(path: string | Uint8Array): string | Buffer {
  return typeof path === 'string' ? path : Buffer.from(path);
}

/** Binds to a path. It removes the path first if it exists and no server listens on it. */
function bindPath(
  server: Socket<'unix'>,
  address: AddressInput<'unix'>,
  stale: string | Uint8Array | undefined,
): void {
  try {
    server.bind(address);
  } catch (error) {
    const isInUse = error instanceof SocketError && error.code === 'EADDRINUSE';
    if (!isInUse || stale === undefined || !isSocket(stale) || isServed(address)) throw error;
    unlinkSync(toPath(stale));
    server.bind(address);
  }
}

/** Returns whether a path is a socket. A connection to any other file is refused as well (unix(7)). */
function isSocket(path: string | Uint8Array): boolean {
  return lstatSync(toPath(path), { throwIfNoEntry: false })?.isSocket() === true;
}

/** Returns whether a server listens on a path. Only a refused connection means that none does. */
function isServed(address: AddressInput<'unix'>): boolean {
  const probe = new Socket(AF_UNIX as unknown as Family<'unix'>, SOCK_STREAM);
  try {
    probe.connectSync(address, { timeout: 0 });
    return true;
  } catch (error) {
    return !(error instanceof SocketError && error.code === 'ECONNREFUSED');
  } finally {
    probe.close();
  }
}

function listening<F extends FamilyName>(
  server: Socket<F>,
  backlog: number | undefined,
  bind: () => void,
): Socket<F> {
  try {
    bind();
    server.listen(backlog);
    return server;
  } catch (error) {
    server.close();
    throw error;
  }
}
