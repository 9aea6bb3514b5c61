import { decodeAddress, type Origin } from '../address/registry.js';
import { binding, type BatchMemory as Slabs } from '../binding.js';
import { invalidState } from '../errors/argument.js';
import { readSegmentSize } from './batch-segments.js';
import { type ControlMessage, decodeControl } from './control.js';
import { discardAll } from './descriptors.js';

/** The columns of a row: `bk_batch_row` in native/core/platform.h. */
const LENGTH = 0;
const NAME_LENGTH = 1;
const CONTROL_LENGTH = 2;
const FLAGS = 3;
const COLUMNS = 4;

const NAME_SIZE = binding.batchNameSize;

/** The kernel's results for one received message. */
export interface Row {
  readonly length: number;
  readonly nameLength: number;
  readonly controlLength: number;
  readonly flags: number;
}

/**
 * The memory of a batch. Only this class passes it to the kernel.
 *
 * The C code trusts lengths, so they are stored where no caller can change them: in `rows`, whose lengths are always
 * valid for sending. Two lengths of received messages must not be used for sending and are stored separately: the true
 * length, which can exceed the slot, and the length of the control data. Callers can access only `data`. They can
 * transfer it, so `check` detects that.
 */
export class BatchMemory {
  readonly data: Buffer;
  readonly names: Uint8Array;
  readonly controls: Uint8Array;
  readonly #controlView: DataView;
  readonly #rows: Int32Array;
  readonly #slabs: Slabs;
  readonly #lengths: Int32Array;
  readonly #controlLengths: Int32Array;
  /** Whether the received control data of a message has not been read yet. */
  readonly #unread: Uint8Array;
  /** The number of bytes of the last message that `send` sent, if that was only a part (on a stream); otherwise -1. */
  part = -1;

