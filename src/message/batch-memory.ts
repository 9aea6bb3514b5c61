import { decodeAddress, type Origin } from '../address/registry.js';
import { binding } from '../binding.js';
import { invalidState } from '../errors/argument.js';
import { readSegmentSize } from './batch-segments.js';
import { type ControlMessage, decodeControl } from './control.js';
import { discardAll } from './descriptors.js';

/** The columns of a row: `bk_batch_row` in native/core/platform.h. */
const LENGTH = 0;
const NAME_LENGTH = 1;
const CONTROL_LENGTH = 2;
const FLAGS = 3;
const FULL_LENGTH = 4;
const COLUMNS = 5;

const NAME_SIZE = binding.batchNameSize;

/** Copies a part, unlike `slice` of Buffers. */
const { slice: sliceOf } = Uint8Array.prototype;

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
 * length, which can exceed the slot, in a column of its own, and the length of the control data in `controlLengths`.
 * Callers can access only `data`. They can transfer it, so `check` detects that.
 */
export class BatchMemory {
  readonly data: Buffer;
  readonly names: Uint8Array;
  readonly controls: Uint8Array;
  readonly #controlView: DataView;
  readonly #rows: Int32Array;
  readonly #rowBytes: Uint8Array;
  readonly #controlLengths: Int32Array;
  /** Whether the received control data of a message has not been read yet. */
  readonly #unread: Uint8Array;
  /** The address that `fill` has written to each slot: `undefined` if the slot has another. */
  readonly #written: (Uint8Array | undefined)[] = [];
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
    this.#controlLengths = new Int32Array(count);
    this.#unread = new Uint8Array(count);
    this.#rowBytes = new Uint8Array(this.#rows.buffer);
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
   * Returns a copy of message `i` in memory of its own. The method of typed arrays creates the Buffer: `Buffer.from` can
   * use shared memory, and a view to copy from would be garbage.
   */
  copy(i: number): Buffer {
    const start = i * this.size;
    return sliceOf.call(this.data, start, start + this.length(i)) as Buffer;
  }

  /**
   * Returns the true length of received message `i`, even if it was truncated, or the length of message `i` to send.
   */
  fullLength(i: number): number {
    return this.#rows[i * COLUMNS + FULL_LENGTH]!;
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
    if (name !== null) this.#setName(i, name);
    this.#setRow(i, length, name === null ? 0 : name.length, 0);
    this.setControl(i, control);
  }

  /** Writes the address of message `i`, unless the slot has it already. The bytes of `name` never change. */
  #setName(i: number, name: Uint8Array): void {
    if (this.#written[i] === name) return;
    this.names.set(name, i * NAME_SIZE);
    this.#written[i] = name;
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
    this.#rows[at + LENGTH] = Math.min(length, this.size);
    this.#rows[at + NAME_LENGTH] = nameLength;
    this.#rows[at + CONTROL_LENGTH] = 0;
    this.#rows[at + FLAGS] = flags;
    this.#rows[at + FULL_LENGTH] = length;
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
    this.#written[i] = undefined;
    this.#setRow(i, length, Math.min(nameLength, NAME_SIZE), flags);
    this.#controlLengths[i] = Math.min(controlLength, this.controlSize);
    this.#unread[i] = controlLength > 0 ? 1 : 0;
  }

  /** Calls recvmmsg(2). Returns the number of messages, or -errno. */
  receive(fd: number, flags: number): number {
    this.check();
    this.#written.length = 0;
    const { data, names, controls, size, controlSize, count } = this;
    const received = binding.recvmmsg(
      fd,
      data,
      names,
      controls,
      this.#rowBytes,
      size,
      controlSize,
      count,
      flags,
    );
    if (controlSize > 0) this.#noteControls(received);
    return received;
  }

  /** Stores the lengths of control data. Without space for it, they are always 0. */
  #noteControls(received: number): void {
    const rows = this.#rows;
    for (let i = 0, at = CONTROL_LENGTH; i < received; i++, at += COLUMNS) {
      const length = rows[at]!;
      this.#controlLengths[i] = Math.min(length, this.controlSize);
      this.#unread[i] = length > 0 ? 1 : 0;
      rows[at] = 0;
    }
  }

  /** Calls sendmmsg(2) for the messages from `first` on. Returns the number of sent messages, or -errno. */
  send(fd: number, first: number, count: number, flags: number): number {
    this.check();
    this.part = -1;
    const { data, names, controls, size, controlSize } = this;
    const most = Math.min(count, this.count - first);
    const rowBytes = this.#rowBytes;
    const sent = binding.sendmmsg(fd, data, names, controls, rowBytes, size, controlSize, first, most, flags);
    if (sent <= 0) return sent;
    // The kernel overwrote the lengths with its counts. All except the last are equal (net/socket.c, ___sys_sendmmsg).
    const at = (first + sent - 1) * COLUMNS + LENGTH;
    const taken = this.#rows[at]!;
    const whole = Math.min(this.fullLength(first + sent - 1), this.size);
    if (taken < whole) this.part = taken;
    this.#rows[at] = whole;
    return sent;
  }
}
