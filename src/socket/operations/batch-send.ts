import type { AddressOf, FamilyName } from '../../address/address.js';
import type { Peer } from '../../address/driver.js';
import { binding } from '../../binding.js';
import { MSG_DONTWAIT } from '../../constants/socket.js';
import { EIO } from '../../errors/codes.js';
import { socketError } from '../../errors/errors.js';
import type { MessageBatch } from '../../message/batch.js';
import { withoutSegment } from '../../message/batch-segments.js';
import { YIELD } from '../../reactor/operation.js';
import { isOneByOne, lacksBatches } from './batch.js';
import { canSegment, segmentHint } from './segments.js';
import { SocketOperation, type Target } from './socket-operation.js';

/** How many system calls one attempt makes before others have their turn. */
const SHARE = 64;

/** A part of a message that one sendmsg(2) is to send. */
interface Piece {
  readonly data: Uint8Array;
  readonly control: Uint8Array | null;
}

/**
 * sendmmsg(2) until every message is sent. It holds its lane until then.
 *
 * A message is sent by itself where many cannot be sent at once, when a stream took only a part of it, and when the
 * kernel cannot cut it into the datagrams that it stands for: then we cut.
 */
export class SendBatch<F extends FamilyName> extends SocketOperation<number> {
  readonly needsRoom = true;
  readonly once: boolean;
  readonly #flags: number;
  readonly #count: number;
  readonly #weCut: boolean;
  #sent = 0;
  /** How much of the message after those is sent. */
  #offset = 0;
  /** Whether we cut that message. */
  #cuts: boolean;

  constructor(
    socket: Target,
    private readonly batch: MessageBatch<F>,
    flags: number,
    added: number,
    private readonly peer: (address: AddressOf<F>) => Peer,
  ) {
    super(socket);
    this.once = (flags & MSG_DONTWAIT) !== 0;
    this.#flags = flags | added;
    this.#count = batch.length;
    this.#weCut = batch.isSegmented && !canSegment(socket.waitable);
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
    const result = memory.send(this.socket.waitable.fd, this.#sent, this.#count - this.#sent, this.#flags);
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
    const result = binding.sendmsg(this.socket.waitable.fd, [data], control, this.#flags, name);
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

  /** EIO: the route's device cannot checksum, or IPsec stands between; so it was not asked for too much (udp(7)). */
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

  finish(result: number): number {
    return result;
  }

  override fail(errno: number): Error {
    const address = this.#sent < this.#count ? this.batch.address(this.#sent) : null;
    const hint = this.batch.isSegmented ? segmentHint(errno) : undefined;
    const error = socketError(errno, {
      syscall: this.syscall,
      hint,
      ...(address === null ? undefined : this.peer(address)),
    });
    error.messagesSent = this.#sent;
    if (this.#offset > 0) error.bytesTransferred = this.#offset;
    return error;
  }
}
