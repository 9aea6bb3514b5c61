import type { AddressOf, FamilyName } from '../../address/address.js';
import type { AddressReader } from '../../address/reader.js';
import { MSG_DONTWAIT, MSG_ERRQUEUE, MSG_OOB, MSG_PEEK, MSG_TRUNC } from '../../constants/socket.js';
import { checkLength } from '../../layout/memory.js';
import type { Waitable } from '../../reactor/waitable.js';
import { scratchOf, takeFrom } from '../scratch.js';
import { recv, recvfrom } from './receive-calls.js';
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
  #wasHeld = false;

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
    this.#wasHeld = waitable.holds;
    return this.receive(waitable);
  }

  protected abstract receive(waitable: Waitable): number;

  override drained(result: number): boolean {
    return result < this.size && !this.#wasHeld && (this.flags & NOT_THE_STREAM) === 0;
  }
}

/** recv(2) into memory of ours. */
export class Receive extends Receiving<Buffer> {
  #memory: Buffer | undefined;

  get syscall(): string {
    return 'recv';
  }

  protected receive(waitable: Waitable): number {
    this.#memory = scratchOf(this.size, this.flags);
    return recv(waitable, this.#memory, this.flags);
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

  protected receive(waitable: Waitable): number {
    this.#memory = scratchOf(this.size, this.flags);
    return recvfrom(waitable, this.#memory, this.flags);
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

  protected receive(waitable: Waitable): number {
    checkLength(this.into, this.size, 'buffer');
    return recv(waitable, this.into, this.flags);
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

  protected receive(waitable: Waitable): number {
    checkLength(this.into, this.size, 'buffer');
    return recvfrom(waitable, this.into, this.flags);
  }

  finish(result: number): ReceivedInto<F> {
    return { bytesRead: result, address: this.reader.read() };
  }
}
