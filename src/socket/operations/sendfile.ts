import { binding } from '../../binding.js';
import { MSG_DONTWAIT } from '../../constants/socket.js';
import { errnoNumber } from '../../errors/codes.js';
import { SocketError } from '../../errors/errors.js';
import { YIELD } from '../../reactor/operation.js';
import { SocketOperation, type Target } from './socket-operation.js';

/** How many system calls one attempt makes before others have their turn. */
const SHARE = 4;
/** The most that one sendfile(2) moves: MAX_RW_COUNT of the kernel's include/linux/fs.h. */
const MOST = 0x7ffff000;
/** The most in the promise face, where one attempt should stay short: about a quarter of a millisecond. */
const SHORT = 1 << 20;
const CHUNK = 65536;

/** How sendfile(2) says that this is no file it can take, but one that can be read all the same. */
const notThatKind = new Set(['EINVAL', 'ENOSYS', 'ENOTSUP', 'ESPIPE'].map(errnoNumber));

/** The file to be sent. */
export interface Source {
  readonly fd: number;
  /** Where it starts, in bytes; `undefined` for what has no positions: pipes, sockets, terminals. */
  readonly start: number | undefined;
  /** Reads at `position`: 0 is the end, `EAGAIN` that it will call when there is something. */
  read(into: Uint8Array, position: number | undefined): number;
}

/** Makes the system calls of one face: with or without waiting. */
export interface Mover {
  readonly most: number;
  readonly flags: number;
  sendfile(fd: number, file: number, offset: number, count: number): number;
}

/** On a blocking descriptor this waits in the kernel until all is sent. */
export const waiting: Mover = {
  most: MOST,
  flags: 0,
  sendfile: (fd, file, offset, count) => binding.sendfile(fd, file, offset, count),
};

/**
 * There is no flag for "do not wait" in sendfile(2): the descriptor itself has to say it, and does so no longer than
 * the call takes, so that whatever else runs on the socket meanwhile finds the mode it expects.
 */
export const notWaiting: Mover = {
  most: SHORT,
  flags: MSG_DONTWAIT,
  sendfile(fd, file, offset, count) {
    const blocks = binding.getNonblocking(fd) === 0;
    if (blocks) binding.setNonblocking(fd, 1);
    const result = binding.sendfile(fd, file, offset, count);
    if (blocks) binding.setNonblocking(fd, 0);
    return result;
  },
};

/**
 * sendfile(2) until the end of the file, or until `count` bytes are sent; where the file is not of a kind that
 * sendfile takes (a pipe, a file of /proc), read(2) and send(2) by turns. It holds its lane until then.
 */
export class Sendfile extends SocketOperation<number> {
  /** Whether anything was tried yet. */
  started = false;
  #sent = 0;
  #syscall = 'sendfile';
  #memory: Uint8Array | undefined;
  /** What was read and is not sent yet. */
  #held: Uint8Array = new Uint8Array(0);

  constructor(
    socket: Target,
    private readonly file: Source,
    private readonly count: number,
    private readonly mover: Mover,
  ) {
    super(socket);
    if (file.start === undefined) this.#copyFromNowOn();
  }

  /** How many bytes were sent so far. */
  get sent(): number {
    return this.#sent;
  }

  get syscall(): string {
    return this.#syscall;
  }

  attempt(): number {
    this.started = true;
    for (let step = 0; step < SHARE; step++) {
      const left = this.count - this.#sent;
      const moved = this.#memory === undefined ? this.#move(left) : this.#copy(this.#memory, left);
      if (moved < 0) return moved;
      this.#sent += moved;
      if (moved === 0 || moved === left) return this.#sent;
    }
    return YIELD;
  }

  finish(): number {
    return this.#sent;
  }

  override fail(errno: number): Error {
    const error = super.fail(errno);
    if (error instanceof SocketError) error.bytesTransferred = this.#sent;
    return error;
  }

  #position(): number | undefined {
    return this.file.start === undefined ? undefined : this.file.start + this.#sent;
  }

  #move(left: number): number {
    const { file, mover } = this;
    const { fd } = this.socket.waitable;
    const moved = mover.sendfile(fd, file.fd, this.#position()!, Math.min(left, mover.most));
    if (!notThatKind.has(moved) || this.#sent > 0) return moved;
    return this.#copy(this.#copyFromNowOn(), left);
  }

  #copyFromNowOn(): Uint8Array {
    this.#memory = Buffer.allocUnsafeSlow(CHUNK);
    return this.#memory;
  }

  #copy(memory: Uint8Array, left: number): number {
    if (this.#held.length === 0) {
      this.#syscall = 'read';
      const size = Math.min(left, memory.length);
      const count = this.file.read(memory.subarray(0, size), this.#position());
      if (count <= 0) return count;
      this.#held = memory.subarray(0, count);
    }
    this.#syscall = 'send';
    const sent = binding.send(this.socket.waitable.fd, this.#held, this.mover.flags);
    if (sent > 0) this.#held = this.#held.subarray(sent);
    return sent;
  }
}
