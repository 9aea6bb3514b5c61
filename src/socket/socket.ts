import { inspect } from 'node:util';
import type { AddressOf, FamilyName } from '../address/address.js';
import { familyLabel, typeLabel } from '../address/labels.js';
import { decodeShared } from '../address/registry.js';
import { binding } from '../binding.js';
import type { Family } from '../constants/constant.js';
import { protocolName } from '../constants/protocol-names.js';
import {
  SO_DOMAIN,
  SO_PROTOCOL,
  SO_TYPE,
  SOCK_CLOEXEC,
  SOCK_NONBLOCK,
  SOCK_STREAM,
} from '../constants/socket.js';
import { checkInteger, checkObject } from '../errors/argument.js';
import { checked } from '../errors/errors.js';
import { AF_INET } from '../families/inet/constants.js';
import type { QueuedError } from '../message/error-queue.js';
import { POLLIN } from '../reactor/events.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { checkWait, promised } from './handle.js';
import { type ChunkOptions, chunks, connections, datagrams, errors } from './iterators.js';
import { getDefaultTimeout } from './mode.js';
import { ask, checkName, open } from './open.js';
import { Accept } from './operations/accept.js';
import type { Received } from './operations/receive.js';
import { Streamer } from './streaming.js';

/** What `accept` gives: the new socket, and who is at its other end. */
export interface Accepted<F extends FamilyName> {
  /** The connection. */
  readonly socket: Socket<F>;
  /** `null` where the kernel does not say. */
  readonly address: AddressOf<F> | null;
}

/** How {@link Socket.from} and {@link fromfd} are told what a descriptor is, instead of asking the kernel. */
export interface Adoption<F extends FamilyName> {
  /** The family; the kernel is asked where absent. */
  readonly family?: Family<F> | undefined;
  /** The type, a `SOCK_` constant; the kernel is asked where absent. */
  readonly type?: number | undefined;
  /** The protocol; the kernel is asked where absent. */
  readonly protocol?: number | undefined;
}

const FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC;

/**
 * A socket of any address family.
 *
 * What may wait has two forms: `recv()` returns a promise and never blocks the thread, `recvSync()` blocks it in the
 * mode that {@link timeout} says. What cannot wait has one.
 *
 * ```ts
 * using socket = new Socket(AF_INET, SOCK_STREAM);
 * await socket.connect({ host: '127.0.0.1', port: 7 });
 * await socket.sendAll('Hello, world');
 * console.log(await socket.recv(1024));
 * ```
 *
 * @see socket(2), socket(7)
 */
export class Socket<F extends FamilyName = 'inet'> extends Streamer<F> {
  /**
   * Makes a socket. Its descriptor is not inherited by child processes.
   *
   * @param family an `AF_` constant; `AF_INET` by default
   * @param type a `SOCK_` constant; `SOCK_STREAM` by default. With `SOCK_NONBLOCK` the socket starts with
   *   `timeout = 0`; neither that flag nor `SOCK_CLOEXEC` shows in {@link type} afterwards.
   * @param protocol the protocol's number; 0, the family's default, by default
   * @throws RangeError if `family` is no address family
   * @throws UnsupportedError if this kernel lacks the family, the type or the protocol, saying what would help
   * @throws PermissionError `EPERM`, `EACCES`: raw and packet sockets need CAP_NET_RAW
   * @throws SocketError `EMFILE`, `ENFILE`, `ENOBUFS`, …
   */
  constructor(family?: Family<F>, type?: number, protocol?: number);
  /** @internal */
  constructor(family: Family<F>, type: number, protocol: number, adopted: number);
  constructor(family?: Family<F>, type: number = SOCK_STREAM, protocol = 0, adopted?: number) {
    const number = family === undefined ? (AF_INET as unknown as Family<F>) : family;
    const fd = adopted ?? open(number, type, protocol);
    super(fd, number, type & ~FLAGS, protocol);
    this.startMode(type & SOCK_NONBLOCK ? 0 : getDefaultTimeout(), (type & SOCK_NONBLOCK) !== 0);
  }

