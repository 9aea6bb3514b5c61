/**
 * The files that sendfile sends from. Each kind takes from its file only what the socket has taken, so that a call that
 * ends early loses nothing: a pipe is spliced, a socket is peeked at first, and a file that has positions is read at one.
 * Only what can do none of these (a terminal, a datagram socket) is read first, in pieces that fit; see {@link Device}.
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
import { EAGAIN, errnoNumber } from '../errors/codes.js';
import { checked } from '../errors/errors.js';
import { POLLHUP, POLLIN } from '../reactor/events.js';
import { FULL } from '../reactor/operation.js';
import type { PollHandle } from '../reactor/poll-handle.js';
import type { AnyCore } from './core.js';

/** The most that one sendfile(2) moves: MAX_RW_COUNT of the kernel's include/linux/fs.h. */
const MOST = 0x7ffff000;
/** The most where one attempt should stay short: about a quarter of a millisecond. */
const SHORT = 1 << 20;
const CHUNK = 65536;
/** What any socket takes at once that poll(2) reports as writable; a terminal delivers at most 4,096 bytes at a time. */
const FITS = 2048;

const ESPIPE = errnoNumber('ESPIPE');

/** sendfile(2) and splice(2) return these for files that they cannot move, but that can be read. */
const otherKinds = new Set(['EINVAL', 'ENOSYS', 'ENOTSUP', 'ESPIPE'].map(errnoNumber));

/** The socket that a file is sent to. */
export class Output {
  /** `MSG_DONTWAIT`, or 0 where the call can wait in the kernel. */
  readonly flags: number;
  /** The most that one system call moves. */
  readonly most: number;

  /** @param added `MSG_DONTWAIT` where the call must not wait in the kernel, else 0 */
  constructor(
    private readonly core: AnyCore,
    added: number,
  ) {
    this.flags = added;
    this.most = added === 0 ? MOST : SHORT;
  }

  /** Whether poll(2) reports that a send does not have to wait. */
  get isWritable(): boolean {
    return this.core.handle.isWritable;
  }

  /** send(2). */
  send(data: Uint8Array): number {
    return binding.send(this.core.fd, data, this.flags);
  }

  /** sendfile(2). */
  sendfile(file: number, offset: number, count: number): number {
    const { fd } = this.core;
    if (this.flags === 0) return binding.sendfile(fd, file, offset, count);
    return withoutWaiting(fd, () => binding.sendfile(fd, file, offset, count));
  }

  /** splice(2). It never waits for the socket: it would keep the pipe locked meanwhile, also against its writers. */
  splice(pipe: number, count: number): number {
    const { fd } = this.core;
    return withoutWaiting(fd, () => binding.splice(fd, pipe, count));
  }
}

/**
 * Neither sendfile(2) nor splice(2) has a flag for "do not wait": the descriptor itself has to say it, and does so only
 * during the call, so that everything else that uses the socket finds the mode it expects.
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
  /** The system call that was made last. */
  syscall = 'sendfile';
  /** Whether the last `EAGAIN` came from the file: the call waits for the file then, and not for the socket. */
  isEmpty = false;

  constructor(
    readonly fd: number,
    protected readonly output: Output,
  ) {}

  /** What was read, was not sent, and cannot be read again. */
  get unsent(): Uint8Array {
    return NOTHING;
  }

  /** Sends up to `left` bytes, and returns how many; 0 at the end of the file; `EAGAIN`, `FULL`: not yet. */
  abstract move(left: number): number;

  /** Whether the file has something, or has ended: more than 0, 0, or -errno. */
  abstract poll(): number;

  /** After an error, when nothing was sent yet: another way to send the file, if there is one. */
  otherwise(_errno: number): Source | undefined {
    return undefined;
  }
}

/** A file that has positions: sendfile(2). */
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

/** What is read, and then sent: in one piece or in several. */
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

/** A file that has positions and that sendfile(2) does not take, such as some of /proc: read(2) at a position. */
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
 * A file that gives up what is read from it: a terminal, another character device, a datagram socket. It is read only when
 * the socket reports space, and of a device no more than fits then. What the socket does not take all the same, for lack of
 * memory or because another process has filled it, is `unsent`.
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

/** A socket that keeps boundaries, or cannot be peeked at: each receive gives up a whole message. */
class MessageSocket extends Device {
  override poll(): number {
    return pollSocket(this.fd);
  }

  protected override read(into: Uint8Array): number {
    return binding.recv(this.fd, into, MSG_DONTWAIT);
  }
}

/** A pipe: splice(2), after which what was not sent is still in the pipe. */
class Pipe extends Source {
  override syscall = 'splice';

  move(left: number): number {
    this.isEmpty = false;
    const moved = this.output.splice(this.fd, Math.min(left, this.output.most));
    if (moved !== EAGAIN) return moved;
    // Either of the two ends can be meant.
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

/** A stream socket: what is sent of it is received only afterwards. */
class StreamSocket extends Source {
  override syscall = 'recv';
  readonly #memory = Buffer.allocUnsafeSlow(CHUNK);

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
    const memory = this.#memory.subarray(0, Math.min(left, CHUNK));
    const count = this.#receive(memory, MSG_PEEK);
    this.isEmpty = count === EAGAIN;
    if (count <= 0) return count;
    this.syscall = 'send';
    const sent = this.output.send(memory.subarray(0, count));
    if (sent > 0) this.#receive(memory.subarray(0, sent), 0);
    return sent;
  }

  poll(): number {
    return this.handle?.hasPending ? POLLIN : pollSocket(this.fd);
  }

  /** Some transports of AF_VSOCK cannot peek. */
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

/** Asks poll(2) whether a receive would return something. An unread error queue is an event too, and no input. */
function pollSocket(fd: number): number {
  const events = binding.wait(fd, POLLIN, 0);
  return events <= 0 || events & (POLLIN | POLLHUP) ? events : -Math.abs(socketOption(fd, SO_ERROR));
}

/** With SO_PEEK_OFF set a peek does not begin where a receive does. */
function isPeekable(fd: number): boolean {
  if (socketOption(fd, SO_TYPE) !== SOCK_STREAM) return false;
  return isAbsent(SO_PEEK_OFF) || socketOption(fd, SO_PEEK_OFF) < 0;
}

/** A file to send from, and where it starts: `undefined` if it has no positions. */
export interface Opened {
  readonly source: Source;
  readonly start: number | undefined;
}

/**
 * Finds out what a file is.
 *
 * @param fd its descriptor
 * @param offset where to start, which has to be 0 in a file that has no positions
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
