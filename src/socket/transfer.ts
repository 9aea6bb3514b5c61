/** The operations that move the bytes of one buffer: recv(2), recvfrom(2), send(2) and sendto(2). */
import type { SocketError } from '../errors/errors.js';
import { workOfBytes } from '../reactor/budget.js';
import type { EventMask } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import type { Call } from './call.js';
import type { AnyCore } from './core.js';
import type { Destination } from './destination.js';
import { closed, expired, failure } from './failure.js';

/** What differs between the operations: one row per call. */
export interface Kind<T> {
  readonly syscall: string;
  /** Whether the call needs space in a queue; see {@link Operation.needsSpace}. */
  readonly needsSpace: boolean;
  /** Makes the system call; see {@link Operation.attempt}. */
  attempt(transfer: Transfer<T>): number;
  finish(transfer: Transfer<T>, result: number): T;
  drained(transfer: Transfer<T>, result: number): boolean;
  /** Identifies the receiver of a send call; see {@link Operation.destination}. */
  destination(transfer: Transfer<T>): string | undefined;
  /** Whether errors contain the number of bytes that were moved before. */
  readonly countsBytes: boolean;
}

/**
 * One call that moves bytes. It is one class for all rows, and extends none: these calls are made per message, V8 does
 * not inline a chain of constructors, and the reactor reads the properties of one shape faster than those of many.
 */
export class Transfer<T> implements Operation<T> {
  /** The `sockaddr` of the receiver, if the call has one. */
  sockaddr: Uint8Array | null = null;
  /** The receiver whose host name is being resolved. */
  to: Destination | null = null;
  /** The number of bytes that earlier attempts have moved. */
  moved = 0;
  /** Whether the last attempt of a receive call took pending input. */
  wasPending = false;
  /** Whether MSG_FASTOPEN has started a handshake. The address must then not be passed again. */
  isConnecting = false;

  /**
   * @param memory the memory of the caller; `undefined` for a receive call that allocates its result
   * @param size the length of the memory, or the requested size
   */
  constructor(
    readonly kind: Kind<T>,
    readonly core: AnyCore,
    readonly wait: Call,
    readonly direction: EventMask,
    public memory: Uint8Array | undefined,
    readonly size: number,
    public flags: number,
  ) {}

  /** The `sockaddr` of the receiver; `null` if there is none, or until it is known. */
  get receiver(): Uint8Array | null {
    return this.sockaddr ?? this.to?.sockaddr ?? null;
  }

  get needsSpace(): boolean {
    return this.kind.needsSpace;
  }

  get destination(): string | undefined {
    return this.kind.destination(this);
  }

  get progress(): number {
    return this.moved;
  }

  attempt(): number {
    return this.kind.attempt(this);
  }

  finish(result: number): T {
    return this.kind.finish(this, result);
  }

  drained(result: number): boolean {
    return this.kind.drained(this, result);
  }

  work(result: number): number {
    return workOfBytes(result);
  }

  prepare(): void {
    this.to?.prepareNow();
  }

  abandon(): void {
    this.to?.abandon();
  }

  fail(errno: number): SocketError {
    return this.#note(failure(this.core, this.kind.syscall, errno, this.receiver));
  }

  expired(milliseconds: number): SocketError {
    return this.#note(expired(this.core, this.kind.syscall, milliseconds, this.receiver));
  }

  closed(whileWaiting: boolean): SocketError {
    return this.#note(closed(this.core, this.kind.syscall, whileWaiting, this.receiver));
  }

  #note(error: SocketError): SocketError {
    if (this.kind.countsBytes) error.bytesTransferred = this.moved;
    return error;
  }
}
