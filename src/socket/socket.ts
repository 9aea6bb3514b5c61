import { inspect } from 'node:util';
import type { AddressInput, AddressOf, FamilyName } from '../address/address.js';
import { familyLabel, typeLabel } from '../address/labels.js';
import { binding } from '../binding.js';
import type {
  Family,
  OptionLevel,
  OptionName,
  Protocol,
  ShutdownHow,
  SocketType,
} from '../constants/kinds.js';
import { protocolName } from '../constants/protocol-names.js';
import { SOCK_STREAM } from '../constants/socket.js';
import {
  checkBoolean,
  checkInteger,
  checkObject,
  checkSignal,
  checkTimeout,
  invalidType,
  isInstance,
} from '../errors/argument.js';
import { AF_INET } from '../families/inet/constants.js';
import type { Bytes, WritableBytes } from '../layout/memory.js';
import type { MessageBatch } from '../message/batch.js';
import { BEFORE_SHARING, type Descriptor } from '../message/descriptors.js';
import type { QueuedError } from '../message/error-queue.js';
import type { Message, MessageInput, MessageInto, ReceivedFds } from '../message/message.js';
import type { OptionValue, ReadableOption, WritableOption } from '../options/option.js';
import type { Operation } from '../reactor/operation.js';
import type { PollHandle } from '../reactor/poll-handle.js';
import { checkOptionKeys, type SyncWaitOptions, type WaitOptions } from '../reactor/wait-options.js';
import type { DuplexOptions, SocketDuplex } from '../streams/duplex.js';
import type { BinaryFile } from '../streams/files/binary-file.js';
import { type BinaryFileOptions, makefile, type TextFileOptions } from '../streams/files/makefile.js';
import type { BinaryMode, TextMode } from '../streams/files/mode.js';
import { type Driver, SharedSocket } from '../streams/files/shared-socket.js';
import type { TextFile } from '../streams/files/text-file.js';
import { toDuplex } from '../streams/to-duplex.js';
import type { UnixDuplex } from '../streams/unix-duplex.js';
import { toWeb, type WebStreams } from '../streams/web.js';
import { accept } from './accept.js';
import { receiveBatch } from './batch.js';
import { sendBatch } from './batch-send.js';
import { block } from './block.js';
import type { CallOptions, Form, SyncCallOptions } from './call.js';
import { checkStream } from './check-stream.js';
import { connect, connectErrno, type UnspecifiedAddress } from './connect.js';
import { Core, defaultMode, setDefaultMode } from './core.js';
import {
  type AddressedOptions,
  receiveDescriptors,
  type SyncAddressedOptions,
  sendDescriptors,
} from './descriptors.js';
import { receiveError } from './error-queue.js';
import { checkResult } from './failure.js';
import {
  type ChunkOptions,
  chunks,
  connections,
  type Datagram,
  type DatagramsOptions,
  datagrams,
  errors,
  type PeerOf,
} from './iterate.js';
import { closeCore, detachCore, handOver, watchLifetime } from './lifetime.js';
import {
  type MessageOptions,
  receiveMessage,
  receiveMessageInto,
  type SyncMessageOptions,
  sendMessage,
} from './message.js';
import { bind, listen, ownAddress, peerAddress, shutdown } from './names.js';
import { adoptCore, askKind, checkName, duplicateCore, openCore } from './open.js';
import { getRaw, getTyped, setRaw, setTyped } from './options.js';
import { receive, receiveFrom, receiveFromInto, receiveInto } from './receive.js';
import type { Received, ReceivedInto } from './received.js';
import { drive, run, run0, run2, runSync, runSync0, runSync2 } from './run.js';
import {
  type ReceivedSegments,
  receiveSegments,
  type SegmentsOptions,
  type SyncSegmentsOptions,
  sendSegments,
} from './segments.js';
import { send, sendAll, sendTo } from './send.js';
import { type SendfileOptions, type SyncSendfileOptions, sendfile, sendfileSync } from './sendfile.js';
import { sendZeroCopy, type ZeroCopySend } from './zero-copy.js';

/** What `accept` returns: the new socket, and its peer. */
export interface Accepted<F extends FamilyName> {
  /** The connection. */
  readonly socket: Socket<F>;
  /** The peer; `null` where the kernel does not name it. */
  readonly address: PeerOf<F>;
}

/** What a descriptor is, for {@link Socket.adopt} and {@link fromfd}. */
export interface Adoption<F extends FamilyName> {
  /** The family; the kernel is asked where absent. */
  readonly family?: Family<F> | undefined;
  /** The type, a `SOCK_` constant; the kernel is asked where absent. */
  readonly type?: SocketType | undefined;
  /** The protocol; the kernel is asked where absent. */
  readonly protocol?: Protocol | undefined;
}

/** The Node stream of a socket: that of a Unix socket carries descriptors too. */
export type DuplexOf<F extends FamilyName> = [F] extends ['unix'] ? UnixDuplex : SocketDuplex;

/** The arguments of a Socket without a family, which is a `Socket<'inet'>` and no other. */
type DefaultFamily<F extends FamilyName> = 'inet' extends F
  ? [family?: undefined, type?: SocketType, protocol?: Protocol]
  : [family: Family<F>];

/** Access to the private core, for the package. */
let coreOfSocket: <F extends FamilyName>(socket: Socket<F>) => Core<F>;
let isSocket: (value: object) => boolean;

/**
 * A socket of any address family.
 *
 * Calls that can wait have two forms: `recv()` returns a promise and never blocks the thread; `recvSync()` blocks it
 * according to {@link timeout}. Calls that cannot wait have one form. Both forms take the same optional last argument: a
 * number (flags), or an object with `flags`, `timeout` (milliseconds, for this call) and, for promises, `signal`.
 *
 * ```ts
 * const socket = new Socket(AF_INET, SOCK_STREAM);
 * await socket.connect({ host: '127.0.0.1', port: 7 });
 * await socket.sendAll('Hello, world');
 * console.log(await socket.recv(1024, { timeout: 5000 }));
 * socket.close();
 * ```
 *
 * The calls of one direction are served in the order in which they were made, whichever form they have.
 *
 * @see socket(2), socket(7)
 */
export class Socket<F extends FamilyName = 'inet'> {
  readonly #core: Core<F>;
  /** The files over this socket; none before the first. */
  #files: SharedSocket | undefined;

