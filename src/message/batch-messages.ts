import type { AddressOf, FamilyName } from '../address/address.js';
import { checkInteger, outOfRange } from '../errors/argument.js';
import { SenderCache } from './batch-addresses.js';
import type { BatchMemory } from './batch-memory.js';
import { cut } from './batch-segments.js';
import type { ControlMessage } from './control.js';
import { disownReceived } from './descriptors.js';
import type { Message } from './message.js';

/** The reading half of `MessageBatch`: the contents of its messages. */
export abstract class BatchMessages<F extends FamilyName> implements Iterable<Message<F>> {
  readonly #senders = new SenderCache<F>();
  readonly #views: (Buffer | undefined)[] = [];

  /** @internal */
  abstract readonly memory: BatchMemory;

  /** The number of messages, received or to send. */
  abstract get length(): number;

  /**
   * The data of message `i`. The view shows other data after the batch is filled again.
   *
   * @throws RangeError if there is no message `i`
   * @throws Error `ERR_INVALID_STATE` if the memory was transferred
   */
  data(i: number): Buffer {
    this.#check(i);
    const view = this.#views[i];
    if (view !== undefined && view.length === this.memory.length(i) && view.length > 0) return view;
    return this.#view(i);
  }

  /** Creates the view of message `i`, and keeps it: the next message in the slot often has the same length. */
  #view(i: number): Buffer {
    const made = this.memory.body(i);
    this.#views[i] = made;
    return made;
  }

  /** The number of bytes received as message `i`; its true size if `MSG_TRUNC` was passed. */
  bytesRead(i: number): number {
    return this.memory.fullLength(this.#check(i));
  }

  /** The sender or destination of message `i`; `null` if the kernel does not report it, or none was given. */
  address(i: number): AddressOf<F> | null {
    return this.#senders.read(this.memory, this.#check(i));
  }

  /** The flags of received message `i`: `MSG_TRUNC` (it was longer than {@link size}), `MSG_CTRUNC`, … */
  flags(i: number): number {
    return this.memory.flags(this.#check(i));
  }

  /**
   * The control messages of message `i`, raw. The caller must close descriptors in them. Descriptors that were not read
   * are closed when the batch is filled again.
   */
  control(i: number): ControlMessage[] {
    const control = this.memory.takeControl(this.#check(i));
    disownReceived(control);
    return control;
  }

  /** Returns message `i` as one object, which can be passed to `sendmsg`. */
  message(i: number): Message<F> {
    return { data: this.data(i), control: this.control(i), flags: this.flags(i), address: this.address(i) };
  }

  /** Iterates over the messages. */
  *[Symbol.iterator](): IterableIterator<Message<F>> {
    for (let i = 0; i < this.length; i++) yield this.message(i);
  }

  /**
   * The size of the datagrams in message `i`. On a socket with `UDP_GRO`, the kernel can deliver several datagrams of a
   * sender as one message. They have the same size, except the last, which can be shorter.
   *
   * @returns bytes; the whole length if it is one datagram
   * @see udp(7), UDP_GRO
   */
  segmentSize(i: number): number {
    const size = this.memory.segmentSize(this.#check(i));
    return size === 0 ? this.memory.length(i) : size;
  }

  /** Returns the datagrams in message `i`: views of {@link data}. */
  segments(i: number): Buffer[] {
    return cut(this.data(i), this.segmentSize(i));
  }

  #check(i: number): number {
    if (Number.isInteger(i) && i >= 0 && i < this.length) return i;
    return this.#refuse(i);
  }

  #refuse(i: number): number {
    if (this.length === 0) throw outOfRange('i', 'the number of a message (there are none)', i);
    return checkInteger(i, 'i', 0, this.length - 1);
  }
}
