import type { AddressOf, FamilyName } from '../address/address.js';
import { AddressReader } from '../address/reader.js';
import { binding } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import {
  MSG_DONTWAIT,
  MSG_ERRQUEUE,
  MSG_OOB,
  MSG_PEEK,
  MSG_TRUNC,
  MSG_WAITALL,
  SOCK_STREAM,
} from '../constants/socket.js';
import { checkInteger, invalidValue } from '../errors/argument.js';
import { toWritable, type WritableBytes } from '../layout/memory.js';
import { POLLERR, POLLIN, POLLPRI } from '../reactor/events.js';
import type { Lane } from '../reactor/lane.js';
import type { Operation } from '../reactor/operation.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { promised } from './handle.js';
import type { Direction } from './mode.js';
import { Named } from './names.js';
import {
  Receive,
  type Received,
  type ReceivedInto,
  ReceiveFrom,
  ReceiveFromInto,
  ReceiveInto,
} from './operations/receive.js';
import { ReceiveAll } from './operations/receive-all.js';

/** What one system call can be asked for: a C `int` has to hold the answer. */
const MOST = 0x7fffffff;

/** With these `MSG_WAITALL` gives what is there: a second piece would be the first again, or is no part of the stream. */
const NOT_PIECE_BY_PIECE = MSG_DONTWAIT | MSG_PEEK | MSG_TRUNC | MSG_OOB | MSG_ERRQUEUE;

/** Checks flags, which may be or-ed together from constants that this platform lacks. */
export function checkFlags(flags: number): number {
  assertPresent(flags, 'flags');
  return checkInteger(flags, 'flags', -0x80000000, MOST);
}

/** What a Sync receive with these flags waits for. */
export function sourceOf(flags: number): Direction {
  checkFlags(flags); // before a bit of them is looked at
  if (flags & MSG_ERRQUEUE) return POLLERR;
  return flags & MSG_OOB ? POLLPRI : POLLIN;
}

/** Receiving. */
export abstract class Receiver<F extends FamilyName> extends Named<F> {
  #reader: AddressReader<F> | undefined;

