import type { Socket as NodeDatagramSocket } from 'node:dgram';
import type { Socket as NodeSocket } from 'node:net';
import type { AddressOf, FamilyName } from '../address/address.js';
import type { Family, OptionLevel, OptionName } from '../constants/kinds.js';
import { checkObject, invalidState, invalidType } from '../errors/argument.js';
import type { Bytes } from '../layout/memory.js';
import type { OptionValue, ReadableOption, WritableOption } from '../options/option.js';
import { Core, kindOf } from '../socket/core.js';
import { ownAddress, peerAddress } from '../socket/names.js';
import { askKind } from '../socket/open.js';
import { getRaw, getTyped, setRaw, setTyped } from '../socket/options.js';

/** The families of Node.js sockets. */
export type NodeFamily = 'inet' | 'inet6' | 'unix';

/** A socket of `node:net`, `node:dgram` or `node:tls`, or `request.socket` of `node:http`. */
export type BorrowableSocket = NodeSocket | NodeDatagramSocket;

/**
 * The core of a socket that Node.js owns. Its descriptor is checked each time it is used, after the caller's values were
 * read: reading them can run code that destroys the socket, and then the number can be reused.
 */
class BorrowedCore<F extends FamilyName> extends Core<F> {
  readonly #owner: object;

  constructor(owner: object, fd: number) {
    const { family, type, protocol } = askKind(fd, {});
    super(fd, kindOf<F>(family, type, protocol));
    this.#owner = owner;
  }

  override get fd(): number {
    if (descriptorOf(this.#owner) !== super.fd) throw invalidState('the borrowed socket is closed');
    return super.fd;
  }
}

/**
 * Gives access to the options and addresses of a socket that Node.js owns; {@link borrow} creates it. It does not
 * receive, send or close. It is valid while the socket of Node.js is open.
 */
export class BorrowedSocket<F extends FamilyName = 'inet' | 'inet6'> {
  readonly #core: Core<F>;

  /** @internal */
  constructor(owner: object, fd: number) {
    this.#core = new BorrowedCore<F>(owner, fd);
  }

  /** The address family: an `AF_` constant. */
  get family(): Family<F> {
    return this.#core.family as Family<F>;
  }

  /** The socket type: a `SOCK_` constant. */
  get type(): number {
    return this.#core.type;
  }

  /** The protocol: an `IPPROTO_` constant. */
  get protocol(): number {
    return this.#core.protocol;
  }

  /**
   * The file descriptor.
   *
   * @throws Error `ERR_INVALID_STATE` if Node.js has closed the socket
   */
  get fd(): number {
    return this.#core.fd;
  }

  /** Returns the local address of the socket. See {@link Socket.getsockname}. */
  getsockname(): AddressOf<F> {
    return ownAddress(this.#core);
  }

  /** Returns the address of the peer. See {@link Socket.getpeername}. */
  getpeername(): AddressOf<F> {
    return peerAddress(this.#core);
  }

  /** Reads a socket option as an integer. See {@link Socket.getsockopt}. */
  getsockopt(level: OptionLevel, name: OptionName): number;
  /** Reads a socket option as bytes. */
  getsockopt(level: OptionLevel, name: OptionName, size: number): Buffer;
  getsockopt(level: OptionLevel, name: OptionName, size?: number): number | Buffer {
    return getRaw(this.#core, level, name, size);
  }

  /** Sets a socket option. See {@link Socket.setsockopt}. */
  setsockopt(level: OptionLevel, name: OptionName, value: number | boolean | Bytes): void;
  /** Sets a socket option that takes a length and no value. */
  setsockopt(level: OptionLevel, name: OptionName, value: null, length: number): void;
  setsockopt(
    level: OptionLevel,
    name: OptionName,
    value: number | boolean | Bytes | null,
    length?: number,
  ): void {
    setRaw(this.#core, level, name, value, length);
  }

  /** Reads an option by its row. See {@link Socket.getOption}. */
  getOption<T>(option: ReadableOption<T, F>): T {
    return getTyped(this.#core, option);
  }

  /** Sets an option by its row. See {@link Socket.setOption}. */
  setOption<T>(option: WritableOption<T, F>, ...[value]: OptionValue<T>): void {
    setTyped(this.#core, option, value as T);
  }
}

/**
 * Gives access to the options and addresses of a socket that Node.js continues to own.
 *
 * ```ts
 * import { tcp } from 'berkeley/options';
 *
 * http.createServer((request, response) => {
 *   const { rtt } = borrow(request.socket).getOption(tcp.info);
 *   response.end(`${rtt} µs away`);
 * });
 * ```
 *
 * @param socket an open `net.Socket`, `dgram.Socket` (bound or connected) or `tls.TLSSocket`
 * @throws TypeError if it is not one, or does not give access to its descriptor: on Windows, on Bun and Deno
 * @throws Error `ERR_INVALID_STATE` if it is closed or does not have a descriptor yet
 */
export function borrow<F extends FamilyName = 'inet' | 'inet6'>(socket: BorrowableSocket): BorrowedSocket<F> {
  checkObject(socket, 'socket');
  const fd = descriptorOf(socket);
  if (fd === undefined)
    throw invalidType('socket', 'a net.Socket or dgram.Socket that has a descriptor', socket);
  if (fd < 0) throw invalidState('the socket has no descriptor: it is closed, or not yet connected or bound');
  return new BorrowedSocket<F>(socket, fd);
}

/**
 * Internal properties of Node.js sockets: the handle of a stream, of a TLS socket's parent, and of a datagram socket.
 */
interface Internals {
  readonly _handle?: { readonly fd?: unknown; readonly _parent?: { readonly fd?: unknown } } | null;
  readonly _parent?: Internals;
}

/** Returns the descriptor of a socket of Node.js; -1 if it has none now, `undefined` if it is not such a socket. */
function descriptorOf(socket: object): number | undefined {
  const handle = handleOf(socket);
  if (handle === undefined) return undefined;
  if (handle === null) return -1;
  const fd = typeof handle.fd === 'number' && handle.fd >= 0 ? handle.fd : handle._parent?.fd;
  return typeof fd === 'number' ? fd : undefined;
}

function handleOf(socket: object): Internals['_handle'] {
  const { _handle } = socket as Internals;
  if (_handle !== undefined) return _handle;
  // node:dgram keeps its state under a symbol.
  for (const symbol of Object.getOwnPropertySymbols(socket)) {
    if (symbol.description !== 'state symbol') continue;
    return (socket as Record<symbol, { handle?: Internals['_handle'] }>)[symbol]?.handle ?? null;
  }
  return undefined;
}
