/** Sends and receives messages: data, control messages and an address in one call. sendmsg(2), recvmsg(2). */
import type { AddressInput, AddressOf, FamilyName } from '../address/address.js';
import { binding, controlLength, messageFlags, piecesOf } from '../binding.js';
import { MSG_FASTOPEN, SOCK_STREAM } from '../constants/socket.js';
import {
  checkInteger,
  checkObject,
  checkObjectOrArray,
  invalidType,
  isInstance,
} from '../errors/argument.js';
import { EAGAIN } from '../errors/codes.js';
import { type Bytes, checkLengths, toBytes, toWritable, type WritableBytes } from '../layout/memory.js';
import { decodeControl, encodeControl } from '../message/control.js';
import { type ControlMemory, controlMemory } from '../message/control-memory.js';
import { discardAll, disownReceived } from '../message/descriptors.js';
import type { Message, MessageInput, MessageInto } from '../message/message.js';
import { type EventMask, POLLOUT } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import {
  type Call,
  type CallOptions,
  callKeys,
  type Form,
  optionsOf,
  parseCall,
  type SyncCallOptions,
} from './call.js';
import type { AnyCore, Core } from './core.js';
import { Destination, receiverKey } from './destination.js';
import { exceptEarlierErrors } from './earlier-error.js';
import { recvmsg } from './input.js';
import { SocketOperation } from './operation.js';
import { checkSize, NOT_THE_STREAM, pieceFlags, sourceOf } from './receive.js';
import { ReceiveMessageAll } from './receive-all.js';
import type { MessageResult, SenderOf } from './received.js';
import { scratchOf, takeFrom } from './scratch.js';
import { type SendOptions, startsConnecting } from './send.js';

/** The space for control messages. */
export interface ControlSpace {
  /**
   * The space for control messages in bytes: `spaceFor(…)` of `berkeley/control`, or the sum of their
   * {@link CMSG_SPACE}; 0 by default. Control messages that do not fit are cut off or dropped, and `flags` has
   * `MSG_CTRUNC`; file descriptors that do not fit are closed.
   */
  readonly control?: number | undefined;
}

/** The options of `recvmsg`. */
export interface MessageOptions extends CallOptions, ControlSpace {}
/** The options of `recvmsgSync`. */
export interface SyncMessageOptions extends SyncCallOptions, ControlSpace {}

const KEYS = callKeys('control');

/** The maximum number of buffers per call: IOV_MAX of limits.h. */
const IOV_MAX = 1024;
/**
 * The maximum space for control messages. No kernel delivers as much with one message; the limit keeps a mistake from
 * allocating gigabytes.
 */
const MOST_CONTROL = 1 << 24;

/** The operation of recvmsg(2). */
class ReceiveMessage<F extends FamilyName, T> extends SocketOperation<T> {
  readonly direction: EventMask;
  readonly #flags: number;
  readonly #lengths: readonly number[] | undefined;
  #space: ControlMemory | null = null;
  #buffers: readonly Uint8Array[] = [];

  /** @param memory buffers of the caller, or the number of bytes to receive into a new buffer */
  constructor(
    core: AnyCore,
    call: Call,
    private readonly memory: readonly Uint8Array[] | number,
    private readonly controlSize: number,
    private readonly result: MessageResult<F, T>,
  ) {
    super(core, call);
    this.direction = sourceOf(call.flags);
    this.#flags = call.flags | call.added;
    if (typeof memory !== 'number') this.#lengths = memory.map(({ length }) => length);
  }

  get syscall(): string {
    return 'recvmsg';
  }