  /**
   * Receives: what is there, up to `size` bytes of a stream, or one datagram (cut at `size`).
   *
   * @param size the most to receive, in bytes
   * @param flags `MSG_PEEK`, `MSG_OOB`, `MSG_WAITALL`, …; with `MSG_DONTWAIT` the call fails rather than waits. What a
   *   call with `MSG_WAITALL` had got when it was aborted is kept here for the next receive, where poll(2) does not see it.
   * @param wait a signal, a timeout
   * @returns the bytes; none at the end of a stream
   * @throws SocketError `ECONNRESET`, `ENOTCONN`, …; `ETIMEDOUT` when the time is over, `EBADF` if closed meanwhile
   * @see recv(2)
   */
  recv(size: number, flags = 0, wait?: WaitOptions): Promise<Buffer> {
    return promised(() => this.drive(this.source(flags), this.#recv(size, flags, MSG_DONTWAIT), wait));
  }

  /** {@link recv}, in this thread, in the mode that {@link timeout} says. */
  recvSync(size: number, flags = 0): Buffer {
    return this.driveSync(sourceOf(flags), this.#recv(size, flags, 0));
  }

  /**
   * Receives into memory of the caller's.
   *
   * @param buffer where to write; the whole of it may be filled. It must not be transferred or resized meanwhile.
   * @param flags as in {@link recv}
   * @param wait a signal, a timeout
   * @returns how many bytes were received; 0 at the end of a stream
   * @see recv(2)
   */
  recvInto(buffer: WritableBytes, flags = 0, wait?: WaitOptions): Promise<number> {
    return promised(() => this.drive(this.source(flags), this.#recvInto(buffer, flags, MSG_DONTWAIT), wait));
  }

  /** {@link recvInto}, in this thread, in the mode that {@link timeout} says. */
  recvIntoSync(buffer: WritableBytes, flags = 0): number {
    return this.driveSync(sourceOf(flags), this.#recvInto(buffer, flags, 0));
  }

  /**
   * {@link recv}, with the address of the sender.
   *
   * @returns the bytes, and who sent them: `null` where the kernel does not say, as on connected streams
   * @see recvfrom(2)
   */
  recvfrom(size: number, flags = 0, wait?: WaitOptions): Promise<Received<F>> {
    return promised(() => this.drive(this.source(flags), this.#recvfrom(size, flags, MSG_DONTWAIT), wait));
  }

  /** {@link recvfrom}, in this thread, in the mode that {@link timeout} says. */
  recvfromSync(size: number, flags = 0): Received<F> {
    return this.driveSync(sourceOf(flags), this.#recvfrom(size, flags, 0));
  }

  /**
   * {@link recvInto}, with the address of the sender.
   *
   * @returns how many bytes were received, and who sent them
   * @see recvfrom(2)
   */
  recvfromInto(buffer: WritableBytes, flags = 0, wait?: WaitOptions): Promise<ReceivedInto<F>> {
    return promised(() =>
      this.drive(this.source(flags), this.#recvfromInto(buffer, flags, MSG_DONTWAIT), wait),
    );
  }

  /** {@link recvfromInto}, in this thread, in the mode that {@link timeout} says. */
  recvfromIntoSync(buffer: WritableBytes, flags = 0): ReceivedInto<F> {
    return this.driveSync(sourceOf(flags), this.#recvfromInto(buffer, flags, 0));
  }

  /** The lane that a receive with these flags waits in. @internal */
  protected source(flags: number): Lane {
    switch (sourceOf(flags)) {
      case POLLERR:
        return this.waitable.errors;
      case POLLPRI:
        return this.waitable.urgent;
      default:
        return this.waitable.input;
    }
  }

  /** What remembers the last sender; made when first wanted, since most sockets are streams. @internal */
  protected get reader(): AddressReader<F> {
    this.#reader ??= new AddressReader<F>(this.driver);
    return this.#reader;
  }

  #recv(size: number, flags: number, added: number): Operation<Buffer> {
    checkInteger(size, 'size', 0, MOST);
    checkFlags(flags);
    const each = this.piecesOf(flags, added);
    if (each === undefined) return new Receive(this, size, flags, added);
    const memory = Buffer.allocUnsafeSlow(size);
    return new ReceiveAll(this, 'recv', memory, each, ignore, filled => memory.subarray(0, filled));
  }

  #recvInto(buffer: WritableBytes, flags: number, added: number): Operation<number> {
    const into = checkMemory(buffer);
    checkFlags(flags);
    const each = this.piecesOf(flags, added);
    if (each === undefined) return new ReceiveInto(this, into, flags, added);
    return new ReceiveAll(this, 'recv', into, each, ignore, filled => filled);
  }

  #recvfrom(size: number, flags: number, added: number): Operation<Received<F>> {
    checkInteger(size, 'size', 0, MOST);
    checkFlags(flags);
    const each = this.piecesOf(flags, added);
    if (each === undefined) return new ReceiveFrom(this, size, flags, added, this.reader);
    const memory = Buffer.allocUnsafeSlow(size);
    return this.#receiveAllFrom(memory, each, (filled, address) => ({
      data: memory.subarray(0, filled),
      address,
    }));
  }

  #recvfromInto(buffer: WritableBytes, flags: number, added: number): Operation<ReceivedInto<F>> {
    const into = checkMemory(buffer);
    checkFlags(flags);
    const each = this.piecesOf(flags, added);
    if (each === undefined) return new ReceiveFromInto(this, into, flags, added, this.reader);
    return this.#receiveAllFrom(into, each, (bytesRead, address) => ({ bytesRead, address }));
  }

  #receiveAllFrom<T>(
    into: Uint8Array,
    flags: number,
    result: (filled: number, address: AddressOf<F> | null) => T,
  ): ReceiveAll<T> {
    let address: AddressOf<F> | null = null;
    const onPiece = () => {
      address = this.reader.read();
    };
    return new ReceiveAll(this, 'recvfrom', into, flags, onPiece, filled => result(filled, address));
  }

  /**
   * How to receive each piece, where `MSG_WAITALL` is ours to do: the kernel does it only where it may wait itself.
   * @internal
   */
  protected piecesOf(flags: number, added: number): number | undefined {
    if ((flags & MSG_WAITALL) === 0 || (flags & NOT_PIECE_BY_PIECE) !== 0 || this.type !== SOCK_STREAM)
      return undefined;
    // A duplicate, or whoever we have the descriptor from, may have set O_NONBLOCK, which then is ours too.
    const waits = added !== 0 || this.timeout !== null || binding.getNonblocking(this.fd) === 1;
    if (waits) return (flags & ~MSG_WAITALL) | MSG_DONTWAIT;
    return this.waitable.holds ? flags : undefined;
  }
}

function ignore(): void {}

function checkMemory(buffer: WritableBytes): Uint8Array {
  const memory = toWritable(buffer, 'buffer');
  if (memory.length > MOST) throw invalidValue('buffer', 'must not be longer than 2 GiB', memory.length);
  return memory;
}
