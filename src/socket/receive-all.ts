/**
 * Implements `MSG_WAITALL` for the calls in which the kernel cannot wait (promise calls, Sync calls with a limit), or
 * in which pending input comes first.
 *
 * The operation makes attempts until the memory is full, the stream ends, or the deadline passes. As in the kernel,
 * it returns the data that arrived before the end, an error or the deadline, and the next receive call returns the
 * error. After an abort, the next receive call returns the data.
 */
import type { AddressOf, FamilyName } from '../address/address.js';
import { binding, controlLength, messageFlags, shared } from '../binding.js';
import {
  MSG_DONTWAIT,
  MSG_PEEK,
  SCM_CREDENTIALS,
  SCM_RIGHTS,
  SO_RCVLOWAT,
  SOL_SOCKET,
} from '../constants/socket.js';
import { EAGAIN } from '../errors/codes.js';
import { checkLength, checkLengths } from '../layout/memory.js';
import { type ControlMessage, decodeControl } from '../message/control.js';
import { discardAll } from '../message/descriptors.js';
import { workOfBytes } from '../reactor/budget.js';
import { type EventMask, POLLIN } from '../reactor/events.js';
import { FULL, YIELD } from '../reactor/operation.js';
import type { Call } from './call.js';
import type { AnyCore } from './core.js';
import { recv, recvfrom, recvmsg } from './input.js';
import { SocketOperation } from './operation.js';
import type { MessageResult } from './received.js';

/** The next data has the sender of the data before it, or senders do not matter. */
const SAME_WRITER = 1;

/** The number of pieces per attempt, before other sockets are served. */
const SHARE = 16;

/** Receives piece by piece. */
abstract class Filling<T> extends SocketOperation<T> {
  readonly direction: EventMask = POLLIN;
  protected filled = 0;
  /** Whether the call must end although the memory is not full. */
  protected isOver = false;
  #lowWater: number | undefined;
  /** The number of pieces of the last attempt. */
  #pieces = 0;

  /**
   * @param size the size of the memory in bytes
   * @param flags the flags for each piece; without `MSG_DONTWAIT` the kernel waits for all data except pending input
   */
  constructor(
    core: AnyCore,
    call: Call,
    private readonly size: number,
    protected readonly flags: number,
  ) {
    super(core, call);
  }

  get progress(): number {
    return this.filled;
  }

  attempt(): number {
    this.check();
    this.#pieces = 0;
    while (this.filled < this.size && !this.isOver) {
      if (this.#pieces++ === SHARE) return YIELD;
      const { hasPending } = this.core.handle;
      const result = this.piece();
      if (result < 0) return this.#failed(result);
      this.filled += result;
      this.isOver ||= result === 0 || (!hasPending && (this.flags & MSG_DONTWAIT) === 0);
    }
    return this.filled;
  }

  /**
   * Returns the data received before an error, if there is any. The kernel has reported the error and cleared it, so
   * it is kept for the next receive call.
   */
  #failed(errno: number): number {
    if (errno === EAGAIN && (this.flags & MSG_DONTWAIT) !== 0) return this.#eventIsExpected() ? EAGAIN : FULL;
    if (this.filled === 0) return errno;
    if (errno !== EAGAIN) this.core.handle.deferError(errno);
    return this.filled;
  }

  /**
   * Returns whether an event reports when the rest arrives. With SO_RCVLOWAT above the number of missing bytes, none
   * does (socket(7)).
   */
  #eventIsExpected(): boolean {
    if (this.#lowWater === undefined) {
      const result = binding.getsockoptInt(this.core.fd, SOL_SOCKET, SO_RCVLOWAT);
      this.#lowWater = result < 0 ? 1 : shared.words[0]!;
    }
    return this.#lowWater <= this.size - this.filled;
  }

  partial(): T | undefined {
    return this.filled === 0 ? undefined : this.finish();
  }

  abandon(): void {
    if (this.filled > 0) this.core.handle.putBack(this.received());
    this.filled = 0;
  }

  /** Each piece is a system call: many small ones would take many times the turn of one. */
  work(result: number): number {
    return workOfBytes(result) + this.#pieces;
  }

  /** Checks that the memory has not changed since the call was made. */
  protected abstract check(): void;
  /** Receives into the free memory. Returns the number of bytes, 0 at the end, or -errno. */
  protected abstract piece(): number;
  /** Returns the data received so far. */
  protected abstract received(): Uint8Array;
  abstract override finish(): T;
}

/** Calls recv(2) or recvfrom(2) until the memory is full. */
export class ReceiveAll<T> extends Filling<T> {
  readonly #size: number;

