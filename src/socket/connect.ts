/** Connects: connect(2). */
import type { FamilyName } from '../address/address.js';
import { binding, shared } from '../binding.js';
import { SO_ERROR, SOL_SOCKET } from '../constants/socket.js';
import { checkObject } from '../errors/argument.js';
import { EAGAIN, EALREADY, EINPROGRESS, EINTR, EISCONN } from '../errors/codes.js';
import { SocketError } from '../errors/errors.js';
import { type EventMask, POLLOUT } from '../reactor/events.js';
import { FULL, type Operation } from '../reactor/operation.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { type Call, type Form, parseCall, waitKeys } from './call.js';
import type { AnyCore, Core } from './core.js';
import { Destination, type Target } from './destination.js';
import { SocketOperation } from './operation.js';

/** Removes the peer address of a datagram socket: connect(2) with AF_UNSPEC. */
export interface UnspecifiedAddress {
  /** The unspecified family, `AF_UNSPEC`. */
  readonly family: 'unspec';
}

const KEYS = waitKeys();

/**
 * Calls connect(2) once and then waits for the result: "The socket is nonblocking and the connection cannot be
 * completed immediately … use getsockopt(2) to read the SO_ERROR option" (connect(2), EINPROGRESS).
 *
 * There are three exceptions:
 *
 * - A signal has interrupted the call. The kernel continues to connect, except for a Unix socket that waits for space in
 *   its peer’s backlog (net/unix/af_unix.c, unix_stream_connect). Only another call can tell: it returns EALREADY, EISCONN
 *   or the result if the connection continues, and starts one if there is none.
 * - If the backlog of a Unix socket’s peer is full, connect returns EAGAIN. No connection attempt was started, and no
 *   event reports when the backlog has space again (net/unix/af_unix.c, unix_stream_connect). A blocking connect
 *   sleeps in the kernel; this operation tries again after a pause.
 * - When a non-blocking TCP connection has completed, Linux changes the state of the socket only at another connect
 *   call (net/ipv4/af_inet.c, __inet_stream_connect). This operation makes that call. Otherwise a second connect of
 *   the caller would succeed, although POSIX requires EISCONN.
 */
class Connect extends SocketOperation<void> {
  readonly direction: EventMask = POLLOUT;
  #isStarted = false;
  readonly #mustNotBlock: boolean;

  constructor(
    core: AnyCore,
    call: Call,
    private readonly to: Destination,
  ) {
    super(core, call);
    this.#mustNotBlock = call.added !== 0;
  }

  get syscall(): string {
    return 'connect';
  }

  override get sockaddr(): Uint8Array | null {
    return this.to.sockaddr;
  }

  get continues(): boolean {
    return this.#isStarted;
  }

  attempt(): number {
    if (this.#isStarted) return this.#completed();
    const { sockaddr } = this.to;
    return sockaddr === null ? this.to.prepare() : this.#start(sockaddr);
  }

  #start(sockaddr: Uint8Array): number {
    const { fd } = this.core;
    // connect(2) has no flag for non-blocking calls, so the file descriptor itself must be non-blocking.
    const mode = this.#mustNotBlock ? binding.setNonblocking(fd, 1) : 0;
    const result = mode < 0 ? mode : connectUninterrupted(fd, sockaddr);
    if (result === EINPROGRESS && this.wait.timeout !== 0) {
      this.#isStarted = true;
      return this.#completed(); // as it is at once with a peer on this machine
    }
    return result === EAGAIN ? FULL : result;
  }

  #completed(): number {
    const { fd } = this.core;
    const ready = binding.wait(fd, POLLOUT, 0);
    if (ready <= 0) return ready === 0 ? EAGAIN : ready;
    const result = binding.getsockoptInt(fd, SOL_SOCKET, SO_ERROR);
    if (result < 0 || shared.words[0] !== 0) return result < 0 ? result : -shared.words[0]!;
    const isTwice = this.core.driver.connectsTwice?.(this.core.type) ?? false;
    const again = isTwice ? binding.connect(fd, this.to.sockaddr!) : 0;
    return again === EISCONN ? 0 : again;
  }

  prepare(): void {
    this.to.prepareNow();
  }

  finish(): void {
    this.#restoreMode();
  }

  #restoreMode(): void {
    if (this.#mustNotBlock) this.core.restoreMode();
  }

  /**
   * Returns the error. After SO_SNDTIMEO a blocking connect(2) returns EINPROGRESS, and the kernel continues to
   * connect (socket(7)).
   */
  override fail(errno: number): SocketError {
    this.#restoreMode();
    return super.fail(errno === EAGAIN && this.#isStarted ? EINPROGRESS : errno);
  }

  abandon(): void {
    this.to.abandon();
    this.#restoreMode();
  }
}

/** Calls connect(2), and again after a signal: see {@link Connect}. */
function connectUninterrupted(fd: number, sockaddr: Uint8Array): number {
  let result = binding.connect(fd, sockaddr);
  if (result !== EINTR) return result;
  while (result === EINTR) result = binding.connect(fd, sockaddr);
  if (result === EISCONN) return 0;
  return result === EALREADY ? EINPROGRESS : result;
}

/** Creates the operation of `connect`. */
export function connect<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  address: Target<F> | UnspecifiedAddress,
  options: WaitOptions | undefined,
): Operation<void> {
  const call = parseCall(core, form, options, KEYS);
  const isUnspecified = (checkObject(address, 'address') as { family?: unknown }).family === 'unspec';
  const to = isUnspecified ? Destination.unspecified(core) : Destination.of(core, address as Target<F>, call);
  return new Connect(core, call, to);
}

/** Returns the positive errno of an error of connect(2). Throws any other error again. */
export function connectErrno(error: unknown): number {
  if (error instanceof SocketError && error.syscall === 'connect') return -error.errno;
  throw error;
}
