/** The error queue of a socket (`MSG_ERRQUEUE`), as values. recv(2), ip(7). */
import type { AddressOf, FamilyName } from '../address/address.js';
import { decodeShared, driverOf } from '../address/registry.js';
import { binding, controlLength, messageFlags } from '../binding.js';
import { isAbsent } from '../constants/constant.js';
import { MSG_DONTWAIT, MSG_ERRQUEUE } from '../constants/socket.js';
import { EAGAIN, errnoNumber } from '../errors/codes.js';
import { type SocketError, socketError, UnsupportedError } from '../errors/errors.js';
import { type ControlMessage, decodeControl } from './control.js';
import { type ExtendedError, findExtendedError } from './errors.js';
import { type Timestamps, timestamping } from './timestamps.js';

/** An item of the error queue: the error, and the packet that it is about. */
export interface QueuedError<F extends FamilyName = FamilyName> extends Omit<ExtendedError, 'offender'> {
  /** Who reported the error; `null` where nobody did. See {@link ExtendedError}. */
  readonly offender: AddressOf<F> | null;
  /**
   * What was being sent, as far as it is known: of an ICMP error as much as the router quoted, of a timestamp the whole
   * packet with its headers (none with `SOF_TIMESTAMPING_OPT_TSONLY`), of zerocopy nothing.
   */
  readonly packet: Buffer;
  /** Where it was going, with port 0 where the kernel does not say that; `null` where it says nothing, as of streams. */
  readonly destination: AddressOf<F> | null;
  /** When it was sent, where origin is `'timestamping'`. */
  readonly timestamps: Timestamps | null;
  /** All that came along, raw. */
  readonly control: ControlMessage[];
  /** `MSG_ERRQUEUE`, and `MSG_TRUNC`, `MSG_CTRUNC` where something did not fit. */
  readonly flags: number;
}

/** What has an error queue to read: any socket. */
export interface ErrorQueueOwner {
  /** Its descriptor. */
  readonly fd: number;
  /** Its address family. */
  readonly family: number;
}

/** No packet is longer. */
const PACKET = 65536;
/** Space for an error, its offender, timestamps, and what else a socket may have asked for. */
const CONTROL = 1024;

const ENOTSUP = errnoNumber('ENOTSUP');

// Items are read one at a time and copied out at their size, so that one piece of memory serves the whole thread.
let memory: Buffer | undefined;
let space: Uint8Array | undefined;

/** Someone who reads a socket's error queue beside its callers: each gets what is theirs, whoever reads it. */
export interface QueueReader {
  /** Whether an item is this reader's, which takes it then. */
  claim(item: QueuedError): boolean;
  /** Items that this reader found and that are the callers': they come first. */
  readonly others: QueuedError[];
}

const readers = new WeakMap<object, QueueReader>();

/** Lets `reader` have what it claims of the queue of `owner`, from now on. */
export function shareQueue(owner: object, reader: QueueReader): void {
  readers.set(owner, reader);
}

/** Reads the queue of `owner` for its reader until it is empty or holds something of the callers'; 0, or `-errno`. */
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

/** An item of the callers' that the reader of a queue came upon; such items are older than what is in the queue. */
export function takeFound<F extends FamilyName>(owner: object): QueuedError<F> | undefined {
  return readers.get(owner)?.others.shift() as QueuedError<F> | undefined;
}

/** An item that was decoded before it was taken. */
let decoded: QueuedError | undefined;

/** Reads one item, without waiting: for {@link takeQueued}; or `-errno`. */
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

/** Reads one item into memory of ours, without waiting: the packet's length, or `-errno`. */
function receiveOne({ fd, family }: ErrorQueueOwner): number {
  decoded = undefined;
  // Others would answer with ordinary data, which is lost then: AF_UNIX does not know the flag.
  if (fd >= 0 && (isAbsent(MSG_ERRQUEUE) || driverOf(family).hasErrorQueue !== true)) return ENOTSUP;
  memory ??= Buffer.allocUnsafeSlow(PACKET);
  space ??= new Uint8Array(CONTROL);
  return binding.recvmsg(fd, [memory], space, MSG_ERRQUEUE | MSG_DONTWAIT);
}

/** The item that {@link receiveQueued} has read. */
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

/** Of an item that says nothing of an error. */
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

/** The error for a read of the queue that failed. */
export function queueError(errno: number): SocketError {
  const syscall = 'recvmsg';
  if (errno !== ENOTSUP) return socketError(errno, { syscall });
  return new UnsupportedError(errno, { syscall, hint: 'this address family has no error queue' });
}
