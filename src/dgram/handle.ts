/**
 * The descriptor of a datagram socket. It is opened when the socket is bound, as in Node.js, so that options can be set
 * before.
 */
import { AsyncResource } from 'node:async_hooks';
import type { AddressInput, FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import type { Family } from '../constants/kinds.js';
import { MSG_DONTWAIT, SOCK_DGRAM } from '../constants/socket.js';
import { EAGAIN, ECANCELED } from '../errors/codes.js';
import { closedError, SocketError } from '../errors/errors.js';
import type { ControlInput } from '../message/control.js';
import type { WritableOption } from '../options/option.js';
import { POLLOUT } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import { guarded } from '../reactor/reactor.js';
import { PROMISE } from '../socket/call.js';
import type { AnyCore, Core } from '../socket/core.js';
import { isEarlierError } from '../socket/earlier-error.js';
import { sendMessage } from '../socket/message.js';
import { drive } from '../socket/run.js';
import { send as sendData, sendTo } from '../socket/send.js';
import { coreOf, Socket } from '../socket/socket.js';
import type { Rows } from './options.js';
import { receiveAll, type Sink, type Slots, type Taken } from './receiver.js';

/** An option and its value, to be set when the descriptor is opened. */
export type OptionAtBirth<F extends FamilyName> = readonly [
  option: WritableOption<never, F>,
  value?: unknown,
];

/** What a send call transmits. `address` is `null` for the connected peer. */
export interface Outgoing<F extends FamilyName> {
  readonly pieces: readonly Uint8Array[];
  readonly address: AddressInput<F> | null;
  readonly control?: readonly ControlInput[] | undefined;
}

/** The listeners of a handle. */
export interface HandleListener<F extends FamilyName> {
  onDatagram(datagram: Taken<F>): void;
  onError(error: unknown): void;
}

/** Sends a datagram, and sends it once more after the error of an earlier one. */
function sendBytes(core: AnyCore, data: Uint8Array, sockaddr: Uint8Array): number {
  const result = binding.sendto(core.fd, data, MSG_DONTWAIT, sockaddr);
  if (result >= 0 || result === EAGAIN || !isEarlierError(core, result)) return result;
  return binding.sendto(core.fd, data, MSG_DONTWAIT, sockaddr);
}

/** The descriptor of a datagram socket. */
export class DatagramHandle<F extends FamilyName> implements Sink<F> {
  #socket: Socket<F> | undefined;
  #isClosed = false;
  #isRef = true;
  #queuedBytes = 0;
  #queuedCount = 0;
  /** Listeners run in the asynchronous context in which the socket was created, as in Node.js. */
  readonly #context = new AsyncResource('BERKELEY_DGRAM');

  constructor(
    private readonly family: Family<F>,
    private readonly rows: Rows<F>,
    private readonly listener: HandleListener<F>,
  ) {}

  /** The socket. Before it is opened, calls fail with `EBADF`, as in Node.js. */
  get socket(): Socket<F> {
    if (this.#socket === undefined) throw closedError('socket');
    return this.#socket;
  }

  get isOpen(): boolean {
    return this.#socket !== undefined;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Opens the descriptor, sets its options, and calls `bind`. If that fails, the descriptor is closed. */
  open(bind: (socket: Socket<F>) => void): void {
    const socket = new Socket<F>(this.family, SOCK_DGRAM);
    try {
      const { beforeBind, always } = this.rows;
      for (const [option, value] of [...beforeBind, ...always]) socket.setOption(option, value as never);
      bind(socket);
    } catch (error) {
      socket.close();
      throw error;
    }
    this.#own(socket);
  }

  /** Takes ownership of an open descriptor. */
  adopt(fd: number): void {
    const socket = Socket.adopt<F>(fd);
    for (const [option, value] of this.rows.always) socket.setOption(option, value as never);
    this.#own(socket);
  }

  #own(socket: Socket<F>): void {
    this.#socket = socket;
    if (!this.#isRef) socket.unref();
  }

  /** Starts to receive. */
  receive(slots: Slots): void {
    receiveAll(coreOf(this.socket), slots, this);
  }

  /** Delivers the items of the error queue to `report`. */
  async readErrors(report: (error: unknown) => void): Promise<void> {
    try {
      for await (const item of this.socket.errors()) guarded(() => report(item));
    } catch (error) {
      if (!this.#isClosed) this.fail(error);
    }
  }

  inContext(call: () => void): void {
    this.#context.runInAsyncScope(call);
  }

  take(datagram: Taken<F>): void {
    this.listener.onDatagram(datagram);
  }

  fail(error: unknown): void {
    this.listener.onError(error);
  }

  /**
   * Sends a datagram. Returns the number of bytes or `-errno` if that is known immediately, and otherwise a promise of
   * it: the send buffer is full.
   */
  send(outgoing: Outgoing<F>): number | Promise<number> {
    const core = coreOf(this.socket);
    if (!core.handle.isBusy(POLLOUT)) {
      const result = this.#sendNow(core, outgoing);
      if (result !== EAGAIN) return result;
    }
    return this.#sendLater(core, outgoing);
  }

  /** Makes one attempt. A datagram of one piece, as most are, needs no operation for that. */
  #sendNow(core: Core<F>, outgoing: Outgoing<F>): number {
    const { pieces, address, control } = outgoing;
    if (pieces.length !== 1 || control !== undefined) return this.#operation(outgoing).attempt();
    const [data] = pieces;
    if (address === null) return binding.send(core.fd, data!, MSG_DONTWAIT);
    const sockaddr = core.writer.write(address);
    return sockaddr === undefined ? this.#operation(outgoing).attempt() : sendBytes(core, data!, sockaddr);
  }

  #sendLater(core: Core<F>, outgoing: Outgoing<F>): Promise<number> {
    const bytes = outgoing.pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
    this.#queuedBytes += bytes;
    this.#queuedCount++;
    return drive(core, this.#operation(outgoing))
      .catch((error: unknown) => this.#errnoOf(error))
      .finally(() => {
        this.#queuedBytes -= bytes;
        this.#queuedCount--;
      });
  }

  #operation({ pieces, address, control }: Outgoing<F>): Operation<number> {
    const core = coreOf(this.socket);
    const [data] = pieces;
    if (pieces.length !== 1 || control !== undefined) {
      const message = { data: pieces, ...(address === null ? {} : { address }), control: control ?? [] };
      return sendMessage<F>(core, PROMISE, message as never, undefined);
    }
    if (address === null) return sendData(core, PROMISE, data!, undefined);
    return sendTo<F>(core, PROMISE, data!, address, undefined);
  }

  /** A datagram that waits when the socket is closed is cancelled, as in libuv. */
  #errnoOf(error: unknown): number {
    if (!(error instanceof SocketError)) throw error;
    return this.#isClosed ? ECANCELED : error.errno;
  }

  /** The number of bytes that wait for space in the send buffer. */
  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** The number of datagrams that wait for space in the send buffer. */
  get queuedCount(): number {
    return this.#queuedCount;
  }

  set isRef(isRef: boolean) {
    this.#isRef = isRef;
    if (isRef) this.#socket?.ref();
    else this.#socket?.unref();
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.close();
  }
}
