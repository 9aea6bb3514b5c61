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

/** What the kernel says of one received message. */
export interface Row {
  readonly length: number;
  readonly nameLength: number;
  readonly controlLength: number;
  readonly flags: number;
}

/**
 * The slabs of a batch, and the only place that hands them to the kernel.
 *
 * The C side takes lengths at their word, so they are kept where no caller can reach them: in `rows`, which always say
 * what may be sent as it stands. A received message's true length, which may be more than its slot, and the length of
 * its control data, which are not to be sent back, are kept beside them. Only `data` is ever shown to callers, who may
 * transfer it away; hence `check`.
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
  /** Messages whose received control data nobody has looked at yet. */
  readonly #unread: Uint8Array;
  /** How many bytes of its last message `send` sent, if that was not all (on a stream); else -1. */
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

  /** Refuses to go on when a caller transferred the memory to another thread. */
  check(): void {
    if (this.data.length !== this.count * this.size) {
      throw invalidState('The memory of the batch was transferred away');
    }
  }

  /** The bytes of message `i`. */
  body(i: number): Buffer {
    this.check();
    const start = i * this.size;
    return this.data.subarray(start, start + this.#rows[i * COLUMNS + LENGTH]!);
  }

  /** What received message `i` was long, were it not cut; what message `i` to be sent is long. */
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

  /** The socket address of message `i`, as the kernel lays it out. */
  name(i: number): Uint8Array {
    const start = i * NAME_SIZE;
    return this.names.subarray(start, start + this.nameLength(i));
  }

  /** Whether the socket address of message `i` is `bytes`, which are as long. */
  isNamed(i: number, bytes: Uint8Array): boolean {
    const start = i * NAME_SIZE;
    for (let k = 0; k < bytes.length; k++) if (this.names[start + k] !== bytes[k]) return false;
    return true;
  }

  address(i: number): ReturnType<typeof decodeAddress> {
    return decodeAddress(this.name(i), this.nameLength(i), this.driver);
  }

  /** The control data of message `i`, whether it came or is to be sent. */
  control(i: number): Uint8Array {
    const start = i * this.controlSize;
    return this.controls.subarray(start, start + this.#controlLengths[i]!);
  }

  /** The control data to be sent with message `i`; `null` for none. */
  controlToSend(i: number): Uint8Array | null {
    const length = this.#rows[i * COLUMNS + CONTROL_LENGTH]!;
    return length === 0 ? null : this.control(i);
  }

  /** Reads the control messages of message `i`: descriptors among them are the caller's from now on. */
  takeControl(i: number): ControlMessage[] {
    this.#unread[i] = 0;
    return this.peekControl(i);
  }

  peekControl(i: number): ControlMessage[] {
    const length = this.#controlLengths[i]!;
    return length === 0 ? [] : decodeControl(this.control(i), length);
  }

  /** The size of the datagrams that the control data of message `i` says it is made of; 0 where it does not. */
  segmentSize(i: number): number {
    const start = i * this.controlSize;
    return readSegmentSize(this.#controlView, start, start + this.#controlLengths[i]!);
  }

  /** Whether message `i` has control data that came with it, which is not sent back. */
  hasReceivedControl(i: number): boolean {
    return this.#controlLengths[i]! > 0 && this.#rows[i * COLUMNS + CONTROL_LENGTH] === 0;
  }

  /** Fills slot `i` for sending. The parts have been found to fit. */
  fill(i: number, data: Uint8Array, name: Uint8Array | null, control: Uint8Array | null): void {
    this.check();
    this.data.set(data, i * this.size);
    if (name !== null) this.names.set(name, i * NAME_SIZE);
    this.#setRow(i, data.length, name === null ? 0 : name.length, 0);
    this.#lengths[i] = data.length;
    this.setControl(i, control);
  }

  /** Gives message `i` control data to be sent with it. */
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

  /** Closes the descriptors that came with message `i`, if nobody has read of them. */
  discard(i: number): void {
    if (this.#unread[i] === 0) return;
    discardAll(this.takeControl(i));
  }

  discardAll(): void {
    if (this.controlSize > 0) for (let i = 0; i < this.count; i++) this.discard(i);
  }

  /** Notes what came as message `i`, so that it could be sent as it stands. */
  note(i: number, { length, nameLength, controlLength, flags }: Row): void {
    this.#setRow(i, Math.min(length, this.size), Math.min(nameLength, NAME_SIZE), flags);
    this.#lengths[i] = length;
    this.#controlLengths[i] = Math.min(controlLength, this.controlSize);
    this.#unread[i] = controlLength > 0 ? 1 : 0;
  }

  /** recvmmsg(2): the number of messages, or -errno. */
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

  /** sendmmsg(2) of the messages from `first` on: how many were sent, or -errno. */
  send(fd: number, first: number, count: number, flags: number): number {
    this.check();
    this.part = -1;
    const sent = binding.sendmmsg(fd, ...this.#slabs, first, Math.min(count, this.count - first), flags);
    if (sent <= 0) return sent;
    // The kernel's counts took the place of the lengths. All but the last are the same (net/socket.c, ___sys_sendmmsg).
    const at = (first + sent - 1) * COLUMNS + LENGTH;
    const taken = this.#rows[at]!;
    const whole = Math.min(this.#lengths[first + sent - 1]!, this.size);
    if (taken < whole) this.part = taken;
    this.#rows[at] = whole;
    return sent;
  }
}
