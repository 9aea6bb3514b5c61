import type { AddressInput, FamilyName } from '../address/address.js';
import { MSG_DONTWAIT, SOCK_STREAM } from '../constants/socket.js';
import { checkInteger, checkObject, invalidType } from '../errors/argument.js';
import { type Bytes, toBytes, toWritable, type WritableBytes } from '../layout/memory.js';
import { encodeControl } from '../message/control.js';
import type { Message, MessageInput, MessageInto } from '../message/message.js';
import { POLLOUT } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { promised } from './handle.js';
import { type MessageResult, ReceiveMessage, SendMessage } from './operations/message.js';
import { ReceiveMessageAll } from './operations/receive-all.js';
import { checkFlags, sourceOf } from './receiving.js';
import { scratchOf, takeFrom } from './scratch.js';
import { Sender } from './sending.js';

/** The most buffers of one call: IOV_MAX of limits.h. */
const IOV_MAX = 1024;
/** More control data than any kernel delivers with one message; the bound keeps a slip from asking for gigabytes. */
const MOST_CONTROL = 1 << 24;

/** Messages: data, control data and address together. */
export abstract class Messenger<F extends FamilyName> extends Sender<F> {
  /**
   * Receives data, control messages and the sender's address together.
   *
   * @param size the most data, in bytes
   * @param controlSize room for control messages, in bytes: the sum of their {@link CMSG_SPACE}; 0, none, by default.
   *   What does not fit is cut or dropped, and `flags` has `MSG_CTRUNC`; descriptors that do not fit are closed.
   * @param flags as in {@link recv}. `MSG_WAITALL` ends early, as in the kernel, after data that brought descriptors, and
   *   before data of another sender if the socket asks for credentials.
   * @param wait a signal, a timeout
   * @see recvmsg(2)
   */
  recvmsg(size: number, controlSize = 0, flags = 0, wait?: WaitOptions): Promise<Message<F>> {
    return promised(() =>
      this.drive(this.source(flags), this.#recvmsg(size, controlSize, flags, MSG_DONTWAIT), wait),
    );
  }

  /** {@link recvmsg}, in this thread, in the mode that {@link timeout} says. */
  recvmsgSync(size: number, controlSize = 0, flags = 0): Message<F> {
    return this.driveSync(sourceOf(flags), this.#recvmsg(size, controlSize, flags, 0));
  }

  /**
   * {@link recvmsg}, scattering the data over memory of the caller's: each buffer is filled before the next.
   *
   * @param buffers at most 1,024 are used (IOV_MAX)
   * @see recvmsg(2)
   */
  recvmsgInto(
    buffers: Iterable<WritableBytes>,
    controlSize = 0,
    flags = 0,
    wait?: WaitOptions,
  ): Promise<MessageInto<F>> {
    return promised(() =>
      this.drive(this.source(flags), this.#recvmsgInto(buffers, controlSize, flags, MSG_DONTWAIT), wait),
    );
  }

  /** {@link recvmsgInto}, in this thread, in the mode that {@link timeout} says. */
  recvmsgIntoSync(buffers: Iterable<WritableBytes>, controlSize = 0, flags = 0): MessageInto<F> {
    return this.driveSync(sourceOf(flags), this.#recvmsgInto(buffers, controlSize, flags, 0));
  }

  /**
   * Sends data, control messages and an address together. It takes what {@link recvmsg} gives.
   *
   * @param message `data` may be several pieces, which are sent as one. A stream takes at most 1,024 of them in a call.
   * @param flags as in {@link send}
   * @param wait a signal, a timeout
   * @returns how many bytes were taken, which for a stream may be fewer than there are
   * @throws SocketError as {@link send} and {@link sendto}; `EINVAL` for control data the family does not know
   * @see sendmsg(2)
   */
  sendmsg(message: MessageInput<F>, flags = 0, wait?: WaitOptions): Promise<number> {
    return promised(() => {
      const operation = this.#sendmsg(message, flags, MSG_DONTWAIT);
      const { address } = message;
      const { output } = this.waitable;
      if (!address) return this.drive(output, operation, wait);
      return this.withAddress(address as AddressInput<F>, wait, (to, left) =>
        this.drive(output, operation.toward(to), left),
      );
    });
  }

  /** {@link sendmsg}, in this thread, in the mode that {@link timeout} says. */
  sendmsgSync(message: MessageInput<F>, flags = 0): number {
    const operation = this.#sendmsg(message, flags, 0);
    const { address } = message;
    return this.driveSync(
      POLLOUT,
      operation.toward(address ? this.encodeSync(address as AddressInput<F>) : null),
    );
  }

  #recvmsg(size: number, controlSize: number, flags: number, added: number): Operation<Message<F>> {
    checkInteger(size, 'size', 0, 0x7fffffff);
    return this.receiveMessage(size, controlSize, flags, added, (received, [memory], envelope) => ({
      data: takeFrom(memory as Buffer, Math.min(received, size)),
      ...envelope,
    }));
  }

  #recvmsgInto(
    buffers: Iterable<WritableBytes>,
    controlSize: number,
    flags: number,
    added: number,
  ): Operation<MessageInto<F>> {
    const memory = checkBuffers(buffers, 'buffers', toWritable).slice(0, IOV_MAX);
    return this.receiveMessage(memory, controlSize, flags, added, (bytesRead, _, envelope) => ({
      bytesRead,
      ...envelope,
    }));
  }

  /** Receives a message into the caller's buffers, or as much as `memory` says into memory of ours. @internal */
  protected receiveMessage<T>(
    memory: number | readonly Uint8Array[],
    controlSize: number,
    flags: number,
    added: number,
    result: MessageResult<F, T>,
  ): Operation<T> {
    checkInteger(controlSize, 'controlSize', 0, MOST_CONTROL);
    const each = this.piecesOf(checkFlags(flags), added);
    if (each !== undefined) {
      const buffers = typeof memory === 'number' ? [Buffer.allocUnsafeSlow(memory)] : memory;
      return new ReceiveMessageAll(this, buffers, controlSize, each, this.reader, result);
    }
    const buffers = typeof memory === 'number' ? () => [scratchOf(memory, flags)] : memory;
    return new ReceiveMessage(this, buffers, controlSize, flags, added, this.reader, result);
  }

  #sendmsg(message: MessageInput<F>, flags: number, added: number): SendMessage {
    const { address } = checkObject(message, 'message') as MessageInput<F>;
    const control = encodeControl(message.control);
    const peer = address ? () => this.driver.describe(address as AddressInput<F>) : undefined;
    const buffers = this.#gather(message.data);
    return new SendMessage(this, buffers, control, checkFlags(flags), added, peer);
  }

  /** The pieces of a message. More than one call takes: a stream sends the first; a datagram may not be cut. */
  #gather(data: Bytes | readonly Bytes[] = []): Uint8Array[] {
    if (!Array.isArray(data)) return [toBytes(data as Bytes, 'message.data')];
    const pieces = data.map((piece: Bytes, i) => toBytes(piece, `message.data[${i}]`));
    if (pieces.length <= IOV_MAX) return pieces;
    return this.type === SOCK_STREAM ? pieces.slice(0, IOV_MAX) : [Buffer.concat(pieces)];
  }
}

function checkBuffers<T, R>(
  buffers: Iterable<T>,
  argument: string,
  check: (item: T, argument: string) => R,
): R[] {
  const isIterable = typeof buffers === 'object' && buffers !== null && Symbol.iterator in buffers;
  if (!isIterable || ArrayBuffer.isView(buffers))
    throw invalidType(argument, 'an iterable of buffers', buffers);
  return Array.from(buffers, (buffer, i) => check(buffer, `${argument}[${i}]`));
}
