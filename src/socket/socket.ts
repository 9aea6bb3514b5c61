import type { Socket as NodeSocket } from 'node:net';
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
import '../families/index.js';
import type { Bytes, WritableBytes } from '../layout/memory.js';
import type { MessageBatch } from '../message/batch.js';
import { BEFORE_SHARING, type Descriptor } from '../message/descriptors.js';
import type { QueuedError } from '../message/error-queue.js';
import type { Message, MessageInput, MessageInto, ReceivedFds } from '../message/message.js';
import type { OptionValue, ReadableOption, WritableOption } from '../options/option.js';
import type { PollHandle } from '../reactor/poll-handle.js';
import { checkOptionKeys, type SyncWaitOptions, type WaitOptions } from '../reactor/wait-options.js';
import type { DuplexOptions, SocketDuplex } from '../streams/duplex.js';
import type { BinaryFile } from '../streams/files/binary-file.js';
import { type BinaryFileOptions, makefile, type TextFileOptions } from '../streams/files/makefile.js';
import type { BinaryMode, TextMode } from '../streams/files/mode.js';
import { type Driver, SharedSocket } from '../streams/files/shared-socket.js';
import type { TextFile } from '../streams/files/text-file.js';
import { toDuplex } from '../streams/to-duplex.js';
import { checkNodeSocket, type NodeSocketOptions, toNodeSocket } from '../streams/to-node-socket.js';
import type { UnixDuplex } from '../streams/unix-duplex.js';
import { toWeb, type WebStreams } from '../streams/web.js';
import { acceptCall } from './accept.js';
import { receiveBatch } from './batch.js';
import { sendBatch } from './batch-send.js';
import { block } from './block.js';
import type { CallOptions, SyncCallOptions } from './call.js';
import { checkStream } from './check-stream.js';
import { type ChunkOptions, chunks } from './chunks.js';
import { connect, connectErrno, type UnspecifiedAddress } from './connect.js';
import { Core, defaultMode, setDefaultMode } from './core.js';
import {
  type AddressedOptions,
  receiveDescriptors,
  type SyncAddressedOptions,
  sendDescriptors,
} from './descriptors.js';
import { direct, directSync } from './direct.js';
import { receiveError } from './error-queue.js';
import { checkResult } from './failure.js';
import {
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
import { RECV_INTO_NOW, RECV_NOW, RECVFROM_INTO_NOW, RECVFROM_NOW } from './receive.js';
import type { Received, ReceivedInto } from './received.js';
import { drive, run, run0, run2, runSync, runSync0, runSync2 } from './run.js';
import {
  type ReceivedSegments,
  receiveSegments,
  type SegmentsOptions,
  type SyncSegmentsOptions,
  sendSegments,
} from './segments.js';
import { SEND_ALL_NOW, SEND_NOW, SENDTO_NOW } from './send.js';
import { type SendfileOptions, type SyncSendfileOptions, sendfile, sendfileSync } from './sendfile.js';
import { type IoctlValue, ioctl, share } from './windows.js';
import { sendZeroCopy, type ZeroCopySend } from './zero-copy.js';

/** The result of {@link Socket.accept}. */
export interface Accepted<F extends FamilyName> {
  /** The connected socket. */
  readonly socket: Socket<F>;
  /** The address of the peer; `null` if the kernel does not report it. */
  readonly address: PeerOf<F>;
}

/** The family, type and protocol of a file descriptor, for {@link Socket.adopt} and {@link fromfd}. */
export interface Adoption<F extends FamilyName> {
  /** The family: an `AF_` constant. If absent, it is read from the kernel. */
  readonly family?: Family<F> | undefined;
  /** The type: a `SOCK_` constant. If absent, it is read from the kernel. */
  readonly type?: SocketType | undefined;
  /** The protocol number. If absent, it is read from the kernel. */
  readonly protocol?: Protocol | undefined;
}

/** The type of the Node stream that `toDuplex` returns. The stream of a Unix socket can also carry file descriptors. */
export type DuplexOf<F extends FamilyName> = [F] extends ['unix'] ? UnixDuplex : SocketDuplex;

/** The constructor arguments without a family: they create a `Socket<'inet'>`. */
type DefaultFamily<F extends FamilyName> = 'inet' extends F
  ? [family?: undefined, type?: SocketType, protocol?: Protocol]
  : [family: Family<F>];

/** Returns the core of a socket: private to this package. */
let coreOfSocket: <F extends FamilyName>(socket: Socket<F>) => Core<F>;
let isSocket: (value: object) => boolean;

/**
 * A socket of any address family.
 *
 * Calls that can wait have two forms. The promise form, such as `recv()`, never blocks the thread. The Sync form,
 * such as `recvSync()`, blocks the thread according to {@link timeout}. Calls that cannot wait have only one form.
 *
 * Both forms take the same optional last argument: a number (flags), or an object with `flags`, `timeout` (the limit
 * of this call in milliseconds) and, for the promise form only, `signal`.
 *
 * ```ts
 * const socket = new Socket(AF_INET, SOCK_STREAM);
 * await socket.connect({ host: '127.0.0.1', port: 7 });
 * await socket.sendAll('Hello, world');
 * console.log(await socket.recv(1024, { timeout: 5000 }));
 * socket.close();
 * ```
 *
 * Calls in one direction are served in the order in which they were made, regardless of their form.
 *
 * @see socket(2), socket(7)
 */
export class Socket<F extends FamilyName = 'inet'> {
  readonly #core: Core<F>;
  /** The files that `makefile` created; `undefined` before the first. */
  #files: SharedSocket | undefined;

  static {
    coreOfSocket = socket => socket.#core;
    isSocket = value => #core in value;
  }

  // ---- Opening and closing ----

  /**
   * Creates a socket. Child processes do not inherit its file descriptor.
   *
   * @param family an `AF_` constant; `AF_INET` by default
   * @param type a `SOCK_` constant; `SOCK_STREAM` by default. With `SOCK_NONBLOCK`, the socket starts with `timeout =
   *   0`. {@link type} never includes `SOCK_NONBLOCK` and `SOCK_CLOEXEC`.
   * @param protocol the protocol number; 0, the default protocol of the family, by default
   * @throws RangeError if `family` is not an address family
   * @throws UnsupportedError if the kernel does not support the family, the type or the protocol. The message says
   *   what is needed.
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
   * Creates a socket from an open file descriptor. The socket owns the descriptor and closes it.
   *
   * The family, type and protocol are read from the kernel, unless `options` has them.
   *
   * @param fd the file descriptor of a socket
   * @param options the family, type and protocol, if they are known
   * @throws SocketError `ENOTSOCK` or `EBADF` if `fd` is not a socket; the descriptor stays open
   * @throws TypeError or RangeError if an argument is invalid
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

  /** The protocol number; 0 is the default protocol of the family. */
  get protocol(): number {
    return this.#core.protocol;
  }

  /** The file descriptor; -1 after the socket is closed or detached. */
  get fd(): number {
    return this.#core.fd;
  }

  /** Whether the socket is closed or detached. */
  get closed(): boolean {
    return this.#core.fd < 0;
  }

  /**
   * Closes the socket. Waiting calls are rejected with `EBADF`. Closing a closed socket does nothing.
   *
   * If files that {@link makefile} created are still open, the connection stays open until they are closed too.
   *
   * To end a connection that other file descriptors also refer to, call {@link shutdown} first.
   *
   * @throws SocketError if close(2) reports an error, such as `EIO`; the file descriptor is closed anyway
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
   * Detaches the file descriptor from the socket without closing it. The descriptor is in the mode that
   * {@link timeout} specifies. Waiting calls are rejected with `EBADF`.
   *
   * @returns the file descriptor, which the caller must close; -1 if the socket was already closed
   * @throws Error `ERR_INVALID_STATE` if the socket holds bytes that an aborted call had received: receive them first
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

  /** Makes waiting promise calls keep the process alive. This is the default. */
  ref(): this {
    this.#core.handle.isRef = true;
    return this;
  }

  /** Lets the process exit while promise calls wait on this socket. */
  unref(): this {
    this.#core.handle.isRef = false;
    return this;
  }

  /**
   * Duplicates the socket: creates another socket, with its own file descriptor, for the same connection. Both share
   * O_NONBLOCK and all options. The duplicate starts with the same {@link timeout}, which can then be changed
   * separately.
   *
   * @throws SocketError `EMFILE`, or `EBADF` if the socket is closed
   * @see dup(2)
   */
  dup(): Socket<F> {
    const fd = checkResult(this.#core, binding.dup(this.fd), 'dup');
    return socketOf(duplicateCore(this.#core, fd));
  }

  /**
   * Duplicates the socket for another process, which opens it with {@link fromshare}. This socket can then be closed.
   * Windows only.
   *
   * @param pid the ID of the process
   * @returns the bytes to pass to that process by any means; they work for one call of `fromshare`
   * @throws UnsupportedError on other platforms
   * @throws SocketError `EINVAL` if there is no such process, `EBADF` if the socket is closed
   * @see WSADuplicateSocketW
   */
  share(pid: number): Buffer {
    return share(this.#core, pid);
  }

  /**
   * Controls the socket with `SIO_RCVALL`, `SIO_KEEPALIVE_VALS` or `SIO_LOOPBACK_FAST_PATH`. Windows only.
   *
   * @param request one of these three constants
   * @param value for `SIO_RCVALL`, an `RCVALL_` constant; for `SIO_KEEPALIVE_VALS`, `{ enabled, time, interval }`; for
   *   `SIO_LOOPBACK_FAST_PATH`, a boolean
   * @throws UnsupportedError on other platforms
   * @throws SocketError `EINVAL`, `ENOTSUP`, `EACCES`, …; `EBADF` if the socket is closed
   * @see WSAIoctl
   */
  ioctl(request: number, value: IoctlValue): void {
    ioctl(this.#core, request, value);
  }

  /**
   * Returns whether child processes inherit the file descriptor: `false` unless {@link setInheritable} has changed
   * it.
   *
   * @throws SocketError `EBADF` if the socket is closed
   * @see fcntl(2), FD_CLOEXEC
   */
  getInheritable(): boolean {
    return checkResult(this.#core, binding.getInheritable(this.fd), 'fcntl') === 1;
  }

  /**
   * Sets whether child processes inherit the file descriptor. They inherit it in the mode that {@link timeout}
   * specifies.
   *
   * @throws TypeError if `inheritable` is not a boolean
   * @throws SocketError `EBADF` if the socket is closed
   * @see fcntl(2), FD_CLOEXEC
   */
  setInheritable(inheritable: boolean): void {
    checkBoolean(inheritable, 'inheritable');
    checkResult(this.#core, binding.setInheritable(this.fd, inheritable ? 1 : 0), 'fcntl');
    if (inheritable) this.#core.restoreMode();
  }

  /** Sets O_NONBLOCK to match {@link timeout}, before the file descriptor is passed to another process. @internal */
  [BEFORE_SHARING](): PollHandle {
    this.#core.restoreMode();
    return this.#core.handle;
  }

  // ---- The mode of the Sync calls ----

  /**
   * How Sync calls wait:
   *
   * - `null`: they wait indefinitely (blocking mode).
   * - 0: they never wait, and fail with `EAGAIN` instead (non-blocking mode).
   * - A number: each call waits at most this many milliseconds in total, and then fails with {@link TimeoutError}
   *   (timeout mode).
   *
   * The default is `null`, or the value of {@link setDefaultTimeout}. A `timeout` in the options of a call overrides
   * it for that call. Promise calls ignore it.
   *
   * The file descriptor is in `O_NONBLOCK` mode unless the value is `null`, as Python does it.
   *
   * @throws TypeError or RangeError if it is set to an invalid value
   * @throws SocketError `EBADF` if it is set on a closed socket
   */
  get timeout(): number | null {
    return this.#core.timeout;
  }

  /** Sets how Sync calls wait; see the getter. */
  set timeout(timeout: number | null) {
    this.#core.setMode(checkTimeout(timeout, 'timeout'));
  }

  /** Returns whether Sync calls can wait: `true` unless {@link timeout} is 0. */
  getBlocking(): boolean {
    return this.timeout !== 0;
  }

  /**
   * Sets {@link timeout}: `setBlocking(true)` sets it to `null`, `setBlocking(false)` to 0.
   *
   * @throws TypeError if `blocking` is not a boolean
   * @throws SocketError `EBADF` if the socket is closed
   */
  setBlocking(blocking: boolean): void {
    this.timeout = checkBoolean(blocking, 'blocking') ? null : 0;
  }

  // ---- Addresses and connections ----

  /**
   * Binds the socket to a local address.
   *
   * A host name is resolved in this thread, which blocks it. Use a numeric address if the lookup could be slow.
   *
   * @param address an address of this socket’s family. With port 0 the kernel chooses a free port.
   * @throws TypeError or RangeError if the address is invalid
   * @throws SocketError `EADDRINUSE`, `EADDRNOTAVAIL`, `EACCES`, …
   * @throws ResolverError if the host name cannot be resolved
   * @see bind(2)
   */
  bind(address: AddressInput<F> | AddressOf<F>): void {
    bind(this.#core, address);
  }

  /**
   * Listens for connections.
   *
   * @param backlog the maximum number of connections that wait to be accepted; 128 by default. The system limit
   *   (net.core.somaxconn on Linux) also applies.
   * @throws SocketError `EADDRINUSE`; `EOPNOTSUPP` if this type of socket cannot listen; …
   * @see listen(2)
   */
  listen(backlog?: number): void {
    listen(this.#core, backlog);
  }

  /**
   * Accepts one connection. The new socket starts in blocking mode, or with the default timeout if one is set.
   *
   * This call sets O_NONBLOCK on the listening file descriptor, because accept(2) has no flag for it. Every process
   * that shares the descriptor is affected until the socket is detached, passed on or made inheritable: its own
   * blocking accept can fail with `EAGAIN`. {@link acceptSync} waits anyway.
   *
   * @param options `timeout` in milliseconds, `signal`; no limit by default
   * @returns the new socket and the address of its peer
   * @throws SocketError `EINVAL` if the socket is not listening, `EMFILE`, `ECONNABORTED`, …
   * @throws TimeoutError if the deadline passes
   * @see accept(2)
   */
  accept(options?: WaitOptions): Promise<Accepted<F>> {
    return direct(this.#core, ACCEPT_NOW, options, arguments.length) as Promise<Accepted<F>>;
  }

  /** Sync form of {@link accept}. */
  acceptSync(options?: SyncWaitOptions): Accepted<F> {
    return directSync(this.#core, ACCEPT_NOW, options, arguments.length) as Accepted<F>;
  }

  /**
   * Connects to `address`. On a stream socket, this makes a connection. On a datagram socket, this sets the address
   * that datagrams are sent to and received from; `{ family: 'unspec' }` removes that address.
   *
   * A host name is resolved in another thread. With any other address, the system call is made immediately, so that
   * data sent next goes to the new peer. If the call fails, close the socket: POSIX leaves its state unspecified.
   *
   * @param address an address of this socket’s family, or `{ family: 'unspec' }`
   * @param options `timeout` in milliseconds, `signal`; no limit by default
   * @throws SocketError `ECONNREFUSED`, `ENETUNREACH`, `ETIMEDOUT`, …, with `address` and `port`
   * @throws ResolverError if the host name cannot be resolved
   * @throws TimeoutError if the deadline passes
   * @see connect(2)
   */
  connect(
    address: AddressInput<F> | AddressOf<F> | UnspecifiedAddress,
    options?: WaitOptions,
  ): Promise<void> {
    return run(this.#core, connect<F>, address, options, arguments.length);
  }

  /** Sync form of {@link connect}. */
  connectSync(address: AddressInput<F> | AddressOf<F> | UnspecifiedAddress, options?: SyncWaitOptions): void {
    runSync(this.#core, connect<F>, address, options, arguments.length);
  }

  /**
   * Connects like {@link connect}, but returns system errors instead of throwing them.
   *
   * @param options `timeout` in milliseconds, `signal`; no limit by default
   * @returns 0, or the positive error number, as `errno` in C: `ETIMEDOUT` if the deadline passes, `EINPROGRESS` with
   *   `timeout: 0`
   * @throws ResolverError if the host name cannot be resolved
   * @throws TypeError or RangeError if the address is invalid
   * @see connect(2)
   */
  connectEx(
    address: AddressInput<F> | AddressOf<F> | UnspecifiedAddress,
    options?: WaitOptions,
  ): Promise<number> {
    return run(this.#core, connect<F>, address, options, arguments.length).then(() => 0, connectErrno);
  }

  /** Sync form of {@link connectEx}. */
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
   * Returns the local address of the socket.
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
   * @throws SocketError `ENOTCONN` if the socket is not connected, `EBADF` if it is closed
   * @see getpeername(2)
   */
  getpeername(): AddressOf<F> {
    return peerAddress(this.#core);
  }

  /**
   * Shuts down one or both directions of a connection. This affects every file descriptor of the socket. `SHUT_WR` is
   * a half-close: the peer reads the end of the stream, and can still send.
   *
   * @param how `SHUT_RD`, `SHUT_WR` or `SHUT_RDWR`
   * @throws RangeError if `how` is none of these
   * @throws SocketError `ENOTCONN` if the socket is not connected, `EBADF` if it is closed
   * @see shutdown(2)
   */
  shutdown(how: ShutdownHow): void {
    shutdown(this.#core, how);
  }

  /**
   * Iterates over accepted connections. The iteration ends when this socket is closed.
   *
   * Connections that the peer closed before they were accepted are skipped. If the process or the system has no free
   * file descriptors or memory, the iterator emits a warning and tries again after 100 ms. The clients stay in the
   * backlog meanwhile.
   *
   * ```ts
   * for await (const { socket, address } of server.connections()) serve(socket, address);
   * ```
   *
   * @param options `timeout` in milliseconds for each connection, `signal`; no limit by default
   * @throws as {@link accept}
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
   * Receives up to `size` bytes of a stream, or one datagram, truncated to `size`.
   *
   * With `MSG_WAITALL`, the call waits until `size` bytes have been received. The end of the stream, an error, the
   * deadline or `timeout: 0` ends it earlier, with the bytes received until then. If the call is aborted, the socket
   * keeps these bytes for the next receive call; poll(2) does not report them.
   *
   * @param size the maximum number of bytes to receive
   * @param options flags (`MSG_PEEK`, `MSG_OOB`, `MSG_WAITALL`, `MSG_DONTWAIT`, …), or `{ flags, timeout, signal }`;
   *   `timeout` is in milliseconds. No flags and no limit by default.
   * @returns the bytes; an empty buffer at the end of a stream
   * @throws SocketError `ECONNRESET`, `ENOTCONN`, …; `EBADF` if the socket is closed before or during the call
   * @throws TimeoutError if the deadline passes before any data arrives
   * @see recv(2)
   */
  recv(size: number, options?: number | CallOptions): Promise<Buffer> {
    return direct(this.#core, RECV_NOW, options, arguments.length, size);
  }

  /** Sync form of {@link recv}. */
  recvSync(size: number, options?: number | SyncCallOptions): Buffer {
    return directSync(this.#core, RECV_NOW, options, arguments.length, size);
  }

  /**
   * Receives like {@link recv}, into a buffer of the caller.
   *
   * @param buffer the memory to write to; its whole length can be filled. Do not transfer or resize it during the
   *   call.
   * @param options as in {@link recv}
   * @returns the number of bytes received; 0 at the end of a stream
   * @throws as {@link recv}
   * @see recv(2)
   */
  recvInto(buffer: WritableBytes, options?: number | CallOptions): Promise<number> {
    return direct(this.#core, RECV_INTO_NOW, options, arguments.length, buffer);
  }

  /** Sync form of {@link recvInto}. */
  recvIntoSync(buffer: WritableBytes, options?: number | SyncCallOptions): number {
    return directSync(this.#core, RECV_INTO_NOW, options, arguments.length, buffer);
  }

  /**
   * Receives like {@link recv}, and returns the address of the sender too.
   *
   * @param size the maximum number of bytes to receive
   * @param options as in {@link recv}
   * @returns the bytes and the sender’s address: `null` if the kernel does not report it, as on connected streams
   * @throws as {@link recv}
   * @see recvfrom(2)
   */
  recvfrom(size: number, options?: number | CallOptions): Promise<Received<F>> {
    return direct(this.#core, RECVFROM_NOW, options, arguments.length, size) as Promise<Received<F>>;
  }

  /** Sync form of {@link recvfrom}. */
  recvfromSync(size: number, options?: number | SyncCallOptions): Received<F> {
    return directSync(this.#core, RECVFROM_NOW, options, arguments.length, size) as Received<F>;
  }

  /**
   * Receives like {@link recvInto}, and returns the address of the sender too.
   *
   * @param buffer as in {@link recvInto}
   * @param options as in {@link recv}
   * @returns the number of bytes received, and the sender’s address
   * @throws as {@link recv}
   * @see recvfrom(2)
   */
  recvfromInto(buffer: WritableBytes, options?: number | CallOptions): Promise<ReceivedInto<F>> {
    return direct(this.#core, RECVFROM_INTO_NOW, options, arguments.length, buffer) as Promise<
      ReceivedInto<F>
    >;
  }

  /** Sync form of {@link recvfromInto}. */
  recvfromIntoSync(buffer: WritableBytes, options?: number | SyncCallOptions): ReceivedInto<F> {
    return directSync(this.#core, RECVFROM_INTO_NOW, options, arguments.length, buffer) as ReceivedInto<F>;
  }

  /**
   * Iterates over the data of a stream until its end. Leaving the loop does not close the socket, and no data is lost.
   *
   * With `lend: true`, a chunk is valid only until the next step of the loop. The memory is then used again, also for
   * other sockets. Nothing is allocated or copied, so bulk transfers cost much less processor time. Copy the bytes that
   * you need longer:
   *
   * ```ts
   * for await (const chunk of socket.chunks({ lend: true })) hash.update(chunk);
   * ```
   *
   * @param options `size` (the maximum number of bytes per chunk; by default 65,536 to 524,288, depending on the speed of
   *   the stream), `lend` (false by default), `timeout` (in milliseconds per chunk, no limit by default), `signal`
   * @throws as {@link recv}
   */
  chunks(options?: ChunkOptions): AsyncIterableIterator<Buffer> {
    return chunks(this.#core, options);
  }

  /**
   * Iterates over received datagrams until the socket is closed.
   *
   * @param options `size` (the maximum number of bytes per datagram, 65,536 by default), `timeout` (in milliseconds
   *   per datagram, no limit by default), `signal`, and `until` (a signal or a `performance.now()` time that ends the
   *   loop without an error)
   * @throws TypeError if this is a stream socket
   * @throws as {@link recvfrom}
   */
  datagrams(options?: DatagramsOptions): AsyncIterableIterator<Datagram<F>> {
    return datagrams<F>(this, this.#core, options);
  }

  // ---- Sending. No send call raises SIGPIPE: a broken connection is the error `EPIPE` ----

  /**
   * Sends one datagram, or as much of `data` as a stream accepts now. It waits only while the stream accepts nothing.
   *
   * @param data bytes, or a string, which is sent as UTF-8. Do not change the bytes until the promise settles.
   * @param options flags (`MSG_OOB`, `MSG_MORE`, `MSG_DONTWAIT`, …), or `{ flags, timeout, signal }`; `timeout` is in
   *   milliseconds. No flags and no limit by default.
   * @returns the number of bytes sent, which can be less than the length of `data` on a stream: see {@link sendAll}
   * @throws SocketError `EPIPE`, `ECONNRESET`, `EMSGSIZE`, …; `EBADF` if the socket is closed before or during the
   *   call
   * @throws TimeoutError if the deadline passes
   * @see send(2)
   */
  send(data: Bytes, options?: number | CallOptions): Promise<number> {
    return direct(this.#core, SEND_NOW, options, arguments.length, data);
  }

  /** Sync form of {@link send}. */
  sendSync(data: Bytes, options?: number | SyncCallOptions): number {
    return directSync(this.#core, SEND_NOW, options, arguments.length, data);
  }

  /**
   * Sends all of `data`. Data of other calls is never sent in between.
   *
   * @param data bytes, or a string, which is sent as UTF-8. Do not change the bytes until the promise settles.
   * @param options as in {@link send}; `timeout` limits the whole call
   * @throws as {@link send}; `bytesTransferred` of the error is the number of bytes sent
   * @see send(2)
   */
  sendAll(data: Bytes, options?: number | CallOptions): Promise<void> {
    return direct(this.#core, SEND_ALL_NOW, options, arguments.length, data);
  }

  /** Sync form of {@link sendAll}. */
  sendAllSync(data: Bytes, options?: number | SyncCallOptions): void {
    directSync(this.#core, SEND_ALL_NOW, options, arguments.length, data);
  }

  /**
   * Sends one datagram to `address`.
   *
   * A host name is resolved in another thread at each call, and later send calls wait for it, so that the order is
   * kept. Use numeric addresses for speed.
   *
   * If the receiver’s queue can be full (Unix datagrams, netlink), the call waits for space and tries again at least
   * every 32 ms. Send calls to other receivers do not wait for it.
   *
   * On an unconnected socket with IP_RECVERR, the kernel can report the ICMP error of an earlier datagram instead of
   * sending this one. The call then sends it once more. {@link recvError} reports which datagram failed.
   *
   * @param data bytes, or a string, which is sent as UTF-8. Do not change the bytes until the promise settles.
   * @param address an address of this socket’s family
   * @param options as in {@link send}
   * @returns the number of bytes sent
   * @throws SocketError `EMSGSIZE`, `ECONNREFUSED`, `EISCONN`, …, with `address` and `port`
   * @throws ResolverError if the host name cannot be resolved
   * @throws TimeoutError if the deadline passes
   * @see sendto(2)
   */
  sendto(
    data: Bytes,
    address: AddressInput<F> | AddressOf<F>,
    options?: number | CallOptions,
  ): Promise<number> {
    return direct(this.#core, SENDTO_NOW, options, arguments.length, data, address);
  }

  /** Sync form of {@link sendto}; a host name is resolved in this thread. */
  sendtoSync(
    data: Bytes,
    address: AddressInput<F> | AddressOf<F>,
    options?: number | SyncCallOptions,
  ): number {
    return directSync(this.#core, SENDTO_NOW, options, arguments.length, data, address);
  }

  // ---- Messages: data, control messages and address together ----

  /**
   * Receives data, control messages and the sender’s address in one call.
   *
   * ```ts
   * import { spaceFor, ttl } from 'berkeley/control';
   * const message = await socket.recvmsg(1500, { control: spaceFor(ttl) });
   * console.log(ttl.find(message.control));
   * ```
   *
   * @param size the maximum number of bytes of data
   * @param options flags, or `{ control, flags, timeout, signal }`; `control` is the space for control messages in
   *   bytes, 0 by default. As in the kernel, `MSG_WAITALL` ends after data with file descriptors, and, on a socket
   *   that receives credentials, before data of another sender.
   * @returns the data, the control messages, the flags and the sender’s address
   * @throws as {@link recv}
   * @see recvmsg(2)
   */
  recvmsg(size: number, options?: number | MessageOptions): Promise<Message<F>> {
    return run(this.#core, receiveMessage<F>, size, options, arguments.length);
  }

  /** Sync form of {@link recvmsg}. */
  recvmsgSync(size: number, options?: number | SyncMessageOptions): Message<F> {
    return runSync(this.#core, receiveMessage<F>, size, options, arguments.length);
  }

  /**
   * Receives a message like {@link recvmsg}, into buffers of the caller. Each buffer is filled before the next.
   *
   * @param buffers the memory to write to; at most 1,024 buffers are used (IOV_MAX)
   * @param options as in {@link recvmsg}
   * @returns the number of bytes received, the control messages, the flags and the sender’s address
   * @throws as {@link recv}
   * @see recvmsg(2)
   */
  recvmsgInto(buffers: Iterable<WritableBytes>, options?: number | MessageOptions): Promise<MessageInto<F>> {
    return run(this.#core, receiveMessageInto<F>, buffers, options, arguments.length);
  }

  /** Sync form of {@link recvmsgInto}. */
  recvmsgIntoSync(buffers: Iterable<WritableBytes>, options?: number | SyncMessageOptions): MessageInto<F> {
    return runSync(this.#core, receiveMessageInto<F>, buffers, options, arguments.length);
  }

  /**
   * Sends data, control messages and an address in one call. It accepts the result of {@link recvmsg}.
   *
   * @param message the message. `data` can be several pieces, which are sent as one. A stream sends at most 1,024
   *   pieces per call.
   * @param options as in {@link send}
   * @returns the number of bytes sent, which can be less than the length of the data on a stream
   * @throws as {@link send} and {@link sendto}; `EINVAL` for a control message that the family does not support
   * @see sendmsg(2)
   */
  sendmsg(message: MessageInput<F>, options?: number | CallOptions): Promise<number> {
    return run(this.#core, sendMessage<F>, message, options, arguments.length);
  }

  /** Sync form of {@link sendmsg}. */
  sendmsgSync(message: MessageInput<F>, options?: number | SyncCallOptions): number {
    return runSync(this.#core, sendMessage<F>, message, options, arguments.length);
  }

  /**
   * Sends data and file descriptors over a Unix socket. The kernel duplicates the descriptors, so the sender can
   * close its own when the call has returned.
   *
   * @param data the data; at least one byte on a stream: Linux sends no descriptors without data
   * @param fds file descriptors (files, pipes, sockets, …), or objects with a descriptor in `fd`; at most 253
   * @param options flags, or `{ flags, address, timeout, signal }`; `address` is the receiver on an unconnected
   *   socket
   * @returns the number of bytes sent; the descriptors are sent with the first byte
   * @throws SocketError `EBADF` if a descriptor is not open, `ETOOMANYREFS` if too many are in flight, …
   * @throws as {@link send}
   * @see unix(7), SCM_RIGHTS
   */
  sendFds(
    data: Bytes | readonly Bytes[],
    fds: readonly Descriptor[],
    options?: number | AddressedOptions<F>,
  ): Promise<number> {
    return run2(this.#core, sendDescriptors<F>, data, fds, options, arguments.length);
  }

  /** Sync form of {@link sendFds}. */
  sendFdsSync(
    data: Bytes | readonly Bytes[],
    fds: readonly Descriptor[],
    options?: number | SyncAddressedOptions<F>,
  ): number {
    return runSync2(this.#core, sendDescriptors<F>, data, fds, options, arguments.length);
  }

  /**
   * Receives data and file descriptors over a Unix socket.
   *
   * @param size the maximum number of bytes of data
   * @param maxFds the maximum number of descriptors; surplus ones are closed
   * @param options as in {@link recv}
   * @returns the data, the descriptors (close-on-exec), the flags, and the sender’s address. `MSG_CTRUNC` in the
   *   flags means that descriptors were dropped: they did not fit, or this process has too many open.
   * @throws as {@link recv}
   * @see unix(7), SCM_RIGHTS
   */
  recvFds(size: number, maxFds: number, options?: number | CallOptions): Promise<ReceivedFds<F>> {
    return run2(this.#core, receiveDescriptors<F>, size, maxFds, options, arguments.length);
  }

  /** Sync form of {@link recvFds}. */
  recvFdsSync(size: number, maxFds: number, options?: number | SyncCallOptions): ReceivedFds<F> {
    return runSync2(this.#core, receiveDescriptors<F>, size, maxFds, options, arguments.length);
  }

  // ---- The error queue ----

  /**
   * Waits for the next item of the error queue. An item is the error of a sent datagram with the ICMP message that
   * reported it, a send timestamp, or the completion of a `MSG_ZEROCOPY` send. Receive calls do not wait behind this
   * call.
   *
   * The options IP_RECVERR, IPV6_RECVERR, SO_TIMESTAMPING, SO_ZEROCOPY and SO_TXTIME make the kernel queue items. The
   * next call on the socket also fails with a queued error once, unless the queue is read before.
   *
   * @param options `timeout` in milliseconds, `signal`; no limit by default
   * @throws UnsupportedError `ENOTSUP` if the socket’s family has no error queue
   * @throws SocketError `EBADF` if the socket is closed
   * @throws TimeoutError if the deadline passes
   * @see recv(2), MSG_ERRQUEUE; `readErrorQueue` of `berkeley/control` takes all queued items without waiting
   */
  recvError(options?: WaitOptions): Promise<QueuedError<F>> {
    return run0(this.#core, receiveError<F>, options, arguments.length);
  }

  /** Sync form of {@link recvError}. */
  recvErrorSync(options?: SyncWaitOptions): QueuedError<F> {
    return runSync0(this.#core, receiveError<F>, options, arguments.length);
  }

  /**
   * Iterates over the items of the error queue until the socket is closed. See {@link recvError}.
   *
   * @param options `timeout` in milliseconds for each item, `signal`; no limit by default
   * @throws as {@link recvError}
   */
  errors(options?: WaitOptions): AsyncIterableIterator<QueuedError<F>> {
    return errors(this, options, wait => this.recvError(wait));
  }

  // ---- Many datagrams per call ----

  /**
   * Sends `data` as datagrams of `segmentSize` bytes each; the last one can be shorter.
   *
   * On UDP sockets the kernel divides the data (UDP_SEGMENT): one system call sends up to 64 datagrams, or 65,507
   * bytes. Otherwise each datagram is one system call: on Linux before 4.18, on other systems and families, and on
   * routes that return `EIO` (IPsec, devices without checksum offload). Data of other calls is never sent in between.
   *
   * @param data bytes, or a string, which is sent as UTF-8; any length. Do not change the bytes until the promise
   *   settles.
   * @param segmentSize the size of a datagram’s data in bytes; with the headers, it must not exceed the MTU of the
   *   route
   * @param options flags, or `{ address, flags, timeout, signal }`; `address` is the receiver on an unconnected
   *   socket
   * @returns the number of bytes sent: the length of `data`
   * @throws SocketError `EINVAL` or `EMSGSIZE` if a segment exceeds the MTU of the route, and as {@link sendto};
   *   `bytesTransferred` of the error is the number of bytes sent
   * @throws RangeError if `segmentSize` is less than 1 or larger than a datagram can be
   * @see udp(7), UDP_SEGMENT
   */
  sendSegments(data: Bytes, segmentSize: number, options?: number | AddressedOptions<F>): Promise<number> {
    return run2(this.#core, sendSegments<F>, data, segmentSize, options, arguments.length);
  }

  /** Sync form of {@link sendSegments}. */
  sendSegmentsSync(data: Bytes, segmentSize: number, options?: number | SyncAddressedOptions<F>): number {
    return runSync2(this.#core, sendSegments<F>, data, segmentSize, options, arguments.length);
  }

  /**
   * Receives datagrams that the kernel has joined. With `UDP_GRO` set, the kernel joins datagrams of one sender and
   * one size that arrive close together (Linux 5.0). Without it, the call receives one datagram.
   *
   * ```ts
   * socket.setsockopt(IPPROTO_UDP, UDP_GRO, 1);
   * const { segments, address } = await socket.recvSegments();
   * ```
   *
   * @param options flags, or `{ size, flags, timeout, signal }`; `size` is the maximum number of bytes of all
   *   datagrams together, 65,535 by default
   * @returns the datagrams, the flags and the sender’s address
   * @throws as {@link recv}
   * @throws TypeError or RangeError if an option is invalid
   * @see udp(7), UDP_GRO
   */
  recvSegments(options?: number | SegmentsOptions): Promise<ReceivedSegments<F>> {
    return run0(this.#core, receiveSegments<F>, options, arguments.length);
  }

  /** Sync form of {@link recvSegments}. */
  recvSegmentsSync(options?: number | SyncSegmentsOptions): ReceivedSegments<F> {
    return runSync0(this.#core, receiveSegments<F>, options, arguments.length);
  }

  /**
   * Receives as many messages as are available and fit into the batch. It waits only for the first.
   *
   * File descriptors of the batch’s previous messages that were not read are closed. The batch is empty and cannot be
   * used until the promise settles.
   *
   * @param batch the batch to fill; its previous messages are discarded
   * @param options as in {@link recv}
   * @returns the number of messages received, at least one; `batch.length` is the same
   * @throws as {@link recvfrom}, for the first message. The next call reports an error after it.
   * @throws Error `ERR_INVALID_STATE` if another call uses the batch, or its memory was transferred
   * @see recvmmsg(2). Platforms without it make one recvmsg(2) call per message, with the same result.
   */
  recvmmsg(batch: MessageBatch<F>, options?: number | CallOptions): Promise<number> {
    return run(this.#core, receiveBatch<F>, batch, options, arguments.length);
  }

  /** Sync form of {@link recvmmsg}. */
  recvmmsgSync(batch: MessageBatch<F>, options?: number | SyncCallOptions): number {
    return runSync(this.#core, receiveBatch<F>, batch, options, arguments.length);
  }

  /**
   * Sends all messages of the batch, in as few system calls as the kernel allows. Data of other calls is never sent
   * in between.
   *
   * The batch keeps its messages: it can be sent again, or cleared and filled. A received batch can be sent too: its
   * data goes back to the senders’ addresses, without the control messages.
   *
   * @param batch the batch to send; it cannot be changed until the promise settles
   * @param options as in {@link send}; `timeout` limits the whole call
   * @returns the number of messages sent: all
   * @throws as {@link sendmsg}, with the address of the message that failed; `messagesSent` of the error, and
   *   `batch.sent`, are the number of messages sent before it
   * @throws Error `ERR_INVALID_STATE` if another call uses the batch, or its memory was transferred
   * @see sendmmsg(2). Platforms without it make one sendmsg(2) call per message, with the same result.
   */
  sendmmsg(batch: MessageBatch<F>, options?: number | CallOptions): Promise<number> {
    return run(this.#core, sendBatch<F>, batch, options, arguments.length);
  }

  /** Sync form of {@link sendmmsg}. */
  sendmmsgSync(batch: MessageBatch<F>, options?: number | SyncCallOptions): number {
    return runSync(this.#core, sendBatch<F>, batch, options, arguments.length);
  }

  /**
   * Sends from the caller’s memory without copying it. This is faster for about 10 KB and more per call, over a real
   * network.
   *
   * The kernel reads the memory after the promise has settled. Do not change the memory, and do not close the socket,
   * until `completed` settles: the kernel might still send from the memory. The memory is not garbage collected
   * before.
   *
   * The first call sets `SO_ZEROCOPY`. Completions arrive in the socket’s error queue, which these calls read; other
   * items are left for {@link recvError} and `readErrorQueue`. The kernel numbers the sends, so do not use
   * `MSG_ZEROCOPY` or `MSG_ERRQUEUE` on this socket yourself. If the kernel cannot track another send (`ENOBUFS`),
   * the data is copied.
   *
   * @param data bytes, or a string, which is sent as UTF-8
   * @param options as in {@link send}; `timeout` and `signal` apply to the send, not to its completion
   * @returns the number of bytes sent, and the promise `completed`. It settles when the memory is free, with whether
   *   the kernel copied the data after all. It is rejected with `EBADF` if the socket is closed before.
   * @throws as {@link send}; `ENOTSUP` if this type of socket does not support it (TCP and UDP do)
   * @throws UnsupportedError if the platform has no MSG_ZEROCOPY (Linux since 4.14, for UDP since 5.0)
   * @see send(2); Documentation/networking/msg_zerocopy.rst
   */
  sendZeroCopy(data: Bytes, options?: number | CallOptions): Promise<ZeroCopySend> {
    return run(this.#core, sendZeroCopy, data, options, arguments.length);
  }

  /** Sync form of {@link sendZeroCopy}; `completed` is a promise here too. */
  sendZeroCopySync(data: Bytes, options?: number | SyncCallOptions): ZeroCopySend {
    return runSync(this.#core, sendZeroCopy, data, options, arguments.length);
  }

  // ---- Files and streams ----

  /**
   * Sends a file. The kernel transfers the data of regular files and pipes. Other files (another socket, a terminal,
   * a file in /proc) are read and sent. Data of other calls is never sent in between.
   *
   * Waiting for a pipe, a socket or a terminal does not block the thread. A regular file is read from the disk in
   * this thread, as sendfile(2) does.
   *
   * If the call ends early, no data is lost: data that was not sent stays in the pipe or the other socket. Terminals,
   * other devices, datagram sockets, and pipes on platforms without splice(2) cannot be read again. They are read
   * only when this socket has space. If the socket does not accept the data anyway, the error has it in `unsent`.
   * After an abort that data is lost, because the promise is rejected with the signal’s reason.
   *
   * When the call has ended, with or without an error, the file position is after the last byte that was sent.
   *
   * @param file a file descriptor, or an object with one in `fd`: a FileHandle, a Socket, … It can be closed during
   *   the call.
   * @param options `{ offset, count, timeout, signal }`: the first byte to send (0 by default), the number of bytes
   *   (up to the end of the file by default), and the limit of the whole call in milliseconds (no limit by default)
   * @returns the number of bytes sent
   * @throws TypeError if this is not a stream socket, or `file` is not open; RangeError if `offset` or `count` is
   *   invalid
   * @throws as {@link sendAll}, with `bytesTransferred`; `EISDIR` and other errors of read(2); `ESPIPE` if `offset`
   *   is not 0 and the file has no positions
   * @see sendfile(2)
   */
  sendfile(file: Descriptor, options?: SendfileOptions): Promise<number> {
    return sendfile(this.#core, file, options);
  }

  /**
   * Sync form of {@link sendfile}. The limit must not be 0.
   *
   * @throws TypeError if the limit is 0; otherwise as {@link sendfile}
   */
  sendfileSync(file: Descriptor, options?: SyncSendfileOptions): number {
    return sendfileSync(this.#core, file, options);
  }

  /**
   * Creates a file object that reads and writes this socket: lines, text or bytes.
   *
   * While file objects are open, {@link close} closes the socket but not the connection. The connection ends when the
   * last file object is closed. Closing a file object does not close the socket.
   *
   * @param mode `'r'`, `'w'` or both, and `'b'` for bytes instead of text; `'r'` by default
   * @param options the buffering and, for text, the encoding and the line endings
   * @throws TypeError or RangeError if an argument is invalid
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
   * Creates a Node stream that reads and writes this socket, which must be connected. The stream owns the socket. It
   * closes the socket when the stream is destroyed or both directions have ended.
   *
   * The stream has the properties and methods of a `net.Socket`. Pass it to an HTTP server with
   * `server.emit('connection', duplex)`, or to TLS with `tls.connect({ socket: duplex })`.
   *
   * @param options the options of the stream. If `signal` is already aborted, the stream is destroyed and the socket
   *   is closed.
   * @throws TypeError if this is not a stream socket, or an option is invalid; the caller still owns the socket
   * @throws SocketError `EBADF` if the socket is closed
   */
  toDuplex(options: DuplexOptions = {}): DuplexOf<F> {
    checkStream(this, 'toDuplex');
    checkSignal((checkObject(options, 'options') as DuplexOptions).signal, 'options.signal');
    this.#checkOpen();
    return toDuplex(this, this.#core, options) as DuplexOf<F>;
  }

  /**
   * Hands this connection over to a `net.Socket` of Node.js, which then owns the descriptor. Its addresses are known over
   * TLS and HTTP/2 as well, which the stream of {@link toDuplex} cannot offer. Bytes that were received and not read are
   * the first that it delivers. Calls that wait on this socket end with `EBADF`.
   *
   * @param options `allowHalfOpen`, `pauseOnCreate`, `signal`
   * @throws TypeError if this is not a stream socket of AF_INET, AF_INET6 or AF_UNIX
   * @throws UnsupportedError on Windows, where Node.js does not take over descriptors
   * @throws SocketError `EBADF` if the socket is closed
   */
  toNodeSocket(options: NodeSocketOptions = {}): NodeSocket {
    checkStream(this, 'toNodeSocket');
    const checked = checkNodeSocket(this.#core, options);
    this.#checkOpen();
    return toNodeSocket(this.#core, checked);
  }

  /**
   * Creates web streams that read and write this socket, which must be connected. The streams own the socket. They
   * close it when both have ended, or one of them has failed.
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

  /** Returns the parts of this socket that its files use. */
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
   * The kernel is asked for a C `int`, as in Python; the buffer sizes of AF_VSOCK have 64 bits. For an option with a
   * longer value, only the first four bytes are returned: the first member of a structure, or `SO_MAX_PACING_RATE`
   * limited to 2 ** 32 - 1 (which reads as -1). `SO_COOKIE` and `SO_NETNS_COOKIE`, which have 64 bits, fail with
   * `EINVAL`. Use `size`, or {@link getOption}, for these.
   *
   * @param level a `SOL_` or `IPPROTO_` constant
   * @param name the option: `SO_RCVBUF`, `TCP_NODELAY`, …
   * @returns the integer
   * @throws SocketError `ENOPROTOOPT` if the level has no such option, `EBADF` if the socket is closed
   * @throws UnsupportedError if this platform does not have the constant
   * @see getsockopt(2)
   */
  getsockopt(level: OptionLevel, name: OptionName): number;
  /**
   * Reads a socket option as bytes.
   *
   * @param size the maximum length of the value in bytes
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
   * @param value an integer (`true` is 1, `false` is 0), or the bytes of the option’s structure
   * @throws TypeError or RangeError if `value` is neither, or does not fit into a C `int`
   * @throws SocketError `ENOPROTOOPT` if the level has no such option, `EBADF` if the socket is closed
   * @throws UnsupportedError if this platform does not have the constant
   * @see setsockopt(2)
   */
  setsockopt(level: OptionLevel, name: OptionName, value: number | boolean | Bytes): void;
  /** Sets a socket option that takes a length and no value, such as `ALG_SET_AEAD_AUTHSIZE`. */
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
   * Reads a typed socket option.
   *
   * ```ts
   * import { tcp } from 'berkeley/options';
   * socket.getOption(tcp.info).rtt;
   * ```
   *
   * @param option an option of `berkeley/options`. Write-only options, and options of another family, do not compile.
   * @returns the value
   * @throws UnsupportedError if the kernel or platform does not support the option; the message says what is needed
   * @throws SocketError as {@link getsockopt}; `EPROTO` if the length of the kernel’s value is not valid for the
   *   option
   * @see getsockopt(2)
   */
  getOption<T>(option: ReadableOption<T, F>): T {
    return getTyped(this.#core, option);
  }

  /**
   * Sets a typed socket option.
   *
   * ```ts
   * import { so, tcp } from 'berkeley/options';
   * socket.setOption(tcp.nodelay, true);
   * socket.setOption(so.linger, { seconds: 1 });
   * socket.setOption(so.detachFilter);
   * ```
   *
   * @param option an option of `berkeley/options`. Read-only options, and options of another family, do not compile.
   * @param value a value of the option’s type
   * @throws TypeError or RangeError if `value` has another type or is out of range
   * @throws UnsupportedError if the kernel or platform does not support the option; the message says what is needed
   * @throws PermissionError if the option needs a privilege; the message names it
   * @throws SocketError as {@link setsockopt}
   * @see setsockopt(2)
   */
  setOption<T>(option: WritableOption<T, F>, ...[value]: OptionValue<T>): void {
    setTyped(this.#core, option, value as T);
  }

  /**
   * Returns the text that `console.log` prints: the descriptor, the names of family, type and protocol, and both
   * addresses.
   */
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

/** Creates the Socket of a core. @internal */
export function socketOf<F extends FamilyName>(core: Core<F>): Socket<F> {
  return new Socket<F>(core as never);
}

/** `accept` without options. */
const ACCEPT_NOW = acceptCall<Accepted<FamilyName>>(accepted);

function accepted<F extends FamilyName>(core: Core<F>, address: AddressOf<F> | null): Accepted<F> {
  return { socket: socketOf(core), address: address as PeerOf<F> };
}

/** Returns an address, or `undefined` if the socket has none. */
function optional<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * Returns the {@link Socket.timeout} of new sockets, in milliseconds: `null` (blocking) unless
 * {@link setDefaultTimeout} has set another value.
 */
export function getDefaultTimeout(): number | null {
  return defaultMode();
}

/**
 * Sets the {@link Socket.timeout} of new sockets in this thread.
 *
 * @param timeout `null` waits indefinitely, 0 never waits, a number is a limit in milliseconds
 * @throws TypeError or RangeError if `timeout` is invalid
 */
export function setDefaultTimeout(timeout: number | null): void {
  setDefaultMode(checkTimeout(timeout, 'timeout'));
}

/**
 * Checks the family of a socket, and narrows its TypeScript type.
 *
 * ```ts
 * const socket = Socket.adopt(3);
 * if (isFamily(socket, AF_INET6)) socket.setOption(ipv6.v6only, true);
 * ```
 *
 * @param family an `AF_` constant
 * @returns whether the socket has this family
 */
export function isFamily<F extends FamilyName>(
  socket: Socket<FamilyName> | Socket<F>,
  family: Family<F>,
): socket is Socket<F> {
  return (checkObject(socket, 'socket') as Socket).family === (family as number);
}
