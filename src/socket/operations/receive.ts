import type { AddressOf, FamilyName } from '../../address/address.js';
import type { AddressReader } from '../../address/reader.js';
import { binding } from '../../binding.js';
import {
  MSG_DONTWAIT,
  MSG_ERRQUEUE,
  MSG_OOB,
  MSG_PEEK,
  MSG_TRUNC,
  MSG_WAITALL,
} from '../../constants/socket.js';
import { EAGAIN } from '../../errors/codes.js';
import { checkLength } from '../../message/bytes.js';
import { scratchOf, takeFrom } from '../scratch.js';
import { SocketOperation, type Target } from './socket-operation.js';

/** With these a short result, or EAGAIN, says nothing about what is left in the stream (SO_PEEK_OFF may be beyond). */
const NOT_THE_STREAM = MSG_PEEK | MSG_OOB | MSG_ERRQUEUE | MSG_TRUNC;

/** A received datagram. */
export interface Received<F extends FamilyName> {
  /** What was received; empty at the end of a stream. */
  readonly data: Buffer;
  /** Who sent it; `null` where the kernel does not say, as on connected streams. */
  readonly address: AddressOf<F> | null;
}

/** A datagram received into the caller's memory. */
export interface ReceivedInto<F extends FamilyName> {
  /** How many bytes were written to the buffer; with `MSG_TRUNC` the datagram's true size. */
  readonly bytesRead: number;
  /** Who sent it; `null` where the kernel does not say, as on connected streams. */
  readonly address: AddressOf<F> | null;
}

/** `flags` of the caller, and whether the face adds `MSG_DONTWAIT` because it waits by itself. */
abstract class Receiving<T> extends SocketOperation<T> {
  readonly once: boolean;
  protected readonly flags: number;

  constructor(
    socket: Target,
    protected readonly size: number,
    flags: number,
    added: number,
  ) {
    super(socket);
    this.once = (flags & MSG_DONTWAIT) !== 0;
    this.flags = flags | added;
  }

  attempt(): number {
    const { waitable } = this.socket;
    return waitable.owes ? waitable.takeOwed() : this.receive(waitable.fd);
  }

  protected abstract receive(fd: number): number;

  override drained(result: number): boolean {
    return result < this.size && (this.flags & NOT_THE_STREAM) === 0;
  }
}

/** recv(2) into memory of ours. */
export class Receive extends Receiving<Buffer> {
  #memory: Buffer | undefined;

  get syscall(): string {
    return 'recv';
  }

  protected receive(fd: number): number {
    this.#memory = scratchOf(this.size, this.flags);
    return binding.recv(fd, this.#memory, this.flags);
  }

  finish(result: number): Buffer {
    // With MSG_TRUNC the kernel tells the datagram's true size, which may be more than it wrote.
    return takeFrom(this.#memory!, Math.min(result, this.size));
  }
}

/** recvfrom(2) into memory of ours. */
export class ReceiveFrom<F extends FamilyName> extends Receiving<Received<F>> {
  #memory: Buffer | undefined;

  constructor(
    socket: Target,
    size: number,
    flags: number,
    added: number,
    private readonly reader: AddressReader<F>,
  ) {
    super(socket, size, flags, added);
  }

  get syscall(): string {
    return 'recvfrom';
  }

  protected receive(fd: number): number {
    this.#memory = scratchOf(this.size, this.flags);
    return binding.recvfrom(fd, this.#memory, this.flags);
  }

  finish(result: number): Received<F> {
    const address = this.reader.read();
    return { data: takeFrom(this.#memory!, Math.min(result, this.size)), address };
  }
}

/** recv(2) into the caller's memory. */
export class ReceiveInto extends Receiving<number> {
  constructor(
    socket: Target,
    private readonly into: Uint8Array,
    flags: number,
    added: number,
  ) {
    super(socket, into.length, flags, added);
  }

  get syscall(): string {
    return 'recv';
  }

  protected receive(fd: number): number {
    checkLength(this.into, this.size, 'buffer');
    return binding.recv(fd, this.into, this.flags);
  }

  finish(result: number): number {
    return result;
  }
}

/** recvfrom(2) into the caller's memory. */
export class ReceiveFromInto<F extends FamilyName> extends Receiving<ReceivedInto<F>> {
  constructor(
    socket: Target,
    private readonly into: Uint8Array,
    flags: number,
    added: number,
    private readonly reader: AddressReader<F>,
  ) {
    super(socket, into.length, flags, added);
  }

  get syscall(): string {
    return 'recvfrom';
  }

  protected receive(fd: number): number {
    checkLength(this.into, this.size, 'buffer');
    return binding.recvfrom(fd, this.into, this.flags);
  }

  finish(result: number): ReceivedInto<F> {
    return { bytesRead: result, address: this.reader.read() };
  }
}

/**
 * recv(2) with `MSG_WAITALL` where the kernel cannot do the waiting (the promise face, and a Sync call in timeout
 * mode): attempts until the memory is full, the stream ends, or the time is over. As in the kernel, what came before
 * the end, an error or the timeout is the result, and the next receive meets the error.
 */
export class ReceiveAll<T> extends SocketOperation<T> {
  #filled = 0;
  readonly #size: number;
  readonly #flags: number;

  /**
   * @param syscall how to receive
   * @param received called after each piece
   * @param result what the bytes so far make
   */
  constructor(
    socket: Target,
    readonly syscall: 'recv' | 'recvfrom',
    private readonly into: Uint8Array,
    flags: number,
    private readonly received: () => void,
    private readonly result: (filled: number) => T,
  ) {
    super(socket);
    this.#size = into.length;
    this.#flags = (flags & ~MSG_WAITALL) | MSG_DONTWAIT;
  }

  attempt(): number {
    checkLength(this.into, this.#size, 'buffer');
    while (this.#filled < this.#size) {
      const result = this.#piece();
      if (result < 0) return this.#failed(result);
      if (result === 0) break;
      this.#filled += result;
      this.received();
    }
    return this.#filled;
  }

  #piece(): number {
    const { waitable } = this.socket;
    if (waitable.owes) return waitable.takeOwed();
    return binding[this.syscall](waitable.fd, this.into.subarray(this.#filled), this.#flags);
  }

  /** The kernel has told the error and forgotten it; where there is data to give first, we keep it for the next. */
  #failed(errno: number): number {
    if (errno === EAGAIN || this.#filled === 0) return errno;
    this.socket.waitable.owe(errno);
    return this.#filled;
  }

  finish(result: number): T {
    return this.result(result);
  }

  partial(): T | undefined {
    return this.#filled === 0 ? undefined : this.result(this.#filled);
  }
}