  static {
    coreOfSocket = socket => socket.#core;
    isSocket = value => #core in value;
  }

  // ---- Opening and closing ----

  /**
   * Creates a socket. Child processes do not inherit its descriptor.
   *
   * @param family an `AF_` constant; `AF_INET` by default
   * @param type a `SOCK_` constant; `SOCK_STREAM` by default. With `SOCK_NONBLOCK` the socket starts with
   *   `timeout = 0`; neither that flag nor `SOCK_CLOEXEC` shows in {@link type} afterwards.
   * @param protocol the protocol's number; 0, the family's default, by default
   * @throws RangeError if `family` is no address family
   * @throws UnsupportedError if this kernel lacks the family, the type or the protocol; the error says what helps
   * @throws PermissionError `EPERM`, `EACCES`: raw and packet sockets need CAP_NET_RAW
   * @throws SocketError `EMFILE`, `ENFILE`, `ENOBUFS`, …
   * @see socket(2)
   */
  constructor(family: Family<F>, type?: SocketType, protocol?: Protocol);
  constructor(...rest: DefaultFamily<F>);
  constructor(family?: Family<F> | Core<F>, type: number = SOCK_STREAM, protocol = 0) {
    this.#core = isInstance(family, Core)
      ? (family as Core<F>)
      : openCore<F>(family === undefined ? AF_INET : family, type, protocol);
    watchLifetime(this, this.#core);
  }

  /**
   * Takes over a descriptor: the socket owns it from then on, and closes it.
   *
   * The kernel is asked for family, type and protocol, unless `options` has them.
   *
   * @param fd a descriptor of a socket
   * @param options what the descriptor is
   * @throws SocketError `ENOTSOCK` or `EBADF` if it is not a socket; the descriptor is left as it is
   */
  static adopt<F extends FamilyName = FamilyName>(fd: number, options: Adoption<F> = {}): Socket<F> {
    checkInteger(fd, 'fd', 0, 0x7fffffff);
    checkOptionKeys(options, ['family', 'type', 'protocol']);
    const { family, type, protocol } = options;
    for (const [name, value] of Object.entries({ family, type, protocol }))
      if (value !== undefined) checkName(value, `options.${name}`);
    const kind = askKind(fd, {
      family: family as number,
      type: type as number,
      protocol: protocol as number,
    });
    const core = adoptCore<F>(fd, kind.family, kind.type, kind.protocol);
    binding.own(fd);
    return socketOf(core);
  }

  /** The address family: an `AF_` constant. */
  get family(): Family<F> {
    return this.#core.family as Family<F>;
  }

  /** The socket type: a `SOCK_` constant, without `SOCK_NONBLOCK` and `SOCK_CLOEXEC`. */
  get type(): number {
    return this.#core.type;
  }

  /** The protocol that the socket was created with; 0 is the family's default. */
  get protocol(): number {
    return this.#core.protocol;
  }

  /** The file descriptor, a small number; -1 once the socket is closed or detached. */
  get fd(): number {
    return this.#core.fd;
  }

  /** Whether the socket is closed or detached. */
  get closed(): boolean {
    return this.#core.fd < 0;
  }

  /**
   * Closes the socket. Calls that wait on it are rejected with `EBADF`. Closing twice does nothing.
   *
   * If {@link makefile} has made files that are still open, the descriptor stays open until they are closed too.
   *
   * To end a connection that other descriptors refer to as well, call {@link shutdown} first.
   *
   * @throws SocketError if close(2) reports an error, such as `EIO`; the descriptor is closed all the same
   * @see close(2)
   */
  close(): void {
    const files = this.#files;
    this.#files = undefined;
    if (this.closed || !files?.isUsed) {
      closeCore(this.#core);
      return;
    }
    const { handle } = this.#core;
    const successor = socketOf(duplicateCore(this.#core, handOver(this.#core)));
    successor.#core.handle.inheritPending(handle);
    if (!handle.isRef) successor.unref();
    files.inherit(successor.#driver());
  }

  /**
   * Gives up the descriptor without closing it, in the mode that {@link timeout} says. Calls that wait are rejected with
   * `EBADF`.
   *
   * @returns the descriptor, which the caller now has to close; -1 if the socket was closed before
   * @throws Error `ERR_INVALID_STATE` if bytes are pending that a call had received before it was aborted: receive them
   *   first
   */
  detach(): number {
    return detachCore(this.#core);
  }

  /** Closes the socket at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Closes the socket at the end of an `await using` block. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  /** Lets waiting promise calls keep the process alive; they do so from the start. */
  ref(): this {
    this.#core.handle.isRef = true;
    return this;
  }

  /** Lets the process end although promise calls wait on this socket. */
  unref(): this {
    this.#core.handle.isRef = false;
    return this;
  }

  /**
   * Creates another socket on the same open connection, with a descriptor of its own. The two share O_NONBLOCK and all
   * options; each has its own {@link timeout}, which starts as this one's.
   *
   * @throws SocketError `EMFILE`, or `EBADF` if the socket is closed
   * @see dup(2)
   */
  dup(): Socket<F> {
    const fd = checkResult(this.#core, binding.dup(this.fd), 'dup');
    return socketOf(duplicateCore(this.#core, fd));
  }

  /**
   * Returns whether child processes inherit the descriptor; they do not unless {@link setInheritable} said so.
   *
   * @throws SocketError `EBADF` if the socket is closed
   * @see fcntl(2), FD_CLOEXEC
   */
  getInheritable(): boolean {
    return checkResult(this.#core, binding.getInheritable(this.fd), 'fcntl') === 1;
  }

  /**
   * Sets whether child processes inherit the descriptor. Those that do find it in the mode that {@link timeout} says.
   *
   * @throws SocketError `EBADF` if the socket is closed
   * @see fcntl(2), FD_CLOEXEC
   */
  setInheritable(inheritable: boolean): void {
    checkBoolean(inheritable, 'inheritable');
    checkResult(this.#core, binding.setInheritable(this.fd, inheritable ? 1 : 0), 'fcntl');
    if (inheritable) this.#core.restoreMode();
  }

  /** Puts the descriptor into the mode of the socket, before it is given to someone else. @internal */
  [BEFORE_SHARING](): PollHandle {
    this.#core.restoreMode();
    return this.#core.handle;
  }

  // ---- The mode of the Sync calls ----

  /**
   * How Sync calls wait: `null` waits indefinitely (blocking mode), 0 never waits (non-blocking mode: calls fail with
   * `EAGAIN`), a number is a limit in milliseconds for each call as a whole (timeout mode: calls fail with
   * {@link TimeoutError}). A `timeout` in the options of a call applies to that call only. Promise calls are not affected.
   *
   * As the specification has it, the descriptor is `O_NONBLOCK` unless this is `null`.
   *
   * @throws TypeError or RangeError if it is set to anything else
   * @throws SocketError `EBADF` if it is set on a closed socket
   */
  get timeout(): number | null {
    return this.#core.timeout;
  }

  /** Sets the mode; see the getter. */
  set timeout(timeout: number | null) {
    this.#core.setMode(checkTimeout(timeout, 'timeout'));
  }

  /** Returns whether {@link timeout} is anything but 0. */
  getBlocking(): boolean {
    return this.timeout !== 0;
  }

  /** Sets {@link timeout}: `setBlocking(true)` is `timeout = null`, `setBlocking(false)` is `timeout = 0`. */
  setBlocking(blocking: boolean): void {
    this.timeout = checkBoolean(blocking, 'blocking') ? null : 0;
  }

  // ---- Addresses and connections ----

  /**
   * Binds the socket to an address of its own. A host name is resolved in this thread; use a numeric address where that
   * could take long.
   *
   * @param address an address of this socket's family; port 0 lets the kernel choose
   * @throws TypeError or RangeError if it is not one
   * @throws SocketError `EADDRINUSE`, `EADDRNOTAVAIL`, `EACCES`, …
   * @throws ResolverError if the host name is not known
   * @see bind(2)
   */
  bind(address: AddressInput<F> | AddressOf<F>): void {
    bind(this.#core, address);
  }

  /**
   * Makes the socket accept connections.
   *
   * @param backlog how many connections can wait to be accepted; 128 by default. The limit of the system
   *   (net.core.somaxconn) applies as well.
   * @throws SocketError `EADDRINUSE`, `EOPNOTSUPP` (not a kind of socket that listens), …
   * @see listen(2)
   */
  listen(backlog?: number): void {
    listen(this.#core, backlog);
  }

  /**
   * Accepts one connection. The new socket starts in blocking mode, or with the default timeout if there is one.
   *
   * This sets O_NONBLOCK on the listening descriptor for everyone who has it, until it is detached, passed on or made
   * inheritable: accept(2) has no other way not to wait. Another process that accepts from it in blocking mode can get
   * `EAGAIN`; {@link acceptSync} waits all the same.
   *
   * @param options `timeout`, `signal`
   * @throws SocketError `EINVAL` (not listening), `EMFILE`, `ECONNABORTED`, …
   * @see accept(2)
   */
  accept(options?: WaitOptions): Promise<Accepted<F>> {
    return run0(this.#core, acceptSocket<F>, options, arguments.length);
  }

  /** {@link accept}, in this thread. */
  acceptSync(options?: SyncWaitOptions): Accepted<F> {
    return runSync0(this.#core, acceptSocket<F>, options, arguments.length);
  }

  /**
   * Connects to `address`: for a stream, makes the connection; for datagrams, sets where they go to and come from. With
   * `{ family: 'unspec' }` it dissolves the association of a datagram socket.
   *
   * A host name is resolved off this thread. With any other address the system call is made at once, so that what is sent
   * next goes there. After a failure close the socket: POSIX leaves its state unspecified.
   *
   * @param options `timeout`, `signal`
   * @throws SocketError `ECONNREFUSED`, `ENETUNREACH`, `ETIMEDOUT`, …, with `address` and `port`
   * @throws ResolverError if the host name is not known
   * @see connect(2)
   */
  connect(
    address: AddressInput<F> | AddressOf<F> | UnspecifiedAddress,
    options?: WaitOptions,
  ): Promise<void> {
    return run(this.#core, connect<F>, address, options, arguments.length);
  }

  /** {@link connect}, in this thread. */
  connectSync(address: AddressInput<F> | AddressOf<F> | UnspecifiedAddress, options?: SyncWaitOptions): void {
    runSync(this.#core, connect<F>, address, options, arguments.length);
  }

  /**
   * {@link connect}, with the errors of the system returned and not thrown.
   *
   * @param options `timeout`, `signal`
   * @returns 0, or the (positive) number that `errno` would have in C; `ETIMEDOUT` when the deadline has passed,
   *   `EINPROGRESS` with `timeout: 0`
   * @throws ResolverError if the host name is not known, TypeError if the address is not one of this family
   */
  connectEx(
    address: AddressInput<F> | AddressOf<F> | UnspecifiedAddress,
    options?: WaitOptions,
  ): Promise<number> {
    return run(this.#core, connect<F>, address, options, arguments.length).then(() => 0, connectErrno);
  }

  /** {@link connectEx}, in this thread. */
  connectExSync(
    address: AddressInput<F> | AddressOf<F> | UnspecifiedAddress,
    options?: SyncWaitOptions,
  ): number {
    try {
      runSync(this.#core, connect<F>, address, options, arguments.length);
      return 0;
    } catch (error) {
      return connectErrno(error);
    }
  }

  /**
   * Returns the socket's own address.
   *
   * @throws SocketError `EBADF` if the socket is closed
   * @see getsockname(2)
   */
  getsockname(): AddressOf<F> {
    return ownAddress(this.#core);
  }

  /**
   * Returns the address of the peer.
   *
   * @throws SocketError `ENOTCONN` if there is none, `EBADF` if the socket is closed
   * @see getpeername(2)
   */
  getpeername(): AddressOf<F> {
    return peerAddress(this.#core);
  }

  /**
   * Ends one direction of a connection, or both, for everyone who has the socket.
   *
   * @param how `SHUT_RD`, `SHUT_WR` or `SHUT_RDWR`
   * @throws RangeError if `how` is none of these
   * @throws SocketError `ENOTCONN`, or `EBADF` if the socket is closed
   * @see shutdown(2)
   */
  shutdown(how: ShutdownHow): void {
    shutdown(this.#core, how);
  }

  /**
   * Accepts connections for as long as the loop goes on; it ends when this socket is closed.
   *
   * Connections that the peer gave up before they were accepted are skipped. When the process or the system is out of
   * descriptors or memory, it waits 100 ms with a warning and goes on: the clients stay in the backlog.
   *
   * ```ts
   * for await (const { socket, address } of server.connections()) serve(socket, address);
   * ```
   *
   * @param options `timeout` (for each connection), `signal`
   */
  connections(options?: WaitOptions): AsyncIterableIterator<Accepted<F>> {
    return connections(
      this,
      options,
      () => this.#core.handle.isRef,
      wait => this.accept(wait),
    );
  }

  // ---- Receiving ----

  /**
   * Receives up to `size` bytes of a stream, or one datagram (cut at `size`).
   *
   * With `MSG_WAITALL` it waits until all `size` bytes have arrived; the end of the stream, an error, the deadline or
   * `timeout: 0` end the call with what has arrived by then. If such a call is aborted, the bytes it has received are kept
   * for the next receive, where poll(2) does not see them.
   *
   * @param size the most bytes to receive
   * @param options flags (`MSG_PEEK`, `MSG_OOB`, `MSG_WAITALL`, `MSG_DONTWAIT`, …), or `{ flags, timeout, signal }`
   * @returns the bytes; an empty buffer at the end of a stream
   * @throws SocketError `ECONNRESET`, `ENOTCONN`, …; `EBADF` if the socket is closed, before or during the call
   * @throws TimeoutError if the deadline passes before anything arrives
   * @see recv(2)
   */
  recv(size: number, options?: number | CallOptions): Promise<Buffer> {
    return run(this.#core, receive, size, options, arguments.length);
  }

  /** {@link recv}, in this thread. */
  recvSync(size: number, options?: number | SyncCallOptions): Buffer {
    return runSync(this.#core, receive, size, options, arguments.length);
  }

  /**
   * Receives into memory of the caller.
   *
   * @param buffer where to write; all of it can be filled. It must not be transferred or resized during the call.
   * @param options as in {@link recv}
   * @returns how many bytes were received; 0 at the end of a stream
   * @throws as {@link recv}
   * @see recv(2)
   */
  recvInto(buffer: WritableBytes, options?: number | CallOptions): Promise<number> {
    return run(this.#core, receiveInto, buffer, options, arguments.length);
  }

  /** {@link recvInto}, in this thread. */
  recvIntoSync(buffer: WritableBytes, options?: number | SyncCallOptions): number {
    return runSync(this.#core, receiveInto, buffer, options, arguments.length);
  }

  /**
   * Receives with the address of the sender.
   *
   * @param size the most bytes to receive
   * @param options as in {@link recv}
   * @returns the bytes and their sender: `null` where the kernel does not name it, as on connected streams
   * @throws as {@link recv}
   * @see recvfrom(2)
   */
  recvfrom(size: number, options?: number | CallOptions): Promise<Received<F>> {
    return run(this.#core, receiveFrom<F>, size, options, arguments.length);
  }

  /** {@link recvfrom}, in this thread. */
  recvfromSync(size: number, options?: number | SyncCallOptions): Received<F> {
    return runSync(this.#core, receiveFrom<F>, size, options, arguments.length);
  }

  /**
   * Receives into memory of the caller, with the address of the sender.
   *
   * @param buffer as in {@link recvInto}
   * @param options as in {@link recv}
   * @returns how many bytes were received, and their sender
   * @throws as {@link recv}
   * @see recvfrom(2)
   */
  recvfromInto(buffer: WritableBytes, options?: number | CallOptions): Promise<ReceivedInto<F>> {
    return run(this.#core, receiveFromInto<F>, buffer, options, arguments.length);
  }

  /** {@link recvfromInto}, in this thread. */
  recvfromIntoSync(buffer: WritableBytes, options?: number | SyncCallOptions): ReceivedInto<F> {
    return runSync(this.#core, receiveFromInto<F>, buffer, options, arguments.length);
  }

  /**
   * Iterates over what a stream delivers, until its end. Leaving the loop does not close the socket.
   *
   * @param options `size` (the most bytes in one piece, 65,536 by default), `timeout` (for each piece), `signal`
   */
  chunks(options?: ChunkOptions): AsyncIterableIterator<Buffer> {
    return chunks(this, options, (size, wait) => this.recv(size, wait));
  }

  /**
   * Iterates over received datagrams, until the socket is closed.
   *
   * @param options `size` (the most bytes of one datagram, 65,536 by default), `timeout` (for each datagram), `signal`, and
   *   `until` (a signal or a moment that ends the loop without an error)
   * @throws TypeError if this is a stream socket
   */
  datagrams(options?: DatagramsOptions): AsyncIterableIterator<Datagram<F>> {
    return datagrams<F>(this, options, (size, wait) => this.recvfrom(size, wait) as Promise<Datagram<F>>);
  }

  // ---- Sending. No send raises SIGPIPE: a broken connection is the error `EPIPE` ----

  /**
   * Sends what fits now, or one datagram.
   *
   * @param data bytes, or a string as UTF-8; leave it unchanged until the promise settles
   * @param options flags (`MSG_OOB`, `MSG_MORE`, `MSG_DONTWAIT`, …), or `{ flags, timeout, signal }`
   * @returns how many bytes were taken, which for a stream can be fewer than were given: see {@link sendAll}
   * @throws SocketError `EPIPE`, `ECONNRESET`, `EMSGSIZE`, …; `EBADF` if the socket is closed, before or during the call
   * @throws TimeoutError if the deadline passes
   * @see send(2)
   */
  send(data: Bytes, options?: number | CallOptions): Promise<number> {
    return run(this.#core, send, data, options, arguments.length);
  }

  /** {@link send}, in this thread. */
  sendSync(data: Bytes, options?: number | SyncCallOptions): number {
    return runSync(this.#core, send, data, options, arguments.length);
  }

  /**
   * Sends all of `data`. The data of no other call gets in between.
   *
   * @param data bytes, or a string as UTF-8; leave it unchanged until the promise settles
   * @param options as in {@link send}; `timeout` is for the whole
   * @throws as {@link send}; `bytesTransferred` of the error says how much was sent
   * @see send(2)
   */
  sendAll(data: Bytes, options?: number | CallOptions): Promise<void> {
    return run(this.#core, sendAll, data, options, arguments.length);
  }

  /** {@link sendAll}, in this thread. */
  sendAllSync(data: Bytes, options?: number | SyncCallOptions): void {
    runSync(this.#core, sendAll, data, options, arguments.length);
  }

  /**
   * Sends one datagram to `address`. A host name is resolved off this thread, at each call; later sends wait for it, so
   * that the order stays. Use numeric addresses where speed matters.
   *
   * Where the queue of a receiver can be full (Unix datagrams, netlink), the call waits for space and tries again at least
   * every 32 ms; sends to other receivers pass it.
   *
   * On an unconnected socket with IP_RECVERR the kernel reports the ICMP error of an earlier datagram before it sends
   * anything. The datagram is then sent again, once; `recvError` tells which datagram failed.
   *
   * @param data bytes, or a string as UTF-8; leave it unchanged until the promise settles
   * @param address an address of this socket's family
   * @param options as in {@link send}
   * @returns how many bytes were sent
   * @throws SocketError `EMSGSIZE`, `ECONNREFUSED`, `EISCONN`, …, with `address` and `port`
   * @throws ResolverError if the host name is not known
   * @see sendto(2)
   */
  sendto(
    data: Bytes,
    address: AddressInput<F> | AddressOf<F>,
    options?: number | CallOptions,
  ): Promise<number> {
    return run2(this.#core, sendTo<F>, data, address, options, arguments.length);
  }

  /** {@link sendto}, in this thread. */
  sendtoSync(
    data: Bytes,
    address: AddressInput<F> | AddressOf<F>,
    options?: number | SyncCallOptions,
  ): number {
    return runSync2(this.#core, sendTo<F>, data, address, options, arguments.length);
  }

  // ---- Messages: data, control messages and address together ----

  /**
   * Receives data, control messages and the sender's address together.
   *
   * ```ts
   * import { spaceFor, ttl } from 'berkeley/control';
   * const message = await socket.recvmsg(1500, { control: spaceFor(ttl) });
   * console.log(ttl.find(message.control));
   * ```
   *
   * @param size the most bytes of data
   * @param options flags, or `{ control, flags, timeout, signal }`; `control` is the space for control messages, in bytes.
   *   `MSG_WAITALL` ends early, as in the kernel, after data that brought descriptors, and before data of another sender if
   *   the socket asks for credentials.
   * @throws as {@link recv}
   * @see recvmsg(2)
   */
  recvmsg(size: number, options?: number | MessageOptions): Promise<Message<F>> {
    return run(this.#core, receiveMessage<F>, size, options, arguments.length);
  }

  /** {@link recvmsg}, in this thread. */
  recvmsgSync(size: number, options?: number | SyncMessageOptions): Message<F> {
    return runSync(this.#core, receiveMessage<F>, size, options, arguments.length);
  }

  /**
   * Receives a message into memory of the caller: each buffer is filled before the next.
   *
   * @param buffers at most 1,024 are used (IOV_MAX)
   * @param options as in {@link recvmsg}
   * @throws as {@link recv}
   * @see recvmsg(2)
   */
  recvmsgInto(buffers: Iterable<WritableBytes>, options?: number | MessageOptions): Promise<MessageInto<F>> {
    return run(this.#core, receiveMessageInto<F>, buffers, options, arguments.length);
  }

  /** {@link recvmsgInto}, in this thread. */
  recvmsgIntoSync(buffers: Iterable<WritableBytes>, options?: number | SyncMessageOptions): MessageInto<F> {
    return runSync(this.#core, receiveMessageInto<F>, buffers, options, arguments.length);
  }

  /**
   * Sends data, control messages and an address together. It takes what {@link recvmsg} returns.
   *
   * @param message `data` can be several pieces, which are sent as one. A stream takes at most 1,024 of them per call.
   * @param options as in {@link send}
   * @returns how many bytes were taken, which for a stream can be fewer than were given
   * @throws as {@link send} and {@link sendto}; `EINVAL` for control data that the family does not know
   * @see sendmsg(2)
   */
  sendmsg(message: MessageInput<F>, options?: number | CallOptions): Promise<number> {
    return run(this.#core, sendMessage<F>, message, options, arguments.length);
  }

  /** {@link sendmsg}, in this thread. */
  sendmsgSync(message: MessageInput<F>, options?: number | SyncCallOptions): number {
    return runSync(this.#core, sendMessage<F>, message, options, arguments.length);
  }

  /**
   * Sends descriptors along with data. They are duplicated in flight: the sender can close its own at once.
   *
   * @param data at least one byte on a stream: Linux sends no descriptors with nothing
   * @param fds descriptors of files, pipes, sockets, …, or objects that have one in `fd`; at most 253
   * @param options flags, or `{ flags, address, timeout, signal }`
   * @returns how many bytes were taken; the descriptors go with the first of them
   * @throws SocketError `EBADF` if a descriptor is not open, `ETOOMANYREFS` if too many are in flight, …
   * @see unix(7), SCM_RIGHTS
   */
  sendFds(
    data: Bytes | readonly Bytes[],
    fds: readonly Descriptor[],
    options?: number | AddressedOptions<F>,
  ): Promise<number> {
    return run2(this.#core, sendDescriptors<F>, data, fds, options, arguments.length);
  }

  /** {@link sendFds}, in this thread. */
  sendFdsSync(
    data: Bytes | readonly Bytes[],
    fds: readonly Descriptor[],
    options?: number | SyncAddressedOptions<F>,
  ): number {
    return runSync2(this.#core, sendDescriptors<F>, data, fds, options, arguments.length);
  }

  /**
   * Receives data and the descriptors that came along.
   *
   * @param size the most bytes of data
   * @param maxFds the most descriptors; more that arrive are closed
   * @param options as in {@link recv}
   * @returns the data, the descriptors (close-on-exec from birth), flags (`MSG_CTRUNC`: some did not fit, or this process
   *   cannot have so many) and the sender's address
   * @throws as {@link recv}
   * @see unix(7), SCM_RIGHTS
   */
  recvFds(size: number, maxFds: number, options?: number | CallOptions): Promise<ReceivedFds<F>> {
    return run2(this.#core, receiveDescriptors<F>, size, maxFds, options, arguments.length);
  }

  /** {@link recvFds}, in this thread. */
  recvFdsSync(size: number, maxFds: number, options?: number | SyncCallOptions): ReceivedFds<F> {
    return runSync2(this.#core, receiveDescriptors<F>, size, maxFds, options, arguments.length);
  }

  // ---- The error queue ----

  /**
   * Waits for the next item of the error queue: the error of a datagram that was sent, with the ICMP message that reported
   * it, a send timestamp, or the completion of a send with `MSG_ZEROCOPY`. Receives do not wait behind it.
   *
   * IP_RECVERR, IPV6_RECVERR, SO_TIMESTAMPING, SO_ZEROCOPY and SO_TXTIME make the kernel queue something. The next call on
   * the socket also reports an error once, unless the queue is read before.
   *
   * @param options `timeout`, `signal`
   * @throws UnsupportedError `ENOTSUP` if the socket's family has no error queue
   * @throws SocketError `EBADF` if the socket is closed, TimeoutError if the deadline passes
   * @see recv(2), MSG_ERRQUEUE; `readErrorQueue` of `berkeley/control` takes all items that are there, without waiting
   */
  recvError(options?: WaitOptions): Promise<QueuedError<F>> {
    return run0(this.#core, receiveError<F>, options, arguments.length);
  }

  /** {@link recvError}, in this thread. */
  recvErrorSync(options?: SyncWaitOptions): QueuedError<F> {
    return runSync0(this.#core, receiveError<F>, options, arguments.length);
  }

  /**
   * Iterates over the items of the error queue, until the socket is closed. See {@link recvError}.
   *
   * @param options `timeout` (for each item), `signal`
   */
  errors(options?: WaitOptions): AsyncIterableIterator<QueuedError<F>> {
    return errors(this, options, wait => this.recvError(wait));
  }

  // ---- Many datagrams per call ----

  /**
   * Sends `data` as datagrams of `segmentSize` bytes, the last with what is left over.
   *
   * On UDP sockets the kernel divides the data (UDP_SEGMENT): one system call for 64 datagrams, or as many as make up
   * 65,507 bytes. Where it cannot (Linux before 4.18, other systems and families, or a route that returns `EIO`: IPsec, a
   * device without checksums) each datagram is a system call. The data of no other call gets in between.
   *
   * @param data bytes, or a string as UTF-8, of any length; leave it unchanged until the promise settles
   * @param segmentSize bytes; with the headers it has to fit into the MTU of the route
   * @param options flags, or `{ address, flags, timeout, signal }`; `address` is not given on connected sockets
   * @returns how many bytes were sent, which is all
   * @throws SocketError `EINVAL` or `EMSGSIZE` if a segment does not fit the route, and as {@link sendto};
   *   `bytesTransferred` of the error says how much was sent
   * @throws RangeError if `segmentSize` is less than 1 or more than one datagram carries
   * @see udp(7), UDP_SEGMENT
   */
  sendSegments(data: Bytes, segmentSize: number, options?: number | AddressedOptions<F>): Promise<number> {
    return run2(this.#core, sendSegments<F>, data, segmentSize, options, arguments.length);
  }

  /** {@link sendSegments}, in this thread. */
  sendSegmentsSync(data: Bytes, segmentSize: number, options?: number | SyncAddressedOptions<F>): number {
    return runSync2(this.#core, sendSegments<F>, data, segmentSize, options, arguments.length);
  }

  /**
   * Receives the datagrams that the kernel delivers in one piece: many where `UDP_GRO` is set and datagrams of one sender
   * and one size arrived close together, else one.
   *
   * ```ts
   * socket.setsockopt(IPPROTO_UDP, UDP_GRO, 1);
   * const { segments, address } = await socket.recvSegments();
   * ```
   *
   * @param options flags, or `{ size, flags, timeout, signal }`; `size` is the most bytes of all datagrams together
   * @throws as {@link recv}
   * @see udp(7), UDP_GRO
   */
  recvSegments(options?: number | SegmentsOptions): Promise<ReceivedSegments<F>> {
    return run0(this.#core, receiveSegments<F>, options, arguments.length);
  }

  /** {@link recvSegments}, in this thread. */
  recvSegmentsSync(options?: number | SyncSegmentsOptions): ReceivedSegments<F> {
    return runSync0(this.#core, receiveSegments<F>, options, arguments.length);
  }

  /**
   * Receives the messages that are there, as many as the batch has space for; it waits only for the first.
   *
   * Descriptors that came with the previous messages of the batch, and that nobody has read, are closed. Until the promise
   * settles the batch is empty, and cannot be used otherwise.
   *
   * @param batch what to fill; its previous messages are gone
   * @param options as in {@link recv}
   * @returns how many messages were received, at least one: `batch.length`
   * @throws as {@link recvfrom}, for the first message; an error behind others is reported by the next call
   * @throws Error `ERR_INVALID_STATE` if the batch is in use, or its memory was transferred away
   * @see recvmmsg(2); where there is none, each message is a recvmsg(2), with the same result
   */
  recvmmsg(batch: MessageBatch<F>, options?: number | CallOptions): Promise<number> {
    return run(this.#core, receiveBatch<F>, batch, options, arguments.length);
  }

  /** {@link recvmmsg}, in this thread. */
  recvmmsgSync(batch: MessageBatch<F>, options?: number | SyncCallOptions): number {
    return runSync(this.#core, receiveBatch<F>, batch, options, arguments.length);
  }

  /**
   * Sends all messages of the batch, in as few system calls as the kernel allows; the data of no other call gets in
   * between. The batch keeps them: it can be sent again, or be cleared and filled with others. A batch that was received
   * can be sent as it is: data and addresses go back, control messages do not.
   *
   * @param batch what to send; it cannot be changed until the promise settles
   * @param options as in {@link send}; `timeout` is for the whole
   * @returns how many messages were sent, which is all
   * @throws as {@link sendmsg}, with the address of the message that failed; `messagesSent` of the error, as `batch.sent`,
   *   says how many were sent before it
   * @throws Error `ERR_INVALID_STATE` if the batch is in use, or its memory was transferred away
   * @see sendmmsg(2); where there is none, each message is a sendmsg(2), with the same result
   */
  sendmmsg(batch: MessageBatch<F>, options?: number | CallOptions): Promise<number> {
    return run(this.#core, sendBatch<F>, batch, options, arguments.length);
  }

  /** {@link sendmmsg}, in this thread. */
  sendmmsgSync(batch: MessageBatch<F>, options?: number | SyncCallOptions): number {
    return runSync(this.#core, sendBatch<F>, batch, options, arguments.length);
  }

  /**
   * Sends from the caller's memory without copying it, which pays from about 10 KB per call, over a real network.
   *
   * The kernel reads the memory after the promise has settled: until `completed` settles, it must not be changed, and is
   * kept from being collected. Do not close the socket before either: the kernel might still send from memory that is then
   * reused. The first call sets `SO_ZEROCOPY`. Completions arrive over the socket's error queue, which this reads; other
   * items go to {@link recvError} and `readErrorQueue`. They count the sends, so nobody else may send with `MSG_ZEROCOPY`
   * on this socket, nor read its queue with `MSG_ERRQUEUE`. Where the kernel cannot track another send (`ENOBUFS`), this
   * one is copied.
   *
   * @param data bytes, or a string as UTF-8
   * @param options as in {@link send}; for the sending, not the completion
   * @returns how many bytes were taken, and a promise that settles when the memory is free, with whether it was copied
   *   after all; it is rejected with `EBADF` if the socket is closed before
   * @throws as {@link send}; `ENOTSUP` if this kind of socket cannot do it (TCP and UDP can)
   * @throws UnsupportedError if this platform has no MSG_ZEROCOPY (Linux since 4.14, for UDP since 5.0)
   * @see send(2); Documentation/networking/msg_zerocopy.rst
   */
  sendZeroCopy(data: Bytes, options?: number | CallOptions): Promise<ZeroCopySend> {
    return run(this.#core, sendZeroCopy, data, options, arguments.length);
  }

  /** {@link sendZeroCopy}, in this thread; `completed` is a promise all the same. */
  sendZeroCopySync(data: Bytes, options?: number | SyncCallOptions): ZeroCopySend {
    return runSync(this.#core, sendZeroCopy, data, options, arguments.length);
  }

  // ---- Files and streams ----

  /**
   * Sends a file. The kernel moves the data of regular files and pipes; that of other files (another socket, a terminal, a
   * file of /proc) is read and sent. The data of no other call gets in between.
   *
   * A regular file is read from the disk in this thread, as sendfile(2) does it. From other files nothing is read that
   * cannot be read at once: waiting for a pipe does not block the thread.
   *
   * A call that ends early loses nothing: what was not sent is still in the pipe or the other socket. A terminal, another
   * device or a datagram socket cannot be read again, nor can a pipe on a platform without splice(2). It is read only when
   * this socket reports space; data that the socket does not take all the same is in `unsent` of the error. (An abort
   * rejects with the signal's reason, which does not have it.)
   *
   * When the call has ended, with or without an error, the file's position is behind the last byte that was sent.
   *
   * @param file a descriptor, or an object that has one in `fd`: a FileHandle, a Socket, … It can be closed while the call
   *   waits.
   * @param options `{ offset, count, timeout, signal }`; `timeout` is for the whole
   * @returns how many bytes were sent
   * @throws TypeError if this is not a stream socket, or `file` is not open; RangeError for a bad `offset` or `count`
   * @throws as {@link sendAll}, with `bytesTransferred`; `EISDIR` and other errors of read(2); `ESPIPE` if `offset` is not 0
   *   in a file that has no positions
   * @see sendfile(2)
   */
  sendfile(file: Descriptor, options?: SendfileOptions): Promise<number> {
    return sendfile(this.#core, file, options);
  }

  /**
   * {@link sendfile}, in this thread; the limit must not be 0.
   *
   * @throws TypeError if the limit is 0; else as {@link sendfile}
   */
  sendfileSync(file: Descriptor, options?: SyncSendfileOptions): number {
    return sendfileSync(this.#core, file, options);
  }

  /**
   * Opens a file over this socket: lines, text, buffers.
   *
   * While files are open, {@link close} takes the socket from the program but leaves the connection to them: it ends when
   * the last of them is closed. Closing a file does not close the socket.
   *
   * @param mode `'r'`, `'w'` or both, and `'b'` for bytes in place of text; `'r'` by default
   * @param options how it buffers; for text also its encoding and how lines end
   * @throws TypeError or RangeError if one of these is invalid
   * @throws SocketError `EBADF` if the socket is closed
   */
  makefile(mode: BinaryMode, options?: BinaryFileOptions): BinaryFile;
  makefile(mode?: TextMode, options?: TextFileOptions): TextFile;
  makefile(mode: string = 'r', options: TextFileOptions = {}): BinaryFile | TextFile {
    this.#checkOpen();
    this.#files ??= new SharedSocket(this.#driver());
    return makefile(this.#files, mode, options);
  }

  /**
   * Creates a Node stream over this socket, which has to be connected. The stream owns the socket from then on, and closes
   * it when it is destroyed or both its sides have ended.
   *
   * It also has the properties and methods of a `net.Socket`, so that a server of `node:http` takes it as
   * `server.emit('connection', duplex)`, and `node:tls` as `tls.connect({ socket: duplex })`.
   *
   * @param options how the stream behaves. If `signal` is aborted already, the stream is destroyed, and the socket closed.
   * @throws TypeError if this is not a stream socket, or for an invalid option; the socket is still the caller's
   * @throws SocketError `EBADF` if the socket is closed
   */
  toDuplex(options: DuplexOptions = {}): DuplexOf<F> {
    checkStream(this, 'toDuplex');
    checkSignal((checkObject(options, 'options') as DuplexOptions).signal, 'options.signal');
    this.#checkOpen();
    return toDuplex(this, this.#core.handle, options) as DuplexOf<F>;
  }

  /**
   * Creates web streams over this socket, which has to be connected. They own the socket from then on: it is closed when
   * both have ended, or one of them has failed.
   *
   * @throws TypeError if this is not a stream socket
   * @throws SocketError `EBADF` if the socket is closed
   */
  toWeb(): WebStreams {
    checkStream(this, 'toWeb');
    this.#checkOpen();
    return toWeb(this, this.#core.handle);
  }

  #checkOpen(): void {
    checkResult(this.#core, binding.getNonblocking(this.fd), 'fcntl');
  }

  /** What the files over this socket use of it. */
  #driver(): Driver {
    const core = this.#core;
    return {
      core,
      drive: operation => drive(core, operation),
      driveSync: operation => block(core, operation),
      close: () => this.close(),
    };
  }

  // ---- Options ----

  /**
   * Reads a socket option as an integer.
   *
   * The kernel is asked for a C `int`, as Python does it; the buffer sizes of AF_VSOCK have 64 bits. Of an option with a
   * longer value this returns the first four bytes: `SO_MAX_PACING_RATE` is cut at 2 ** 32 - 1 (which reads as -1), a
   * structure gives its first member. `SO_COOKIE` and `SO_NETNS_COOKIE`, which have 64 bits, are `EINVAL`. Use `size`, or
   * `getOption` with a row of `berkeley/options`.
   *
   * @param level a `SOL_` or `IPPROTO_` constant
   * @param name the option: `SO_RCVBUF`, `TCP_NODELAY`, …
   * @returns the integer that the kernel returned
   * @throws SocketError `ENOPROTOOPT` if there is no such option at that level, `EBADF` if the socket is closed
   * @throws UnsupportedError if this platform lacks the constant
   * @see getsockopt(2)
   */
  getsockopt(level: OptionLevel, name: OptionName): number;
  /**
   * Reads a socket option as bytes.
   *
   * @param size how many bytes to make space for
   * @returns the bytes that the kernel returned, which can be fewer
   */
  getsockopt(level: OptionLevel, name: OptionName, size: number): Buffer;
  getsockopt(level: OptionLevel, name: OptionName, size?: number): number | Buffer {
    return getRaw(this.#core, level, name, size);
  }

  /**
   * Sets a socket option.
   *
   * @param level a `SOL_` or `IPPROTO_` constant
   * @param name the option: `SO_REUSEADDR`, `TCP_NODELAY`, …
   * @param value an integer (booleans count as 1 and 0), or the bytes of the structure that the option takes
   * @throws TypeError or RangeError if `value` is neither, or does not fit in a C `int`
   * @throws SocketError `ENOPROTOOPT` if there is no such option at that level, `EBADF` if the socket is closed
   * @throws UnsupportedError if this platform lacks the constant
   * @see setsockopt(2)
   */
  setsockopt(level: OptionLevel, name: OptionName, value: number | boolean | Bytes): void;
  /** Sets a socket option by a length without a value, as some options (`ALG_SET_AEAD_AUTHSIZE`) need it. */
  setsockopt(level: OptionLevel, name: OptionName, value: null, length: number): void;
  setsockopt(
    level: OptionLevel,
    name: OptionName,
    value: number | boolean | Bytes | null,
    length?: number,
  ): void {
    setRaw(this.#core, level, name, value, length);
  }

  /**
   * Reads an option by its row.
   *
   * ```ts
   * import { tcp } from 'berkeley/options';
   * socket.getOption(tcp.info).rtt;
   * ```
   *
   * @param option a row of `berkeley/options`; one that is write-only, or of another family, does not compile
   * @throws UnsupportedError if this kernel or platform lacks it; the error says what it needs
   * @throws SocketError as {@link getsockopt}; `EPROTO` if the kernel's answer has a length that the option cannot have
   */
  getOption<T>(option: ReadableOption<T, F>): T {
    return getTyped(this.#core, option);
  }

  /**
   * Sets an option by its row.
   *
   * ```ts
   * import { so, tcp } from 'berkeley/options';
   * socket.setOption(tcp.nodelay, true);
   * socket.setOption(so.linger, { seconds: 1 });
   * socket.setOption(so.detachFilter);
   * ```
   *
   * @param option a row of `berkeley/options`; one that is read-only, or of another family, does not compile
   * @param value a value of the option's type
   * @throws TypeError or RangeError if `value` is not of its type, or out of its range
   * @throws UnsupportedError if this kernel or platform lacks it; the error says what it needs
   * @throws PermissionError if it needs a privilege; the error names it
   * @throws SocketError as {@link setsockopt}
   */
  setOption<T>(option: WritableOption<T, F>, ...[value]: OptionValue<T>): void {
    setTyped(this.#core, option, value as T);
  }

  /** Prints the descriptor, family, type and protocol by name, and both addresses, for `console.log`. */
  [inspect.custom](depth: number, options: object): string {
    const name = `Socket<${this.#core.driver.name}>`;
    if (this.closed) return `${name} { closed }`;
    const shown = {
      fd: this.fd,
      family: familyLabel(this.family),
      type: typeLabel(this.type),
      protocol: protocolName(this.protocol, this.family) ?? this.protocol,
      local: optional(() => this.getsockname()),
      remote: optional(() => this.getpeername()),
    };
    return `${name} ${inspect(shown, { ...options, depth })}`;
  }
}

/** Returns the core of a Socket. @internal */
export function coreOf<F extends FamilyName>(socket: Socket<F>): Core<F> {
  const isOurs = typeof socket === 'object' && socket !== null && isSocket(socket);
  if (!isOurs) throw invalidType('socket', 'an instance of Socket', socket);
  return coreOfSocket(socket);
}

/** Returns the poll handle of a Socket of this copy of the package; `undefined` for anything else. @internal */
export function handleOf(value: object): PollHandle | undefined {
  return isSocket(value) ? coreOfSocket(value as Socket).handle : undefined;
}

/** Makes the Socket of a core. @internal */
export function socketOf<F extends FamilyName>(core: Core<F>): Socket<F> {
  return new Socket<F>(core as never);
}

function acceptSocket<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  options: WaitOptions | undefined,
): Operation<Accepted<F>> {
  return accept<F, Accepted<F>>(core, form, options, accepted);
}

function accepted<F extends FamilyName>(core: Core<F>, address: AddressOf<F> | null): Accepted<F> {
  return { socket: socketOf(core), address: address as PeerOf<F> };
}

/** Returns an address, or nothing where there is none. */
function optional<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * Returns the {@link Socket.timeout} that new sockets start with: `null` (blocking) unless {@link setDefaultTimeout} has
 * set another. Milliseconds.
 */
export function getDefaultTimeout(): number | null {
  return defaultMode();
}

/**
 * Sets the {@link Socket.timeout} that new sockets start with, in this thread.
 *
 * @param timeout `null` blocks, 0 never waits, a number is a limit in milliseconds
 * @throws TypeError or RangeError if `timeout` is anything else
 */
export function setDefaultTimeout(timeout: number | null): void {
  setDefaultMode(checkTimeout(timeout, 'timeout'));
}

/**
 * Narrows a socket whose family is not known to the compiler.
 *
 * ```ts
 * const socket = Socket.adopt(3);
 * if (isFamily(socket, AF_INET6)) socket.setOption(ipv6.v6only, true);
 * ```
 *
 * @param family an `AF_` constant
 */
export function isFamily<F extends FamilyName>(
  socket: Socket<FamilyName> | Socket<F>,
  family: Family<F>,
): socket is Socket<F> {
  return (checkObject(socket, 'socket') as Socket).family === (family as number);
}
