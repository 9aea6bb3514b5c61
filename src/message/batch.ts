import type { AddressInput, AddressOf, FamilyName } from '../address/address.js';
import type { FamilyDriver } from '../address/driver.js';
import { driverOf } from '../address/registry.js';
import { AddressWriter } from '../address/writer.js';
import { binding } from '../binding.js';
import type { Family } from '../constants/kinds.js';
import { checkInteger, invalidState, outOfRange } from '../errors/argument.js';
import { type Bytes, bytesOf, lengthOf } from '../layout/memory.js';
import { BatchMemory } from './batch-memory.js';
import { BatchMessages } from './batch-messages.js';
import { type BatchOptions, checkOptions, encodeExtras, type MessageExtras } from './batch-options.js';
import { encodeSegment } from './batch-segments.js';
import type { ControlInput } from './control.js';

/** Closes descriptors that were received with messages of a collected batch and were not read. */
const dropped = new FinalizationRegistry<BatchMemory>(memory => memory.discardAll());

/**
 * Memory for many messages, for `recvmmsg` and `sendmmsg`. It is allocated once and can be used repeatedly.
 *
 * Its contents are valid until it is filled again: {@link data} returns views of the memory itself. A received batch
 * that is passed to `sendmmsg` is sent back to the senders.
 *
 * ```ts
 * const batch = new MessageBatch({ count: 64, size: 2048 });
 * for (;;) {
 *   await socket.recvmmsg(batch);
 *   for (let i = 0; i < batch.length; i++) handle(batch.data(i), batch.address(i));
 * }
 * ```
 *
 * @see recvmmsg(2), sendmmsg(2)
 */
export class MessageBatch<F extends FamilyName = 'inet'> extends BatchMessages<F> {
  /** The number of messages that fit. */
  readonly count: number;
  /** The maximum size of each message, in bytes. */
  readonly size: number;
  /** The space for control messages of each message, in bytes. */
  readonly controlSize: number;
  /** The family of the addresses that {@link push} takes. */
  readonly family: Family<F>;
  /** Whether each message takes one system call. */
  readonly oneByOne: boolean;
  /** @internal */
  readonly memory: BatchMemory;
  readonly #driver: FamilyDriver<F>;
  readonly #writer: AddressWriter<F>;
  #length = 0;
  #sent = 0;
  #user: string | undefined;
  #hasReceived = false;
  #isSegmented = false;

  /** @throws TypeError or RangeError if an option is out of range, or the batch would take more than 2 GiB */
  constructor(options: BatchOptions<F>) {
    super();
    const { count, size, controlSize, family, oneByOne } = checkOptions(options);
    this.count = count;
    this.size = size;
    this.controlSize = controlSize;
    this.family = family as Family<F>;
    this.oneByOne = oneByOne;
    this.#driver = driverOf(family) as unknown as FamilyDriver<F>;
    this.memory = new BatchMemory(count, size, controlSize, this.#driver);
    this.#writer = new AddressWriter(this.#driver);
    if (controlSize > 0) dropped.register(this, this.memory);
  }

  get length(): number {
    return this.#length;
  }

  /** The number of messages that the last `sendmmsg` sent, or has sent so far. */
  get sent(): number {
    return this.#sent;
  }

  /**
   * Adds a message to send. The data is copied.
   *
   * @param data bytes, or a string as UTF-8; at most {@link size}
   * @param address the destination; none on connected sockets. The host must be numeric: see `getaddrinfo`.
   *   A port is required, even for a raw socket: the batch does not know on which socket it is sent.
   * @param extras control messages, for which the batch needs {@link controlSize}; or those and a `segmentSize`
   * @returns the index of the message
   * @throws RangeError if a part does not fit, or exceeds the kernel's limit
   * @throws Error `ERR_INVALID_STATE` if the batch is full, or a call uses it
   */
  push(
    data: Bytes,
    address?: AddressInput<F> | AddressOf<F> | null,
    extras?: readonly ControlInput[] | MessageExtras,
  ): number {
    if (this.#length === this.count)
      throw invalidState(`The batch is full: it has space for ${this.count} messages`);
    this.set(this.#length, data, address, extras);
    return this.#length - 1;
  }

  /** Replaces message `i`, or adds it if `i` is {@link length}. For the parameters see {@link push}. */
  set(
    i: number,
    data: Bytes,
    address?: AddressInput<F> | AddressOf<F> | null,
    extras?: readonly ControlInput[] | MessageExtras,
  ): void {
    this.#assertFree();
    checkInteger(i, 'i', 0, Math.min(this.#length, this.count - 1));
    const bytes = bytesOf(data, 'data');
    const length = lengthOf(bytes);
    if (length > this.size) throw outOfRange('data.length', `<= ${this.size}, the size of the batch`, length);
    const name = address === undefined || address === null ? null : this.#encode(address as AddressInput<F>);
    const { control, isSegmented } = encodeExtras(extras, length, this.family, this.controlSize);
    this.memory.fill(i, bytes, length, name, control);
    this.#isSegmented ||= isSegmented;
    if (i === this.#length) this.#length++;
  }

  #encode(address: AddressInput<F>): Uint8Array {
    const bytes = this.#writer.write(address) ?? this.#driver.encode(address);
    if (bytes.length <= binding.batchNameSize) return bytes;
    throw outOfRange('address', `at most ${binding.batchNameSize} bytes long in a batch`, bytes.length);
  }

  /** Empties the batch. */
  clear(): void {
    this.#assertFree();
    this.#empty();
  }

  #empty(): void {
    this.memory.discardAll();
    this.#length = 0;
    this.#sent = 0;
    this.#hasReceived = false;
    this.#isSegmented = false;
  }

  #assertFree(): void {
    if (this.#user !== undefined) throw invalidState(`The batch is in use by ${this.#user}`);
  }

  /** Marks the batch as used by a call that receives. @internal */
  startReceiving(): void {
    this.#assertFree();
    this.memory.check();
    this.#empty();
    this.#user = 'recvmmsg';
  }

  /** @internal */
  received(count: number): void {
    this.#length = count;
    this.#hasReceived = true;
  }

  /** Marks the batch as used by a call that sends. @internal */
  startSending(): void {
    this.#assertFree();
    this.memory.check();
    if (this.#hasReceived) for (let i = 0; i < this.#length; i++) this.#returnSegments(i);
    this.#sent = 0;
    this.#user = 'sendmmsg';
  }

  /** Sends a message that was received as several datagrams as the same number of datagrams. */
  #returnSegments(i: number): void {
    if (!this.memory.hasReceivedControl(i)) return;
    const size = this.segmentSize(i);
    if (size >= this.memory.length(i)) return;
    this.memory.setControl(i, encodeSegment(size).subarray(0, this.controlSize));
    this.#isSegmented = true;
  }

  /** Whether a message can consist of several datagrams. @internal */
  get isSegmented(): boolean {
    return this.#isSegmented;
  }

  /** @internal */
  progress(sent: number): void {
    this.#sent = sent;
  }

  /** Marks the batch as unused. @internal */
  end(): void {
    this.#user = undefined;
  }
}
