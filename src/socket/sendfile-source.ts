/**
 * The files that sendfile sends from. Each class removes from its file only the data that the socket has accepted, so
 * that a call that ends early loses no data: it splices from a pipe, peeks at a socket first, and reads a file with
 * positions at a position. A file that supports none of these (a terminal, a datagram socket) is read first, in
 * pieces that fit; see {@link Device}.
 */
import { binding, shared } from '../binding.js';
import { isAbsent } from '../constants/constant.js';
import {
  MSG_DONTWAIT,
  MSG_PEEK,
  SO_ERROR,
  SO_PEEK_OFF,
  SO_TYPE,
  SOCK_STREAM,
  SOL_SOCKET,
} from '../constants/socket.js';
import { EAGAIN, EINVAL, ENOSYS, ENOTSUP, ESPIPE } from '../errors/codes.js';
import { checked } from '../errors/errors.js';
import { POLLHUP, POLLIN } from '../reactor/events.js';
import { FULL } from '../reactor/operation.js';
import type { PollHandle } from '../reactor/poll-handle.js';
import type { AnyCore } from './core.js';

/** The maximum size of one sendfile(2) call: MAX_RW_COUNT of the kernel’s include/linux/fs.h. */
const MOST = 0x7ffff000;
/** The maximum size of one attempt that must be short: it takes about a quarter of a millisecond. */
const SHORT = 1 << 20;
const CHUNK = 65536;
/**
 * The size that any socket accepts immediately if poll(2) reports it as writable. A terminal delivers at most 4,096
 * bytes per call.
 */
const FITS = 2048;

/** The errors of sendfile(2) and splice(2) for files that they cannot transfer, but that can be read. */
const otherKinds = new Set([EINVAL, ENOSYS, ENOTSUP, ESPIPE]);

/** The socket that a file is sent to. */
export class Output {
  /** `MSG_DONTWAIT`, or 0 if the call can wait in the kernel. */
  readonly flags: number;
  /** The maximum size of one system call. */
  readonly most: number;

  /** @param added `MSG_DONTWAIT` if the call must not wait in the kernel, otherwise 0 */
  constructor(
    private readonly core: AnyCore,
    added: number,
  ) {
    this.flags = added;
    this.most = added === 0 ? MOST : SHORT;
  }

  /** Whether poll(2) reports that a send call does not have to wait. */
  get isWritable(): boolean {
    return this.core.handle.isWritable;
  }

  /** Calls send(2). */
  send(data: Uint8Array): number {
    return binding.send(this.core.fd, data, this.flags);
  }

  /** Calls sendfile(2). */
  sendfile(file: number, offset: number, count: number): number {
    const { fd } = this.core;
    if (this.flags === 0) return binding.sendfile(fd, file, offset, count);
    return withoutWaiting(fd, () => binding.sendfile(fd, file, offset, count));
  }

  /** Calls splice(2). It never waits for the socket: a waiting splice keeps the pipe locked, even for its writers. */
  splice(pipe: number, count: number): number {
    const { fd } = this.core;
    return withoutWaiting(fd, () => binding.splice(fd, pipe, count));
  }
}

/**
 * Calls a function while the file descriptor is non-blocking. sendfile(2) and splice(2) have no flag for it. The mode
 * is restored after the call, so that other users of the socket find the mode that they expect.
 */
function withoutWaiting(fd: number, call: () => number): number {
  const blocks = binding.getNonblocking(fd) === 0;
  if (blocks) binding.setNonblocking(fd, 1);
  const result = call();
  if (blocks) binding.setNonblocking(fd, 0);
  return result;
}

const NOTHING = new Uint8Array(0);

/** A file to send from. */
export abstract class Source {
  /** The name of the last system call. */
  syscall = 'sendfile';
  /** Whether the last `EAGAIN` came from the file, so that the call waits for the file and not for the socket. */
  isEmpty = false;

  constructor(
    readonly fd: number,
    protected readonly output: Output,
  ) {}

  /** The data that was read, was not sent, and cannot be read again. */
  get unsent(): Uint8Array {
    return NOTHING;
  }

  /**
   * Sends up to `left` bytes. Returns the number of bytes sent, 0 at the end of the file, or `EAGAIN` or `FULL` if it
   * must wait.
   */
  abstract move(left: number): number;

