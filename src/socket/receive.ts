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
import { checkLength, lengthOf, memoryOf, type WritableBytes } from '../layout/memory.js';
import { workOfBytes } from '../reactor/budget.js';
import { type EventMask, POLLERR, POLLIN, POLLPRI } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import { type Call, type CallOptions, type Form, parseCall } from './call.js';
import type { AnyCore, Core } from './core.js';
import type { DirectCall } from './direct.js';
import { recv, recvfrom } from './input.js';
import { ReceiveAll } from './receive-all.js';
import type { Received, ReceivedInto, SenderOf } from './received.js';
import { scratchOf, takeFrom } from './scratch.js';
import { type Kind, Transfer } from './transfer.js';

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
  const memory = memoryOf(buffer, 'buffer');
  const length = lengthOf(memory);
  if (length > MOST) throw invalidValue('buffer', 'must not be longer than 2 GiB', length);
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

/** The parts that all rows below share. */
const common = { needsSpace: false, countsBytes: false, drained: isDrained, destination: nowhere };

function isDrained({ size, wasPending, flags }: Transfer<unknown>, result: number): boolean {
  return result < size && !wasPending && (flags & NOT_THE_STREAM) === 0;
}

function nowhere(): undefined {}

/** Receives into a scratch buffer. A call that waits owns no memory. */
function receiveScratch(transfer: Transfer<unknown>, from: typeof recv): number {
  const { core, size, flags } = transfer;
  const memory = scratchOf(size, flags, core.type === SOCK_STREAM);
  const result = receiveBytes(transfer, memory, from);
  transfer.memory = result >= 0 ? memory : undefined;
  return result;
}

/** Receives into the memory of the caller. */
function receiveGiven(transfer: Transfer<unknown>, from: typeof recv): number {
  const memory = transfer.memory!;
  checkLength(memory, transfer.size, 'buffer');
  return receiveBytes(transfer, memory, from);
}

function receiveBytes(transfer: Transfer<unknown>, memory: Uint8Array, from: typeof recv): number {
  transfer.wasPending = transfer.core.handle.hasPending;
  return from(transfer.core, memory, transfer.flags);
}

/**
 * Returns the received bytes. With MSG_TRUNC the kernel returns the full size of the datagram, which can be larger than the
 * data it wrote.
 */
function received({ memory }: Transfer<unknown>, result: number): Buffer {
  return takeFrom(memory as Buffer, Math.min(result, memory!.length));
}

function senderOf<F extends FamilyName>(transfer: Transfer<unknown>): SenderOf<F> {
  return transfer.core.reader.read() as SenderOf<F>;
}

const RECV: Kind<Buffer> = {
  ...common,
  syscall: 'recv',
  attempt: transfer => receiveScratch(transfer, recv),
  finish: received,
};

const RECV_INTO: Kind<number> = {
  ...common,
  syscall: 'recv',
  attempt: transfer => receiveGiven(transfer, recv),
  finish: (_transfer, result) => result,
};

const RECVFROM: Kind<Received<FamilyName>> = {
  ...common,
  syscall: 'recvfrom',
  attempt: transfer => receiveScratch(transfer, recvfrom),
  finish(transfer, result) {
    const address = senderOf(transfer);
    return { data: received(transfer, result), address };
  },
};

const RECVFROM_INTO: Kind<ReceivedInto<FamilyName>> = {
  ...common,
  syscall: 'recvfrom',
  attempt: transfer => receiveGiven(transfer, recvfrom),
  finish: (transfer, bytesRead) => ({ bytesRead, address: senderOf(transfer) }),
};

/** Creates the operation of one recv(2) or recvfrom(2) call. */
function transferOf<T>(
  kind: Kind<T>,
  core: AnyCore,
  call: Call,
  memory: Uint8Array | undefined,
  size: number,
): Operation<T> {
  const { flags } = call;
  return new Transfer(kind, core, call, sourceOf(flags), memory, size, flags | call.added);
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
  if (each === undefined) return transferOf(RECV, core, call, undefined, size);
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
  if (each === undefined) return transferOf(RECV_INTO, core, call, into, lengthOf(into));
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
  if (each === undefined) return transferOf(RECVFROM, core, call, undefined, size) as Operation<Received<F>>;
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
  if (each === undefined) {
    return transferOf(RECVFROM_INTO, core, call, into, lengthOf(into)) as Operation<ReceivedInto<F>>;
  }
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

/** The memory and the size of the last attempt without an operation. Its result is read immediately afterwards. */
let scratch: Buffer;
let space = 0;

/** The parts that the rows of all receive calls share. */
const receiving = {
  direction: POLLIN,
  required: 1,
  work: workOfBytes,
  drained: (result: number) => result < space,
} as const;

function attemptScratch(core: AnyCore, flags: number, size: number, from: typeof recv): number {
  space = checkSize(size);
  scratch = scratchOf(size, 0, core.type === SOCK_STREAM);
  return from(core, scratch, flags);
}

function attemptGiven(core: AnyCore, flags: number, buffer: WritableBytes, from: typeof recv): number {
  const memory = checkMemory(buffer);
  space = lengthOf(memory);
  return from(core, memory, flags);
}

/** `recv` without options. */
export const RECV_NOW: DirectCall<number, undefined, ReceiveOptions | undefined, Buffer> = {
  ...receiving,
  build: (core, form, size, _, options) => receive(core, form, size, options),
  attempt: (core, flags, size) => attemptScratch(core, flags, size, recv),
  finish: (_core, result) => takeFrom(scratch, result),
  resume: (core, form, size) => receive(core, form, size, undefined),
};

/** `recvInto` without options. */
export const RECV_INTO_NOW: DirectCall<WritableBytes, undefined, ReceiveOptions | undefined, number> = {
  ...receiving,
  build: (core, form, buffer, _, options) => receiveInto(core, form, buffer, options),
  attempt: (core, flags, buffer) => attemptGiven(core, flags, buffer, recv),
  finish: (_core, result) => result,
  resume: (core, form, buffer) => receiveInto(core, form, buffer, undefined),
};

/** `recvfrom` without options. */
export const RECVFROM_NOW: DirectCall<number, undefined, ReceiveOptions | undefined, Received<FamilyName>> = {
  ...receiving,
  build: (core, form, size, _, options) => receiveFrom(core, form, size, options),
  attempt: (core, flags, size) => attemptScratch(core, flags, size, recvfrom),
  finish(core, result) {
    const address = core.reader.read();
    return { data: takeFrom(scratch, result), address };
  },
  resume: (core, form, size) => receiveFrom(core, form, size, undefined),
};

/** `recvfromInto` without options. */
export const RECVFROM_INTO_NOW: DirectCall<
  WritableBytes,
  undefined,
  ReceiveOptions | undefined,
  ReceivedInto<FamilyName>
> = {
  ...receiving,
  build: (core, form, buffer, _, options) => receiveFromInto(core, form, buffer, options),
  attempt: (core, flags, buffer) => attemptGiven(core, flags, buffer, recvfrom),
  finish: (core, bytesRead) => ({ bytesRead, address: core.reader.read() }),
  resume: (core, form, buffer) => receiveFromInto(core, form, buffer, undefined),
};