  attempt(): number {
    const { memory, core } = this;
    const isStream = core.type === SOCK_STREAM;
    this.#buffers = typeof memory === 'number' ? [scratchOf(memory, this.#flags, isStream)] : memory;
    if (this.#lengths !== undefined) checkLengths(this.#buffers, this.#lengths, 'buffers');
    this.#space = this.controlSize > 0 ? controlMemory(this.controlSize) : null;
    const result = recvmsg(core, this.#buffers, this.#space?.bytes ?? null, this.#flags);
    if (result < 0 && this.#lengths === undefined) this.#buffers = []; // a call that waits owns no memory
    return result;
  }

  override drained(result: number): boolean {
    return result < 0 && (this.#flags & NOT_THE_STREAM) === 0;
  }

  finish(result: number): T {
    const length = controlLength();
    const flags = messageFlags();
    const address = this.core.reader.read() as SenderOf<F>;
    const control = this.#space === null ? [] : decodeControl(this.#space.bytes, length, this.#space.view);
    try {
      return this.result(result, this.#buffers, { control, flags, address });
    } catch (error) {
      discardAll(control);
      throw error;
    }
  }
}

/** The operation of sendmsg(2). */
class SendMessage extends SocketOperation<number> {
  readonly direction: EventMask = POLLOUT;
  readonly needsSpace = true;
  #flags: number;
  readonly #lengths: readonly number[];
  /** Whether MSG_FASTOPEN has started a handshake. The address must then not be passed again. */
  #isConnecting = false;

  constructor(
    core: AnyCore,
    call: Call,
    private readonly buffers: readonly Uint8Array[],
    private readonly control: Uint8Array | null,
    private readonly to: Destination | null,
  ) {
    super(core, call);
    this.#flags = call.flags | call.added;
    this.#lengths = buffers.map(({ length }) => length);
  }

  get syscall(): string {
    return 'sendmsg';
  }

  override get sockaddr(): Uint8Array | null {
    return this.to === null ? null : this.to.sockaddr;
  }

  get destination(): string | undefined {
    return this.to === null ? receiverKey(this.core, null) : this.to.key;
  }

  attempt(): number {
    checkLengths(this.buffers, this.#lengths, 'message.data');
    const { sockaddr } = this;
    if (sockaddr === null && this.to !== null) return this.to.prepare();
    const result = exceptEarlierErrors(this.core, sockaddr, () => this.#send(sockaddr));
    if (!startsConnecting(result, this.#flags)) return result;
    this.#isConnecting = true;
    this.#flags &= ~MSG_FASTOPEN;
    return EAGAIN;
  }

  #send(sockaddr: Uint8Array | null): number {
    const to = this.#isConnecting ? null : sockaddr;
    return binding.sendmsg(this.core.fd, piecesOf(this.buffers), this.control, this.#flags, to);
  }

  prepare(): void {
    this.to?.prepareNow();
  }

  finish(result: number): number {
    return result;
  }

  abandon(): void {
    this.to?.abandon();
  }
}

/**
 * Creates an operation that receives one message, with the flags in `call`.
 *
 * @param memory buffers of the caller, or the number of bytes to receive into a new buffer
 */
export function receiveWith<F extends FamilyName, T>(
  core: Core<F>,
  call: Call,
  memory: number | readonly Uint8Array[],
  controlSize: number,
  result: MessageResult<F, T>,
): Operation<T> {
  const each = pieceFlags(core, call);
  if (each === undefined) return new ReceiveMessage<F, T>(core, call, memory, controlSize, result);
  const buffers = typeof memory === 'number' ? [Buffer.allocUnsafeSlow(memory)] : memory;
  return new ReceiveMessageAll<F, T>(core, call, buffers, controlSize, each, result);
}

function checkControl(options: number | MessageOptions | undefined): number {
  const { control = 0 } = optionsOf<MessageOptions>(options);
  return checkInteger(control, 'options.control', 0, MOST_CONTROL);
}

/** Creates the operation of `recvmsg`. */
export function receiveMessage<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  size: number,
  options: number | MessageOptions | undefined,
): Operation<Message<F>> {
  checkSize(size);
  const call = parseCall(core, form, options, KEYS);
  const space = checkControl(options);
  return receiveWith<F, Message<F>>(core, call, size, space, (received, [memory], envelope) => {
    const data = takeFrom(memory as Buffer, Math.min(received, memory!.length));
    disownReceived(envelope.control);
    const { control, flags, address } = envelope; // to spread the object would cost more than all else here
    return { data, control, flags, address };
  });
}

/** Creates the operation of `recvmsgInto`. */
export function receiveMessageInto<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  buffers: Iterable<WritableBytes>,
  options: number | MessageOptions | undefined,
): Operation<MessageInto<F>> {
  const memory = checkBuffers(buffers, 'buffers', toWritable).slice(0, IOV_MAX);
  const call = parseCall(core, form, options, KEYS);
  const space = checkControl(options);
  return receiveWith<F, MessageInto<F>>(core, call, memory, space, (bytesRead, _, envelope) => {
    disownReceived(envelope.control);
    const { control, flags, address } = envelope;
    return { bytesRead, control, flags, address };
  });
}

/** Creates the operation of `sendmsg`. */
export function sendMessage<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  message: MessageInput<F>,
  options: SendOptions | undefined,
): Operation<number> {
  const { address, control, data } = checkObject(message, 'message') as MessageInput<F>;
  const call = parseCall(core, form, options);
  return sendParts(core, call, data, 'message.data', () => encodeControl(control), address);
}

/** Creates an operation that sends one message with encoded control messages. */
export function sendParts<F extends FamilyName>(
  core: Core<F>,
  call: Call,
  data: Bytes | readonly Bytes[] | undefined,
  argument: string,
  encode: (pieces: readonly Uint8Array[]) => Uint8Array | null,
  address: AddressInput<F> | AddressOf<F> | null | undefined,
): Operation<number> {
  const buffers = gather(core, data, argument);
  const to = address === undefined || address === null ? null : Destination.of(core, address, call);
  const control = encodeOr(
    () => encode(buffers),
    () => to?.abandon(),
  );
  return new SendMessage(core, call, buffers, control, to);
}

/** Calls `encode`. If it throws, calls `end` before the exception continues. */
function encodeOr<T>(encode: () => T, end: () => void): T {
  try {
    return encode();
  } catch (error) {
    end();
    throw error;
  }
}

/**
 * Returns the pieces of a message. If there are more than one call accepts, a stream sends the first ones; a datagram
 * is never divided.
 */
function gather({ type }: AnyCore, data: Bytes | readonly Bytes[] = [], argument: string): Uint8Array[] {
  if (!isInstance(data, Array)) return [toBytes(data as Bytes, argument)];
  const pieces: Uint8Array[] = [];
  const { length } = data as Bytes[];
  for (let i = 0; i < length; i++) pieces.push(toBytes((data as Bytes[])[i]!, `${argument}[${i}]`));
  if (pieces.length <= IOV_MAX) return pieces;
  return type === SOCK_STREAM ? pieces.slice(0, IOV_MAX) : [Buffer.concat(pieces)];
}

function checkBuffers<T, R>(
  buffers: Iterable<T>,
  argument: string,
  check: (item: T, argument: string) => R,
): R[] {
  const isIterable = Symbol.iterator in checkObjectOrArray(buffers, argument);
  if (!isIterable || ArrayBuffer.isView(buffers))
    throw invalidType(argument, 'an iterable of buffers', buffers);
  return Array.from(buffers, (buffer, i) => check(buffer, `${argument}[${i}]`));
}