  /** Returns more than 0 if the file has data or has ended, 0 if it has none, or -errno. */
  abstract poll(): number;

  /** Returns another way to send the file after an error, if there is one and nothing was sent yet. */
  otherwise(_errno: number): Source | undefined {
    return undefined;
  }
}

/** A file with positions: sendfile(2). */
class RegularFile extends Source {
  #position: number;

  constructor(fd: number, output: Output, start: number) {
    super(fd, output);
    this.#position = start;
  }

  move(left: number): number {
    const { output } = this;
    const moved = output.sendfile(this.fd, this.#position, Math.min(left, output.most));
    if (moved > 0) this.#position += moved;
    return moved;
  }

  poll(): number {
    return POLLIN;
  }

  override otherwise(errno: number): Source | undefined {
    return otherKinds.has(errno) ? new PositionedFile(this.fd, this.output, this.#position) : undefined;
  }
}

/** A file that is read into memory and then sent, in one or several pieces. */
abstract class Copied extends Source {
  readonly #memory: Uint8Array;
  protected rest: Uint8Array = NOTHING;

  constructor(fd: number, output: Output, size: number) {
    super(fd, output);
    this.#memory = Buffer.allocUnsafeSlow(size);
  }

  move(left: number): number {
    this.isEmpty = false;
    if (this.rest.length === 0) {
      const count = this.#fill(left);
      if (count <= 0) return count;
    }
    this.syscall = 'send';
    const sent = this.output.send(this.rest);
    if (sent > 0) this.rest = this.rest.subarray(sent);
    return sent;
  }

  poll(): number {
    return binding.wait(this.fd, POLLIN, 0);
  }

  #fill(left: number): number {
    this.syscall = 'read';
    const ready = this.poll();
    const into = this.#memory.subarray(0, Math.min(left, this.#memory.length));
    const count = ready > 0 ? this.read(into) : ready || EAGAIN;
    this.isEmpty = count === EAGAIN;
    if (count > 0) this.rest = into.subarray(0, count);
    return count;
  }

  protected abstract read(into: Uint8Array): number;
}

/** A file with positions that sendfile(2) does not support, such as some files in /proc: read(2) at a position. */
class PositionedFile extends Copied {
  #position: number;

  constructor(fd: number, output: Output, start: number) {
    super(fd, output, CHUNK);
    this.#position = start;
  }

  protected read(into: Uint8Array): number {
    const count = binding.read(this.fd, into, this.#position);
    if (count > 0) this.#position += count;
    return count;
  }
}

/**
 * A file that cannot be read twice: a terminal, another character device, a datagram socket. It is read only when the
 * socket reports space, and at most as much as fits then. If the socket does not accept the data anyway, for lack of
 * memory or because another process has filled it, the data is in `unsent`.
 */
class Device extends Copied {
  override get unsent(): Uint8Array {
    return this.rest;
  }

  override move(left: number): number {
    this.isEmpty = false;
    if (this.rest.length === 0 && !this.output.isWritable) return EAGAIN;
    return super.move(left);
  }

  protected read(into: Uint8Array): number {
    return binding.read(this.fd, into, -1);
  }
}

/** A socket that keeps message boundaries, or cannot be peeked at. Each receive call removes a whole message. */
class MessageSocket extends Device {
  override poll(): number {
    return pollSocket(this.fd);
  }

  protected override read(into: Uint8Array): number {
    return binding.recv(this.fd, into, MSG_DONTWAIT);
  }
}

/** A pipe. splice(2) leaves data that was not sent in the pipe. */
class Pipe extends Source {
  override syscall = 'splice';

  move(left: number): number {
    this.isEmpty = false;
    const moved = this.output.splice(this.fd, Math.min(left, this.output.most));
    if (moved !== EAGAIN) return moved;
    // The error can concern the pipe or the socket.
    this.isEmpty = this.poll() === 0;
    if (this.isEmpty || !this.output.isWritable) return EAGAIN;
    return FULL; // the pipe was filled meanwhile, or the kernel is short of memory: no event tells
  }

  poll(): number {
    return binding.wait(this.fd, POLLIN, 0);
  }

