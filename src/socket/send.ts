/** Sends data: send(2) and sendto(2). No send call raises SIGPIPE: a broken connection is the error `EPIPE`. */
import type { AddressInput, FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import { isAbsent } from '../constants/constant.js';
import { MSG_DONTWAIT, MSG_FASTOPEN } from '../constants/socket.js';
import { EAGAIN, EINPROGRESS } from '../errors/codes.js';
import { type Bytes, bytesOf, checkLength, lengthOf, restOf } from '../layout/memory.js';
import { workOfBytes } from '../reactor/budget.js';
import { type EventMask, POLLOUT } from '../reactor/events.js';
import { FULL, type Operation, YIELD } from '../reactor/operation.js';
import { type Call, type CallOptions, type Form, parseCall } from './call.js';
import type { AnyCore, Core } from './core.js';
import { Destination, receiverKey, type Target } from './destination.js';
import type { DirectCall } from './direct.js';
import { isEarlierError } from './earlier-error.js';
import { SocketOperation } from './operation.js';
import { type Kind, Transfer } from './transfer.js';

/** The number of partial send calls per attempt of `sendAll`, before other sockets are served. */
const SHARE = 16;

/** The options of a send call: flags, or an object. */
export type SendOptions = number | CallOptions;

/** Sends one piece of data. */
export abstract class Sending<T> extends SocketOperation<T> {
  readonly direction: EventMask = POLLOUT;
  readonly needsSpace = true;
  protected readonly length: number;
  protected flags: number;

  constructor(
    core: AnyCore,
    call: Call,
    protected readonly data: Uint8Array,
  ) {
    super(core, call);
    this.length = data.length;
    this.flags = call.flags | call.added;
  }

  get syscall(): string {
    return 'send';
  }

  /** Checks before each attempt that the data has not changed since the call was made. */
  protected checkData(): void {
    checkLength(this.data, this.length, 'data');
  }

  work(result: number): number {
    return workOfBytes(result);
  }
}

/**
 * Returns whether a send call with MSG_FASTOPEN has only started to connect. Without a cookie from this server, the
 * kernel makes an ordinary handshake and takes no data (RFC 7413). The data must be sent after the handshake.
 */
export function startsConnecting(result: number, flags: number): boolean {
  return result === EINPROGRESS && !isAbsent(MSG_FASTOPEN) && (flags & MSG_FASTOPEN) !== 0;
}

/** The parts that all rows below share. */
const common = { needsSpace: true, drained: hasNoSpace, countsBytes: false };

function hasNoSpace(_transfer: Transfer<unknown>, result: number): boolean {
  return result < 0;
}

function peer({ core }: Transfer<unknown>): string {
  return receiverKey(core, null);
}

/** Returns the data, after a check that it has not changed since the call was made. */
function dataOf({ memory, size }: Transfer<unknown>): Uint8Array {
  checkLength(memory!, size, 'data');
  return memory!;
}

const SEND: Kind<number> = {
  ...common,
  syscall: 'send',
  attempt: transfer => binding.send(transfer.core.fd, dataOf(transfer), transfer.flags),
  finish: (_transfer, result) => result,
  destination: peer,
};

const SENDTO: Kind<number> = {
  ...common,
  syscall: 'sendto',
  attempt: sendToAddress,
  finish: (_transfer, result) => result,
  destination: ({ core, receiver }) => (receiver === null ? undefined : receiverKey(core, receiver)),
};

const SEND_ALL: Kind<void> = {
  ...common,
  syscall: 'send',
  countsBytes: true,
  attempt: sendRest,
  finish() {},
  destination: nobody,
};

function nobody(): undefined {}

function sendToAddress(transfer: Transfer<number>): number {
  const data = dataOf(transfer);
  if (transfer.to !== null) {
    const { sockaddr } = transfer.to;
    if (sockaddr === null) return transfer.to.prepare();
    transfer.sockaddr = sockaddr;
  }
  const result = sendOnce(transfer, data);
  if (result >= 0 || result === EAGAIN) return result;
  if (startsConnecting(result, transfer.flags)) {
    transfer.isConnecting = true;
    transfer.flags &= ~MSG_FASTOPEN;
    return EAGAIN;
  }
  return isEarlierError(transfer.core, result) ? sendOnce(transfer, data) : result;
}

function sendOnce({ core, flags, isConnecting, sockaddr }: Transfer<number>, data: Uint8Array): number {
  if (isConnecting) return binding.send(core.fd, data, flags);
  return binding.sendto(core.fd, data, flags, sockaddr!);
}

/**
 * Calls send(2) until all data is sent. The call stays first in its lane until then, so that other data is never sent in
 * between.
 */
function sendRest(transfer: Transfer<void>): number {
  const { core, size, flags } = transfer;
  const data = dataOf(transfer);
  for (let step = 0; step < SHARE; step++) {
    const rest = transfer.moved === 0 ? data : restOf(data, transfer.moved);
    const result = binding.send(core.fd, rest, flags);
    if (result < 0) return result;
    if (result === 0 && transfer.moved < size) return FULL; // no progress, and no reason given
    transfer.moved += result;
    if (transfer.moved >= size) return transfer.moved;
    // A blocking send(2) returns a partial result when SO_SNDTIMEO has passed: another call would wait as long again.
    if (transfer.wait.added === 0) return EAGAIN;
  }
  return YIELD;
}

function transferOf<T>(kind: Kind<T>, core: AnyCore, call: Call, data: Uint8Array): Transfer<T> {
  return new Transfer(kind, core, call, POLLOUT, data, lengthOf(data), call.flags | call.added);
}

/** Creates the operation of send(2) for a parsed call. */
export function sendWith(core: AnyCore, call: Call, data: Uint8Array): Operation<number> {
  return transferOf(SEND, core, call, data);
}

/** Creates the operation of `send`. */
export function send(
  core: AnyCore,
  form: Form,
  data: Bytes,
  options: SendOptions | undefined,
): Operation<number> {
  const bytes = bytesOf(data, 'data');
  return transferOf(SEND, core, parseCall(core, form, options), bytes);
}

/** Creates the operation of `sendAll`. */
export function sendAll(
  core: AnyCore,
  form: Form,
  data: Bytes,
  options: SendOptions | undefined,
): Operation<void> {
  const bytes = bytesOf(data, 'data');
  return transferOf(SEND_ALL, core, parseCall(core, form, options), bytes);
}

/** Creates the operation of `sendto`. */
export function sendTo<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  data: Bytes,
  address: Target<F>,
  options: SendOptions | undefined,
): Operation<number> {
  const bytes = bytesOf(data, 'data');
  const call = parseCall(core, form, options);
  const transfer = transferOf(SENDTO, core, call, bytes);
  const sockaddr = core.encodedName(address as AddressInput<F>);
  if (sockaddr !== undefined) transfer.sockaddr = sockaddr;
  else transfer.to = Destination.of(core, address, call);
  return transfer;
}

