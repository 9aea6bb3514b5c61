import type { Socket as NodeDatagramSocket } from 'node:dgram';
import type { Socket as NodeSocket } from 'node:net';
import type { AddressOf, FamilyName } from '../address/address.js';
import type { Family, OptionLevel, OptionName } from '../constants/kinds.js';
import { checkObject, invalidState, invalidType } from '../errors/argument.js';
import type { Bytes } from '../layout/memory.js';
import type { OptionValue, ReadableOption, WritableOption } from '../options/option.js';
import { Core } from '../socket/core.js';
import { ownAddress, peerAddress } from '../socket/names.js';
import { askKind } from '../socket/open.js';
import { getRaw, getTyped, setRaw, setTyped } from '../socket/options.js';

/** The families of the sockets that Node.js has. */
export type NodeFamily = 'inet' | 'inet6' | 'unix';

/** A socket of `node:net`, `node:dgram`, `node:tls`, or what `node:http` gives as `request.socket`. */
export type BorrowableSocket = NodeSocket | NodeDatagramSocket;

/**
 * The options and addresses of a socket that Node.js owns; {@link borrow} creates it. It neither receives nor sends, and it
 * is never closed: it is valid for as long as the socket of Node.js is open.
 */
export class BorrowedSocket<F extends FamilyName = 'inet' | 'inet6'> {
  readonly #owner: object;
  readonly #core: Core<F>;

  /** @internal */
  constructor(owner: object, fd: number) {
    const { family, type, protocol } = askKind(fd, {});
    this.#owner = owner;
    this.#core = new Core<F>(fd, family, type, protocol);
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
    return this.#open().fd;
  }

  /** Returns the socket's own address. See {@link Socket.getsockname}. */
  getsockname(): AddressOf<F> {
    return ownAddress(this.#open());
  }

  /** Returns the address of the peer. See {@link Socket.getpeername}. */
  getpeername(): AddressOf<F> {
    return peerAddress(this.#open());
  }

  /** Reads a socket option as an integer. See {@link Socket.getsockopt}. */
  getsockopt(level: OptionLevel, name: OptionName): number;
  /** Reads a socket option as bytes. */
  getsockopt(level: OptionLevel, name: OptionName, size: number): Buffer;
  getsockopt(level: OptionLevel, name: OptionName, size?: number): number | Buffer {
    return getRaw(this.#open(), level, name, size);
  }

  /** Sets a socket option. See {@link Socket.setsockopt}. */
  setsockopt(level: OptionLevel, name: OptionName, value: number | boolean | Bytes): void {
    setRaw(this.#open(), level, name, value);
  }

  /** Reads an option by its row. See {@link Socket.getOption}. */
  getOption<T>(option: ReadableOption<T, F>): T {
    return getTyped(this.#open(), option);
  }

  /** Sets an option by its row. See {@link Socket.setOption}. */
  setOption<T>(option: WritableOption<T, F>, ...[value]: OptionValue<T>): void {
    setTyped(this.#open(), option, value as T);
  }

  /** Returns the core, if the descriptor is still that of the socket of Node.js: its number is reused after a close. */
  #open(): Core<F> {
    if (descriptorOf(this.#owner) !== this.#core.fd)
      throw invalidState('the socket that was borrowed is closed');
    return this.#core;
  }
}

/**
 * Gives access to the options and addresses of a socket that Node.js keeps owning.
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
 * @throws TypeError if it is not one, or has no descriptor: on Windows, on Bun and Deno
 * @throws Error `ERR_INVALID_STATE` if it is closed or has no descriptor yet
 */
export function borrow<F extends FamilyName = 'inet' | 'inet6'>(socket: BorrowableSocket): BorrowedSocket<F> {
  checkObject(socket, 'socket');
  const fd = descriptorOf(socket);
  if (fd === undefined)
    throw invalidType('socket', 'a net.Socket or dgram.Socket that has a descriptor', socket);
  if (fd < 0) throw invalidState('the socket has no descriptor: it is closed, or not yet connected or bound');
  return new BorrowedSocket<F>(socket, fd);
}

/** What the implementation of Node.js has: the handle of a stream, of a TLS socket's parent, of a datagram socket. */
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
