/**
 * Receiving with `MSG_WAITALL` where the kernel cannot do the waiting (the promise face, a Sync call in timeout mode), or
 * where something is held that comes first.
 *
 * Attempts are made until the memory is full, the stream ends, or the time is over. As in the kernel, what came before
 * the end, an error or the timeout is the result, and the next receive meets the error. What came before an abort is
 * the next receive's.
 */
import type { AddressOf, FamilyName } from '../../address/address.js';
import type { AddressReader } from '../../address/reader.js';
import { controlLength, messageFlags } from '../../binding.js';
import { MSG_DONTWAIT, MSG_PEEK, SCM_CREDENTIALS, SCM_RIGHTS, SOL_SOCKET } from '../../constants/socket.js';
import { EAGAIN } from '../../errors/codes.js';
import { checkLength } from '../../layout/memory.js';
import { type ControlMessage, decodeControl } from '../../message/control.js';
import { discardAll } from '../../message/descriptors.js';
import { YIELD } from '../../reactor/operation.js';
import { checkLengths, type MessageResult } from './message.js';
import { recv, recvfrom, recvmsg } from './receive-calls.js';
import { SocketOperation, type Target } from './socket-operation.js';

/** How many pieces one attempt receives before others have their turn. */
const SHARE = 16;

/** Receives piece by piece. */
abstract class Filling<T> extends SocketOperation<T> {
  protected filled = 0;
  /** Nothing more is to be received, although there is room. */
  protected isOver = false;

  /**
   * @param size how much there is room for
   * @param flags how to receive each piece; without `MSG_DONTWAIT` the kernel waits for all but what is held
   */
  constructor(
    socket: Target,
    private readonly size: number,
    protected readonly flags: number,
  ) {
    super(socket);
  }

  attempt(): number {
    this.check();
    for (let step = 0; this.filled < this.size && !this.isOver; step++) {
      if (step === SHARE) return YIELD;
      const { holds } = this.socket.waitable;
      const result = this.piece();
      if (result < 0) return this.#failed(result);
      this.filled += result;
      this.isOver ||= result === 0 || (!holds && (this.flags & MSG_DONTWAIT) === 0);
    }
    return this.filled;
  }

  /** The kernel has told the error and forgotten it; where there is data to give first, it is held for the next. */
  #failed(errno: number): number {
    if (this.filled === 0 || (errno === EAGAIN && (this.flags & MSG_DONTWAIT) !== 0)) return errno;
    if (errno !== EAGAIN) this.socket.waitable.owe(errno);
    return this.filled;
  }

  partial(): T | undefined {
    return this.filled === 0 ? undefined : this.finish();
  }

  abandon(): void {
    if (this.filled > 0) this.socket.waitable.putBack(this.received());
  }

  /** The memory is what it was when the call was made. */
  protected abstract check(): void;
  /** Receives into what is free: how much, 0 at the end, or -errno. */
  protected abstract piece(): number;
  /** What was received so far. */
  protected abstract received(): Uint8Array;
  abstract override finish(): T;
}

/** recv(2) or recvfrom(2) until all is there. */
export class ReceiveAll<T> extends Filling<T> {
  readonly #size: number;

  /**
   * @param syscall how to receive
   * @param onPiece called after each piece
   * @param result what the bytes so far make
   */
  constructor(
    socket: Target,
    readonly syscall: 'recv' | 'recvfrom',
    private readonly into: Uint8Array,
    flags: number,
    private readonly onPiece: () => void,
    private readonly result: (filled: number) => T,
  ) {
    super(socket, into.length, flags);
    this.#size = into.length;
  }

  protected check(): void {
    checkLength(this.into, this.#size, 'buffer');
  }

  protected piece(): number {
    const { waitable } = this.socket;
    const room = this.into.subarray(this.filled);
    const call = this.syscall === 'recv' ? recv : recvfrom;
    const result = call(waitable, room, this.flags);
    if (result > 0) this.onPiece();
    return result;
  }

  protected received(): Uint8Array {
    return this.into.subarray(0, this.filled);
  }

  finish(): T {
    return this.result(this.filled);
  }
}

/**
 * recvmsg(2) until all is there, or until where the kernel would stop: after data that brought descriptors, and before
 * another writer's, when the socket asks for credentials (net/unix/af_unix.c, unix_stream_read_generic). Of control
 * messages of one kind the last is kept, as the kernel does with the timestamps of a TCP stream.
 */
export class ReceiveMessageAll<F extends FamilyName, T> extends Filling<T> {
  readonly #lengths: readonly number[];
  readonly #room: Uint8Array | null;
  #control: ControlMessage[] = [];
  #messageFlags = 0;
  #address: AddressOf<F> | null = null;

  constructor(
    socket: Target,
    private readonly buffers: readonly Uint8Array[],
    controlSize: number,
    flags: number,
    private readonly reader: AddressReader<F>,
    private readonly result: MessageResult<F, T>,
  ) {
    const lengths = buffers.map(({ length }) => length);
    super(
      socket,
      lengths.reduce((sum, length) => sum + length, 0),
      flags,
    );
    this.#lengths = lengths;
    this.#room = controlSize === 0 ? null : new Uint8Array(controlSize);
  }

  get syscall(): string {
    return 'recvmsg';
  }

  protected check(): void {
    checkLengths(this.buffers, this.#lengths, 'buffers');
  }

  protected piece(): number {
    const { waitable } = this.socket;
    if (!waitable.holds && this.#isOtherWriter()) return 0;
    const result = recvmsg(waitable, this.#free(), this.#room, this.flags);
    if (result > 0 || (result === 0 && this.filled === 0)) this.#merge();
    return result;
  }

  /** Looks whose data is next; the same credentials in the same place mean the same writer. */
  #isOtherWriter(): boolean {
    const mine = this.#control.find(isCredentials);
    if (mine === undefined) return false;
    const room = new Uint8Array(this.#room!.length);
    const result = recvmsg(this.socket.waitable, [new Uint8Array(1)], room, this.flags | MSG_PEEK);
    if (result <= 0) return false;
    const control = decodeControl(room, controlLength());
    discardAll(control);
    const next = control.find(isCredentials);
    return next !== undefined && Buffer.compare(next.data, mine.data) !== 0;
  }

  #merge(): void {
    const control = this.#room === null ? [] : decodeControl(this.#room, controlLength());
    const isNew = ({ level, type }: ControlMessage) =>
      !control.some(item => item.level === level && item.type === type);
    discardAll(this.#control.filter(item => !isNew(item)));
    this.#control = [...this.#control.filter(isNew), ...control];
    this.#messageFlags |= messageFlags();
    this.#address = this.reader.read();
    this.isOver = control.some(({ level, type }) => level === SOL_SOCKET && type === SCM_RIGHTS);
  }

  /** The memory that nothing was received into yet. */
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
