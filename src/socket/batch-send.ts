/** Sends many messages per system call: sendmmsg(2). */
import type { FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import { EIO } from '../errors/codes.js';
import type { SocketError } from '../errors/errors.js';
import type { MessageBatch } from '../message/batch.js';
import { withoutSegment } from '../message/batch-segments.js';
import { workOfMessages } from '../reactor/budget.js';
import { type EventMask, POLLOUT } from '../reactor/events.js';
import { type Operation, YIELD } from '../reactor/operation.js';
import { checkBatch, isOneByOne, lacksBatches } from './batch.js';
import { type Call, type Form, parseCall } from './call.js';
import type { AnyCore, Core } from './core.js';
import { exceptEarlierErrors } from './earlier-error.js';
import { SocketOperation } from './operation.js';
import { canSegment } from './segments.js';
import type { SendOptions } from './send.js';

/** The number of system calls per attempt, before other sockets are served. */
const SHARE = 64;

/** A part of a message that one sendmsg(2) call sends. */
interface Piece {
  readonly data: Uint8Array;
  readonly control: Uint8Array | null;
}

/**
 * Calls sendmmsg(2) until every message is sent. It stays first in its lane until then.
 *
 * A message is sent with its own system call in three cases: the platform has no sendmmsg(2), a stream has accepted
 * only a part of the message, or the kernel cannot divide it into datagrams. In the last case this class divides it.
 */
class SendBatch<F extends FamilyName> extends SocketOperation<number> {
  readonly direction: EventMask = POLLOUT;
  readonly needsSpace = true;
  readonly #flags: number;
  readonly #count: number;
  readonly #weCut: boolean;
  #sent = 0;
  /** The number of bytes of the current message that are sent. */
  #offset = 0;
  /** Whether this class divides the current message into datagrams. */
  #cuts: boolean;

  constructor(
    core: AnyCore,
    call: Call,
    private readonly batch: MessageBatch<F>,
  ) {
    super(core, call);
    this.#flags = call.flags | call.added;
    this.#count = batch.length;
    this.#weCut = batch.isSegmented && !canSegment(core);
    this.#cuts = this.#weCut;
  }

  get syscall(): string {
    return 'sendmmsg';
  }

  attempt(): number {
    for (let step = 0; this.#sent < this.#count; step++) {
      if (step === SHARE) return YIELD;
      const alone = this.#cuts || this.#offset > 0 || isOneByOne(this.batch);
      const result = alone ? this.#sendOne() : this.#sendMany();
      if (result < 0) return result;
    }
    return this.#count;
  }

  #sendMany(): number {
    const { memory } = this.batch;
    const count = this.#count - this.#sent;
    const send = () => memory.send(this.core.fd, this.#sent, count, this.#flags);
    const result = exceptEarlierErrors(this.core, this.sockaddr, send);
    if (lacksBatches(result) || this.#hasToCut(result)) return 0;
    if (result < 0) return result;
    this.#advance(memory.part < 0 ? result : result - 1);
    if (memory.part >= 0) this.#offset = memory.part;
    return result;
  }

  #sendOne(): number {
    const { memory } = this.batch;
    const i = this.#sent;
    const { data, control } = this.#piece(i);
    const name = memory.nameLength(i) === 0 ? null : memory.name(i);
    const send = () => binding.sendmsg(this.core.fd, data, control, this.#flags, name);
    const result = exceptEarlierErrors(this.core, name, send);
    if (this.#hasToCut(result)) return 0;
    if (result < 0) return result;
    this.#offset += result;
    if (this.#offset >= memory.length(i)) this.#advance(1);
    return result;
  }

  #piece(i: number): Piece {
    const { memory } = this.batch;
    const rest = memory.body(i).subarray(this.#offset);
    const size = this.#cuts ? memory.segmentSize(i) : 0;
    if (size > 0 && memory.controlToSend(i) !== null) {
      return { data: rest.subarray(0, size), control: withoutSegment(memory.peekControl(i)) };
    }
    return { data: rest, control: this.#offset === 0 ? memory.controlToSend(i) : null };
  }

  /**
   * Returns whether the kernel cannot divide the message. `EIO` means that the device of the route has no checksum
   * offload, or that the route uses IPsec; the size of the message is valid (udp(7)).
   */
  #hasToCut(result: number): boolean {
    if (result !== EIO || this.#cuts || !this.batch.isSegmented) return false;
    this.#cuts = this.batch.memory.segmentSize(this.#sent) > 0;
    return this.#cuts;
  }

  #advance(messages: number): void {
    this.#sent += messages;
    this.#offset = 0;
    this.#cuts = this.#weCut;
    this.batch.progress(this.#sent);
  }

  protected override get options(): object | undefined {
    const { isSegmented, memory } = this.batch;
    if (!isSegmented || this.#sent >= this.#count) return undefined;
    return { segmentSize: memory.segmentSize(this.#sent) };
  }

  get progress(): number {
    return this.#sent;
  }

  work(result: number): number {
    return workOfMessages(result);
  }

  finish(result: number): number {
    this.batch.end();
    return result;
  }

  abandon(): void {
    this.batch.end();
  }

  protected override get sockaddr(): Uint8Array | null {
    const { memory } = this.batch;
    const i = this.#sent;
    return i >= this.#count || memory.nameLength(i) === 0 ? null : memory.name(i);
  }

  protected override note(error: SocketError): SocketError {
    error.messagesSent = this.#sent;
    if (this.#offset > 0) error.bytesTransferred = this.#offset;
    return error;
  }
}

/** Creates the operation of `sendmmsg`. */
export function sendBatch<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  batch: MessageBatch<F>,
  options: SendOptions | undefined,
): Operation<number> {
  checkBatch(batch);
  const call = parseCall(core, form, options);
  batch.startSending();
  try {
    return new SendBatch<F>(core, call, batch);
  } catch (error) {
    batch.end();
    throw error;
  }
}
