/** Reads the error queue of a socket (`MSG_ERRQUEUE`). recv(2), ip(7). */
import type { AddressOf, FamilyName } from '../address/address.js';
import { decodeShared, driverOf } from '../address/registry.js';
import { binding, controlLength, messageFlags } from '../binding.js';
import { isAbsent } from '../constants/constant.js';
import { MSG_DONTWAIT, MSG_ERRQUEUE } from '../constants/socket.js';
import { EAGAIN, ENOTSUP } from '../errors/codes.js';
import { type SocketError, socketError, UnsupportedError } from '../errors/errors.js';
import { type ControlMessage, decodeControl } from './control.js';
import { type ExtendedError, findExtendedError } from './errors.js';
import { type Timestamps, timestamping } from './timestamps.js';

/** An item of the error queue: the error, and the packet that caused it. */
export interface QueuedError<F extends FamilyName = FamilyName> extends Omit<ExtendedError, 'offender'> {
  /** The sender of the error; `null` if there is none. See {@link ExtendedError}. */
  readonly offender: AddressOf<F> | null;
  /**
   * The packet that was sent, as far as it is available: for an ICMP error the part that the router quoted, for a
   * timestamp the whole packet with its headers (nothing with `SOF_TIMESTAMPING_OPT_TSONLY`), for zerocopy nothing.
   */
  readonly packet: Buffer;
  /**
   * The destination of the packet, with port 0 if the kernel does not report it; `null` if it reports no address, as on
   * streams.
   */
  readonly destination: AddressOf<F> | null;
  /** The time it was sent, if `origin` is `'timestamping'`. */
  readonly timestamps: Timestamps | null;
  /** All control messages of the item, raw. */
  readonly control: ControlMessage[];
  /** `MSG_ERRQUEUE`, and `MSG_TRUNC` or `MSG_CTRUNC` if something did not fit. */
  readonly flags: number;
}

/** A socket of any family. */
export interface ErrorQueueOwner {
  /** The file descriptor. */
  readonly fd: number;
  /** The address family. */
  readonly family: number;
}

/** The maximum size of a packet. */
const PACKET = 65536;
/** The space for an error, its offender, timestamps, and other control messages that are enabled on the socket. */
const CONTROL = 1024;

// Items are read one at a time and copied in their size, so that one buffer per thread is enough.
let memory: Buffer | undefined;
let space: Uint8Array | undefined;

/**
 * An internal reader of a socket's error queue. It and the callers each receive their own items, even if the other
 * reads them.
 */
export interface QueueReader {
  /** Returns whether an item belongs to this reader, and takes it if so. */
  claim(item: QueuedError): boolean;
  /** Items for the callers that this reader found. They are delivered first. */
  readonly others: QueuedError[];
}

const readers = new WeakMap<object, QueueReader>();

/** Registers `reader` for the queue of `owner`. It receives the items that it claims. */
export function shareQueue(owner: object, reader: QueueReader): void {
  readers.set(owner, reader);
}

/**
 * Reads the queue of `owner` for its reader until it is empty or has an item for the callers. Returns 0, or `-errno`.
 */
export function readForReader(owner: ErrorQueueOwner, reader: QueueReader): number {
  for (;;) {
    const result = receiveOne(owner);
    if (result < 0) return result === EAGAIN ? 0 : result;
    const item = takeQueued(result);
    if (reader.claim(item)) continue;
    reader.others.push(item);
    return 0;
  }
}

/** Returns an item for the callers that the reader of a queue found. Such items are older than those in the queue. */
export function takeFound<F extends FamilyName>(owner: object): QueuedError<F> | undefined {
  return readers.get(owner)?.others.shift() as QueuedError<F> | undefined;
}

/** An item that {@link receiveQueued} has already decoded. */
let decoded: QueuedError | undefined;

/** Reads one item without waiting, for {@link takeQueued}. Returns its length, or `-errno`. */
export function receiveQueued(owner: ErrorQueueOwner): number {
  const reader = readers.get(owner);
  if (reader === undefined) return receiveOne(owner);
  while (reader.others.length === 0) {
    const result = receiveOne(owner);
    if (result < 0) return result;
    const item = takeQueued(result);
    if (!reader.claim(item)) reader.others.push(item);
  }
  decoded = reader.others.shift();
  return 0;
}

/** Reads one item into the thread's buffer without waiting. Returns the packet's length, or `-errno`. */
function receiveOne({ fd, family }: ErrorQueueOwner): number {
  decoded = undefined;
  // Other families would return ordinary data, which would then be lost: AF_UNIX ignores the flag.
  if (fd >= 0 && (isAbsent(MSG_ERRQUEUE) || driverOf(family).hasErrorQueue !== true)) return ENOTSUP;
  memory ??= Buffer.allocUnsafeSlow(PACKET);
  space ??= new Uint8Array(CONTROL);
  return binding.recvmsg(fd, memory, space, MSG_ERRQUEUE | MSG_DONTWAIT);
}

/** Returns the item that {@link receiveQueued} has read. */
export function takeQueued<F extends FamilyName>(length: number): QueuedError<F> {
  if (decoded !== undefined) {
    const item = decoded as QueuedError<F>;
    decoded = undefined;
    return item;
  }
  const flags = messageFlags();
  const control = decodeControl(space!, controlLength());
  const error = findExtendedError(control) ?? NO_ERROR;
  return Object.freeze({
    ...error,
    packet: Buffer.from(memory!.subarray(0, length)),
    destination: decodeShared() as AddressOf<F> | null,
    timestamps: error.origin === 'timestamping' ? (timestamping.find(control) ?? null) : null,
    control,
    flags,
  });
}

/** The error of an item without an error. */
const NO_ERROR: ExtendedError = Object.freeze({
  code: null,
  errno: 0,
  origin: 'none',
  type: 0,
  subtype: 0,
  info: 0,
  data: 0,
  offender: null,
});

/** Returns the error for a failed read of the queue. */
export function queueError(errno: number): SocketError {
  const syscall = 'recvmsg';
  if (errno !== ENOTSUP) return socketError(errno, { syscall });
  return new UnsupportedError(errno, { syscall, hint: 'this address family has no error queue' });
}