  constructor(
    readonly count: number,
    readonly size: number,
    readonly controlSize: number,
    private readonly driver: Origin,
  ) {
    this.data = Buffer.from(new ArrayBuffer(count * size));
    this.names = new Uint8Array(count * NAME_SIZE);
    this.controls = new Uint8Array(count * controlSize);
    this.#controlView = new DataView(this.controls.buffer);
    this.#rows = new Int32Array(count * COLUMNS);
    this.#lengths = new Int32Array(count);
    this.#controlLengths = new Int32Array(count);
    this.#unread = new Uint8Array(count);
    const rows = new Uint8Array(this.#rows.buffer);
    this.#slabs = [this.data, this.names, this.controls, rows, size, controlSize];
  }

  /** Throws if a caller transferred the memory to another thread. */
  check(): void {
    if (this.data.length !== this.count * this.size) {
      throw invalidState('The memory of the batch was transferred');
    }
  }

  /** Returns the bytes of message `i`. */
  body(i: number): Buffer {
    this.check();
    const start = i * this.size;
    return this.data.subarray(start, start + this.#rows[i * COLUMNS + LENGTH]!);
  }

  /**
   * Returns the true length of received message `i`, even if it was truncated, or the length of message `i` to send.
   */
  fullLength(i: number): number {
    return this.#lengths[i]!;
  }

  length(i: number): number {
    return this.#rows[i * COLUMNS + LENGTH]!;
  }

  flags(i: number): number {
    return this.#rows[i * COLUMNS + FLAGS]!;
  }

  nameLength(i: number): number {
    return this.#rows[i * COLUMNS + NAME_LENGTH]!;
  }

  /** Returns the socket address of message `i`, in the kernel's layout. */
  name(i: number): Uint8Array {
    const start = i * NAME_SIZE;
    return this.names.subarray(start, start + this.nameLength(i));
  }

  /** Returns whether the socket address of message `i`, which has the same length, equals `bytes`. */
  isNamed(i: number, bytes: Uint8Array): boolean {
    const start = i * NAME_SIZE;
    for (let k = 0; k < bytes.length; k++) if (this.names[start + k] !== bytes[k]) return false;
    return true;
  }

  address(i: number): ReturnType<typeof decodeAddress> {
    return decodeAddress(this.name(i), this.nameLength(i), this.driver);
  }

  /** Returns the control data of message `i`, received or to send. */
  control(i: number): Uint8Array {
    const start = i * this.controlSize;
    return this.controls.subarray(start, start + this.#controlLengths[i]!);
  }

  /** Returns the control data to send with message `i`; `null` for none. */
  controlToSend(i: number): Uint8Array | null {
    const length = this.#rows[i * COLUMNS + CONTROL_LENGTH]!;
    return length === 0 ? null : this.control(i);
  }

  /** Decodes the control messages of message `i`. The caller must close descriptors in them. */
  takeControl(i: number): ControlMessage[] {
    this.#unread[i] = 0;
    return this.peekControl(i);
  }

  peekControl(i: number): ControlMessage[] {
    const length = this.#controlLengths[i]!;
    return length === 0 ? [] : decodeControl(this.control(i), length);
  }

  /** Returns the segment size in the control data of message `i`; 0 if there is none. */
  segmentSize(i: number): number {
    const start = i * this.controlSize;
    return readSegmentSize(this.#controlView, start, start + this.#controlLengths[i]!);
  }

  /** Returns whether message `i` has received control data, which is not sent back. */
  hasReceivedControl(i: number): boolean {
    return this.#controlLengths[i]! > 0 && this.#rows[i * COLUMNS + CONTROL_LENGTH] === 0;
  }

  /** Fills slot `i` for sending. The caller has checked that the parts fit. */
  fill(
    i: number,
    data: Uint8Array,
    length: number,
    name: Uint8Array | null,
    control: Uint8Array | null,
  ): void {
    this.check();
    this.data.set(data, i * this.size);
    if (name !== null) this.names.set(name, i * NAME_SIZE);
    this.#setRow(i, length, name === null ? 0 : name.length, 0);
    this.#lengths[i] = length;
    this.setControl(i, control);
  }

  /** Sets the control data to send with message `i`. */
  setControl(i: number, control: Uint8Array | null): void {
    this.discard(i);
    const length = control === null ? 0 : control.length;
    if (control !== null) this.controls.set(control, i * this.controlSize);
    this.#rows[i * COLUMNS + CONTROL_LENGTH] = length;
    this.#controlLengths[i] = length;
  }

  #setRow(i: number, length: number, nameLength: number, flags: number): void {
    const at = i * COLUMNS;
    this.#rows[at + LENGTH] = length;
    this.#rows[at + NAME_LENGTH] = nameLength;
    this.#rows[at + CONTROL_LENGTH] = 0;
    this.#rows[at + FLAGS] = flags;
  }

  /** Closes the descriptors that were received with message `i`, if they were not read. */
  discard(i: number): void {
    if (this.#unread[i] === 0) return;
    discardAll(this.takeControl(i));
  }

  discardAll(): void {
    if (this.controlSize > 0) for (let i = 0; i < this.count; i++) this.discard(i);
  }

  /** Stores the results of received message `i`, so that it can be sent back unchanged. */
  note(i: number, { length, nameLength, controlLength, flags }: Row): void {
    this.#setRow(i, Math.min(length, this.size), Math.min(nameLength, NAME_SIZE), flags);
    this.#lengths[i] = length;
    this.#controlLengths[i] = Math.min(controlLength, this.controlSize);
    this.#unread[i] = controlLength > 0 ? 1 : 0;
  }

  /** Calls recvmmsg(2). Returns the number of messages, or -errno. */
  receive(fd: number, flags: number): number {
    this.check();
    const received = binding.recvmmsg(fd, ...this.#slabs, this.count, flags);
    const rows = this.#rows;
    for (let i = 0, at = 0; i < received; i++, at += COLUMNS) {
      const length = rows[at + LENGTH]!;
      const controlLength = rows[at + CONTROL_LENGTH]!;
      this.#lengths[i] = length;
      if (length > this.size) rows[at + LENGTH] = this.size;
      if (rows[at + NAME_LENGTH]! > NAME_SIZE) rows[at + NAME_LENGTH] = NAME_SIZE;
      this.#controlLengths[i] = Math.min(controlLength, this.controlSize);
      this.#unread[i] = controlLength > 0 ? 1 : 0;
      rows[at + CONTROL_LENGTH] = 0;
    }
    return received;
  }

  /** Calls sendmmsg(2) for the messages from `first` on. Returns the number of sent messages, or -errno. */
  send(fd: number, first: number, count: number, flags: number): number {
    this.check();
    this.part = -1;
    const sent = binding.sendmmsg(fd, ...this.#slabs, first, Math.min(count, this.count - first), flags);
    if (sent <= 0) return sent;
    // The kernel overwrote the lengths with its counts. All except the last are equal (net/socket.c, ___sys_sendmmsg).
    const at = (first + sent - 1) * COLUMNS + LENGTH;
    const taken = this.#rows[at]!;
    const whole = Math.min(this.#lengths[first + sent - 1]!, this.size);
    if (taken < whole) this.part = taken;
    this.#rows[at] = whole;
    return sent;
  }
}