  /**
   * @param syscall makes the system call
   * @param onPiece called after each piece
   * @param result creates the result from the bytes received so far
   */
  constructor(
    core: AnyCore,
    call: Call,
    readonly syscall: 'recv' | 'recvfrom',
    private readonly into: Uint8Array,
    flags: number,
    private readonly onPiece: () => void,
    private readonly result: (filled: number) => T,
  ) {
    super(core, call, into.length, flags);
    this.#size = into.length;
  }

  protected check(): void {
    checkLength(this.into, this.#size, 'buffer');
  }

  protected piece(): number {
    const space = this.into.subarray(this.filled);
    const call = this.syscall === 'recv' ? recv : recvfrom;
    const result = call(this.core, space, this.flags);
    if (result > 0) this.onPiece();
    return result;
  }

  protected received(): Uint8Array {
    // The caller can have detached the memory, and the data in it.
    return this.into.length < this.filled ? new Uint8Array(0) : this.into.subarray(0, this.filled);
  }

  finish(): T {
    return this.result(this.filled);
  }
}

/**
 * Calls recvmsg(2) until the buffers are full, or until the kernel would stop: after data with file descriptors, and
 * before data of another sender if the socket receives credentials (net/unix/af_unix.c, unix_stream_read_generic). If
 * several control messages have the same type, the last one is kept, as the kernel does with the timestamps of a TCP
 * stream.
 */
export class ReceiveMessageAll<F extends FamilyName, T> extends Filling<T> {
  readonly #lengths: readonly number[];
  readonly #space: Uint8Array | null;
  #control: ControlMessage[] = [];
  #messageFlags = 0;
  #address: AddressOf<F> | null = null;

  constructor(
    core: AnyCore,
    call: Call,
    private readonly buffers: readonly Uint8Array[],
    controlSize: number,
    flags: number,
    private readonly result: MessageResult<F, T>,
  ) {
    const lengths = buffers.map(({ length }) => length);
    super(
      core,
      call,
      lengths.reduce((sum, length) => sum + length, 0),
      flags,
    );
    this.#lengths = lengths;
    this.#space = controlSize === 0 ? null : new Uint8Array(controlSize);
  }

  get syscall(): string {
    return 'recvmsg';
  }

  protected check(): void {
    checkLengths(this.buffers, this.#lengths, 'buffers');
  }

  protected piece(): number {
    const next = this.core.handle.hasPending ? SAME_WRITER : this.#nextWriter();
    if (next <= 0) return next;
    const result = recvmsg(this.core, this.#free(), this.#space, this.flags);
    if (result > 0 || (result === 0 && this.filled === 0)) this.#merge();
    return result;
  }

  /**
   * Peeks at the credentials of the next data. Equal credentials mean the same sender. If there is no data, the result
   * of the peek is final: another sender could write before the receive call, and the peek has cleared the error.
   *
   * @returns `SAME_WRITER`; 0 before the data of another sender and at the end of the stream; or -errno
   */
  #nextWriter(): number {
    const mine = this.#control.find(isCredentials);
    if (mine === undefined) return SAME_WRITER;
    const space = new Uint8Array(this.#space!.length);
    const result = recvmsg(this.core, [new Uint8Array(1)], space, this.flags | MSG_PEEK);
    if (result <= 0) return result;
    const control = decodeControl(space, controlLength());
    discardAll(control);
    const next = control.find(isCredentials);
    return next !== undefined && Buffer.compare(next.data, mine.data) !== 0 ? 0 : SAME_WRITER;
  }

  #merge(): void {
    const control = this.#space === null ? [] : decodeControl(this.#space, controlLength());
    const isNew = ({ level, type }: ControlMessage) =>
      !control.some(item => item.level === level && item.type === type);
    discardAll(this.#control.filter(item => !isNew(item)));
    this.#control = [...this.#control.filter(isNew), ...control];
    this.#messageFlags |= messageFlags();
    this.#address = this.core.reader.read() as AddressOf<F> | null;
    this.isOver = control.some(({ level, type }) => level === SOL_SOCKET && type === SCM_RIGHTS);
  }

  /** Returns the part of the memory that is not filled. */
  #free(): Uint8Array[] {
    let skip = this.filled;
    const free: Uint8Array[] = [];
    for (const buffer of this.buffers) {
      if (skip < buffer.length) free.push(buffer.subarray(skip));
      skip = Math.max(0, skip - buffer.length);
    }
    return free;
  }

  protected received(): Uint8Array {
    return Buffer.concat(this.buffers, this.filled);
  }

  override abandon(): void {
    super.abandon();
    discardAll(this.#control);
    this.#control = [];
  }

  finish(): T {
    const envelope = { control: this.#control, flags: this.#messageFlags, address: this.#address };
    try {
      return this.result(this.filled, this.buffers, envelope);
    } catch (error) {
      discardAll(this.#control);
      throw error;
    }
  }
}

function isCredentials({ level, type }: ControlMessage): boolean {
  return level === SOL_SOCKET && type === SCM_CREDENTIALS;
}