  override otherwise(errno: number): Source | undefined {
    return otherKinds.has(errno) ? new Device(this.fd, this.output, FITS) : undefined;
  }
}

/** A stream socket. Data is peeked at, sent, and removed from the socket only afterwards. */
class StreamSocket extends Source {
  override syscall = 'recv';
  readonly #memory = Buffer.allocUnsafeSlow(CHUNK);
  /** The number of bytes that were sent and are not removed yet. */
  #surplus = 0;

  /** @param handle the handle of the Socket, if the caller passed one: it can have pending input */
  constructor(
    fd: number,
    output: Output,
    private readonly handle: PollHandle | undefined,
  ) {
    super(fd, output);
  }

  move(left: number): number {
    this.syscall = 'recv';
    const failure = this.#remove();
    if (failure < 0) return failure;
    const memory = this.#memory.subarray(0, Math.min(left, CHUNK));
    const count = this.#receive(memory, MSG_PEEK);
    this.isEmpty = count === EAGAIN;
    if (count <= 0) return count;
    this.syscall = 'send';
    const sent = this.output.send(memory.subarray(0, count));
    if (sent > 0) {
      this.#surplus = sent;
      this.#remove();
    }
    return sent;
  }

  /**
   * Removes what was sent. A part that stays, because the call fails or returns less, is removed before the next piece:
   * otherwise it would be sent twice. Returns 0 or -errno.
   */
  #remove(): number {
    while (this.#surplus > 0) {
      const count = this.#receive(this.#memory.subarray(0, this.#surplus), 0);
      if (count < 0 && count !== EAGAIN) return count;
      // Nothing is left if another reader has taken it.
      this.#surplus = count > 0 ? this.#surplus - count : 0;
    }
    return 0;
  }

  poll(): number {
    return this.handle?.hasPending ? POLLIN : pollSocket(this.fd);
  }

  /** Reads the socket without peeking: some transports of AF_VSOCK do not support MSG_PEEK. */
  override otherwise(errno: number): Source | undefined {
    return otherKinds.has(errno) ? new MessageSocket(this.fd, this.output, CHUNK) : undefined;
  }

  #receive(into: Uint8Array, flags: number): number {
    if (this.handle?.hasPending) return this.handle.takePending([into], flags);
    return binding.recv(this.fd, into, flags | MSG_DONTWAIT);
  }
}

function socketOption(fd: number, name: number): number {
  const result = binding.getsockoptInt(fd, SOL_SOCKET, name);
  return result < 0 ? result : shared.words[0]!;
}

/**
 * Polls a socket: returns whether a receive call would return something. An unread error queue is also an event, but
 * not input.
 */
function pollSocket(fd: number): number {
  const events = binding.wait(fd, POLLIN, 0);
  return events <= 0 || events & (POLLIN | POLLHUP) ? events : -Math.abs(socketOption(fd, SO_ERROR));
}

/** Returns whether a peek starts at the next byte to receive. With SO_PEEK_OFF set it does not. */
function isPeekable(fd: number): boolean {
  if (socketOption(fd, SO_TYPE) !== SOCK_STREAM) return false;
  return isAbsent(SO_PEEK_OFF) || socketOption(fd, SO_PEEK_OFF) < 0;
}

/** An open source, and the position where it starts: `undefined` if the file has no positions. */
export interface Opened {
  readonly source: Source;
  readonly start: number | undefined;
}

/**
 * Creates the source for a file, according to its type.
 *
 * @param fd the file descriptor
 * @param offset the start position, which must be 0 if the file has no positions
 * @param handle the handle of the Socket, if the caller passed one
 * @throws SocketError `ESPIPE`, `EBADF`, …
 */
export function openSource(
  fd: number,
  offset: number,
  output: Output,
  handle: PollHandle | undefined,
): Opened {
  const result = binding.seek(fd, offset);
  if (result !== ESPIPE || offset !== 0) {
    checked(result, 'lseek');
    return { source: new RegularFile(fd, output, offset), start: offset };
  }
  if (socketOption(fd, SO_TYPE) < 0) return { source: new Pipe(fd, output), start: undefined };
  const source = isPeekable(fd) ? new StreamSocket(fd, output, handle) : new MessageSocket(fd, output, CHUNK);
  return { source, start: undefined };
}