  /**
   * Takes over a descriptor: the socket is the descriptor's owner from now on, and closes it.
   *
   * Family, type and protocol are asked of the kernel unless `adoption` says them.
   *
   * @param fd a descriptor of a socket
   * @throws SocketError `ENOTSOCK` or `EBADF` if it is none; the descriptor is left as it is
   */
  static from<F extends FamilyName = FamilyName>(fd: number, adoption: Adoption<F> = {}): Socket<F> {
    checkInteger(fd, 'fd', 0, 0x7fffffff);
    checkObject(adoption, 'adoption');
    for (const name of ['family', 'type', 'protocol'] as const) {
      if (adoption[name] !== undefined) checkName(adoption[name], `adoption.${name}`);
    }
    const type = adoption.type ?? ask(fd, SO_TYPE);
    const family = adoption.family ?? (ask(fd, SO_DOMAIN) as Family<F>);
    const protocol = adoption.protocol ?? ask(fd, SO_PROTOCOL);
    return new Socket<F>(family, type, protocol, fd);
  }

  /**
   * Accepts one connection. The new socket starts in blocking mode, or with the default timeout if there is one.
   *
   * This makes the listening descriptor `O_NONBLOCK` for everyone who has it, until it is detached, passed on or made
   * inheritable: accept(2) knows no other way not to wait. Another process that accepts from it in blocking mode may
   * meet `EAGAIN`; {@link acceptSync} waits all the same.
   *
   * @throws SocketError `EINVAL` (not listening), `EMFILE`, `ECONNABORTED`, …
   * @see accept(2)
   */
  accept(wait?: WaitOptions): Promise<Accepted<F>> {
    return promised(() => this.drive(this.waitable.input, this.#accept(true), wait));
  }

  /** {@link accept}, in this thread, in the mode that {@link timeout} says. */
  acceptSync(): Accepted<F> {
    return this.driveSync(POLLIN, this.#accept(false));
  }

  /**
   * Another socket on the same open connection, with a descriptor of its own. Both share mode and options at the
   * system's level; each has its own {@link timeout}, which starts as this one's.
   *
   * @see dup(2)
   */
  dup(): Socket<F> {
    return this.reopen(checked(binding.dup(this.fd), 'dup'));
  }

  /** @internal */
  protected override reopen(fd: number): Socket<F> {
    // With SOCK_NONBLOCK the constructor leaves the mode alone, which the two have in common.
    const copy = new Socket<F>(this.family, this.type | SOCK_NONBLOCK, this.protocol, fd);
    copy.startMode(this.timeout, this.timeout !== null);
    return copy;
  }

  /**
   * Accepts connections for as long as the loop goes on; it ends when this socket is closed.
   *
   * Connections that were given up before they were accepted are passed over. When the process or the system is out of
   * descriptors or memory it waits a little, with a warning, and goes on: the clients stay in the backlog.
   *
   * ```ts
   * for await (const { socket, address } of server.connections()) serve(socket, address);
   * ```
   */
  connections(options?: WaitOptions): AsyncIterableIterator<Accepted<F>> {
    return connections(this, checkWait(options));
  }

  /**
   * What a stream delivers, piece by piece, until its end. Breaking off the loop does not close the socket.
   *
   * @param options `size`: the most bytes in one piece, 65,536 by default; `timeout`: for each piece
   */
  chunks(options?: ChunkOptions): AsyncIterableIterator<Buffer> {
    return chunks(this, options);
  }

  /**
   * What a datagram socket receives, one by one, until it is closed.
   *
   * @param options `size`: the most bytes of one datagram, 65,536 by default; `timeout`: for each datagram
   */
  datagrams(options?: ChunkOptions): AsyncIterableIterator<Received<F>> {
    return datagrams(this, options);
  }

  /**
   * What comes to the error queue, one by one, until the socket is closed: what became of things sent. {@link recvError}
   *
   * @param wait `timeout`: for each
   */
  errors(wait?: WaitOptions): AsyncIterableIterator<QueuedError<F>> {
    return errors(this, wait);
  }

  /** What `console.log` prints: the descriptor, family, type and protocol by name, and both addresses. */
  [inspect.custom](depth: number, options: object): string {
    const name = `Socket<${this.driver.name}>`;
    if (this.closed) return `${name} { closed }`;
    const shown = {
      fd: this.fd,
      family: familyLabel(this.family),
      type: typeLabel(this.type),
      protocol: protocolName(this.protocol, this.family) ?? this.protocol,
      local: end(() => this.getsockname()),
      remote: end(() => this.getpeername()),
    };
    return `${name} ${inspect(shown, { ...options, depth })}`;
  }

  #accept(nonblocking: boolean): Accept<Accepted<F>> {
    return new Accept(this, this.driver.namesPeers ?? true, nonblocking, fd => {
      const address = decodeShared(this.driver) as AddressOf<F> | null;
      return { socket: new Socket<F>(this.family, this.type, this.protocol, fd), address };
    });
  }
}

/** An address, or nothing where there is none. */
function end<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
