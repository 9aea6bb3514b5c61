import type { AddressOf, FamilyName } from '../../address/address.js';
import type { Peer } from '../../address/driver.js';
import type { AddressReader } from '../../address/reader.js';
import { binding, controlLength, messageFlags } from '../../binding.js';
import { MSG_DONTWAIT } from '../../constants/socket.js';
import { socketError } from '../../errors/errors.js';
import { checkLength } from '../../layout/memory.js';
import { type ControlMessage, decodeControl } from '../../message/control.js';
import { discardAll } from '../../message/descriptors.js';
import { recvmsg } from './receive-calls.js';
import { destinationOf, SocketOperation, type Target } from './socket-operation.js';

/** What recvmsg(2) tells beside the data. */
export interface Envelope<F extends FamilyName> {
  readonly control: ControlMessage[];
  readonly flags: number;
  readonly address: AddressOf<F> | null;
}

/** Before each attempt: the buffers are what they were when the call was made. */
export function checkLengths(
  buffers: readonly Uint8Array[],
  lengths: readonly number[],
  argument: string,
): void {
  for (let i = 0; i < buffers.length; i++) checkLength(buffers[i]!, lengths[i]!, argument);
}

/** What becomes of a received message. */
export type MessageResult<F extends FamilyName, T> = (
  received: number,
  buffers: readonly Uint8Array[],
  envelope: Envelope<F>,
) => T;

/** recvmsg(2) into buffers. `memory` is asked at each attempt, so that a waiting call owns none. */
export class ReceiveMessage<F extends FamilyName, T> extends SocketOperation<T> {
  readonly once: boolean;
  readonly #flags: number;
  readonly #lengths: readonly number[] | undefined;
  #room: Uint8Array | null = null;
  #buffers: readonly Uint8Array[] = [];

  constructor(
    socket: Target,
    private readonly memory: readonly Uint8Array[] | (() => readonly Uint8Array[]),
    private readonly controlSize: number,
    flags: number,
    added: number,
    private readonly reader: AddressReader<F>,
    private readonly result: MessageResult<F, T>,
  ) {
    super(socket);
    this.once = (flags & MSG_DONTWAIT) !== 0;
    this.#flags = flags | added;
    if (typeof memory !== 'function') this.#lengths = memory.map(({ length }) => length);
  }

  get syscall(): string {
    return 'recvmsg';
  }

  attempt(): number {
    const { memory } = this;
    this.#buffers = typeof memory === 'function' ? memory() : memory;
    if (this.#lengths !== undefined) checkLengths(this.#buffers, this.#lengths, 'buffers');
    if (this.#room === null && this.controlSize > 0) this.#room = new Uint8Array(this.controlSize);
    return recvmsg(this.socket.waitable, this.#buffers, this.#room, this.#flags);
  }

  finish(result: number): T {
    const length = controlLength();
    const flags = messageFlags();
    const address = this.reader.read();
    const control = this.#room === null ? [] : decodeControl(this.#room, length);
    try {
      return this.result(result, this.#buffers, { control, flags, address });
    } catch (error) {
      discardAll(control);
      throw error;
    }
  }
}

/** sendmsg(2). Where to, if anywhere, is said before it is driven. */
export class SendMessage extends SocketOperation<number> {
  readonly needsRoom = true;
  readonly once: boolean;
  readonly #flags: number;
  readonly #lengths: readonly number[];
  #address: Uint8Array | null = null;
  #destination: string | undefined;

  constructor(
    socket: Target,
    private readonly buffers: readonly Uint8Array[],
    private readonly control: Uint8Array | null,
    flags: number,
    added: number,
    private readonly peer: (() => Peer) | undefined,
  ) {
    super(socket);
    this.once = (flags & MSG_DONTWAIT) !== 0;
    this.#flags = flags | added;
    this.#lengths = buffers.map(({ length }) => length);
  }

  get syscall(): string {
    return 'sendmsg';
  }

  /** Says where to. */
  toward(address: Uint8Array | null): this {
    this.#address = address;
    return this;
  }

  get destination(): string {
    this.#destination ??= destinationOf(this.socket, this.#address);
    return this.#destination;
  }

  attempt(): number {
    checkLengths(this.buffers, this.#lengths, 'message.data');
    return binding.sendmsg(this.socket.waitable.fd, this.buffers, this.control, this.#flags, this.#address);
  }

  finish(result: number): number {
    return result;
  }

  override fail(errno: number): Error {
    return socketError(errno, { syscall: 'sendmsg', ...this.peer?.() });
  }
}
