/** Receives data: recv(2) and recvfrom(2). */
import type { FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import { flagOrZero } from '../constants/constant.js';
import {
  MSG_DONTWAIT,
  MSG_ERRQUEUE,
  MSG_OOB,
  MSG_PEEK,
  MSG_TRUNC,
  MSG_WAITALL,
  SOCK_STREAM,
} from '../constants/socket.js';
import { checkInteger, invalidValue } from '../errors/argument.js';
import { checkLength, toWritable, type WritableBytes } from '../layout/memory.js';
import { type EventMask, POLLERR, POLLIN, POLLPRI } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import { type Call, type CallOptions, type Form, parseCall } from './call.js';
import type { AnyCore, Core } from './core.js';
import { recv, recvfrom } from './input.js';
import { SocketOperation } from './operation.js';
import { ReceiveAll } from './receive-all.js';
import type { Received, ReceivedInto, SenderOf } from './received.js';
import { scratchOf, takeFrom } from './scratch.js';

/** The maximum size of one system call: its result is a C `int`. */
const MOST = 0x7fffffff;

const ERRQUEUE = flagOrZero(MSG_ERRQUEUE);

/**
 * The flags with which `MSG_WAITALL` returns the available data: a second piece would repeat the first, or is not a
 * part of the stream.
 */
const NOT_PIECE_BY_PIECE = MSG_PEEK | MSG_TRUNC | MSG_OOB | ERRQUEUE;

/**
 * The flags with which a short result, or EAGAIN, does not mean that the stream is empty (SO_PEEK_OFF can be beyond
 * the available data).
 */
export const NOT_THE_STREAM = MSG_PEEK | MSG_OOB | ERRQUEUE | MSG_TRUNC;

/** Returns the event that a receive call with these flags waits for. */
export function sourceOf(flags: number): EventMask {
  if (flags & ERRQUEUE) return POLLERR;
  return flags & MSG_OOB ? POLLPRI : POLLIN;
}

/** Checks the maximum number of bytes to receive. */
export function checkSize(size: number, argument = 'size'): number {
  return checkInteger(size, argument, 0, MOST);
}

/** Checks a buffer to receive into. */
function checkMemory(buffer: WritableBytes): Uint8Array {
  const memory = toWritable(buffer, 'buffer');
  if (memory.length > MOST) throw invalidValue('buffer', 'must not be longer than 2 GiB', memory.length);
  return memory;
}

/**
 * Returns the flags for each piece if this package implements `MSG_WAITALL` for the call, and `undefined` if the
 * kernel does: it does so only if it can wait.
 */
export function pieceFlags(core: AnyCore, { flags, added, timeout }: Call): number | undefined {
  if ((flags & MSG_WAITALL) === 0 || (flags & NOT_PIECE_BY_PIECE) !== 0 || core.type !== SOCK_STREAM)
    return undefined;
  // The previous owner of the file descriptor, or the owner of a duplicate, might have set O_NONBLOCK, which applies
  // to all.
  const isOurs = added !== 0 || timeout !== null || binding.getNonblocking(core.fd) === 1;
  if (isOurs) return (flags & ~MSG_WAITALL) | MSG_DONTWAIT;
  return core.handle.hasPending ? flags : undefined;
}

/** The operation of one recv(2) or recvfrom(2) call. */
abstract class Receiving<T> extends SocketOperation<T> {
  readonly direction: EventMask;
  protected readonly flags: number;
  #wasPending = false;

  constructor(
    core: AnyCore,
    call: Call,
    protected readonly size: number,
  ) {
    super(core, call);
    this.direction = sourceOf(call.flags);
    this.flags = call.flags | call.added;
  }

  attempt(): number {
    this.#wasPending = this.core.handle.hasPending;
    return this.receive();
  }

  protected abstract receive(): number;

  override drained(result: number): boolean {
    return result < this.size && !this.#wasPending && (this.flags & NOT_THE_STREAM) === 0;
  }

  work(result: number): number {
    return 1 + (result >> 16);
  }
}

/** Calls recv(2) with a scratch buffer. */
class Receive extends Receiving<Buffer> {
  #memory: Buffer | undefined;

  get syscall(): string {
    return 'recv';
  }

  protected receive(): number {
    const memory = scratchOf(this.size, this.flags, this.core.type === SOCK_STREAM);
    const result = recv(this.core, memory, this.flags);
    if (result >= 0) this.#memory = memory; // a call that waits owns no memory
    return result;
  }

  finish(result: number): Buffer {
    // With MSG_TRUNC the kernel returns the full size of the datagram, which can be larger than the data it wrote.
    return takeFrom(this.#memory!, Math.min(result, this.#memory!.length));
  }
}

/** Calls recvfrom(2) with a scratch buffer. */
class ReceiveFrom<F extends FamilyName> extends Receiving<Received<F>> {
  #memory: Buffer | undefined;

  get syscall(): string {
    return 'recvfrom';
  }

  protected receive(): number {
    const memory = scratchOf(this.size, this.flags, this.core.type === SOCK_STREAM);
    const result = recvfrom(this.core, memory, this.flags);
    if (result >= 0) this.#memory = memory; // a call that waits owns no memory
    return result;
  }

  finish(result: number): Received<F> {
    const address = this.core.reader.read() as SenderOf<F>;
    return { data: takeFrom(this.#memory!, Math.min(result, this.#memory!.length)), address };
  }
}

/** Calls recv(2) with the caller’s buffer. */
class ReceiveInto extends Receiving<number> {
  constructor(
    core: AnyCore,
    call: Call,
    private readonly into: Uint8Array,
  ) {
    super(core, call, into.length);
  }

  get syscall(): string {
    return 'recv';
  }

  protected receive(): number {
    checkLength(this.into, this.size, 'buffer');
    return recv(this.core, this.into, this.flags);
  }

  finish(result: number): number {
    return result;
  }
}

/** Calls recvfrom(2) with the caller’s buffer. */
class ReceiveFromInto<F extends FamilyName> extends Receiving<ReceivedInto<F>> {
  constructor(
    core: AnyCore,
    call: Call,
    private readonly into: Uint8Array,
  ) {
    super(core, call, into.length);
  }

  get syscall(): string {
    return 'recvfrom';
  }

  protected receive(): number {
    checkLength(this.into, this.size, 'buffer');
    return recvfrom(this.core, this.into, this.flags);
  }

  finish(result: number): ReceivedInto<F> {
    return { bytesRead: result, address: this.core.reader.read() as SenderOf<F> };
  }
}

/** The options of a receive call: flags, or an object. */
export type ReceiveOptions = number | CallOptions;

/** Creates the operation of `recv`. */
export function receive(
  core: AnyCore,
  form: Form,
  size: number,
  options: ReceiveOptions | undefined,
): Operation<Buffer> {
  checkSize(size);
  const call = parseCall(core, form, options);
  const each = pieceFlags(core, call);
  if (each === undefined) return new Receive(core, call, size);
  const memory = Buffer.allocUnsafeSlow(size);
  return new ReceiveAll(core, call, 'recv', memory, each, ignore, filled => memory.subarray(0, filled));
}

/** Creates the operation of `recvInto`. */
export function receiveInto(
  core: AnyCore,
  form: Form,
  buffer: WritableBytes,
  options: ReceiveOptions | undefined,
): Operation<number> {
  const into = checkMemory(buffer);
  const call = parseCall(core, form, options);
  const each = pieceFlags(core, call);
  if (each === undefined) return new ReceiveInto(core, call, into);
  return new ReceiveAll(core, call, 'recv', into, each, ignore, filled => filled);
}

/** Creates the operation of `recvfrom`. */
export function receiveFrom<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  size: number,
  options: ReceiveOptions | undefined,
): Operation<Received<F>> {
  checkSize(size);
  const call = parseCall(core, form, options);
  const each = pieceFlags(core, call);
  if (each === undefined) return new ReceiveFrom<F>(core, call, size);
  const memory = Buffer.allocUnsafeSlow(size);
  return receiveAllFrom<F, Received<F>>(core, call, memory, each, (filled, address) => ({
    data: memory.subarray(0, filled),
    address,
  }));
}

/** Creates the operation of `recvfromInto`. */
export function receiveFromInto<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  buffer: WritableBytes,
  options: ReceiveOptions | undefined,
): Operation<ReceivedInto<F>> {
  const into = checkMemory(buffer);
  const call = parseCall(core, form, options);
  const each = pieceFlags(core, call);
  if (each === undefined) return new ReceiveFromInto<F>(core, call, into);
  return receiveAllFrom<F, ReceivedInto<F>>(core, call, into, each, (bytesRead, address) => ({
    bytesRead,
    address,
  }));
}

function receiveAllFrom<F extends FamilyName, T>(
  core: Core<F>,
  call: Call,
  into: Uint8Array,
  flags: number,
  result: (filled: number, address: SenderOf<F>) => T,
): Operation<T> {
  let address: SenderOf<F> = null;
  const onPiece = () => {
    address = core.reader.read();
  };
  return new ReceiveAll(core, call, 'recvfrom', into, flags, onPiece, filled => result(filled, address));
}

function ignore(): void {}