/** The parts that the rows of all send calls share. */
const sending = { direction: POLLOUT, work: workOfBytes, drained: () => false } as const;

/** `send` without options. */
export const SEND_NOW: DirectCall<Bytes, undefined, SendOptions | undefined, number> = {
  ...sending,
  required: 1,
  build: (core, form, data, _, options) => send(core, form, data, options),
  attempt: (core, flags, data) => binding.send(core.fd, bytesOf(data, 'data'), flags),
  finish: (_core, result) => result,
  resume: (core, form, data) => send(core, form, data, undefined),
};

/** The number of bytes that the last attempt of `sendAll` without an operation has sent, if they were not all. */
let sentPart = 0;

/** Sends with one system call. After a part, the operation continues: see {@link sendRest}. */
function attemptAll(core: AnyCore, flags: number, data: Bytes): number {
  const bytes = bytesOf(data, 'data');
  const result = binding.send(core.fd, bytes, flags);
  const isPart = result >= 0 && result < lengthOf(bytes);
  sentPart = isPart ? result : 0;
  if (!isPart) return result;
  return (flags & MSG_DONTWAIT) === 0 ? EAGAIN : YIELD;
}

/** `sendAll` without options. */
export const SEND_ALL_NOW: DirectCall<Bytes, undefined, SendOptions | undefined, void> = {
  ...sending,
  required: 1,
  build: (core, form, data, _, options) => sendAll(core, form, data, options),
  attempt: attemptAll,
  finish() {},
  resume(core, form, data) {
    const transfer = transferOf(SEND_ALL, core, parseCall(core, form, undefined), bytesOf(data, 'data'));
    transfer.moved = sentPart;
    return transfer;
  },
};

/**
 * Sends to the address of the last call, or of the last received message. Any other address is left to the operation: reading
 * it can run code of the caller, which could close the socket, or make another call first.
 */
function attemptTo<F extends FamilyName>(
  core: Core<F>,
  flags: number,
  data: Bytes,
  address: Target<F>,
): number {
  const sockaddr = core.knownName(address);
  if (sockaddr === undefined) return YIELD;
  const bytes = bytesOf(data, 'data');
  const result = binding.sendto(core.fd, bytes, flags, sockaddr);
  if (result >= 0 || result === EAGAIN || !isEarlierError(core, result)) return result;
  return binding.sendto(core.fd, bytes, flags, sockaddr);
}

/** `sendto` without options. */
// biome-ignore lint/suspicious/noExplicitAny: addresses of any family
export const SENDTO_NOW: DirectCall<Bytes, Target<any>, SendOptions | undefined, number> = {
  ...sending,
  required: 2,
  build: sendTo,
  attempt: attemptTo,
  finish: (_core, result) => result,
  resume: (core, form, data, address) => sendTo(core, form, data, address, undefined),
};
