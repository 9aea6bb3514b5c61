import type { AddressOf, FamilyName } from '../address/address.js';
import { checkInteger, outOfRange } from '../errors/argument.js';
import { SenderCache } from './batch-addresses.js';
import type { BatchMemory } from './batch-memory.js';
import { cut } from './batch-segments.js';
import type { ControlMessage } from './control.js';
import { disownReceived } from './descriptors.js';
import type { Message } from './message.js';

/** What the messages of a batch say: the reading half of `MessageBatch`. */
export abstract class BatchMessages<F extends FamilyName> implements Iterable<Message<F>> {
  readonly #senders = new SenderCache<F>();
  readonly #views: (Buffer | undefined)[] = [];

  /** @internal */
  abstract readonly memory: BatchMemory;

  /** How many messages there are: received, or to be sent. */
  abstract get length(): number;

  /**
   * The data of message `i`: a view, which shows other data once the batch is filled again.
   *
   * @throws RangeError if there is no message `i`
   * @throws Error `ERR_INVALID_STATE` if the memory was transferred away
   */
  data(i: number): Buffer {
    this.#check(i);
    const view = this.#views[i];
    if (view !== undefined && view.length === this.memory.length(i) && view.length > 0) return view;
    const made = this.memory.body(i);
    this.#views[i] = made;
    return made;
  }

  /** How many bytes were received as message `i`; with `MSG_TRUNC` asked for, its true size. */
  bytesRead(i: number): number {
    return this.memory.fullLength(this.#check(i));
  }

  /** Who sent message `i`, or where it is to go; `null` where the kernel does not say, or nothing was said. */
  address(i: number): AddressOf<F> | null {
    return this.#senders.read(this.memory, this.#check(i));
  }

  /** What the kernel says of received message `i`: `MSG_TRUNC` (it was longer than {@link size}), `MSG_CTRUNC`, … */
  flags(i: number): number {
    return this.memory.flags(this.#check(i));
  }

  /**
   * The control messages of message `i`, raw. Descriptors among them are the caller's to close from now on; those that
   * nobody has read of are closed when the batch is filled again.
   */
  control(i: number): ControlMessage[] {
    const control = this.memory.takeControl(this.#check(i));
    disownReceived(control);
    return control;
  }

  /** All there is of message `i`, in one object; `sendmsg` takes it as it is. */
  message(i: number): Message<F> {
    return { data: this.data(i), control: this.control(i), flags: this.flags(i), address: this.address(i) };
  }

  /** The messages, one after the other. */
  *[Symbol.iterator](): IterableIterator<Message<F>> {
    for (let i = 0; i < this.length; i++) yield this.message(i);
  }

  /**
   * The size of the datagrams that message `i` is made of: on a socket with `UDP_GRO` set the kernel may deliver many
   * datagrams of a sender as one message. They are of one size, but the last may be shorter.
   *
   * @returns bytes; the whole length where it is one datagram
   * @see udp(7), UDP_GRO
   */
  segmentSize(i: number): number {
    const size = this.memory.segmentSize(this.#check(i));
    return size === 0 ? this.memory.length(i) : size;
  }

  /** The datagrams that message `i` is made of: views of {@link data}. */
  segments(i: number): Buffer[] {
    return cut(this.data(i), this.segmentSize(i));
  }

  #check(i: number): number {
    if (this.length === 0) throw outOfRange('i', 'the number of a message (there are none)', i);
    return checkInteger(i, 'i', 0, this.length - 1);
  }
}
